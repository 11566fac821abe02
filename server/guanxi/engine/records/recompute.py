"""Working out stored computed values for all records there are, in batches, and finding those that are wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import computed, stale

BATCH = 1000


def batch(ctx: Context, obj: Object, one: Field, after: UUID | None) -> UUID | None:
    """Work out one field for the next records; the last of them, None when there are no more."""
    ids = _next(ctx, obj, after)
    if not ids:
        return None
    computed.lock(ctx, obj, ids)
    changed = computed.compute(ctx, obj, [one], ids)
    if changed:
        dirty: computed.Dirty = {}
        computed.climb(ctx, obj, {one.key}, changed, dirty)
        computed.settle(ctx, dirty)
    return ids[-1]


def _next(ctx: Context, obj: Object, after: UUID | None) -> list[UUID]:
    rows = ctx.run(f'SELECT id FROM "{obj.table}" WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT {BATCH}', [after])
    return [record for (record,) in rows]


@dataclass
class Verified:
    """What was looked at and what was wrong, by ``object.field``."""

    values: int = 0
    wrong: dict[str, int] = field(default_factory=dict)
    repaired: bool = False


def verify(ctx: Context, object_key: str | None = None, *, repair: bool = False) -> Verified:
    """Compare stored computed values with what they should be; with ``repair`` put them right.

    Values that are known to wait for the end of an import are not wrong; a repair does not wait for them.
    """
    feeds, found = ctx.snapshot.feeds, Verified(repaired=repair)
    while repair and stale.catch_up(ctx, ctx.now):
        pass
    places = sorted(feeds.ranks, key=lambda place: (feeds.ranks[place], place))
    for key, field_key in places:
        if object_key is not None and key != object_key:
            continue
        obj = ctx.snapshot.object(key)
        one, after = obj.fields[field_key], None
        while ids := _next(ctx, obj, after):
            after = ids[-1]
            found.values += len(ids)
            wrong = computed.compute(ctx, obj, [one], ids) if repair else computed.differing(ctx, obj, [one], ids)
            if wrong:
                name = f"{key}.{field_key}"
                found.wrong[name] = found.wrong.get(name, 0) + len(wrong)
    return found
