"""Stored computed values, kept right after every write: roll-ups and last activities of the parents that it concerns.

The parents are locked (``holding``) and worked out anew by a later statement, which sees what others have committed
meanwhile; so two writers of one parent's children can never leave a value that misses one of them. Values
that are worked out of such values follow in the order of what they need. Neither ``rev`` nor the change log is touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.computed.feeds import Feed, cells, stored_kind
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.records import hooks, notices
from guanxi.engine.records.holding import Line, referred
from guanxi.engine.records.hooks import Write

PARENTS = 2000
"""Records worked out by one statement."""
Dirty = dict[tuple[str, str], set[UUID]]
"""Records whose value is stale, by (object, field)."""


def refresh(ctx: Context, obj: Object, writes: Sequence[Write]) -> None:
    """Work out what the writes of an object made stale, here and further up; or leave it for later (``stale``)."""
    feeds = ctx.snapshot.feeds
    below, own = feeds.by_child.get(obj.key, ()), feeds.by_parent.get(obj.key, ())
    if not writes or not (below or own):
        return
    dirty: Dirty = {}
    for feed in below:
        _mark(dirty, feed, _parents(ctx, feed, writes))
    for feed in own:
        if feed.link == "own_refs":
            _mark(dirty, feed, {write.id for write in writes if feed.by.key in write.new})
    if ctx.stale is None:
        settle(ctx, dirty)
        return
    for place, ids in dirty.items():
        ctx.stale.setdefault(place, set()).update(ids)


def settle(ctx: Context, dirty: Dirty) -> None:
    """Work out stale values, those that others need first."""
    ranks = ctx.snapshot.feeds.ranks
    while dirty:
        rank, object_key = min((ranks.get(place, 0), place[0]) for place in dirty)
        keys = [key for at, key in dirty if at == object_key and ranks.get((at, key), 0) == rank]
        ids = sorted(set().union(*(dirty.pop((object_key, key)) for key in keys)))
        obj = ctx.snapshot.object(object_key)
        for start in range(0, len(ids), PARENTS):
            changed = compute(ctx, obj, [obj.fields[key] for key in keys], ids[start : start + PARENTS])
            if changed:
                climb(ctx, obj, frozenset(keys), changed, dirty)


def compute(ctx: Context, obj: Object, fields: Sequence[Field], ids: Sequence[UUID]) -> list[UUID]:
    """Work out fields of records anew, deleted ones too; the ids of those whose values were others."""
    locked = _take(ctx, obj, ids, [field.key for field in fields])
    if not locked:
        return []
    bind = Bind()
    names, values = _values(ctx, obj, fields, bind(locked, "uuid[]"), bind)
    sets = ", ".join(f'"{name}" = v."{name}"' for name in names)
    stale = " OR ".join(f'p."{name}" IS DISTINCT FROM v."{name}"' for name in names)
    rows = ctx.run(
        f'UPDATE "{obj.table}" p SET {sets} FROM ({values}) v WHERE p.id = v.id AND ({stale})'
        " RETURNING p.id, p.owner, p.via_owner, p.rev",
        bind.values,
    )
    told = [Write("update", id_, {"owner": owner, "via_owner": via}, rev=rev) for id_, owner, via, rev in rows]
    notices.send(ctx, obj, told)
    return [write.id for write in told]


def _take(ctx: Context, obj: Object, ids: Sequence[UUID], keys: Sequence[str]) -> list[UUID]:
    """Lock records in the order of their ids, and take their marks away when all that waits is about to be worked out."""
    rows = ctx.run(
        "WITH caught_up AS (DELETE FROM sys_stale WHERE object = $2 AND record = ANY($1::uuid[]) AND fields <@ $3::text[])"
        f' SELECT id FROM "{obj.table}" WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
        [list(ids), obj.key, list(keys)],
    )
    return [record for (record,) in rows]


def differing(ctx: Context, obj: Object, fields: Sequence[Field], ids: Sequence[UUID]) -> list[UUID]:
    """Those of the records whose stored values are not what they should be, and are not known to wait either."""
    bind = Bind()
    names, values = _values(ctx, obj, fields, bind(list(ids), "uuid[]"), bind)
    stale = " OR ".join(f'p."{name}" IS DISTINCT FROM v."{name}"' for name in names)
    waits = f"SELECT 1 FROM sys_stale s WHERE s.object = '{obj.key}' AND s.record = p.id"
    rows = ctx.run(
        f'SELECT p.id FROM "{obj.table}" p JOIN ({values}) v ON v.id = p.id WHERE ({stale}) AND NOT EXISTS ({waits})',
        bind.values,
    )
    return [record for (record,) in rows]


def _values(ctx: Context, obj: Object, fields: Sequence[Field], ids: str, bind: Bind) -> tuple[list[str], str]:
    """The columns of the fields, and a statement that gives their right values by id: one pass over each relation."""
    joins: dict[tuple[str, str, str], tuple[Feed, str, list[str]]] = {}
    names: list[str] = []
    columns: list[str] = []
    for field in fields:
        given = []
        for feed in ctx.snapshot.feeds.of_field(obj.key, field.key):
            way = (feed.child.key, feed.by.key, feed.link)
            _, alias, wanted = joins.setdefault(way, (feed, f"s{len(joins)}", []))
            source = Source(ctx.snapshot, feed.child, ctx.as_system().guard(), bind, ctx.env, "c")
            made = cells(feed, source)
            given.append([f"{alias}.v{len(wanted) + place}" for place in range(len(made))])
            wanted.extend(made)
        own = [name for name, _ in field.columns]
        if given:
            combined = stored_kind(field).combined(given)
        else:
            combined = [f"NULL::{sql_type}" for _, sql_type in field.columns]
        names += own
        columns += [
            f'{sql}::{sql_type} AS "{name}"' for sql, (name, sql_type) in zip(combined, field.columns, strict=True)
        ]
    laterals = [
        f"LEFT JOIN LATERAL (SELECT {', '.join(f'{sql} AS v{place}' for place, sql in enumerate(wanted))}"
        f" FROM {feed.from_clause('i.id')}) {alias} ON true"
        for feed, alias, wanted in joins.values()
    ]
    return names, f"SELECT i.id, {', '.join(columns)} FROM unnest({ids}) i(id) {' '.join(laterals)}"


def _mark(dirty: Dirty, feed: Feed, ids: AbstractSet[UUID]) -> None:
    if ids:
        dirty.setdefault((feed.parent.key, feed.field.key), set()).update(ids)


def _parents(ctx: Context, feed: Feed, writes: Sequence[Write]) -> set[UUID]:
    """The parents whose value the writes of children may have changed."""
    mine = [write for write in writes if write.op != "update" or feed.watched & write.new.keys()]
    if not mine:
        return set()
    if feed.link in ("ref", "about"):
        images = (image for write in mine for image in (write.old, write.new) if image and feed.by.key in image)
        return {one for image in images if (one := referred(feed, image[feed.by.key])) is not None}
    here, there = ("source", "target") if feed.link == "refs" else ("target", "source")
    rows = ctx.run(
        f'SELECT DISTINCT {there} FROM "{feed.links}" WHERE {here} = ANY($1::uuid[])', [[write.id for write in mine]]
    )
    held = {record for (record,) in rows}
    if feed.link == "refs":
        held |= {one for write in mine for one in (write.old or {}).get(feed.by.key) or ()}
    return held


def climb(ctx: Context, obj: Object, keys: AbstractSet[str], changed: Sequence[UUID], dirty: Dirty) -> None:
    """Mark what is worked out of the values that have just changed."""
    for feed in ctx.snapshot.feeds.by_child.get(obj.key, ()):
        if not feed.watched & keys:
            continue
        if feed.link in ("ref", "about"):
            mine = f"AND \"{feed.by.key}__object\" = '{feed.parent.key}'" if feed.link == "about" else ""
            rows = ctx.run(
                f'SELECT DISTINCT "{feed.by.key}" FROM "{obj.table}" WHERE id = ANY($1::uuid[])'
                f' AND "{feed.by.key}" IS NOT NULL {mine}',
                [list(changed)],
            )
            _mark(dirty, feed, {record for (record,) in rows})
        else:
            _mark(dirty, feed, _parents(ctx, feed, [Write("restore", record, None) for record in changed]))


def hold(ctx: Context, obj: Object, ids: Sequence[UUID], given: Sequence[Mapping[str, Any]] | None = None) -> None:
    """Lock what stands above records that are about to be written, before the records themselves.

    Whoever writes a parent and goes on to its children locks in the same order, so that neither waits for the other
    for ever. ``given`` are the values being set, whose parents count too; None stands for a write of the record as a
    whole. A write that cannot change a value locks nothing.
    """
    feeds = ctx.snapshot.feeds
    below = feeds.by_child.get(obj.key, ())
    if ids and given is not None:
        keys = {key for one in given for key in one}
        keys |= {
            own.field.key for own in feeds.by_parent.get(obj.key, ()) if own.link == "own_refs" and own.by.key in keys
        }
        if not hooks.concerned(obj.key, keys):
            below = [feed for feed in below if feed.watched & keys]
    if below:
        Line(ctx, obj, ids, below, given or ()).lock()


def lock(ctx: Context, obj: Object, ids: Sequence[UUID]) -> None:
    """Lock records whose values are about to be worked out, and before them what stands above them."""
    feeds = ctx.snapshot.feeds
    own = {feed.field.key for feed in feeds.by_parent.get(obj.key, ())}
    above = [feed for feed in feeds.by_child.get(obj.key, ()) if feed.watched & own]
    if ids:
        Line(ctx, obj, ids, above).with_own().lock()


def is_fed(ctx: Context, obj: Object) -> bool:
    """Whether records of the object hold values that others' writes change."""
    return obj.key in ctx.snapshot.feeds.by_parent
