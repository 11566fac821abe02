"""Stored computed values that wait for the end of a longer piece of work instead of being worked out by every write.

Working out a parent reads all its children, so a list that is written in many parts would read them over and over. Such
work leaves its parents for the end: of one unit of work (``together``), or of many (``noted``), where each marks the
parents in ``sys_stale`` with its own commit and ``catch_up`` works them out. A mark is made behind the lock on the parent
and taken away before the statement that works it out, so that whoever comes in between marks it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.records import computed

BATCH = 500
"""Parents worked out in one unit of work."""


@contextmanager
def together(ctx: Context) -> Iterator[None]:
    """Work out what the writes of the block made stale once, when it ends."""
    with _gathered(ctx) as dirty:
        yield
    if ctx.stale is None:
        computed.settle(ctx, dirty)


@contextmanager
def noted(ctx: Context) -> Iterator[None]:
    """Mark what the writes of the block made stale, when it ends; whoever uses this calls ``catch_up`` at last."""
    with _gathered(ctx) as dirty:
        yield
    if ctx.stale is None:
        _mark(ctx, dirty)


@contextmanager
def _gathered(ctx: Context) -> Iterator[computed.Dirty]:
    """What becomes stale meanwhile; a block within another adds to the outer one."""
    outer = ctx.stale
    ctx.stale = {} if outer is None else outer
    try:
        yield ctx.stale
    finally:
        ctx.stale = outer


def _mark(ctx: Context, dirty: computed.Dirty) -> None:
    for object_key in sorted({key for key, _ in dirty}):
        fields: dict[UUID, list[str]] = {}
        for (key, field_key), records in dirty.items():
            for record in records if key == object_key else ():
                fields.setdefault(record, []).append(field_key)
        ids = sorted(fields)
        ctx.run(
            "INSERT INTO sys_stale AS s (object, record, fields, at)"
            " SELECT $1, w.record, string_to_array(w.fields, ','), $4"
            " FROM unnest($2::uuid[], $3::text[]) w(record, fields)"
            " ON CONFLICT (object, record) DO UPDATE"
            " SET fields = ARRAY(SELECT DISTINCT unnest(s.fields || EXCLUDED.fields))"
            " WHERE NOT s.fields @> EXCLUDED.fields",
            [object_key, ids, [",".join(fields[one]) for one in ids], ctx.now],
        )


def catch_up(ctx: Context, until: datetime) -> bool:
    """Work out the next parents marked until a moment; False when there are none."""
    rows = ctx.run(
        f"SELECT object, record, fields FROM sys_stale WHERE at <= $1 ORDER BY object, record LIMIT {BATCH}", [until]
    )
    if not rows:
        return False
    object_key = rows[0][0]
    found: Mapping[UUID, list[str]] = {record: fields for key, record, fields in rows if key == object_key}
    obj = ctx.snapshot.objects.get(object_key)
    dirty: computed.Dirty = {}
    known = {feed.field.key for feed in ctx.snapshot.feeds.by_parent.get(object_key, ())} if obj else set()
    for record, fields in found.items():
        for field_key in known.intersection(fields):
            dirty.setdefault((object_key, field_key), set()).add(record)
    if obj is not None:
        computed.lock(ctx, obj, list(found))
    ctx.run(
        "DELETE FROM sys_stale s USING unnest($2::uuid[], $3::text[]) w(record, fields)"
        " WHERE s.object = $1 AND s.record = w.record AND s.fields <@ string_to_array(w.fields, ',')",
        [object_key, list(found), [",".join(fields) for fields in found.values()]],
    )
    computed.settle(ctx, dirty)
    return True
