"""How many somebody may still claim, look at and hold. Whoever counts to claim holds ``moving.be_alone_for`` meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from guanxi.areas.pools import moving
from guanxi.areas.pools.errors import ClaimsUsedUp, HoldsEnough, ViewsUsedUp
from guanxi.areas.pools.membership import PoolSettings, own_pool, settings_of
from guanxi.areas.pools.moving import Step
from guanxi.capabilities.identity.organisation import organisation_in
from guanxi.capabilities.identity.tree import with_ancestors
from guanxi.engine.actions.reveal_value import asked_first
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.groups import GroupBy
from guanxi.engine.records import pools, reads
from guanxi.engine.records.groups import GroupQuery, group
from guanxi.engine.records.titles import titles
from guanxi.kit import clock

Filter = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Holding:
    """A limit that concerns somebody, and how many they hold of what it counts."""

    name: str
    most: int
    held: int

    @property
    def left(self) -> int:
        """How many more."""
        return max(0, self.most - self.held)


def claimed_today(ctx: Context, pool: UUID, member: UUID) -> int:
    """How many records a member has claimed out of a pool since midnight where the workspace is."""
    return len(_today(ctx, pool, "claimed", {"field": "to_owner", "op": "eq", "value": str(member)}))


def viewed_today(ctx: Context, pool: UUID, member: UUID) -> set[UUID]:
    """The records of a pool whose masked values a member has looked at since midnight."""
    found = _today(ctx, pool, "viewed", {"field": "actor", "op": "eq", "value": str(member)})
    rows = reads.native(ctx.as_system(), "pool_move", found, ("record",))
    return {row["record"].id for row in rows.values()}


def tomorrow(ctx: Context) -> date:
    """When a day's limits begin anew."""
    return ctx.today + timedelta(days=1)


def refuse_too_many(ctx: Context, pool: PoolSettings, member: UUID, wanted: int) -> None:
    """Refuse more claims than the day has left."""
    if pool.claims_per_day is None:
        return
    left = max(0, pool.claims_per_day - claimed_today(ctx, pool.id, member))
    if wanted > left:
        raise ClaimsUsedUp(pool.name, pool.claims_per_day, left, tomorrow(ctx))


def refuse_overfull(ctx: Context, obj: Object, member: UUID, added: int) -> None:
    """Refuse what was just written where a member holds more than they may now; ``added`` records came in."""
    for one in holdings(ctx, obj, member):
        if one.held > one.most:
            found = titles(ctx.as_system(), {("member", member)})
            who = None if member == ctx.actor.member_id else found.get(("member", member), "—")
            raise HoldsEnough(one.name, one.most, max(0, one.most - (one.held - added)), who)


def holdings(ctx: Context, obj: Object, member: UUID) -> list[Holding]:
    """The limits that concern a member, with what they hold. Of several with one filter the most generous counts."""
    system = ctx.as_system()
    where = {"and": [
        {"field": "active", "op": "eq", "value": True}, {"field": "object", "op": "eq", "value": obj.key},
    ]}  # fmt: skip
    fields = ("name", "most", "where", "for_everyone", "members", "departments", "roles")
    rows = reads.native(system, "holding_limit", reads.ids(system, "holding_limit", where), fields)
    found: dict[str, tuple[dict[str, Any], Any]] = {}
    for row in rows.values():
        if _concerns(ctx, row, member):
            counted = str(row["where"])
            if counted not in found or row["most"] > found[counted][0]["most"]:
                found[counted] = (row, row["where"])
    return [Holding(row["name"], row["most"], _held(system, obj, member, kept)) for row, kept in found.values()]


def _concerns(ctx: Context, row: dict[str, Any], member: UUID) -> bool:
    if row["for_everyone"] or member in (row["members"] or ()):
        return True
    organisation = organisation_in(ctx.as_system())
    person = organisation.people.get(member)
    if person is None:
        return False
    above = {up for one in person.departments for up in with_ancestors(organisation.departments, one)}
    roles = set(organisation.held(member))
    return not above.isdisjoint(row["departments"] or ()) or not roles.isdisjoint(row["roles"] or ())


def _held(system: Context, obj: Object, member: UUID, where: Any) -> int:
    theirs = {"field": "owner", "op": "eq", "value": str(member)}
    query = GroupQuery([GroupBy("owner")], where={"and": [theirs, where]} if where else theirs, limit=1)
    return sum(int(one["count"]) for one in group(system, obj.key, query)["groups"])


def _today(ctx: Context, pool: UUID, kind: str, of: Filter) -> Sequence[UUID]:
    since = clock.midnight(ctx.today, ctx.env.time_zone)
    where = {"and": [
        {"field": "at", "op": "gte", "value": since.isoformat()}, {"field": "kind", "op": "eq", "value": kind},
        {"field": "pool", "op": "eq", "value": str(pool)}, of,
    ]}  # fmt: skip
    return reads.ids(ctx.as_system(), "pool_move", where)


@asked_first
def a_look_counts(ctx: Context, obj: Object, record: UUID) -> None:
    """Note that a masked value of a record in a pool is looked at, and refuse it when the day's looks are used up."""
    pool = own_pool(ctx, obj, pools.pool_of(ctx, obj, record))
    member = ctx.actor.member_id
    if pool is None or pool.administers or member is None:
        return
    moving.be_alone_for(ctx, member)
    settings, seen = settings_of(ctx)[pool.id], viewed_today(ctx, pool.id, member)
    if record in seen:
        return
    if settings.views_per_day is not None and len(seen) >= settings.views_per_day:
        raise ViewsUsedUp(pool.name, settings.views_per_day, tomorrow(ctx))
    moving.note(ctx, obj, {record: {"owner": None}}, [Step(record, "viewed", pool.id)])
