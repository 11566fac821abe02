"""Records that lie in pools, as those who are shown a part of them read them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from guanxi.engine.access.actor import POOL
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object


def pool_of(ctx: Context, obj: Object, record: UUID) -> UUID | None:
    """The pool that a record lies in, if it is one that shows the actor a part of it."""
    if not ctx.guard().pools(obj):
        return None
    rows = ctx.run(f'SELECT "{POOL}" FROM "{obj.table}" WHERE id = $1', [record])
    return rows[0][0] if rows else None


def keeps(ctx: Context, obj: Object, fields: Sequence[Field], record: UUID) -> bool:
    """Whether the record lies in a pool that tells the actor one of the fields less than whole."""
    pool = pool_of(ctx, obj, record)
    return any(ctx.guard().level_in(obj, field, pool) not in ("read", "edit") for field in fields)


def kept_among(ctx: Context, obj: Object, fields: Sequence[Field], ids: Sequence[UUID]) -> set[UUID]:
    """Those records that lie in a pool which tells the actor one of the fields less than whole."""
    kept = ctx.guard().keeps_from(obj, fields, "t")
    if kept is None or not ids:
        return set()
    rows = ctx.run(f'SELECT t.id FROM "{obj.table}" t WHERE t.id = ANY($1::uuid[]) AND {kept}', [list(ids)])
    return {id_ for (id_,) in rows}
