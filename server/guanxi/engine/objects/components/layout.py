"""Layouts: what a form, a record's page, a list and a card show, for records of a type and people of a role."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from guanxi.engine.objects.components import shapes
from guanxi.engine.objects.components.base import ComponentKind
from guanxi.engine.objects.components.beginning import begun
from guanxi.engine.objects.components.panels import check_panel, panel_paths
from guanxi.engine.objects.components.record_type import types_of
from guanxi.engine.objects.components.registry import register
from guanxi.engine.objects.fields.base import BadValue, shown
from guanxi.engine.objects.model import Object, Snapshot

MAX_LAYOUTS = 50
MAX_SECTIONS = 50
MAX_FIELDS = 200
MAX_TABS = 20
MAX_PANELS = 20
MAX_ROLES = 50
COLUMNS = 2
"""Columns of a section that does not say how many it has."""
LISTS = ("quick", "list", "highlights", "card")
"""Parts of a layout that are lists of fields."""
PARTS = (*LISTS, "sections", "tabs")


@register
class Layout(ComponentKind):
    """``quick`` form, ``sections`` of the page and the form, ``tabs`` with panels, and fields of lists and cards."""

    key = "layout"

    def check(self, snapshot: Snapshot, obj: Object, live: Mapping[str, Any]) -> None:
        """A known shape within the limits, each field once in its part."""
        shapes.whole(obj, self.key, live, ("record_type", "roles", *PARTS), MAX_LAYOUTS)
        shapes.texts(live.get("roles"), "roles", MAX_ROLES)
        for name in LISTS:
            shapes.texts(live.get(name), name, MAX_FIELDS)
        placed = []
        for place, section in enumerate(shapes.listed(live.get("sections"), "sections", MAX_SECTIONS)):
            placed += _section_fields(section, f"sections.{place}")
        shapes.texts(placed, "sections", MAX_SECTIONS * MAX_FIELDS)
        keys = []
        for place, tab in enumerate(shapes.listed(live.get("tabs"), "tabs", MAX_TABS)):
            shapes.only(tab, ("key", "label", "panels"), f"tabs.{place}")
            shapes.words(tab.get("label"), f"tabs.{place}.label", shapes.MAX_LABEL)
            shapes.listed(tab.get("panels"), f"tabs.{place}.panels", MAX_PANELS)
            keys.append(tab.get("key") or str(place))
        shapes.texts(keys, "tabs", MAX_TABS)

    def check_written(self, snapshot: Snapshot, obj: Object, live: Mapping[str, Any]) -> None:
        """Only fields, types and panels that exist."""
        typ = live.get("record_type")
        if typ is not None and typ not in {one.key for one in types_of(obj)}:
            raise BadValue("components.unknown_type", type=shown(typ))
        for name in LISTS:
            shapes.fields_of(obj, live.get(name), name, MAX_FIELDS)
        sections = live.get("sections")
        for section in sections or ():
            for one in section.get("fields") or ():
                shapes.field_of(obj, one["key"])
        count = len(sections if sections is not None else _own(obj).get("sections") or ())
        for place, tab in enumerate(live.get("tabs") or ()):
            for number, panel in enumerate(tab.get("panels") or ()):
                check_panel(snapshot, obj, panel, count, f"tabs.{place}.panels.{number}")

    def references(self, live: Mapping[str, Any]) -> Iterable[str]:
        """Every field and relation that is placed somewhere."""
        found = [key for name in LISTS for key in shapes.each(live.get(name))]
        for section in shapes.each(live.get("sections")):
            found += [shapes.part(one, "key") for one in shapes.each(shapes.part(section, "fields"))]
        for tab in shapes.each(live.get("tabs")):
            found += [path for panel in shapes.each(shapes.part(tab, "panels")) for path in panel_paths(panel)]
        return [path for path in found if isinstance(path, str)]

    def records(self, obj: Object, live: Mapping[str, Any]) -> Iterable[tuple[str, str, Sequence[str]]]:
        """The roles that it is for."""
        return [("role", "key", list(live.get("roles") or ()))]

    def sample(self, obj: Object) -> Mapping[str, Any]:
        """A page with the title alone."""
        basics = {"zh-CN": "基本信息", "en": "Basics"}
        return {
            "label": {"zh-CN": "简洁", "en": "Plain"}, "position": 0, "quick": [obj.title],
            "sections": [{"label": basics, "columns": 1, "fields": [{"key": obj.title, "width": 1}]}],
            "tabs": [{"label": basics, "panels": [{"kind": "facts"}, {"kind": "changes"}]}],
        }  # fmt: skip


def _section_fields(section: Any, where: str) -> list[Any]:
    shapes.only(section, ("label", "columns", "collapsed", "fields"), where)
    shapes.words(section.get("label"), f"{where}.label", shapes.MAX_LABEL)
    shapes.between(section.get("columns"), 1, 3, f"{where}.columns")
    shapes.flag(section.get("collapsed"), f"{where}.collapsed")
    found = []
    for one in shapes.listed(section.get("fields"), f"{where}.fields", MAX_FIELDS):
        shapes.only(one, ("key", "width"), f"{where}.fields")
        shapes.between(one.get("width"), 1, 3, f"{where}.fields.width")
        found.append(one.get("key"))
    return found


def layouts_for(obj: Object, roles: Collection[str]) -> list[dict[str, Any]]:
    """The layouts that apply to somebody with these roles, most specific first; the object's own is the last.

    A layout for a type and a role comes before one for a type, that before one for a role, that before one for
    everybody. What a layout leaves out comes from the next one that applies to the same records.
    """
    mine = [
        one
        for one in obj.components.get(Layout.key, ())
        if not one.live.get("roles") or set(one.live["roles"]) & set(roles)
    ]
    mine.sort(key=lambda one: (one.live.get("record_type") is None, not one.live.get("roles")))
    chain = [{**one.live, "key": one.key} for one in mine]
    chain.append({"key": None, "label": None, **_own(obj)})
    return [_completed(obj, chain[place:]) for place in range(len(chain))]


def flat(layout: Mapping[str, Any]) -> dict[str, Any]:
    """A layout as lists of fields alone."""
    sections = [
        {"label": section["label"], "fields": [one["key"] for one in section["fields"]]}
        for section in layout["sections"]
    ]
    return {**{name: layout[name] for name in LISTS}, "sections": sections}


def _completed(obj: Object, chain: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The first layout with what it leaves out taken from the others, and without fields that are gone."""
    first = chain[0]
    typ = first.get("record_type")
    usable = [one for one in chain if one.get("record_type") in (None, typ)]
    parts = {name: next((one[name] for one in usable if one.get(name) is not None), None) for name in PARTS}
    return {
        "key": first["key"],
        "label": first["label"],
        "record_type": typ,
        **{name: [key for key in parts[name] or () if key in obj.fields] for name in LISTS},
        "sections": [_section(obj, section) for section in parts["sections"] or ()],
        "tabs": [{"key": str(place), **tab} for place, tab in enumerate(parts["tabs"])] if parts["tabs"] else None,
    }


def _section(obj: Object, section: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "label": section["label"],
        "columns": section.get("columns") or COLUMNS,
        "collapsed": bool(section.get("collapsed")),
        "fields": [
            {"key": one["key"], "width": one.get("width")}
            for one in section.get("fields") or ()
            if one["key"] in obj.fields
        ],
    }


def _own(obj: Object) -> dict[str, Any]:
    """The object's own layout, whose sections list keys alone, in the form of the others."""
    told = obj.layout.get("sections") or ()
    sections = [{**section, "fields": [{"key": key} for key in section["fields"]]} for section in told]
    own = {**{name: obj.layout.get(name) for name in LISTS}, "sections": sections}
    return {**begun(obj), **{name: part for name, part in own.items() if part}}
