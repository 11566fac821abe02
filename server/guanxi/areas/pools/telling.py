"""What screens and programs are told of pools: one's own, a record's, and what a rule would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from guanxi.areas.pools import limits, moving, recycling
from guanxi.areas.pools.errors import ConfigureRightNeeded, PoolUnknown
from guanxi.areas.pools.hooks.pools import UPDATED, problems_of_rule
from guanxi.areas.pools.membership import has_pools, own_pool, settings_of
from guanxi.areas.pools.recycling import Rule
from guanxi.areas.pools.shapes import ForeseenRecycling, OwnPool, OwnPools, PoolOfRecord, PoolStep, Recycling
from guanxi.engine.access.actor import POOL, Pool
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.objects.model import Object
from guanxi.engine.records import counts, reads, transfers
from guanxi.engine.records.titles import Titles, reference, titles
from guanxi.infra.errors import BadRequest, Invalid, NotFound

MOST_STEPS = 100
MOST_TOLD = 200
MOST_DAYS = 3650
_STEP = ("kind", "pool", "from_owner", "to_owner", "actor", "reason", "at")


def own_pools(ctx: Context) -> OwnPools:
    """The pools that the caller belongs to, with what is left of their limits today."""
    known = settings_of(ctx)
    mine = {pool.id: pool for pools in ctx.actor.pools.values() for pool in pools}
    return {"pools": [_told(ctx, mine[id_], id_) for id_ in known if id_ in mine and _readable(ctx, known[id_].object)]}


def _named(found: Titles, object_key: str, id_: UUID) -> Reference:
    return cast("Reference", reference(found, object_key, id_))


def _readable(ctx: Context, object_key: str) -> bool:
    return object_key in ctx.snapshot.objects and ctx.actor.rights(object_key).reads


def _told(ctx: Context, pool: Pool, id_: UUID) -> OwnPool:
    settings = settings_of(ctx)[id_]
    member, obj = ctx.actor.member_id, ctx.snapshot.object(settings.object)
    row = reads.native(ctx.as_system(), "pool", [id_], ("description", "others"))[id_]
    claimed = limits.claimed_today(ctx, id_, member) if member else 0
    viewed = len(limits.viewed_today(ctx, id_, member)) if member else 0
    lying = counts.count(ctx, obj.key, {"field": POOL, "op": "eq", "value": str(id_)})
    held = limits.holdings(ctx, obj, member) if member else []
    return {
        "id": str(id_),
        "name": settings.name,
        "object": obj.key,
        "description": row["description"],
        "count": lying.value,
        "administers": pool.administers,
        "keeps": sorted(pool.hides),
        "others": row["others"],
        "claims_per_day": settings.claims_per_day,
        "claims_left": _left(settings.claims_per_day, claimed),
        "views_per_day": settings.views_per_day,
        "views_left": _left(settings.views_per_day, viewed),
        "cooling_days": settings.cooling_days,
        "holdings": [{"name": one.name, "most": one.most, "held": one.held, "left": one.left} for one in held],
    }


def _left(limit: int | None, used: int) -> int | None:
    return None if limit is None else max(0, limit - used)


def of_record(ctx: Context, object_key: str, record: UUID) -> PoolOfRecord:
    """Where a record that the caller sees stands between pools and owners; NotFound for any other."""
    obj = ctx.object(object_key)
    if not has_pools(obj) or record not in reads.visible(ctx, obj.key, [record]):
        raise NotFound("records.not_found", {"object": object_key, "id": str(record)})
    row = reads.native(ctx.as_system(), obj.key, [record], ("owner", POOL, "pooled_at", "former_owner"))[record]
    pool = own_pool(ctx, obj, row[POOL])
    wanted = {("pool", row[POOL]), ("member", row["former_owner"])}
    found = titles(ctx, {(key, id_) for key, id_ in wanted if id_ is not None})
    pooled = row[POOL] is not None
    return {
        "pool": _named(found, "pool", row[POOL]) if pooled else None,
        "since": row["pooled_at"] and row["pooled_at"].isoformat(),
        "former_owner": _named(found, "member", row["former_owner"]) if row["former_owner"] else None,
        "may_claim": pool is not None and ctx.actor.member_id is not None and not ctx.actor.read_only,
        "may_release": not pooled and _may_release(ctx, obj, record, row["owner"]),
        "may_give": pool is not None and pool.administers and not ctx.actor.read_only,
        "recycling": None if pooled or row["owner"] is None else _recycling(ctx, obj, record),
        "history": _history(ctx, obj, record),
    }


def _may_release(ctx: Context, obj: Object, record: UUID, owner: UUID | None) -> bool:
    if ctx.actor.read_only or not any(one.object == obj.key for one in settings_of(ctx).values()):
        return False
    if record not in reads.visible(ctx, obj.key, [record], "edit"):
        return False
    if owner is not None and owner == ctx.actor.member_id:
        return True
    return ctx.actor.rights(obj.key).transfer and bool(transfers.standing(ctx, obj, [record]))


def _recycling(ctx: Context, obj: Object, record: UUID) -> Recycling | None:
    coming = recycling.coming_of(ctx, obj, record)
    if coming is None:
        return None
    rule, one = coming
    pool = settings_of(ctx)[rule.pool].name
    return {"at": one.at.isoformat(), "rule": rule.name, "pool": pool, "days": max(0, (one.at - ctx.now).days)}


def _history(ctx: Context, obj: Object, record: UUID) -> list[PoolStep]:
    """Steps of a record that is seen, the newest first. Who looked at it is told to those who administer its pools."""
    about = {"field": "record", "op": "eq", "value": {"object": obj.key, "id": str(record)}}
    where: dict[str, Any] = about
    if not any(pool.administers for pool in ctx.guard().pools(obj)):
        where = {"and": [about, {"field": "kind", "op": "ne", "value": "viewed"}]}
    query = reads.Query(select=_STEP, where=where, sort=(("at", "desc"),), limit=MOST_STEPS)
    rows = reads.page(ctx.as_system(), "pool_move", query).rows
    people = {UUID(row[key]["id"]) for row in rows for key in ("from_owner", "to_owner", "actor") if row[key]}
    pools = {UUID(row["pool"]["id"]) for row in rows if row["pool"]}
    found = titles(ctx, {*(("member", one) for one in people), *(("pool", one) for one in pools)})

    def named(key: str, value: Mapping[str, Any] | None) -> Reference | None:
        return _named(found, key, UUID(value["id"])) if value else None

    return [
        {
            "id": row["id"], "kind": row["kind"], "pool": named("pool", row["pool"]),
            "from_owner": named("member", row["from_owner"]), "to_owner": named("member", row["to_owner"]),
            "by": named("member", row["actor"]), "reason": row["reason"], "at": row["at"],
        }
        for row in rows
    ]  # fmt: skip


def foreseen(
    ctx: Context, pool: UUID, field: str | None, days: int, where: Any, rule: UUID | None, days_ahead: int
) -> ForeseenRecycling:
    """What a rule would do, for those who configure. Nothing is written."""
    if not ctx.actor.may("configure"):
        raise ConfigureRightNeeded
    settings = settings_of(ctx).get(pool)
    if settings is None:
        raise PoolUnknown("")
    if not 0 <= days <= MOST_DAYS or not 0 <= days_ahead <= MOST_DAYS:
        raise BadRequest("pools.bad_days", {"most": MOST_DAYS})
    obj = moving.object_with_pools(ctx, settings.object)
    if problems := list(problems_of_rule(ctx, obj, field, where)):
        raise Invalid(problems)
    thought_of = Rule(rule, "", pool, obj.key, field or UPDATED, days, where, None)
    outlook = recycling.foresee(ctx, thought_of, days_ahead)
    told = outlook.due[:MOST_TOLD]
    owners = list(outlook.by_owner)
    found = titles(ctx, {*((obj.key, one.record) for one in told), *(("member", one) for one in owners)})
    at_once = Counter(one.owner for one in outlook.due if one.at <= ctx.now)
    return {
        "now": outlook.now,
        "count": len(outlook.due),
        "already": outlook.already,
        "spared": outlook.spared,
        "more": outlook.more,
        "owners": [
            {"owner": _named(found, "member", one), "now": at_once[one], "count": count}
            for one, count in outlook.by_owner.most_common()
        ],
        "records": [
            {
                "record": _named(found, obj.key, one.record), "owner": _named(found, "member", one.owner),
                "at": one.at.isoformat(),
            }
            for one in told
        ],
    }  # fmt: skip
