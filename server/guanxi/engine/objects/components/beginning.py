"""How records of an object are shown that nobody has laid out yet: all fields in one section, the first ones on cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.engine.objects.model import Field, Object

HEADING = {"zh-CN": "基本信息", "en": "Basics"}
LISTED = 7
HIGHLIGHTED = 5
ON_CARD = 3
_UNSUITED = frozenset({"rows", "none", "json", "file"})
"""Traits whose values tell nothing at a glance."""
_LONG = frozenset({"long_text", "rich_text"})


def begun(obj: Object) -> Mapping[str, Any]:
    """The parts of a layout that a workspace's own object has from the start; shipped objects bring theirs."""
    if not obj.custom:
        return {}
    own = [one.key for one in obj.fields.values() if not one.system and not one.hidden]
    telling = [one.key for one in _telling(obj)]
    owner = ["owner"] if obj.has_owner else []
    return {
        "sections": [{"label": HEADING, "fields": [{"key": key} for key in [*own, *owner]]}],
        "list": [obj.title, *telling[:LISTED], *owner],
        "highlights": [*telling[:HIGHLIGHTED], *owner],
        "card": [*[key for key in telling if key != obj.board][:ON_CARD], *owner],
    }


def _telling(obj: Object) -> Iterator[Field]:
    """Fields besides the title that say something in a few words."""
    for one in obj.fields.values():
        kind = one.kind
        if one.system or one.hidden or one.key == obj.title or kind.secret or not kind.holds_value:
            continue
        if kind.trait not in _UNSUITED and kind.key not in _LONG:
            yield one
