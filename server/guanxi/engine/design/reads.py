"""What the designer shows: objects and fields in every state, what rests on them, templates, the log."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from guanxi.engine.context import Context
from guanxi.engine.design import permits, storage, templates, usage
from guanxi.engine.design.draft import Draft, Row
from guanxi.engine.design.outcome import DesignDependent
from guanxi.engine.objects import validation
from guanxi.engine.objects.assembly import field_from
from guanxi.engine.objects.model import table_of
from guanxi.engine.records import counts
from guanxi.infra.errors import BadRequest, NotFound

COUNTED = 10_000
"""Tables up to this size are counted for the list of objects; larger ones are estimated."""


class DesignedObject(TypedDict):
    """An object with the attributes that may be configured, in whatever state."""

    id: str
    key: str
    area: str
    custom: bool
    state: str
    state_at: str | None
    values: dict[str, Any]
    fields: int
    records: int


class DesignedPart(TypedDict):
    """A field or component with the attributes that may be configured, in whatever state."""

    id: str
    key: str
    kind: str
    custom: bool
    state: str
    state_at: str | None
    values: dict[str, Any]
    conversion: dict[str, Any] | None


class WaitingStep(TypedDict):
    """Something that goes on in the background, or was given up: ``state`` is waiting or failed."""

    name: str
    kind: str
    field: str
    state: str
    error: str | None


class DesignedWhole(DesignedObject):
    """An object with its fields, components and what goes on in the background."""

    parts: list[DesignedPart]
    components: list[DesignedPart]
    steps: list[WaitingStep]
    columns_left: int


class DesignedObjects(TypedDict):
    """Every object, and the limits."""

    objects: list[DesignedObject]
    features: list[str]
    colors: list[str]
    limits: dict[str, int]
    retention_days: int


class DesignUsage(TypedDict):
    """What rests on an object or field, and how many records or values it has."""

    dependents: list[DesignDependent]
    records: int
    values: int | None


class ObjectTemplate(TypedDict):
    """An object to begin with."""

    key: str
    label: dict[str, str]
    help: dict[str, str]
    icon: str
    color: str
    fields: list[dict[str, str]]
    objects: list[dict[str, str]]


def objects(ctx: Context) -> DesignedObjects:
    """Every object that the actor may shape and that is or can be brought back, with the number of its fields and about how many records it has."""
    from django.conf import settings

    permits.permit(ctx)
    draft = Draft.load(ctx)
    shown = (row for row in draft.objects() if row.state != "dropped" and ctx.actor.configures(row.key))
    rows = sorted(shown, key=lambda r: (r.live["position"], r.key))
    about = _records(ctx, [row.key for row in rows])
    counts: dict[str, int] = {}
    for row in draft.rows.values():
        if row.sort == "field" and row.is_live:
            counts[row.object_id] = counts.get(row.object_id, 0) + 1
    return {
        "objects": [_object(row, counts.get(row.id, 0), about.get(row.key, 0)) for row in rows],
        "features": list(validation.features()),
        "colors": sorted(validation.HUES),
        "limits": {
            "objects": validation.MAX_OBJECTS, "fields": validation.MAX_FIELDS, "uniques": validation.MAX_UNIQUES,
            "columns": storage.MAX_COLUMNS, "label": validation.MAX_LABEL,
        },
        "retention_days": settings.RETENTION_DAYS,
    }  # fmt: skip


def _records(ctx: Context, keys: list[str]) -> dict[str, int]:
    """How many live records objects have: counted while a table is small, PostgreSQL's estimate for large ones."""
    tables = {table_of(key): key for key in keys}
    planned = dict(
        ctx.run(
            "SELECT relname, reltuples::bigint FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relkind = 'r' AND relname = ANY($1::text[])",
            [list(tables)],
        )
    )
    small = [name for name, rows in planned.items() if rows < COUNTED]
    about = {tables[name]: rows for name, rows in planned.items() if rows >= COUNTED}
    if small:
        counts = ", ".join(
            f'(SELECT count(*) FROM (SELECT 1 FROM "{name}" WHERE deleted_at IS NULL LIMIT {COUNTED}) c)'
            for name in small
        )
        (row,) = ctx.run(f"SELECT {counts}")
        about.update({tables[name]: count for name, count in zip(small, row, strict=True)})
    return about


def one_object(ctx: Context, named: str) -> DesignedWhole:
    """One object with everything that belongs to it; NotFound for one that is dropped."""
    draft = Draft.load(ctx)
    row = permits.permitted_object(draft, named)
    if row.state == "dropped":
        raise NotFound("design.no_such_object", {"object": named})
    parts = [part for part in draft.fields(row.id) if part.state != "dropped"]
    parts.sort(key=lambda part: (part.live["position"], part.key))
    steps = ctx.run(
        "SELECT name, kind, coalesce(field, ''), state, error FROM sys_ddl_step WHERE object = $1 AND state <> 'done'"
        " ORDER BY id",
        [row.key],
    )
    records = counts.count(ctx.as_system(), row.key, None).value if row.is_live else storage.records(ctx, row.key)
    table = table_of(row.key)
    return {
        **_object(row, sum(part.is_live for part in parts), records),
        "parts": [_part(part) for part in parts],
        "components": [_part(part) for part in draft.components(row.id) if part.state != "dropped"],
        "steps": [WaitingStep(name=n, kind=k, field=f, state=s, error=e) for n, k, f, s, e in steps],
        "columns_left": storage.MAX_COLUMNS - storage.columns_ever(ctx, table),
    }  # type: ignore[typeddict-item]  # the keys of the object are spread


def _object(row: Row, fields: int, records: int) -> DesignedObject:
    return {
        "id": row.id, "key": row.key, "area": row.area, "custom": row.shipped is None, "state": row.state,
        "state_at": row.state_at.isoformat() if row.state_at else None, "values": dict(row.live), "fields": fields,
        "records": records,
    }  # fmt: skip


def _part(row: Row) -> DesignedPart:
    return {
        "id": row.id, "key": row.key, "kind": row.kind, "custom": row.shipped is None, "state": row.state,
        "state_at": row.state_at.isoformat() if row.state_at else None, "values": dict(row.live),
        "conversion": row.conversion,
    }  # fmt: skip


def used(ctx: Context, object_named: str, field_named: str | None) -> DesignUsage:
    """What rests on an object, or on one of its fields."""
    permits.permit(ctx)
    if not object_named:
        raise BadRequest("request.bad_parameter", {"name": "object", "reason": "-"})
    draft = Draft.load(ctx)
    owner = permits.permitted_object(draft, object_named)
    row = owner
    if field_named:
        found = [part for part in draft.fields(owner.id) if field_named in (part.id, part.key)]
        if not found:
            raise NotFound("design.no_such_field", {"field": field_named[:60]})
        row = found[0]
    one = field_from(row.id, row.key, row.kind, row.live) if row.sort == "field" else None
    return {
        "dependents": [found.to_json() for found in usage.dependents(ctx, draft, row)],
        "records": storage.records(ctx, owner.key),
        "values": storage.filled(ctx, owner.key, one) if one else None,
    }


def offered(ctx: Context) -> list[ObjectTemplate]:
    """The templates."""
    permits.permit_all(ctx)
    return [
        {
            "key": key,
            "label": made["objects"][0]["label"],
            "help": made.get("help", {}),
            "icon": made["objects"][0]["icon"],
            "color": made["objects"][0]["color"],
            "fields": [
                {"key": f["key"], "kind": f["kind"], **{f"label_{lang}": text for lang, text in f["label"].items()}}
                for f in made["objects"][0]["fields"]
            ],
            "objects": [{"key": one["key"], **one["label"]} for one in made["objects"]],
        }
        for key, made in templates.shipped().items()
    ]
