"""What the query language means, said once more in plain Python: slow, obvious, and independent of SQL.

Values are plain ones (see ``plain``): text, Decimal, date, datetime, bool, UUID, tuples of them; None is empty.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cmp_to_key
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.kinds.address import PARTS
from guanxi.engine.objects.fields.kinds.rich_text import plain_text

Plain = Any
Judge = Callable[[Plain, Any], bool]

_COMPARED: Mapping[str, Callable[[Any], Plain]] = {
    "money": lambda money: money.amount,
    "rich_text": plain_text,
    "phones": lambda items: tuple(item.value for item in items),
    "mails": lambda items: tuple(item.value for item in items),
    "url_list": lambda items: tuple(item.value for item in items),
    "address": lambda address: "".join(address[part] for part in PARTS if part in address),
}
"""What is compared, for the kinds that compare something else than the value itself."""


def plain(kind_key: str, native: Any) -> Plain:
    """What a native value counts as in filters and orders."""
    return None if native is None else _COMPARED.get(kind_key, lambda value: value)(native)


class Naive:
    """The operators of every trait as seen at one moment in one time zone."""

    def __init__(self, today: date, zone: ZoneInfo, parents: Mapping[Any, Any]) -> None:
        self.today = today
        self.zone = zone
        self.parents = parents
        """The record above each record of a tree."""

    def judge(self, trait: str, op: str) -> Judge:
        """The operator: whether a value (or None) is kept by an operand. KeyError for one that is not known here."""
        equal = {"eq": _eq, "ne": lambda v, o: not _eq(v, o)}
        among = {"in": lambda v, o: v is not None and v in o, "not_in": lambda v, o: v is None or v not in o}
        empty = {"is_empty": lambda v, _: _blank(v), "not_empty": lambda v, _: not _blank(v)}
        order = {
            "gt": lambda v, o: v is not None and v > o,
            "gte": lambda v, o: v is not None and v >= o,
            "lt": lambda v, o: v is not None and v < o,
            "lte": lambda v, o: v is not None and v <= o,
            "between": lambda v, o: v is not None and o[0] <= v <= o[1],
        }
        words = {
            "contains": lambda v, o: v is not None and o.lower() in v.lower(),
            "not_contains": lambda v, o: v is None or o.lower() not in v.lower(),
            "starts_with": lambda v, o: v is not None and v.lower().startswith(o.lower()),
            "ends_with": lambda v, o: v is not None and v.lower().endswith(o.lower()),
        }
        several = {
            "has_any": lambda v, o: any(one in (v or ()) for one in o),
            "has_all": lambda v, o: all(one in (v or ()) for one in o),
            "has_none": lambda v, o: not any(one in (v or ()) for one in o),
        }
        nodes = {"in_tree": _begins, "not_in_tree": lambda v, o: not _begins(v, o)}
        parts = {
            "contains": lambda v, o: any(o.lower() in one.lower() for one in v or ()),
            "not_contains": lambda v, o: not any(o.lower() in one.lower() for one in v or ()),
        }
        return {
            "text": equal | among | words | empty,
            "number": equal | among | order | empty,
            "date": equal | order | {"within": self._within} | empty,
            "datetime": equal | order | {"within": self._within} | empty,
            "boolean": equal | empty,
            "choice": equal | among | empty,
            "choices": several | empty,
            "tags": several | empty,
            "ref": equal | among | {"in_tree": self._in_tree} | empty,
            "refs": several | empty,
            "about": {"eq": _eq, "object_is": lambda v, o: v is not None and v.object == o} | empty,
            "list": several | parts | empty,
            "tree": nodes | equal | empty,
            "time": equal | order | empty,
            "geo": {"near": _near, "in_box": _in_box} | empty,
            "secret": empty,
            "file": empty,
            "json": empty,
        }[trait][op]

    def _within(self, value: date | datetime | None, period: Mapping[str, Any]) -> bool:
        if value is None:
            return False
        day = value.astimezone(self.zone).date() if isinstance(value, datetime) else value
        if "last" in period:
            return _moved(self.today + timedelta(days=1), -period["last"], period["unit"]) <= day <= self.today
        if "next" in period:
            return self.today <= day < _moved(self.today, period["next"], period["unit"])
        name = period["period"]
        if name in ("yesterday", "today", "tomorrow"):
            return (day - self.today).days == ("yesterday", "today", "tomorrow").index(name) - 1
        which, unit = name.split("_")
        return _number_of(unit, day) - _number_of(unit, self.today) == ("last", "this", "next").index(which) - 1

    def _in_tree(self, value: Any, top: Any) -> bool:
        while value is not None:
            if value == top:
                return True
            value = self.parents.get(value)
        return False


def in_order(
    rows: Sequence[Any], keys: Sequence[tuple[Callable[[Any], Any], str]], identity: Callable[[Any], Any]
) -> list[Any]:
    """Rows by (key, "asc" or "desc") pairs; empty keys last either way, ties by identity in the first direction."""

    def compare(a: Any, b: Any) -> int:
        for key, direction in keys:
            one, two = key(a), key(b)
            if one == two:
                continue
            if one is None or two is None:
                return 1 if one is None else -1
            smaller = -1 if direction == "asc" else 1
            return smaller if one < two else -smaller
        smaller = -1 if not keys or keys[0][1] == "asc" else 1
        return smaller if identity(a) < identity(b) else -smaller

    return sorted(rows, key=cmp_to_key(compare))


def first_day(day: date, unit: str) -> date:
    """The first day of the day's week, month, quarter or year."""
    while _number_of(unit, day - timedelta(days=1)) == _number_of(unit, day):
        day -= timedelta(days=1)
    return day


def _eq(value: Plain, operand: Any) -> bool:
    return value is not None and value == operand


def _begins(value: Plain, operand: Any) -> bool:
    return value is not None and value.startswith(operand)


def _near(value: Plain, operand: Any) -> bool:
    """The angle between two places as that of two vectors from the centre of the Earth."""
    if value is None:
        return False
    one, other = (_vector(lat, lng) for lat, lng in (value, (operand["lat"], operand["lng"])))
    cosine = max(-1.0, min(1.0, sum(a * b for a, b in zip(one, other, strict=True))))
    return math.acos(cosine) * 6371.0088 <= operand["km"]


def _vector(lat: float, lng: float) -> tuple[float, float, float]:
    up, round_ = math.radians(lat), math.radians(lng)
    return math.cos(up) * math.cos(round_), math.cos(up) * math.sin(round_), math.sin(up)


def _in_box(value: Plain, operand: Any) -> bool:
    if value is None or not operand["south"] <= value.lat <= operand["north"]:
        return False
    west, east = operand["west"], operand["east"]
    return west <= value.lng <= east if west <= east else value.lng >= west or value.lng <= east


def _blank(value: Plain) -> bool:
    return value is None or value == ()


def _number_of(unit: str, day: date) -> int:
    """A running number of the day's week (beginning on Monday), month, quarter or year."""
    if unit == "day":
        return day.toordinal()
    if unit == "week":
        return (day.toordinal() - 1) // 7
    months = day.year * 12 + day.month - 1
    return months // {"month": 1, "quarter": 3, "year": 12}[unit]


def _moved(day: date, count: int, unit: str) -> date:
    """The day some units later; the last of the month where the month is too short."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * {"day": 1, "week": 7}[unit])
    months = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[unit]
    for last in (day.day, 30, 29, 28):
        try:
            return date(months // 12, months % 12 + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")
