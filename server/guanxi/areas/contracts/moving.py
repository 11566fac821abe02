"""A contract goes from stage to stage here alone, locked while it does."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from guanxi.areas.contracts import plans
from guanxi.areas.contracts.errors import WrongStage, wrong
from guanxi.areas.contracts.rules import states
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.writes import Change


def held(ctx: Context, contract: UUID, verb: Any = "edit") -> dict[str, Any]:
    """The contract as it is now; whoever else wants it waits. NotFound or NotAllowed where the verb does not reach it."""
    return locking.lock(ctx, ctx.object("contract"), [contract], verb, ())[contract]


def check(row: dict[str, Any], after: str, code: str) -> None:
    """WrongStage unless the contract may go on to the stage."""
    if not states.may_become(row["status"], after):
        raise WrongStage(code, called(row))


def to(ctx: Context, contract: UUID, after: str, **values: Any) -> None:
    """Put a locked contract into a stage, with what is to be kept of that."""
    writes.update(ctx.as_system(), "contract", [Change(contract, {"status": after, **values})])


def refuse_incomplete(ctx: Context, row: dict[str, Any]) -> None:
    """What is not said yet is refused: whom it is with, how much it is, and a plan that comes to something else."""
    if row["company"] is None:
        raise wrong("company", "company_missing")
    if row["amount"] is None and row["kind"] != "framework":
        raise wrong("amount", "amount_missing")
    plans.refuse_unless_whole(ctx, row)


def both_have_signed(ctx: Context, contract: UUID, row: dict[str, Any], signed_on: date) -> str:
    """The contract begins, or will on its first day, or is over already; its instalments by signing are due then."""
    starts = row["starts_on"] or signed_on
    stage = states.in_time(starts, row["ends_on"], ctx.today)
    to(ctx, contract, stage, signed_on=signed_on.isoformat(), starts_on=starts.isoformat())
    plans.happened(ctx, contract, "signing", signed_on)
    return stage


def signed_sides(ctx: Context, contract: UUID) -> set[str]:
    """The sides that have signed."""
    system = ctx.as_system()
    ids = reads.ids(system, "contract_signature", {"field": "contract", "op": "eq", "value": str(contract)})
    return {row["side"] for row in reads.native(system, "contract_signature", ids, ("side",)).values()}


def called(row: dict[str, Any]) -> str:
    """What people call it."""
    return " ".join(one for one in (row.get("number"), row.get("name")) if one)
