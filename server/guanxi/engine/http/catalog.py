"""The catalog as the screens read it: objects, fields, relations, operators and the caller's rights."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import TypeVar, cast

from django.http import HttpRequest, HttpResponse

from guanxi.engine.actions import actions, permitted
from guanxi.engine.context import Context
from guanxi.engine.http.request import request_work
from guanxi.engine.http.shapes import catalog as shapes
from guanxi.engine.http.shapes.catalog import Catalog, CatalogObject
from guanxi.engine.objects.components.layout import flat, layouts_for
from guanxi.engine.objects.components.record_type import default_of, types_of
from guanxi.engine.objects.components.rule import rules_of
from guanxi.engine.objects.computed.showing import result_of
from guanxi.engine.objects.fields import dependent
from guanxi.engine.objects.levels import Level, is_read
from guanxi.engine.objects.model import Field, Labels, Object, Relation
from guanxi.engine.objects.query.operators import AGGREGATES, OPERATORS
from guanxi.engine.objects.query.page import UNSORTABLE_TRAITS
from guanxi.engine.records.rules.draft import is_asked
from guanxi.infra.http.responses import dumps

T = TypeVar("T")


def catalog(request: HttpRequest, workspace: str) -> HttpResponse:
    """Everything the caller may know of the workspace's objects; answered with 304 while it has not changed."""
    with request_work(request, workspace) as ctx:
        body = dumps(describe(ctx))
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    return HttpResponse(body, content_type="application/json", headers={"ETag": tag, "Cache-Control": "no-cache"})


def describe(ctx: Context) -> Catalog:
    """The catalog for one actor: objects that they may not read are left out, also as relations."""
    readable = {o.key: o for o in ctx.snapshot.objects.values() if ctx.actor.rights(o.key).reads}
    return {
        "version": ctx.snapshot.version,
        "objects": [
            _object(ctx, obj, set(readable)) for obj in sorted(readable.values(), key=lambda o: (o.position, o.key))
        ],
    }


def _object(ctx: Context, obj: Object, readable: set[str]) -> CatalogObject:
    told = ctx.guard().told(obj)
    hidden = obj.fields.keys() - told.fields.keys()
    layouts = _without(hidden, _layouts(obj, ctx.actor.roles))
    return {
        "id": obj.id,
        "key": obj.key,
        "label": _words(obj.label),
        "plural": _words(obj.plural),
        "icon": obj.icon,
        "color": cast("shapes.Hue", obj.color),
        "title": obj.title,
        "features": sorted(obj.features),
        "group": obj.group,
        "position": obj.position,
        "board": obj.board,
        "inherit": obj.inherit,
        "layout": cast("shapes.Layout", flat(next(one for one in layouts if one["record_type"] is None))),
        "layouts": layouts,
        "record_types": _without(hidden, _record_types(obj)),
        "reactive": _is_reactive(obj) or is_asked(ctx, obj),
        "rights": cast("shapes.Rights", ctx.actor.offers(obj.key).to_json()),
        "fields": [
            _field(
                field,
                ctx.guard().level(obj, obj.fields[key]),
                _by_type(ctx, obj, obj.fields[key]),
                {str(pool.id): pool.hides[key] for pool in ctx.guard().pools(obj) if key in pool.hides},
            )
            for key, field in told.fields.items()
            if _is_offered(ctx, field, readable)
        ],
        "relations": [
            {"key": r.key, "label": _words(r.label), "object": r.object, "field": r.field}
            for r in obj.relations.values()
            if r.object in readable and _is_told(ctx, r)
        ],
    }


def _is_told(ctx: Context, relation: Relation) -> bool:
    """Whether the actor may know what refers to the object here."""
    child = ctx.snapshot.object(relation.object)
    return is_read(ctx.guard().level_everywhere(child, child.fields[relation.field]))


def _without(hidden: Collection[str], told: T) -> T:
    """What is told of an object's pages and types, without the fields that the actor may not know of."""
    if not hidden:
        return told
    if isinstance(told, Mapping):
        return cast("T", {key: _without(hidden, one) for key, one in told.items() if key not in hidden})
    if isinstance(told, list | tuple):
        return cast("T", [_without(hidden, one) for one in told if _named(one) not in hidden])
    return told


def _named(part: object) -> str | None:
    """The field that a part of a page is about."""
    named = part
    if isinstance(part, Mapping):
        named = part["key"] if "width" in part else part.get("field")
    return named if isinstance(named, str) else None


def _layouts(obj: Object, roles: Collection[str]) -> list[shapes.PageLayout]:
    """The layouts for somebody with these roles, most specific first."""
    return cast("list[shapes.PageLayout]", layouts_for(obj, roles))


def _record_types(obj: Object) -> list[shapes.RecordType]:
    types = types_of(obj)
    default = default_of(types)
    return [
        {
            "key": one.key,
            "label": one.live["label"],
            "description": one.live.get("description") or {},
            "color": one.live.get("color") or "slate",
            "default": one.key == default,
            "choices": one.live.get("choices") or {},
            "records": one.live.get("records") or {},
        }
        for one in types
    ]


def _is_reactive(obj: Object) -> bool:
    """Whether what a form shows, asks for or computes depends on what is typed into it."""
    if types_of(obj) or rules_of(obj) or dependent.fields(obj):
        return True
    return any(f.kind.virtual or isinstance(f.default, Mapping) for f in obj.fields.values())


def _by_type(ctx: Context, obj: Object, field: Field) -> dict[str, Level]:
    """Levels on records of the types on which it is another one than at best."""
    guard = ctx.guard()
    best = guard.level(obj, field)
    levels: dict[str, Level] = {one.key: guard.level_on(obj, field, one.key) for one in types_of(obj)}
    return {key: level for key, level in levels.items() if level != best}


def _is_offered(ctx: Context, field: Field, readable: set[str]) -> bool:
    """Buttons are shown to those who may run their actions, tables of lines to those who may read the lines."""
    if field.kind.key == "button":
        verb = actions().get(str(field.settings["action"]))
        return verb is not None and permitted(ctx, verb)
    return field.kind.trait != "rows" or field.settings["object"] in readable


_RELATION = frozenset({"reverse", "reverse_label", "on_delete"})
"""Settings of a reference that are the referring field's own matter."""


def _field(field: Field, level: Level, by_type: Mapping[str, Level], in_pools: Mapping[str, Level]) -> shapes.Field:
    kind = field.kind
    compared = is_read(level)
    told: shapes.Field = {
        "id": field.id,
        "key": field.key,
        "kind": kind.key,
        "trait": kind.trait,
        "label": _words(field.label),
        "help": cast("shapes.Help", dict(field.help)),
        "required": field.required,
        "unique": field.unique,
        "read_only": field.read_only or kind.generated or level != "edit",
        "access": level,
        "access_by_type": dict(by_type),
        "hidden": field.hidden,
        "system": field.system,
        "searchable": field.searchable,
        "default": field.default,
        "settings": cast("shapes.FieldSettings", dict(field.settings)),
        "result": _result(field) if kind.computed else None,
        "operators": list(OPERATORS.get(kind.trait, ())) if compared else [],
        "sortable": kind.sortable and kind.trait not in UNSORTABLE_TRAITS,
        "groupable": (compared and kind.groupable) or kind.trait in ("date", "datetime"),
        "aggregates": ["count_values", *AGGREGATES.get(kind.trait, ())] if kind.holds_value and compared else [],
    }
    if in_pools:
        told["access_in_pools"] = dict(in_pools)
    return told


def _result(field: Field) -> shapes.FieldResult:
    kind, settings = result_of(field)
    return {
        "kind": kind.key,
        "settings": cast("shapes.FieldSettings", {key: settings[key] for key in settings if key not in _RELATION}),
    }


def _words(labels: Labels) -> shapes.Label:
    return cast("shapes.Label", dict(labels))
