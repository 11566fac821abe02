"""A record lies in a pool or belongs to somebody, never both; the verbs of pools decide which."""

from __future__ import annotations

from guanxi.areas.pools.membership import MOVED
from guanxi.engine.access.actor import POOL
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid


@hook("*", "before", ops=("create", "update"))
def pools_have_no_owners(ctx: Context, batch: list[Write]) -> None:
    """Nobody gives a record in a pool an owner otherwise than by claiming or giving it, nor moves it by hand.

    What the system gives an owner leaves its pool.
    """
    if not batch or batch[0].object in ("pool_move", "recycle_rule"):
        return
    if POOL not in ctx.snapshot.object(batch[0].object).fields:
        return
    if ctx.actor.is_system:
        for write in batch:
            if write.new.get("owner") is not None and (write.old or {}).get(POOL) is not None:
                write.new |= {POOL: None, "pooled_at": None}
        return
    errors = []
    for write in batch:
        if write.op == "update" and not write.asked.isdisjoint(MOVED):
            errors.append(FieldError(POOL, "pools.moved_by_verbs", {}, write.row))
        elif "owner" in write.asked and (write.old or {}).get(POOL) is not None:
            errors.append(FieldError("owner", "pools.owner_by_verbs", {}, write.row))
    if errors:
        raise Invalid(errors)


@hook("lead", "before", fields={"owner"}, ops=("create", "update"))
@hook("company", "before", fields={"owner"}, ops=("create", "update"))
def owned_from_now(ctx: Context, batch: list[Write]) -> None:
    """Days without follow-up count anew for a new owner; what comes with its past is owned since it was made."""
    for write in batch:
        if write.new.get("owned_since") is None and write.new.get("owner") is not None and ctx.undoes is None:
            write.new["owned_since"] = write.new.get("created_at") or ctx.now
