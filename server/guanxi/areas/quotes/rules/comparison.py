"""What one version of a quote has and another has not. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from typing_extensions import TypedDict

COMPARED = ("name", "quantity", "unit_price", "discount", "tax_percent", "optional", "total")
"""What of a line is compared; its place is not."""
Line = Mapping[str, Any]


class Difference(TypedDict):
    """A line that was added, removed or changed; ``before`` and ``after`` are its values, ``fields`` those that differ."""

    change: Literal["added", "removed", "changed"]
    name: str
    fields: list[str]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def compare(before: Sequence[Line], after: Sequence[Line]) -> list[Difference]:
    """The differences in the order of the later version; removed lines come last.

    Lines are the same when they are the n-th of their product, or of their name where they have none.
    """
    old, new = _named(before), _named(after)
    found: list[Difference] = []
    for key, line in new.items():
        was = old.get(key)
        if was is None:
            found.append(_difference("added", None, line, []))
            continue
        fields = [one for one in COMPARED if was.get(one) != line.get(one)]
        if fields:
            found.append(_difference("changed", was, line, fields))
    return found + [_difference("removed", line, None, []) for key, line in old.items() if key not in new]


def _named(lines: Sequence[Line]) -> dict[tuple[Any, ...], Line]:
    named: dict[tuple[Any, ...], Line] = {}
    for line in lines:
        own = (line.get("kind"), line.get("product") or line.get("name"))
        count = sum(1 for key in named if key[:2] == own)
        named[(*own, count)] = line
    return named


def _difference(
    change: Literal["added", "removed", "changed"], before: Line | None, after: Line | None, fields: list[str]
) -> Difference:
    def told(line: Line | None) -> dict[str, Any] | None:
        return None if line is None else {key: line.get(key) for key in COMPARED}

    name = str((after or before or {}).get("name") or "")
    return {"change": change, "name": name, "fields": fields, "before": told(before), "after": told(after)}
