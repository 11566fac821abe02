"""Give what lies in a pool to people: by whoever administers the pool."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.pools import limits, moving
from guanxi.areas.pools.actions.claim_records import once
from guanxi.areas.pools.errors import AdministratorNeeded, NotInPool
from guanxi.areas.pools.membership import own_pool
from guanxi.areas.pools.moving import Step
from guanxi.capabilities.identity.organisation import organisation_in
from guanxi.engine.access.actor import POOL
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads
from guanxi.infra.errors import BadRequest, NotFound
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class GiveRecords:
    """The object, the records, and the members who get them, each in turn."""

    object: str
    records: list[UUID]
    members: list[UUID]


class GivenRecord(TypedDict):
    """A record and whose it is now."""

    record: Id
    member: Id


class GivenRecords(TypedDict):
    """Who got what."""

    given: list[GivenRecord]


@action("pools.give_records", params=GiveRecords)
def give_records(ctx: Context, params: GiveRecords) -> GivenRecords:
    """Give records that lie in a pool to members, each in turn; nobody gets more than they may hold. All or none."""
    obj = moving.object_with_pools(ctx, params.object)
    records = once(params.records)
    members = list(dict.fromkeys(params.members))
    organisation = organisation_in(ctx.as_system())
    if not members or any(not organisation.works_here(one) for one in members):
        raise BadRequest("pools.member_unknown")
    for one in sorted(members):
        moving.be_alone_for(ctx, one)
    seen = reads.visible(ctx, obj.key, records)
    for one in records:
        if one not in seen:
            raise NotFound("records.not_found", {"object": obj.key, "id": str(one)})
    held = moving.hold(ctx, obj, records)
    for one in records:
        if held[one][POOL] is None:
            raise NotInPool(moving.titles_of(ctx, obj, [one])[one])
    refuse_giving(ctx, obj, [held[one][POOL] for one in records])
    steps = [Step(one, "given", held[one][POOL], members[place % len(members)]) for place, one in enumerate(records)]
    moving.take(ctx, obj, held, steps)
    for member in members:
        limits.refuse_overfull(ctx, obj, member, sum(step.to_owner == member for step in steps))
    return {"given": [{"record": str(step.record), "member": str(step.to_owner)} for step in steps]}


def refuse_giving(ctx: Context, obj: Object, pools: Iterable[UUID]) -> None:
    """AdministratorNeeded unless the actor administers the pools; the system gives from all of them."""
    if ctx.actor.is_system:
        return
    for one in dict.fromkeys(pools):
        pool = own_pool(ctx, obj, one)
        if pool is None or not pool.administers or not ctx.actor.in_scope(obj.key, write=True):
            raise AdministratorNeeded(pool and pool.name)
