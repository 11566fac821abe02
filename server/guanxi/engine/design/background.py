"""Steps that changes of the configuration leave behind: search anew, replace options, drop what was given up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.design import steps, storage
from guanxi.engine.design.conversions import NEXT, PREVIOUS
from guanxi.engine.design.steps import BATCH, Step, keep, step
from guanxi.engine.objects import catalog
from guanxi.engine.objects.ddl.plan import sequence
from guanxi.engine.objects.ddl.runner import LOCK_TIMEOUT_MS
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import link_table
from guanxi.engine.records import documents, reads, writes
from guanxi.infra.jobs import enqueue, job

AGAIN = timedelta(seconds=15)
"""When steps that wait for a lock are tried again."""


@job("design.run")
def run_job(payload: Mapping[str, Any]) -> None:
    """Run the waiting steps of a workspace; what waits for a lock is tried again later."""
    workspace = Workspace(**payload["workspace"])
    if steps.run(workspace).waiting:
        with work(workspace, SYSTEM, via="job") as ctx:
            enqueue("design.run", dict(payload), run_at=ctx.now + AGAIN)


@job("design.expire")
def expire_job(payload: Mapping[str, Any]) -> None:
    """Drop what has been archived for longer than the retention time."""
    from guanxi.engine.design.apply import apply

    workspace = Workspace(**payload["workspace"])
    with work(workspace, SYSTEM, via="job") as ctx:
        if expired := overdue(ctx):
            apply(ctx, expired, label={"code": "design.expire_label", "params": {"days": settings.RETENTION_DAYS}})
        _settle_conversions(ctx)
    steps.run(workspace)


def overdue(ctx: Context) -> list[dict[str, Any]]:
    """The changes that drop what has been archived for too long, objects before fields."""
    until = ctx.now - timedelta(days=settings.RETENTION_DAYS)
    rows = ctx.run(
        "SELECT 'object.drop', id FROM sys_object WHERE state = 'archived' AND state_at <= $1 UNION ALL"
        " SELECT 'field.drop', f.id FROM sys_field f JOIN sys_object o ON o.id = f.object_id"
        " WHERE f.state = 'archived' AND f.state_at <= $1 AND o.state = 'active' AND NOT EXISTS (SELECT 1 FROM sys_object t"
        " WHERE t.key = f.live->'settings'->>'target' AND t.state = 'archived' AND t.state_at <= $1)",
        [until],
    )
    return [{"op": op, "id": str(id_), "confirm": True} for op, id_ in rows]


def _settle_conversions(ctx: Context) -> None:
    """Conversions that can no longer be taken back: the values as they were are dropped."""
    ctx.run(
        "WITH settled AS (UPDATE sys_field f SET conversion = NULL FROM sys_object o WHERE o.id = f.object_id"
        " AND f.conversion->>'state' = 'done' AND (f.conversion->>'until')::timestamptz <= $1 RETURNING o.key AS object, f.key)"
        " INSERT INTO sys_ddl_step (kind, name, object, field, payload, statement)"
        " SELECT 'drop_beside', 'drop ' || object || '.' || key || $2, object, key, jsonb_build_object('suffix', $2), ''"
        " FROM settled",
        [ctx.now, PREVIOUS],
    )


@step("search")
def search_anew(ctx: Context, one: Step) -> bool:
    """Make the search documents of an object anew; of one that is out of sight they are removed."""
    obj = ctx.snapshot.objects.get(one.object)
    if obj is None or not documents.is_searchable(obj):
        gone = ctx.run(
            "DELETE FROM sys_search WHERE record IN (SELECT record FROM sys_search WHERE object = $1 LIMIT 10000)"
            " RETURNING 1",
            [one.object],
        )
        return bool(gone)
    rows = ctx.run(
        f'SELECT id FROM "{obj.table}" WHERE deleted_at IS NULL AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT {BATCH}'
        " FOR SHARE",
        [one.payload.get("after")],
    )
    ids = [record for (record,) in rows]
    if not ids:
        return False
    keys = {f.key for f in obj.searchable} | ({obj.inherit} if obj.inherit else set())
    found = reads.native(ctx, obj.key, ids, [*keys, *(["owner"] if obj.has_owner else [])])
    owners = dict(ctx.run(f'SELECT id, via_owner FROM "{obj.table}" WHERE id = ANY($1::uuid[])', [ids]))
    documents.store(
        ctx, obj, [documents.document(ctx, obj, id_, {**row, "via_owner": owners[id_]}) for id_, row in found.items()]
    )
    keep(ctx, one, after=str(ids[-1]))
    return True


@step("replace_options")
def replace_options(ctx: Context, one: Step) -> bool:
    """Give records that hold an option which is gone the one that replaces it, or none, as an ordinary write."""
    obj = ctx.snapshot.objects.get(one.object)
    field = obj.fields.get(one.field) if obj else None
    if obj is None or field is None:
        return False
    moves: Mapping[str, str | None] = one.payload["moves"]
    several = field.kind.trait != "choice"
    held = f'"{field.key}" && $1::text[]' if several else f'"{field.key}" = ANY($1::text[])'
    rows = ctx.run(
        f'SELECT id, "{field.key}" FROM "{obj.table}" WHERE deleted_at IS NULL AND {held} ORDER BY id LIMIT {BATCH}'
        " FOR UPDATE",
        [list(moves)],
    )
    ctx.label = {"code": "design.options_label", "params": {"field": dict(field.label)}}
    changes = []
    for record, value in rows:
        if several:
            kept = dict.fromkeys(moves.get(option, option) for option in value)
            changes.append(writes.Change(record, {field.key: [option for option in kept if option] or None}))
        else:
            changes.append(writes.Change(record, {field.key: moves[value]}))
    writes.update(ctx, obj.key, changes)
    return bool(rows)


@step("drop")
def drop(ctx: Context, one: Step) -> bool:
    """Drop the columns of a field, or the table of an object, that went out of sight long ago."""
    physical = catalog.load(ctx.cursor, ctx.workspace.schema, ctx.snapshot.version, catalog.PHYSICAL)
    obj = physical.objects.get(one.object)
    ctx.cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_MS}ms'")
    if obj is not None and "object" in one.payload:
        _drop_object(ctx, obj)
    elif obj is not None and one.field in obj.fields:
        _drop_field(ctx, obj, obj.fields[one.field])
    return False


def _drop_object(ctx: Context, obj: Object) -> None:
    if not _retiring(ctx, "object", obj.id):
        return
    for field in obj.fields.values():
        if not field.system:
            _drop_beside(ctx, obj, field)
    ctx.run(f'DROP TABLE IF EXISTS "{obj.table}" CASCADE')
    for table in ("sys_search", "sys_share", "sys_file_use", "sys_stale"):
        ctx.run(f"DELETE FROM {table} WHERE object = $1", [obj.key])
    ctx.run("UPDATE sys_field SET state = 'dropped', state_at = now() WHERE object_id = $1", [UUID(obj.id)])
    ctx.run("UPDATE sys_component SET state = 'dropped', state_at = now() WHERE object_id = $1", [UUID(obj.id)])
    ctx.run("UPDATE sys_object SET state = 'dropped', state_at = now() WHERE id = $1", [UUID(obj.id)])


def _drop_field(ctx: Context, obj: Object, field: Field) -> None:
    if not _retiring(ctx, "field", field.id):
        return
    _drop_beside(ctx, obj, field)
    beside = [name for suffix in (NEXT, PREVIOUS) for name in storage.beside(ctx, obj.table, field.key, suffix)]
    for name in (*(name for name, _ in field.columns), *beside):
        ctx.run(f'ALTER TABLE "{obj.table}" DROP COLUMN IF EXISTS "{name}"')
    ctx.run("DELETE FROM sys_file_use WHERE object = $1 AND field = $2", [obj.key, field.key])
    ctx.run("UPDATE sys_field SET state = 'dropped', state_at = now() WHERE id = $1", [UUID(field.id)])


def _drop_beside(ctx: Context, obj: Object, field: Field) -> None:
    """What a field has outside the table of its object."""
    if field.kind.trait == "refs" and field.kind.holds_value:
        ctx.run(f'DROP TABLE IF EXISTS "{link_table(obj, field)}"')
    if field.kind.generated:
        ctx.run(f'DROP SEQUENCE IF EXISTS "{sequence(obj, field)}"')
        ctx.run("DELETE FROM sys_number WHERE series = $1", [UUID(field.id)])


def _retiring(ctx: Context, sort: str, id_: str) -> bool:
    rows = ctx.run(f"SELECT state FROM sys_{sort} WHERE id = $1", [UUID(id_)])
    return bool(rows) and rows[0][0] == "retiring"
