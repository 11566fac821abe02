"""Records on their way into a pool and out of it: what every such step writes, and the history that it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from guanxi.areas.pools.errors import ObjectWithoutPools
from guanxi.areas.pools.membership import has_pools
from guanxi.engine.access.actor import POOL
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import locking, writes
from guanxi.engine.records.titles import titles
from guanxi.infra.i18n import sentence

Kind = Literal["claimed", "given", "released", "recycled", "moved", "warned", "viewed"]
OUT = frozenset({"claimed", "given"})
"""Steps by which a record leaves its pool."""
IN = frozenset({"released", "recycled", "moved"})
MOST = 500
"""Records that one call moves."""
Held = Mapping[UUID, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one record: out of ``pool`` to ``to_owner``, or into it where there is none."""

    record: UUID
    kind: Kind
    pool: UUID
    to_owner: UUID | None = None
    rule: UUID | None = None
    reason: str | None = None


def object_with_pools(ctx: Context, object_key: str) -> Object:
    """The object; ObjectWithoutPools where its records cannot lie in one."""
    obj = ctx.object(object_key)
    if not has_pools(obj):
        raise ObjectWithoutPools(object_key)
    return obj


def hold(ctx: Context, obj: Object, records: Sequence[UUID]) -> Held:
    """The records, locked in the order of their ids until the unit of work ends, whoever owns them; NotFound for those
    that are not there.
    """
    return locking.lock(ctx.as_system(), obj, list(dict.fromkeys(records)), "edit", ())


def be_alone_for(ctx: Context, member: UUID) -> None:
    """Until the unit of work ends nobody else counts or changes what a member claims."""
    name = f"pools {ctx.workspace.schema} {member}"
    ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [name])


def take(ctx: Context, obj: Object, held: Held, steps: Sequence[Step]) -> None:
    """Write the steps and their history as two lists, with the system's rights; the change log names who asked."""
    system = ctx.as_system()
    changes = []
    for step in steps:
        if step.kind in OUT:
            values = {"owner": str(step.to_owner), POOL: None, "pooled_at": None, "owned_since": ctx.now.isoformat()}
        else:
            former = held[step.record]["owner"] or held[step.record]["former_owner"]
            values = {
                "owner": None, POOL: str(step.pool), "pooled_at": ctx.now.isoformat(), "owned_since": None,
                "former_owner": str(former) if former else None,
            }  # fmt: skip
        changes.append(writes.Change(step.record, values))
    writes.update(system, obj.key, changes)
    note(ctx, obj, held, steps)


def note(ctx: Context, obj: Object, held: Held, steps: Sequence[Step]) -> None:
    """Keep what happened to records as records of ``pool_move``."""
    system = ctx.as_system()
    pools = titles(system, {("pool", step.pool) for step in steps})
    rows = []
    for step in steps:
        before = held[step.record]["owner"] if step.kind in IN or step.kind == "warned" else None
        name = sentence(f"pools.step_{step.kind}", {"pool": pools.get(("pool", step.pool), "")}, ctx.language)
        rows.append({
            "name": name, "record": {"object": obj.key, "id": str(step.record)}, "kind": step.kind,
            "pool": str(step.pool), "from_owner": _text(before), "to_owner": _text(step.to_owner),
            "actor": _text(ctx.author), "rule": _text(step.rule), "reason": step.reason, "at": ctx.now.isoformat(),
        })  # fmt: skip
    writes.create(system, "pool_move", rows)


def titles_of(ctx: Context, obj: Object, records: Sequence[UUID]) -> dict[UUID, str]:
    """What records are called, for sentences to somebody who sees them or saw them in their pool."""
    found = titles(ctx.as_system(), {(obj.key, one) for one in records})
    return {one: found.get((obj.key, one), "") for one in records}


def _text(id_: UUID | None) -> str | None:
    return None if id_ is None else str(id_)
