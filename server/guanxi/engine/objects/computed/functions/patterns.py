"""Patterns of numbers and dates as text: a small set, written out in the formula, that both sides know exactly."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from guanxi.engine.objects.computed import exact
from guanxi.engine.objects.computed.functions.conversions import local_sql, quoted
from guanxi.engine.objects.computed.syntax import Call, Literal
from guanxi.engine.objects.computed.tree import Apply, Constant, Env, Function, Typed
from guanxi.engine.objects.computed.types import TEXT, UNKNOWN

if TYPE_CHECKING:
    from guanxi.engine.objects.computed.check import Checker

_NUMBER = re.compile(r"(#,##)?0(\.0{1,10})?(%)?")
_TOKEN = re.compile(r"YYYY|YY|MM|DD|HH|mm|ss|M|D")
_SQL = {
    "YYYY": "YYYY", "YY": "YY", "MM": "MM", "DD": "DD", "HH": "HH24", "mm": "MI", "ss": "SS", "M": "FMMM", "D": "FMDD",
}  # fmt: skip
_LONGEST = 60
_MOST = 10**29
"""Numbers beyond are not written by a pattern."""


def resolve(checker: Checker, call: Call, function: Function) -> Typed:
    """TEXT(value) or TEXT(value, pattern); the pattern must fit the value and be written out."""
    value = checker.check(call.args[0])
    if len(call.args) == 1:
        return checker.as_text(value)
    node = call.args[1]
    pattern = node.value if isinstance(node, Literal) else None
    if value.type == UNKNOWN:
        return Constant(UNKNOWN, None)
    number = value.type.name == "number"
    if not number and value.type.name not in ("date", "datetime"):
        checker.refuse(call.args[0], "formula.wrong_type", expected="number", found=value.type.name)
    elif not isinstance(pattern, str) or not (_NUMBER.fullmatch(pattern) if number else _is_for_dates(pattern)):
        checker.refuse(node, "formula.bad_pattern")
    else:
        return Apply(TEXT, function, (value, pattern, value.type.name))
    return Constant(UNKNOWN, None)


def _is_for_dates(pattern: str) -> bool:
    return 0 < len(pattern) <= _LONGEST and bool(_TOKEN.search(pattern))


def sql(value: str, pattern: str, name: str) -> str:
    """The text, empty for nothing."""
    if name == "number":
        return f"coalesce({_number_sql(value, pattern)}, '')"
    local = local_sql(value) if name == "datetime" else f"{value}::timestamp"
    parts, at = [], 0
    for match in _TOKEN.finditer(pattern):
        parts += [*_literal(pattern[at : match.start()]), f"to_char(q.d, '{_SQL[match.group()]}')"]
        at = match.end()
    parts += _literal(pattern[at:])
    return f"coalesce((SELECT {' || '.join(parts)} FROM (SELECT {local} AS d OFFSET 0) q), '')"


def _literal(text: str) -> list[str]:
    return [quoted(text)] if text else []


def _number_sql(value: str, pattern: str) -> str:
    grouped, digits, percent = _parts(pattern)
    times = f"({value} * 100)" if percent else value
    whole = "FM" + ("999," * 9 + "990" if grouped else "9" * 29 + "0")
    fitted = exact.bounded_sql(f"round({times}, {digits})", f"-{_MOST}", str(_MOST))
    shown = f"to_char({fitted}, '{whole}{'.' + '0' * digits if digits else ''}')"
    return f"({shown} || '%')" if percent else shown


def _parts(pattern: str) -> tuple[bool, int, bool]:
    return (
        pattern.startswith("#"),
        pattern.count("0", pattern.find(".")) if "." in pattern else 0,
        pattern.endswith("%"),
    )


def python(env: Env, value: Any, pattern: str, name: str) -> str:
    """The same in Python."""
    if value is None:
        return ""
    if name == "number":
        return _number(value, pattern)
    at = value.astimezone(env.zone) if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
    told = {
        "YYYY": f"{at.year:04d}", "YY": f"{at.year % 100:02d}", "MM": f"{at.month:02d}", "DD": f"{at.day:02d}",
        "HH": f"{at.hour:02d}", "mm": f"{at.minute:02d}", "ss": f"{at.second:02d}", "M": str(at.month), "D": str(at.day),
    }  # fmt: skip
    return _TOKEN.sub(lambda match: told[match.group()], pattern)


def _number(value: Decimal, pattern: str) -> str:
    grouped, digits, percent = _parts(pattern)
    fitted = exact.bounded(
        exact.rounded(exact.multiplied(value, Decimal(100)) if percent else value, digits), -_MOST, _MOST
    )
    if fitted is None:
        return ""
    return f"{fitted:{',' if grouped else ''}.{digits}f}{'%' if percent else ''}"
