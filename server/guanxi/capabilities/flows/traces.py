"""What a step was given and what it gave, as it is kept with the run's record: little of it, and only what differs from
run to run; the rest stands in the version's definition.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import orjson

NAME = "seen"
"""Under which name it stands in the note of a line of the record."""
LIMIT = 4_000
"""Bytes of one step; what is longer is cut, and says so."""
CUT = "…"
_TRIES = ((1_000, 20), (200, 10), (40, 5))
"""Characters of a text and entries of a list, tried one after the other until it is short enough."""
_DEEPEST = 6
_LARGEST = 1 << 53


def differing(specs: Mapping[str, Any]) -> list[str]:
    """The names of values that are not the same for every run."""
    return [name for name, spec in specs.items() if not is_constant(spec)]


def is_constant(spec: Any) -> bool:
    """Whether a value, or a text, is the same for every run."""
    if isinstance(spec, Mapping):
        return "value" in spec or ("text" in spec and "{" not in str(spec["text"]))
    return not isinstance(spec, str) or "{" not in spec


def kept(
    given: Mapping[str, Any] | None, gave: Mapping[str, Any] | None, item: Mapping[str, Any] | None
) -> dict[str, Any] | None:
    """What is kept; None for nothing. ``item`` is the record of the loop that the step stands in."""
    if not given and not gave:
        return None
    about = {"item": item} if item else {}
    found = {"in": _plain(given or {}), "out": _plain(gave or {})}
    if _length(found) <= LIMIT:
        return {**found, **about}
    for longest, most in _TRIES:
        found = {name: _cut(one, longest, most, 0) for name, one in found.items()}
        if _length(found) <= LIMIT:
            return {**found, **about, "cut": True}
    return {"in": {}, "out": {}, **about, "cut": True}


def _length(value: Any) -> int:
    return len(orjson.dumps(value))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | float):
        return value
    if isinstance(value, int | Decimal) and math.isfinite(value):
        return int(value) if abs(value) <= _LARGEST and value == int(value) else float(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def _cut(value: Any, longest: int, most: int, depth: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= longest else value[:longest] + CUT
    if depth >= _DEEPEST and isinstance(value, Mapping | list):
        return CUT
    if isinstance(value, Mapping):
        some = {name[:longest]: _cut(one, longest, most, depth + 1) for name, one in list(value.items())[: 2 * most]}
        return some if len(value) <= 2 * most else {**some, CUT: CUT}
    if isinstance(value, list):
        some_of = [_cut(one, longest, most, depth + 1) for one in value[:most]]
        return some_of if len(value) <= most else [*some_of, CUT]
    return value
