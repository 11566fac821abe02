"""Whether the computed fields of a catalog make sense: formulas and their types, paths, roll-ups, defaults, circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from guanxi.engine.objects.computed import defaults
from guanxi.engine.objects.computed.feeds import stored_kind
from guanxi.engine.objects.computed.problems import BadFormula
from guanxi.engine.objects.computed.rolling import filter_fields, stored_keys
from guanxi.engine.objects.computed.showing import Computed
from guanxi.engine.objects.fields.base import BadValue, ParseEnv
from guanxi.engine.objects.fields.kinds.lookup_value import UNSHOWN
from guanxi.engine.objects.fields.kinds.roll_up import SORTABLE, TRAITS
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.objects.query.build import Bind, Everything, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.infra.errors import BadRequest


class Problem(NamedTuple):
    """Something wrong with a computed field or a default: where, which attribute, why."""

    object: str
    field: str
    attribute: str
    code: str
    params: Mapping[str, Any]


def problems(snapshot: Snapshot) -> Iterator[Problem]:
    """Everything that is wrong with computed fields and defaults."""
    for obj in snapshot.objects.values():
        for field in obj.fields.values():
            if isinstance(field.kind, Computed):
                for attribute, code, params in _CHECKS[field.kind.key](snapshot, obj, field):
                    yield Problem(obj.key, field.key, attribute, code, params)
            elif isinstance(field.default, Mapping):
                try:
                    if "formula" in field.default:
                        defaults.compiled_default(snapshot, obj, field)
                    else:
                        field.kind.parse(field, field.default, ParseEnv())
                except (BadFormula, BadValue) as bad:
                    told = bad.as_value() if isinstance(bad, BadFormula) else bad
                    yield Problem(obj.key, field.key, "default", told.code, told.params)
    yield from _circles(snapshot)


Findings = Iterator[tuple[str, str, Mapping[str, Any]]]


def _formula(snapshot: Snapshot, obj: Object, field: Field) -> Findings:
    try:
        cast("Any", field.kind).formula()
    except BadFormula as bad:
        told = bad.as_value()
        yield "settings.expression", told.code, told.params


def _lookup_value(snapshot: Snapshot, obj: Object, field: Field) -> Findings:
    _, _, end = cast("Any", field.kind).leads(field)
    if end is None or end.kind.trait in UNSHOWN or end.kind.secret or not end.kind.holds_value:
        yield "settings.path", "formula.path_leads_nowhere", {"path": str(field.settings.get("path"))}
    elif end.key == field.key and end.id == field.id:
        yield "settings.path", "formula.cycle", {"path": f"{obj.key}.{field.key}"}


def _roll_up(snapshot: Snapshot, obj: Object, field: Field) -> Findings:
    settings = field.settings
    child = snapshot.objects.get(str(settings.get("object")))
    if child is None or cast("Any", field.kind).way(field) is None:
        way = "settings.through" if settings.get("through") else "settings.by"
        yield way, "formula.roll_up_no_way", {"object": str(settings.get("object"))}
        return
    function = str(settings.get("function"))
    if function != "count":
        end = child.fields.get(str(settings.get("field")))
        if end is None or end.kind.trait not in TRAITS.get(function, ()) or end.kind.secret:
            yield "settings.field", "formula.roll_up_kind", {"field": str(settings.get("field")), "function": function}
        elif not cast("Any", field.kind).is_shaped:
            yield "settings.field", "formula.cycle", {"path": f"{obj.key}.{field.key} → {child.key}.{end.key}"}
        elif stored_keys(child, end.key) is None:
            yield "settings.field", "formula.roll_up_needs_own", {"field": end.key}
    sort = settings.get("sort")
    if sort is not None and (sort not in child.fields or child.fields[sort].kind.trait not in SORTABLE):
        yield "settings.sort", "formula.roll_up_kind", {"field": str(sort), "function": function}
    yield from _filter(snapshot, child, settings.get("where"))


def _filter(snapshot: Snapshot, child: Object, where: Any) -> Findings:
    if where is None:
        return
    for name, node in filter_fields(where):
        value = node.get("value")
        relative = isinstance(value, Mapping) and {"period", "last", "next"} & set(value)
        if "has" in node or "." in name or relative or value == "@me" or stored_keys(child, name) is None:
            yield "settings.where", "formula.roll_up_filter", {"field": name}
            return
    try:
        compile_filter(Source(snapshot, child, Everything(), Bind(), ParseEnv(), "c"), where)
    except BadRequest as bad:
        yield "settings.where", bad.code, bad.params


def _last_activity(snapshot: Snapshot, obj: Object, field: Field) -> Findings:
    feeds = stored_kind(field).feeds(field)
    moments = field.settings.get("moments") or {}
    missing = set(moments) - {feed.child.key for feed in feeds}
    if not feeds or missing:
        yield "settings.moments", "formula.no_activities", {"objects": ", ".join(sorted(missing)) or "-"}


_CHECKS: Mapping[str, Any] = {
    "formula": _formula,
    "lookup_value": _lookup_value,
    "roll_up": _roll_up,
    "last_activity": _last_activity,
}


def _circles(snapshot: Snapshot) -> Iterator[Problem]:
    """Stored computed fields that are worked out of each other."""
    feeds = snapshot.feeds
    places = list(dict.fromkeys((feed.parent.key, feed.field.key) for feed in feeds.every))
    done: set[tuple[str, str]] = set()

    def circle(place: tuple[str, str], pending: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...] | None:
        if place in pending:
            return (*pending[pending.index(place) :], place)
        if place in done:
            return None
        found = next((ring for one in feeds.below(place) if (ring := circle(one, (*pending, place)))), None)
        done.add(place)
        return found

    for place in places:
        ring = circle(place, ())
        if ring:
            path = " → ".join(f"{object_key}.{key}" for object_key, key in ring)
            yield Problem(*ring[0], "settings", "formula.cycle", {"path": path})
