"""Operators. Numbers are exact, nothing makes nothing; what compares is true or false and never nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from guanxi.engine.objects.computed import exact
from guanxi.engine.objects.computed.tree import Function
from guanxi.engine.objects.computed.types import BOOLEAN, DATE, DATETIME, NUMBER, TEXT

FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(9999, 12, 31)
FIRST_MOMENT, END_OF_MOMENTS = datetime(1000, 1, 2, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
_MOST_DAYS, _MOST_DAYS_OF_MOMENTS = 2_000_000, 100_000
_MICROSECONDS = 86_400_000_000


def in_days_sql(sql: str) -> str:
    """A date within the years that dates have, nothing beyond."""
    return exact.bounded_sql(sql, "'0999-12-31'::date", "'10000-01-01'::date")


def day_of(ordinal: int) -> date | None:
    """The date with this number, nothing beyond the years that dates have."""
    return date.fromordinal(ordinal) if FIRST_DAY.toordinal() <= ordinal <= LAST_DAY.toordinal() else None


def _shifted_sql(sign: str) -> Callable[[str, str], str]:
    def sql(day: str, days: str) -> str:
        shift = exact.bounded_sql(f"trunc({days})", f"-{_MOST_DAYS}", str(_MOST_DAYS))
        return in_days_sql(f"({day} {sign} ({shift})::int)")

    return sql


def _shifted(sign: int) -> Callable[..., date | None]:
    def python(_: Any, day: date, days: Decimal) -> date | None:
        shift = exact.bounded(int(days), -_MOST_DAYS, _MOST_DAYS)
        return None if shift is None else day_of(day.toordinal() + sign * shift)

    return python


def _moved_sql(sign: str) -> Callable[[str, str], str]:
    def sql(moment: str, days: str) -> str:
        shift = exact.bounded_sql(days, f"-{_MOST_DAYS_OF_MOMENTS}", str(_MOST_DAYS_OF_MOMENTS))
        moved = f"({moment} {sign} round({shift} * {_MICROSECONDS})::bigint * interval '1 microsecond')"
        return exact.bounded_sql(moved, f"'{FIRST_MOMENT}'::timestamptz", f"'{END_OF_MOMENTS}'::timestamptz")

    return sql


def _moved(sign: int) -> Callable[..., datetime | None]:
    def python(_: Any, moment: datetime, days: Decimal) -> datetime | None:
        shift = exact.bounded(days, -_MOST_DAYS_OF_MOMENTS, _MOST_DAYS_OF_MOMENTS)
        if shift is None:
            return None
        span = timedelta(microseconds=int(exact.rounded(shift * _MICROSECONDS, 0)))
        try:
            return exact.bounded(moment + sign * span, FIRST_MOMENT, END_OF_MOMENTS)
        except OverflowError:
            return None

    return python


def _days(_: Any, a: datetime, b: datetime) -> Decimal | None:
    return exact.divided(Decimal((a - b) // timedelta(microseconds=1)), Decimal(_MICROSECONDS))


def _compared(sign: str, python: Callable[[Any, Any], bool]) -> Function:
    return Function(
        sign, "operator", lambda a, b: f"coalesce({a} {sign} {b}, false)",
        lambda _, a, b: a is not None and b is not None and python(a, b), result=BOOLEAN,
    )  # fmt: skip


def _member(_: Any, value: Any, *members: Any) -> bool:
    return value is not None and value in members


PLUS = Function(
    "+", "operator", lambda a, b: f"({a} + {b})", lambda _, a, b: exact.added(a, b), result=NUMBER, strict=True
)
MINUS = Function(
    "-", "operator", lambda a, b: f"({a} - {b})", lambda _, a, b: exact.subtracted(a, b), result=NUMBER, strict=True
)
TIMES = Function(
    "*", "operator", lambda a, b: f"round({a} * {b}, {exact.SCALE})", lambda _, a, b: exact.multiplied(a, b),
    result=NUMBER, strict=True,
)  # fmt: skip
OVER = Function("/", "operator", exact.divided_sql, lambda _, a, b: exact.divided(a, b), result=NUMBER, strict=True)
NEGATIVE = Function(
    "- ", "operator", lambda a: f"(- {a})", lambda _, a: exact.subtracted(Decimal(0), a), result=NUMBER, strict=True
)
POSITIVE = Function("+ ", "operator", lambda a: a, lambda _, a: a, result=NUMBER, strict=True)
DAY_PLUS = Function("date+", "operator", _shifted_sql("+"), _shifted(1), result=DATE, strict=True)
DAY_MINUS = Function("date-", "operator", _shifted_sql("-"), _shifted(-1), result=DATE, strict=True)
DAYS = Function(
    "date-date", "operator", lambda a, b: f"({a} - {b})::numeric",
    lambda _, a, b: Decimal(a.toordinal() - b.toordinal()), result=NUMBER, strict=True,
)  # fmt: skip
MOMENT_PLUS = Function("datetime+", "operator", _moved_sql("+"), _moved(1), result=DATETIME, strict=True)
MOMENT_MINUS = Function("datetime-", "operator", _moved_sql("-"), _moved(-1), result=DATETIME, strict=True)
MOMENTS = Function(
    "datetime-datetime", "operator",
    lambda a, b: exact.divided_sql(f"round(extract(epoch FROM ({a} - {b})) * 1000000)", str(_MICROSECONDS)),
    _days, result=NUMBER, strict=True,
)  # fmt: skip
JOIN = Function("&", "operator", lambda a, b: f"({a} || {b})", lambda _, a, b: a + b, result=TEXT)
EQUAL = Function(
    "=", "operator", lambda a, b: f"({a} IS NOT DISTINCT FROM {b})", lambda _, a, b: a == b, result=BOOLEAN
)
UNEQUAL = Function("<>", "operator", lambda a, b: f"({a} IS DISTINCT FROM {b})", lambda _, a, b: a != b, result=BOOLEAN)
LESS = _compared("<", lambda a, b: a < b)
AT_MOST = _compared("<=", lambda a, b: a <= b)
MORE = _compared(">", lambda a, b: a > b)
AT_LEAST = _compared(">=", lambda a, b: a >= b)
AND = Function("AND", "operator", lambda *a: f"({' AND '.join(a)})", lambda _, *a: all(a), result=BOOLEAN)
OR = Function("OR", "operator", lambda *a: f"({' OR '.join(a)})", lambda _, *a: any(a), result=BOOLEAN)
NOT = Function("NOT", "operator", lambda a: f"(NOT {a})", lambda _, a: not a, result=BOOLEAN)
IN = Function("IN", "operator", lambda v, *m: f"coalesce({v} IN ({', '.join(m)}), false)", _member, result=BOOLEAN)
IN_LIST = Function(
    "in list", "operator", lambda v, m: f"coalesce({v} = ANY({m}), false)", lambda _, v, m: v in m, result=BOOLEAN
)

FUNCTIONS = (
    PLUS, MINUS, TIMES, OVER, NEGATIVE, POSITIVE, DAY_PLUS, DAY_MINUS, DAYS, MOMENT_PLUS, MOMENT_MINUS, MOMENTS, JOIN,
    EQUAL, UNEQUAL, LESS, AT_MOST, MORE, AT_LEAST, AND, OR, NOT, IN, IN_LIST,
)  # fmt: skip

SIGNS = (
    ("+", {"zh-CN": "相加；日期加天数", "en": "Add; a date plus days"}),
    ("-", {"zh-CN": "相减；两个日期相差的天数", "en": "Subtract; days between two dates"}),
    ("*", {"zh-CN": "相乘", "en": "Multiply"}),
    ("/", {"zh-CN": "相除；除以零为空", "en": "Divide; by zero gives nothing"}),
    ("&", {"zh-CN": "连接文本", "en": "Join text"}),
    ("=", {"zh-CN": "等于；空等于空", "en": "Equal; blank equals blank"}),
    ("<>", {"zh-CN": "不等于", "en": "Not equal"}),
    ("<", {"zh-CN": "小于", "en": "Less than"}),
    ("<=", {"zh-CN": "小于或等于", "en": "At most"}),
    (">", {"zh-CN": "大于", "en": "Greater than"}),
    (">=", {"zh-CN": "大于或等于", "en": "At least"}),
    ("AND", {"zh-CN": "且：两边都成立", "en": "Both are true"}),
    ("OR", {"zh-CN": "或：至少一边成立", "en": "At least one is true"}),
    ("NOT", {"zh-CN": "非：不成立", "en": "The opposite"}),
    (
        "IN",
        {
            "zh-CN": "属于：是括号中的一个，或在标签、多选之中",
            "en": "Is one of those in brackets, or of tags or choices",
        },
    ),
)
"""Operators as people write them."""
