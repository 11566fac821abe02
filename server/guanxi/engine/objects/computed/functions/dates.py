"""Functions over days and moments. Days are days of the workspace's time zone."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from guanxi.engine.objects.computed import exact
from guanxi.engine.objects.computed.functions import checks
from guanxi.engine.objects.computed.functions.conversions import local_sql
from guanxi.engine.objects.computed.functions.declare import function, let
from guanxi.engine.objects.computed.functions.operators import FIRST_DAY, LAST_DAY, day_of, in_days_sql
from guanxi.engine.objects.computed.syntax import Call
from guanxi.engine.objects.computed.tree import Apply, Env, Function, Typed
from guanxi.engine.objects.computed.types import DATE, DATETIME, NUMBER
from guanxi.kit import clock

if TYPE_CHECKING:
    from guanxi.engine.objects.computed.check import Checker

_MOST = 60_000
"""Units that a day is moved by at most; beyond is nothing."""
_UNITS = ("day", "week", "month", "quarter", "year")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_WRITTEN = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")


def _whole(value: Decimal, low: int = -_MOST, high: int = _MOST) -> int | None:
    whole: int | None = exact.bounded(int(value), low, high)
    return whole


def _whole_sql(value: str, low: int = -_MOST, high: int = _MOST) -> str:
    return f"({exact.bounded_sql(f'trunc({value})', str(low), str(high))})::int"


def _day(value: date) -> date | None:
    return day_of(value.toordinal())


def in_months(day: date, months: int, *, at_end: bool = False) -> date | None:
    """The same day of another month, its last one where it is too short; nothing beyond the years that dates have."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        return None
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, last if at_end else min(day.day, last))


def _of_parts_sql(year: str, month: str, day: str) -> str:
    y, m, d = _whole_sql(year, 999, 10_000), _whole_sql(month, 0, 13), _whole_sql(day, 0, 32)
    return in_days_sql(f"(('2000-01-01'::date + ({y} * 12 + {m} - 24001) * interval '1 month')::date + ({d} - 1))")


def _of_parts(_: Env, *parts: Decimal) -> date | None:
    bounds = ((999, 10_000), (0, 13), (0, 32))
    year, month, day = (_whole(part, *bound) for part, bound in zip(parts, bounds, strict=True))
    if year is None or month is None or day is None:
        return None
    return day_of(date(year, month, 1).toordinal() + day - 1)


def _of_text(_: Env, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _WRITTEN.fullmatch(text) else None
    except ValueError:
        return None


OF_PARTS = Function("date of parts", "conversion", _of_parts_sql, _of_parts, result=DATE, strict=True)
_COUNTED = "(left(q.t, 7) || '-01')::date + (right(q.t, 2)::int - 1)"
"""The day of a text, counted from the first of its month: beyond the end it is in the next one."""
OF_TEXT = Function(
    "date of text", "conversion",
    lambda t: let("CASE WHEN q.t ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' THEN"
                  f" CASE WHEN extract(month FROM {_COUNTED}) = substr(q.t, 6, 2)::int THEN {_COUNTED} END END", t=t),
    _of_text, result=DATE, plain=False,
)  # fmt: skip


def _date(checker: Checker, call: Call, function: Function) -> Typed:
    """Year, month and day, or one text or moment."""
    node, *more = call.args
    if more:
        checker.count(call, 3, 3)
        return Apply(DATE, OF_PARTS, tuple(checker.expect(one, NUMBER) for one in call.args))
    value = checker.check(node)
    return Apply(DATE, OF_TEXT, (value,)) if value.type.name == "text" else checker.expect(node, DATE)


def _with_unit(checker: Checker, call: Call, function: Function) -> Typed:
    """The last argument is a unit that is written out."""
    *nodes, unit = call.args
    types = [DATE if parameter.type == "date" else NUMBER for parameter in function.parameters[:-1]]
    args = [checker.expect(node, of) for node, of in zip(nodes, types, strict=True)]
    return Apply(function.result or DATE, function, (*args, checks.written(checker, unit, _UNITS)))


def _added_sql(day: str, count: str, unit: str) -> str:
    shift = _whole_sql(count)
    if unit in _MONTHS:
        return _months_sql(day, shift, _MONTHS[unit])
    return in_days_sql(f"({day} + {shift} * {7 if unit == 'week' else 1})")


def _months_sql(day: str, shift: str, factor: int = 1) -> str:
    # Quarters and years move by twelve times as much; they stay within what the database can count.
    return (
        in_days_sql(f"({day} + {shift} * interval '{factor} month')::date")
        if factor == 1
        else in_days_sql(
            f"({day} + {exact.bounded_sql(f'{shift} * {factor}', str(-_MOST), str(_MOST))} * interval '1 month')::date"
        )
    )


def _added(_: Env, day: date, count: Decimal, unit: str) -> date | None:
    shift = _whole(count)
    if shift is not None and unit in _MONTHS:
        months = exact.bounded(shift * _MONTHS[unit], -_MOST, _MOST)
        return None if months is None else in_months(day, months)
    return None if shift is None else day_of(day.toordinal() + shift * (7 if unit == "week" else 1))


def _end_sql(day: str, months: str) -> str:
    first = f"date_trunc('month', {day}::timestamp) + ({_whole_sql(months)} + 1) * interval '1 month'"
    return in_days_sql(f"({first} - interval '1 day')::date")


def _end(_: Env, day: date, months: Decimal) -> date | None:
    shift = _whole(months)
    return None if shift is None else in_months(day, shift, at_end=True)


def _between_sql(a: str, b: str, unit: str) -> str:
    if unit in ("day", "week"):
        return let(f"trunc((q.b - q.a) / {7 if unit == 'week' else 1}::numeric)", a=a, b=b)

    def months(of: str, to: str) -> str:
        return (
            f"(extract(year FROM {to}) - extract(year FROM {of})) * 12 + extract(month FROM {to})"
            f" - extract(month FROM {of}) - CASE WHEN extract(day FROM {to}) < extract(day FROM {of}) THEN 1 ELSE 0 END"
        )

    whole = f"CASE WHEN q.b >= q.a THEN {months('q.a', 'q.b')} ELSE -({months('q.b', 'q.a')}) END"
    return let(f"trunc(({whole}) / {_MONTHS[unit]}::numeric)", a=a, b=b)


def _between(_: Env, a: date, b: date, unit: str) -> Decimal:
    if unit in ("day", "week"):
        whole, step = b.toordinal() - a.toordinal(), 7 if unit == "week" else 1
    else:
        early, late = min(a, b), max(a, b)
        months = (late.year - early.year) * 12 + late.month - early.month - (late.day < early.day)
        whole, step = months if b >= a else -months, _MONTHS[unit]
    return Decimal(abs(whole) // step * (-1 if whole < 0 else 1))


def _part(zh: str, en: str, field: str, python: Callable[[date], int], about: tuple[str, str]) -> Function:
    return function(
        en, zh, "date", "date 日期 date", NUMBER, lambda d: f"extract({field} FROM {d})::numeric",
        lambda _, d: Decimal(python(d)), strict=True, help=about, example=f"{en}(closed_on)",
    )  # fmt: skip


def _clock_part(zh: str, en: str, field: str, attribute: str, about: tuple[str, str]) -> Function:
    return function(
        en, zh, "date", "datetime 时间 moment", NUMBER, lambda d: f"extract({field} FROM {local_sql(d)})::numeric",
        lambda env, d: Decimal(getattr(d.astimezone(env.zone), attribute)), strict=True, stable=False, help=about,
        example=f"{en}(created_at)",
    )  # fmt: skip


def _weekday(day: date) -> int:
    return day.isoweekday()


FUNCTIONS = (
    function(
        "TODAY", "今天", "date", "", DATE, lambda: "current_setting('guanxi.today')::date", lambda env: env.today,
        stable=False, help=("今天的日期", "The day it is"), example="expected_close_on - TODAY()",
    ),
    function(
        "NOW", "现在", "date", "", DATETIME, lambda: "current_setting('guanxi.now')::timestamptz", lambda env: env.now,
        stable=False, help=("此刻", "This moment"), example="NOW() - stage_since",
    ),
    function(
        "DATE", "日期", "date", "any 年或文本或时间 year, number? 月 month, number? 日 day", DATE, lambda d: d,
        lambda _, d: d, resolve=_date,
        help=("由年、月、日组成的日期，或文本、时间中的日期", "The day of year, month and day, of a text or of a moment"),
        example="DATE(2026, 12, 31)",
    ),
    _part("年", "YEAR", "year", lambda d: d.year, ("年份", "The year")),
    _part("季度", "QUARTER", "quarter", lambda d: (d.month + 2) // 3, ("季度，1 到 4", "The quarter, 1 to 4")),
    _part("月", "MONTH", "month", lambda d: d.month, ("月份", "The month")),
    _part("日", "DAY", "day", lambda d: d.day, ("一月中的第几天", "The day of the month")),
    _part("星期", "WEEKDAY", "isodow", _weekday, ("星期几，星期一为 1", "The day of the week, Monday is 1")),
    _part("周数", "WEEKNUM", "week", lambda d: d.isocalendar()[1], ("一年中的第几周（ISO）", "The week of the year (ISO)")),
    _clock_part("小时", "HOUR", "hour", "hour", ("小时", "The hour")),
    _clock_part("分钟", "MINUTE", "minute", "minute", ("分钟", "The minute")),
    function(
        "EDATE", "几个月后", "date", "date 日期 date, number 月数 months", DATE,
        lambda d, n: _months_sql(d, _whole_sql(n)),
        lambda env, d, n: _added(env, d, n, "month"), strict=True,
        help=("若干个月之后的同一天，没有这一天则取月末", "The same day some months later, the month's last where it is too short"),
        example="EDATE(started_on, 12)",
    ),
    function(
        "EOMONTH", "月末", "date", "date 日期 date, number 月数 months", DATE, _end_sql, _end, strict=True,
        help=("若干个月之后那个月的最后一天", "The last day of the month some months later"), example="EOMONTH(TODAY(), 0)",
    ),
    function(
        "DATEADD", "日期加", "date", "date 日期 date, number 数量 count, constant 单位 unit", DATE, _added_sql, _added,
        resolve=_with_unit, strict=True,
        help=("日期加上若干 day、week、month、quarter、year", "A day moved by a number of day, week, month, quarter or year"),
        example='DATEADD(started_on, 2, "week")',
    ),
    function(
        "DATEDIF", "日期差", "date", "date 开始 start, date 结束 end, constant 单位 unit", NUMBER, _between_sql, _between,
        resolve=_with_unit, strict=True, plain=False,
        help=("两天之间完整的 day、week、month、quarter、year 数", "Whole units of day, week, month, quarter or year between two days"),
        example='DATEDIF(founded_on, TODAY(), "year")',
    ),
    function(
        "STARTOF", "期初", "date", "date 日期 date, constant 单位 unit", DATE,
        lambda d, unit: in_days_sql(f"date_trunc('{unit}', {d}::timestamp)::date"),
        lambda _, d, unit: _day(clock.start_of(unit, d)), resolve=_with_unit, strict=True,
        help=("所在 week、month、quarter、year 的第一天", "The first day of its week, month, quarter or year"),
        example='STARTOF(TODAY(), "quarter")',
    ),
)  # fmt: skip
