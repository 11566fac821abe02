"""The payment plan of a contract: kept as records, and what becomes of its instalments follows from their invoices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.contracts.errors import not_whole
from guanxi.areas.contracts.rules import plan
from guanxi.areas.contracts.rules.plan import NotWhole, Share
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change
from guanxi.kit.money import Money

CANCELLED = "cancelled"
_FIELDS = (
    "contract",
    "name",
    "position",
    "percent",
    "amount",
    "event",
    "days",
    "due_on",
    "status",
    "invoice",
    "paid_amount",
)
_ZERO = Decimal(0)
Rows = dict[UUID, dict[str, Any]]


def of(ctx: Context, contracts: Iterable[UUID]) -> Rows:
    """The instalments of contracts in their order, whoever sees them."""
    where = {"field": "contract", "op": "in", "value": [str(one) for one in contracts]}
    return read(ctx, reads.ids(ctx.as_system(), "contract_instalment", where))


def read(ctx: Context, ids: Sequence[UUID]) -> Rows:
    """Some instalments in their order."""
    rows = reads.native(ctx.as_system(), "contract_instalment", list(ids), _FIELDS)
    return dict(sorted(rows.items(), key=lambda one: (one[1]["position"] or 0, one[0])))


def refuse_unless_whole(ctx: Context, row: dict[str, Any]) -> None:
    """Invalid where there is a plan and it does not come to what the contract does."""
    rows = of(ctx, [row["id"]])
    if not rows or row["amount"] is None:
        return
    missing = row["amount"].amount - sum((one["amount"].amount for one in rows.values() if one["amount"]), _ZERO)
    if missing or any(one["amount"] and one["amount"].currency != row["amount"].currency for one in rows.values()):
        raise not_whole(missing, row["amount"])


def follow_amount(ctx: Context, contract: UUID, amount: Money | None) -> None:
    """Shares in percent follow an amount that has changed, as far as the plan still comes to it; else it is mended by hand."""
    rows = of(ctx, [contract])
    if not rows or amount is None:
        return
    shares = [
        Share(row["percent"], None if row["percent"] is not None else _plain(row["amount"])) for row in rows.values()
    ]
    try:
        found = plan.amounts(amount.amount, amount.currency, shares)
    except NotWhole:
        return
    changes = [Change(one, {"amount": Money(each, amount.currency)}) for one, each in zip(rows, found, strict=True)]
    writes.update(ctx.as_system(), "contract_instalment", changes)


def happened(ctx: Context, contract: UUID, event: str, on: date) -> int:
    """An event that instalments wait for: they have a day from now on. How many do."""
    waiting = {
        one: row for one, row in of(ctx, [contract]).items() if row["event"] == event and row["status"] == "planned"
    }
    changes = []
    for one, row in waiting.items():
        due = plan.due_on(on, row["days"])
        state = plan.state(due, ctx.today, _plain(row["amount"]), _ZERO)
        changes.append(Change(one, {"due_on": due.isoformat() if due else None, "status": state}))
    writes.update(ctx.as_system(), "contract_instalment", changes)
    return len(changes)


def follow_invoices(ctx: Context, ids: Sequence[UUID]) -> None:
    """Bring instalments to what came in for their invoices; one whose invoice was taken back may be invoiced again."""
    system = ctx.as_system()
    rows = read(ctx, ids)
    invoices = {row["invoice"] for row in rows.values()} - {None}
    known = reads.native(system, "invoice", list(invoices), ("status", "settled_amount"))
    changes = []
    for one, row in rows.items():
        if row["status"] == CANCELLED:
            continue
        invoice = known.get(row["invoice"])
        gone = invoice is None or invoice["status"] == CANCELLED
        paid = _ZERO if gone or invoice is None else _plain(invoice["settled_amount"])
        state = plan.state(row["due_on"], ctx.today, _plain(row["amount"]), paid)
        values: dict[str, Any] = {"status": state, "paid_amount": _money(paid, row["amount"])}
        if gone and row["invoice"] is not None:
            values["invoice"] = None
        changes.append(Change(one, values))
    writes.update(system, "contract_instalment", changes)


def add_up(ctx: Context, contract: UUID) -> None:
    """What all instalments come to, on the contract."""
    system = ctx.as_system()
    rows = of(ctx, [contract])
    amounts = [row["amount"] for row in rows.values() if row["amount"] is not None]
    total = Money(sum((one.amount for one in amounts), _ZERO), amounts[0].currency) if amounts else None
    writes.update(system, "contract", [Change(contract, {"planned_amount": total})])


def _plain(amount: Money | None) -> Decimal:
    return amount.amount if amount is not None else _ZERO


def _money(amount: Decimal, like: Money | None) -> Money | None:
    return None if like is None else Money(amount, like.currency)
