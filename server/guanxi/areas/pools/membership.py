"""Which pools there are, who belongs to them, and what their members see of what lies in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.areas.pools.errors import PoolUnknown
from guanxi.capabilities.identity.pooling import PoolAccess, pools_from
from guanxi.engine.access.actor import POOL, Pool
from guanxi.engine.access.columns import RECORD_TYPE
from guanxi.engine.access.inputs import inputs_of
from guanxi.engine.context import Context
from guanxi.engine.objects.levels import Level
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads

ALWAYS = frozenset({POOL, "pooled_at", RECORD_TYPE})
"""Fields that members see whatever the pool shows, beside the title."""
MOVED = frozenset({POOL, "pooled_at", "former_owner", "owned_since"})
"""Fields of a record that are written when it goes into a pool or out of it."""
_FIELDS = (
    "name", "object", "for_everyone", "members", "departments", "roles", "admins", "shown", "others", "claims_per_day",
    "cooling_days", "views_per_day", "position",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """An active pool and its limits; None where there is none."""

    id: UUID
    name: str
    object: str
    claims_per_day: int | None
    cooling_days: int
    views_per_day: int | None
    position: int


def has_pools(obj: Object) -> bool:
    """Whether records of the object can lie in a pool: it has owners and the fields that the steps write."""
    field = obj.fields.get(POOL)
    return obj.has_owner and field is not None and field.target == "pool" and obj.fields.keys() >= MOVED


@pools_from
def pools_of_workspace(ctx: Context) -> list[PoolAccess]:
    """Every active pool, as access needs it."""
    found = []
    for id_, row in _rows(ctx).items():
        obj = ctx.snapshot.objects.get(row["object"])
        if obj is None or not has_pools(obj):
            continue
        many = {key: frozenset(row[key] or ()) for key in ("members", "departments", "roles", "admins")}
        hides = hidden_fields(ctx, obj, row["shown"] or (), row["others"])
        found.append(PoolAccess(id_, row["name"], obj.key, bool(row["for_everyone"]), hides=hides, **many))
    return found


def hidden_fields(ctx: Context, obj: Object, shown: Any, others: Level) -> dict[str, Level]:
    """How far members reach into the fields that a pool does not show, and into those that are worked out of such fields."""
    told = {key for key in shown if isinstance(key, str)} | ALWAYS | {obj.title}
    hidden = {key for key, field in obj.fields.items() if field.columns and not field.system and key not in told}
    for key in told - hidden:
        field = obj.fields.get(key)
        if field is not None and field.kind.computed and field.columns:
            inputs = inputs_of(ctx.snapshot, obj, field)
            hidden |= {key} if any(other == obj.key and one in hidden for other, one in inputs) else set()
    return dict.fromkeys(hidden, others)


def settings_of(ctx: Context) -> Mapping[UUID, PoolSettings]:
    """The active pools of the workspace, first ones first."""
    found = [
        PoolSettings(
            id_, row["name"], row["object"], row["claims_per_day"], row["cooling_days"] or 0, row["views_per_day"],
            row["position"] or 0,
        )
        for id_, row in _rows(ctx.as_system()).items()
    ]  # fmt: skip
    return {one.id: one for one in sorted(found, key=lambda one: (one.position, one.name))}


def pool_for(ctx: Context, object_key: str, pool: UUID | None) -> PoolSettings:
    """The pool that is named, or the first one of the object that the actor belongs to, or the first one at all.

    PoolUnknown where there is none.
    """
    known = [one for one in settings_of(ctx).values() if one.object == object_key]
    if pool is None:
        mine = {one.id for one in ctx.actor.pools.get(object_key, ())}
        known.sort(key=lambda one: one.id not in mine)
    found = next((one for one in known if pool in (None, one.id)), None)
    if found is None:
        raise PoolUnknown(object_key)
    return found


def own_pool(ctx: Context, obj: Object, pool: UUID | None) -> Pool | None:
    """The pool as it concerns the actor; None for somebody who does not belong to it."""
    return next((one for one in ctx.guard().pools(obj) if one.id == pool), None)


def _rows(ctx: Context) -> dict[UUID, dict[str, Any]]:
    obj = ctx.snapshot.objects.get("pool")
    if obj is None or not obj.fields.keys() >= set(_FIELDS):  # a workspace that is just being brought up to date
        return {}
    where = {"field": "active", "op": "eq", "value": True}
    return reads.native(ctx, "pool", reads.ids(ctx, "pool", where), _FIELDS)
