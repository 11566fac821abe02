"""Take records out of a pool: whoever claims becomes their owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.pools import limits, moving
from guanxi.areas.pools.errors import AlreadyTaken, CoolingDown, NotInPool
from guanxi.areas.pools.membership import own_pool, settings_of
from guanxi.areas.pools.moving import Held, Step
from guanxi.engine.access.actor import POOL
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads
from guanxi.engine.records.titles import titles
from guanxi.infra.errors import BadRequest, NotFound
from guanxi.infra.http.shapes import Id, Instant


@dataclass(frozen=True)
class ClaimRecords:
    """The object and the records to be claimed, which all lie in pools of the caller's."""

    object: str
    records: list[UUID]


class TakenRecord(TypedDict):
    """A record that somebody else claimed or was given first."""

    record: Id
    title: str
    who: str | None
    at: Instant


class ClaimedRecords(TypedDict):
    """What is the caller's now, and what somebody else took first."""

    claimed: list[Id]
    taken: list[TakenRecord]


@action("pools.claim_records", params=ClaimRecords)
def claim_records(ctx: Context, params: ClaimRecords) -> ClaimedRecords:
    """Claim records that lie in a pool, within the limits of the pool and of what one may hold.

    A limit refuses the whole list. Of several records those that somebody else took meanwhile are named, and the rest
    claimed; when nothing is left to claim the call is refused with who was faster.
    """
    obj = moving.object_with_pools(ctx, params.object)
    member, records = member_of(ctx), once(params.records)
    if not ctx.actor.in_scope(obj.key, write=True):
        raise NotFound("records.not_found", {"object": obj.key, "id": str(records[0])})
    moving.be_alone_for(ctx, member)
    held = moving.hold(ctx, obj, records)
    wanted: dict[UUID, list[UUID]] = {}
    gone = []
    for record in records:
        pool = own_pool(ctx, obj, held[record][POOL])
        if pool is None:
            gone.append(record)
        else:
            wanted.setdefault(pool.id, []).append(record)
    seen = reads.visible(ctx, obj.key, [one for some in wanted.values() for one in some])
    unseen = [one for some in wanted.values() for one in some if one not in seen]
    if unseen:
        raise NotFound("records.not_found", {"object": obj.key, "id": str(unseen[0])})
    taken = _taken(ctx, obj, held, gone)
    if not wanted:
        raise AlreadyTaken(taken[0]["title"], taken[0]["who"], taken[0]["at"])
    known = settings_of(ctx)
    steps = []
    for pool_id, some in wanted.items():
        _refuse_cooling(ctx, obj, held, some, known[pool_id].cooling_days, member)
        limits.refuse_too_many(ctx, known[pool_id], member, len(some))
        steps += [Step(one, "claimed", pool_id, member) for one in some]
    moving.take(ctx, obj, held, steps)
    limits.refuse_overfull(ctx, obj, member, len(steps))
    return {"claimed": [str(step.record) for step in steps], "taken": taken}


def member_of(ctx: Context) -> UUID:
    """Who asks; BadRequest for a program that acts for nobody."""
    if ctx.actor.member_id is None:
        raise BadRequest("pools.members_claim")
    return ctx.actor.member_id


def once(records: list[UUID]) -> list[UUID]:
    """Each record once; BadRequest for none, or for too many."""
    found = list(dict.fromkeys(records))
    if not found:
        raise BadRequest("pools.nothing_chosen")
    if len(found) > moving.MOST:
        raise BadRequest("records.too_many", {"limit": moving.MOST, "count": len(found)})
    return found


def _refuse_cooling(ctx: Context, obj: Object, held: Held, records: list[UUID], days: int, member: UUID) -> None:
    for one in records:
        since = held[one]["pooled_at"]
        if days and since is not None and held[one]["former_owner"] == member:
            until = since + timedelta(days=days)
            if until > ctx.now:
                title = moving.titles_of(ctx, obj, [one])[one]
                raise CoolingDown(title, until.astimezone(ctx.env.time_zone).date())


def _taken(ctx: Context, obj: Object, held: Held, gone: list[UUID]) -> list[TakenRecord]:
    """Who took records out of pools that the caller belongs to, and when; anything else is told only as far as it is seen."""
    if not gone:
        return []
    system = ctx.as_system()
    mine = [str(pool.id) for pool in ctx.guard().pools(obj)]
    found: list[TakenRecord] = []
    seen = reads.visible(ctx, obj.key, gone)
    called = moving.titles_of(ctx, obj, gone)
    for record in gone:
        where = {"and": [
            {"field": "record", "op": "eq", "value": {"object": obj.key, "id": str(record)}},
            {"field": "kind", "op": "in", "value": sorted(moving.OUT)}, {"field": "pool", "op": "in", "value": mine},
        ]}  # fmt: skip
        query = reads.Query(select=("to_owner", "at"), where=where, sort=(("at", "desc"),), limit=1)
        last = reads.page(system, "pool_move", query).rows if mine and held[record][POOL] is None else []
        if last:
            who = held[record]["owner"]
            name = titles(system, {("member", who)}).get(("member", who)) if who else None
            found.append({"record": str(record), "title": called[record], "who": name, "at": last[0]["at"]})
        elif record in seen:
            raise NotInPool(called[record])
        else:
            raise NotFound("records.not_found", {"object": obj.key, "id": str(record)})
    return found
