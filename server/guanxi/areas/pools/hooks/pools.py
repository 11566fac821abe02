"""Pools, limits and rules mean something, are kept by those who configure, and hold from the next request on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guanxi.areas.pools.errors import ConfigureRightNeeded
from guanxi.areas.pools.membership import has_pools
from guanxi.capabilities.flows.triggers.dates import kind_of
from guanxi.capabilities.identity.organisation import organisation_changed
from guanxi.capabilities.identity.role_filters import problem_of_filter
from guanxi.engine.access.actor import POOL
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import Conflict, FieldError, Invalid

UPDATED = "updated_at"


@hook("pool", "before")
@hook("holding_limit", "before")
@hook("recycle_rule", "before")
def only_who_configures(ctx: Context, batch: list[Write]) -> None:
    """They decide who sees and gets what."""
    if not ctx.actor.may("configure"):
        raise ConfigureRightNeeded


@hook("pool_move", "before")
def never_by_hand(ctx: Context, batch: list[Write]) -> None:
    """The history of owners is written by the product."""
    if not ctx.actor.is_system:
        raise Conflict("pools.moves_by_product")


@hook("pool", "before", ops=("create", "update"))
def pools_mean_something(ctx: Context, batch: list[Write]) -> None:
    """The object can have pools, and has the fields that are shown; a pool that holds records keeps its object."""
    errors = []
    for write in batch:
        obj = _object(ctx, write)
        if obj is None:
            errors.append(FieldError("object", "pools.object_without_pools", {"object": _key(write)}, write.row))
            continue
        shown = write.value("shown") or []
        if not isinstance(shown, list):
            errors.append(FieldError("shown", "pools.shown_is_a_list", {}, write.row))
        else:
            unknown = [str(key)[:40] for key in shown if key not in obj.fields]
            errors += [FieldError("shown", "pools.unknown_field", {"field": key}, write.row) for key in unknown[:5]]
        if write.old is not None and _gives_up(write) and _holds_any(ctx, write):
            errors.append(FieldError("active", "pools.not_empty", {}, write.row))
    if errors:
        raise Invalid(errors)


@hook("holding_limit", "before", ops=("create", "update"))
def limits_mean_something(ctx: Context, batch: list[Write]) -> None:
    """The object has owners, and what counts is a filter of it."""
    errors = []
    for write in batch:
        obj = ctx.snapshot.objects.get(_key(write))
        if obj is None or not obj.has_owner:
            errors.append(FieldError("object", "pools.object_without_owner", {"object": _key(write)}, write.row))
        else:
            errors += _filter(ctx, obj, write)
    if errors:
        raise Invalid(errors)


@hook("recycle_rule", "before", ops=("create", "update"))
def rules_mean_something(ctx: Context, batch: list[Write]) -> None:
    """They count from a date that an index finds, and their condition is a filter of the pool's object."""
    errors: list[FieldError] = []
    for write in batch:
        obj = object_of_rule(ctx, write.value("pool"))
        if obj is None:
            continue  # a pool that is missing is refused as any reference
        errors += problems_of_rule(ctx, obj, write.value("field"), write.value("where"), write.row)
        warned, days = write.value("warn_days"), write.value("days")
        if warned is not None and days is not None and warned >= days:
            errors.append(FieldError("warn_days", "pools.warned_too_early", {"days": int(days)}, write.row))
    if errors:
        raise Invalid(errors)


def problems_of_rule(ctx: Context, obj: Object, key: str | None, where: Any, row: int = 0) -> Iterator[FieldError]:
    """What is wrong with the field that a rule counts from, and with its condition."""
    field = obj.fields.get(key or UPDATED)
    if field is None or kind_of(field) is None:
        yield FieldError("field", "pools.no_date_field", {"field": str(key)[:40]}, row)
    elif not field.index and not field.system:
        yield FieldError("field", "pools.index_needed", {"field": field.key}, row)
    if where is not None and (problem := problem_of_filter(ctx, obj.key, where)):
        yield FieldError("where", problem.code, problem.params, row)


def object_of_rule(ctx: Context, pool: Any) -> Object | None:
    """The object of a pool; None for a pool that is not there."""
    rows = reads.native(ctx.as_system(), "pool", [pool], ("object",)) if pool else {}
    key = next((row["object"] for row in rows.values()), None)
    return ctx.snapshot.objects.get(key) if key else None


@hook("pool", "after")
def seen_anew(ctx: Context, batch: list[Write]) -> None:
    """Who sees what of a pool holds from the next request on."""
    organisation_changed(ctx)


def _key(write: Write) -> str:
    return str(write.value("object"))[:40]


def _object(ctx: Context, write: Write) -> Object | None:
    obj = ctx.snapshot.objects.get(_key(write))
    return obj if obj is not None and has_pools(obj) else None


def _filter(ctx: Context, obj: Object, write: Write) -> Iterator[FieldError]:
    where = write.value("where")
    if where is not None and (problem := problem_of_filter(ctx, obj.key, where)):
        yield FieldError("where", problem.code, problem.params, write.row)


def _gives_up(write: Write) -> bool:
    """Whether a pool is switched off, or meant for another object."""
    return write.new.get("active", True) is False or "object" in write.new


def _holds_any(ctx: Context, write: Write) -> bool:
    key = str((write.old or {}).get("object"))
    if key not in ctx.snapshot.objects:
        return False
    query = reads.Query(select=("id",), where={"field": POOL, "op": "eq", "value": str(write.id)}, limit=1)
    return bool(reads.page(ctx.as_system(), key, query).rows)
