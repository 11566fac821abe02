"""Panels of a layout's tabs: what each kind may be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from guanxi.engine.objects.components import shapes
from guanxi.engine.objects.fields.base import BadValue, shown
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.engine.objects.query.operators import AGGREGATES

MAX_COLUMNS = 20
MAX_ROWS = 50
MAX_BUTTONS = 20
MAX_TEXT = 5000
AGGREGATED = ("sum", "avg", "min", "max")
CHARTS = ("bar", "pie", "line")
HAPPENINGS = ("activity", "change")
_ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
_COMMON = ("kind", "label", "width")

Panel = Mapping[str, Any]


def check_panel(snapshot: Snapshot, obj: Object, panel: Any, sections: int, where: str) -> None:
    """Refuse a panel of no known kind, settings that mean nothing, and what they name and is not there."""
    if not isinstance(panel, Mapping):
        raise BadValue("components.not_an_object", attribute=where)
    kind = shapes.among(panel.get("kind"), SETTINGS, f"{where}.kind")
    shapes.only(panel, [*_COMMON, *SETTINGS[kind]], where)
    if panel.get("label"):
        shapes.words(panel["label"], f"{where}.label", shapes.MAX_LABEL)
    shapes.between(panel.get("width"), 1, 3, f"{where}.width")
    if kind == "facts":
        for place in shapes.listed(panel.get("sections"), f"{where}.sections", sections):
            if place is None:
                raise BadValue("components.out_of_bounds", attribute=f"{where}.sections", min=0, max=sections - 1)
            shapes.between(place, 0, sections - 1, f"{where}.sections")
    elif kind in _CHECKS:
        _CHECKS[kind](snapshot, obj, panel, where)


def panel_paths(panel: Any) -> Iterator[Any]:
    """Paths of the fields and relations that a panel shows."""
    relation = shapes.part(panel, "relation")
    before = f"{relation}." if isinstance(relation, str) else ""
    if before:
        yield relation
    for path in shapes.each(shapes.part(panel, "columns")):
        yield f"{before}{path}"
    for path in (shapes.part(panel, "group"), shapes.part(shapes.part(panel, "aggregate"), "field")):
        if isinstance(path, str):
            yield f"{before}{path}"
    for name in shapes.each(shapes.part(panel, "actions")):
        if isinstance(name, str) and "." not in name:
            yield name


def _related(snapshot: Snapshot, obj: Object, panel: Panel, where: str) -> None:
    child = _child(snapshot, obj, panel.get("relation"))
    for key in shapes.texts(panel.get("columns"), f"{where}.columns", MAX_COLUMNS):
        shapes.field_of(child, key)
    shapes.between(panel.get("limit"), 1, MAX_ROWS, f"{where}.limit")


def _chart(snapshot: Snapshot, obj: Object, panel: Panel, where: str) -> None:
    child = _child(snapshot, obj, panel["relation"]) if panel.get("relation") is not None else obj
    group = shapes.field_of(child, panel.get("group"))
    if not group.kind.groupable and group.kind.trait not in ("date", "datetime"):
        raise BadValue("components.not_groupable", field=group.key)
    if panel.get("shape") is not None:
        shapes.among(panel["shape"], CHARTS, f"{where}.shape")
    aggregate = panel.get("aggregate")
    if aggregate is None:
        return
    shapes.only(aggregate, ("fn", "field"), f"{where}.aggregate")
    function = shapes.among(aggregate.get("fn"), AGGREGATED, f"{where}.aggregate.fn")
    field = shapes.field_of(child, aggregate.get("field"))
    if function not in AGGREGATES.get(field.kind.trait, ()):
        raise BadValue("components.not_aggregated", field=field.key, fn=function)


def _text(snapshot: Snapshot, obj: Object, panel: Panel, where: str) -> None:
    shapes.words(panel.get("text"), f"{where}.text", MAX_TEXT)


def _buttons(snapshot: Snapshot, obj: Object, panel: Panel, where: str) -> None:
    found = shapes.texts(panel.get("actions"), f"{where}.actions", MAX_BUTTONS)
    if not found:
        raise BadValue("components.empty", attribute=f"{where}.actions")
    for name in found:
        field = obj.fields.get(name)
        if not (_ACTION.fullmatch(name) or (field is not None and field.kind.key == "button")):
            raise BadValue("components.unknown_button", value=shown(name))


def _timeline(snapshot: Snapshot, obj: Object, panel: Panel, where: str) -> None:
    for key in shapes.texts(panel.get("kinds"), f"{where}.kinds", len(HAPPENINGS)):
        shapes.among(key, HAPPENINGS, f"{where}.kinds")


def _child(snapshot: Snapshot, obj: Object, relation: Any) -> Object:
    found = obj.relations.get(relation) if isinstance(relation, str) else None
    if found is None:
        known = ", ".join(sorted(obj.relations)) or "-"
        raise BadValue("components.unknown_relation", relation=shown(relation), known=known)
    return snapshot.object(found.object)


SETTINGS: Mapping[str, tuple[str, ...]] = {
    "facts": ("sections",),
    "timeline": ("kinds",),
    "related": ("relation", "columns", "limit"),
    "files": (),
    "changes": (),
    "text": ("text",),
    "buttons": ("actions",),
    "chart": ("relation", "group", "aggregate", "shape"),
}
"""Settings by kind of panel, besides ``label`` and ``width``."""

_CHECKS: Mapping[str, Callable[[Snapshot, Object, Panel, str], None]] = {
    "timeline": _timeline, "related": _related, "text": _text, "buttons": _buttons, "chart": _chart,
}  # fmt: skip
