"""Put records into a pool: their owner gives them up."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.pools import moving
from guanxi.areas.pools.actions.claim_records import once
from guanxi.areas.pools.errors import AlreadyInPool, NotYours
from guanxi.areas.pools.membership import pool_for
from guanxi.areas.pools.moving import Step
from guanxi.engine.access.actor import POOL
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, transfers
from guanxi.infra.errors import NotAllowed, NotFound
from guanxi.infra.http.shapes import Id

LONGEST_REASON = 300


@dataclass(frozen=True)
class ReleaseRecords:
    """The object and the records, the pool (the first of the object without one), and why."""

    object: str
    records: list[UUID]
    pool: UUID | None = None
    reason: str | None = None


class ReleasedRecords(TypedDict):
    """What lies in the pool now."""

    pool: Id
    released: list[Id]


@action("pools.release_records", params=ReleaseRecords)
def release_records(ctx: Context, params: ReleaseRecords) -> ReleasedRecords:
    """Put records into a pool. Whoever owns them may, and who may hand them over for their owner; all or none."""
    obj = moving.object_with_pools(ctx, params.object)
    records = once(params.records)
    seen = reads.visible(ctx, obj.key, records)
    for one in records:
        if one not in seen:
            raise NotFound("records.not_found", {"object": obj.key, "id": str(one)})
    held = moving.hold(ctx, obj, records)
    called = moving.titles_of(ctx, obj, records)
    may = reads.visible(ctx, obj.key, records, "edit")
    above = transfers.standing(ctx, obj, records) if ctx.actor.rights(obj.key).transfer else set()
    for one in records:
        if held[one][POOL] is not None:
            raise AlreadyInPool(called[one])
        if one not in may:
            raise NotAllowed("records.edit_not_allowed", {"object": obj.key, "id": str(one)})
        own = ctx.actor.member_id is not None and held[one]["owner"] == ctx.actor.member_id
        if not own and one not in above and not ctx.actor.is_system:
            raise NotYours(called[one])
    pool = pool_for(ctx, obj.key, params.pool)
    reason = (params.reason or "").strip()[:LONGEST_REASON] or None
    moving.take(ctx, obj, held, [Step(one, "released", pool.id, reason=reason) for one in records])
    return {"pool": str(pool.id), "released": [str(one) for one in records]}
