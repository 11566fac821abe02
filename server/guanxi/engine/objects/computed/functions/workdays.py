"""Functions over working days: Monday to Friday with the public holidays of mainland China and the days worked instead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guanxi.engine.objects.computed import exact
from guanxi.engine.objects.computed.functions.declare import function, let
from guanxi.engine.objects.computed.functions.operators import day_of, in_days_sql
from guanxi.engine.objects.computed.tree import Env
from guanxi.engine.objects.computed.types import BOOLEAN, DATE, NUMBER
from guanxi.kit import working_days

_MOST = 10_000


def _dates_sql(days: tuple[date, ...]) -> str:
    return "'{" + ",".join(map(str, days)) + "}'::date[]"


def _weekdays_sql(day: str) -> str:
    """Monday is the first day of year 1."""
    return f"(({day} - '0001-01-01'::date + 1) / 7 * 5 + least(({day} - '0001-01-01'::date + 1) % 7, 5))"


def until_sql(day: str) -> str:
    """Working days until a day; ``width_bucket`` looks up by halves how many exceptions lie before it."""
    off, worked = working_days.exceptions()
    return (
        f"({_weekdays_sql(day)} - width_bucket({day}, {_dates_sql(off)}) + width_bucket({day}, {_dates_sql(worked)}))"
    )


def _between_sql(a: str, b: str) -> str:
    early, late = "least(q.a, q.b)", "greatest(q.a, q.b)"
    found = f"({until_sql(late)} - {until_sql(f'({early} - 1)')}) * CASE WHEN q.b < q.a THEN -1 ELSE 1 END"
    return let(f"CASE WHEN num_nulls(q.a, q.b) = 0 THEN ({found})::numeric END", a=a, b=b)


def _after_sql(day: str, count: str) -> str:
    off, worked = working_days.exceptions()
    number = f"CASE WHEN q.n > 0 THEN {until_sql('q.d')} + q.n ELSE {until_sql('(q.d - 1)')} + q.n + 1 END"
    nth = "'0001-01-01'::date + (w.k - 1) / 5 * 7 + (w.k - 1) % 5"
    low, high = (nth.replace("w.k", f"(w.k {shift})") for shift in (f"- {len(worked)}", f"+ {len(off)}"))
    search = (
        f"(SELECT min(e.d) FROM (SELECT ({low}) + i AS d FROM generate_series(0, ({high}) - ({low})) i) e"
        f" WHERE {until_sql('e.d')} >= w.k)"
    )
    found = f"(SELECT CASE WHEN q.n = 0 THEN q.d ELSE {search} END FROM (SELECT {number} AS k OFFSET 0) w)"
    whole = f"({exact.bounded_sql(f'trunc({count})', f'-{_MOST}', str(_MOST))})::int"
    return in_days_sql(let(f"CASE WHEN q.n IS NOT NULL AND q.d IS NOT NULL THEN {found} END", d=day, n=whole))


def _after(_: Env, day: date, count: Decimal) -> date | None:
    whole = exact.bounded(int(count), -_MOST, _MOST)
    if whole is None:
        return None
    try:
        return day_of(working_days.after(day, whole).toordinal())
    except (OverflowError, ValueError):
        return None


FUNCTIONS = (
    function(
        "NETWORKDAYS", "工作日数", "date", "date 开始 start, date 结束 end", NUMBER, _between_sql,
        lambda _, a, b: Decimal(working_days.between(a, b)), strict=True, plain=False,
        help=(
            "两天之间的工作日数，含首尾；按中国法定节假日和调休",
            "Working days between two days, both included, by the public holidays of China",
        ),
        example="NETWORKDAYS(started_on, closed_on)",
    ),
    function(
        "WORKDAY", "工作日后", "date", "date 日期 date, number 天数 days", DATE, _after_sql, _after, strict=True, plain=False,
        help=("若干个工作日之后的日期，负数则为之前", "The day some working days later, earlier when negative"),
        example="WORKDAY(TODAY(), 5)",
    ),
    function(
        "ISWORKDAY", "是工作日", "date", "date 日期 date", BOOLEAN,
        lambda d: let(f"CASE WHEN q.d IS NULL THEN false ELSE {until_sql('q.d')} > {until_sql('(q.d - 1)')} END", d=d),
        lambda _, d: d is not None and working_days.is_working_day(d), plain=False,
        help=("这一天是否上班", "Whether people work on the day"), example="ISWORKDAY(expected_close_on)",
    ),
)  # fmt: skip
