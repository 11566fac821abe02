"""A quote goes from state to state here alone, locked while it does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from guanxi.areas.quotes import copying
from guanxi.areas.quotes.errors import WrongState
from guanxi.areas.quotes.rules import states
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import NotFound


def locked(ctx: Context, quote: UUID) -> dict[str, Any]:
    """The quote as it is now; whoever else wants it waits. NotFound for one that may not be seen."""
    rows = locking.lock(ctx, ctx.object("quote"), [quote], "edit", ())
    if quote not in rows:
        raise NotFound("records.not_found", {"object": "quote", "id": str(quote)})
    return rows[quote]


def check(quote: UUID, row: dict[str, Any], after: str, code: str) -> None:
    """WrongState unless the quote may go on to the state."""
    if not states.may_become(row["status"], after):
        raise WrongState(code, quote, row["status"])


def to(ctx: Context, quote: UUID, after: str, **values: Any) -> None:
    """Put a locked quote into a state, with what is to be kept of that."""
    writes.update(ctx.as_system(), "quote", [Change(quote, {"status": after, **values})])


def accepted(ctx: Context, quote: UUID, row: dict[str, Any]) -> None:
    """The opportunity is about what was accepted, and goes on to the stage that its pipeline names for that."""
    deal: UUID | None = row.get("opportunity")
    if deal is None:
        return
    system = ctx.as_system()
    fields = ("pipeline", "stage.position", "stage.category")
    found = reads.native(system, "opportunity", [deal], fields).get(deal)
    if found is None or found["stage.category"] != "open":
        return
    copying.agree(ctx, quote, deal)
    where = {
        "and": [
            {"field": "pipeline", "op": "eq", "value": str(found["pipeline"])},
            {"field": "after_quote", "op": "eq", "value": True},
        ]
    }
    stages = reads.native(system, "stage", reads.ids(system, "stage", where), ("position",))
    ahead = {one: row for one, row in stages.items() if (row["position"] or 0) > (found["stage.position"] or 0)}
    if ahead:
        first = min(ahead, key=lambda one: ahead[one]["position"])
        writes.update(system, "opportunity", [Change(deal, {"stage": first})])
