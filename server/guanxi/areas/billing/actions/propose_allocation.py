"""Propose what a payment settles: what is due first, as far as it reaches. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.billing import ledger
from guanxi.areas.billing.actions.allocate_payment import Amount, told
from guanxi.areas.billing.rules import allocation as rules
from guanxi.areas.billing.rules.allocation import Source
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.errors import NotFound
from guanxi.infra.http.shapes import Id
from guanxi.kit.money import Money


@dataclass(frozen=True)
class ProposeAllocation:
    """Whose money, how much of which currency (the workspace's) and of which day (today)."""

    company: UUID
    amount: Decimal | None = None
    currency: str | None = None
    day: date | None = None


class OpenItem(TypedDict):
    """An open invoice, and how much of it the payment would settle; None where the currency has no rate."""

    invoice: Id
    number: str
    due_on: str
    overdue_days: int
    open: Amount
    proposed: Amount | None
    taken: Amount | None


class ProposedAllocation(TypedDict):
    """All that the company owes, what is due first in front, and what the payment would have left."""

    items: list[OpenItem]
    left: Amount


@action("billing.propose_allocation", params=ProposeAllocation, permission="payment.read")
def propose_allocation(ctx: Context, params: ProposeAllocation) -> ProposedAllocation:
    """Tell what a company owes and what of it an amount would settle."""
    if params.company not in reads.visible(ctx, "company", [params.company]):
        raise NotFound("records.not_found", {"object": "company", "id": str(params.company)})
    own = ctx.workspace.currency
    currency, day = params.currency or own, params.day or ctx.today
    found = ledger.items(ctx, params.company)
    currencies = {item.open.currency for item, _ in found.values()} | {currency}
    rates = ledger.rates_on(ctx, currencies, day)
    amount = Money(max(params.amount or Decimal(0), Decimal(0)), currency).rounded()
    shares = {}
    if currency in rates:
        source = Source(amount, rates[currency])
        shares = {one.item: one for one in rules.propose(source, [item for item, _ in found.values()], rates, own)}
    left = amount.amount - sum((one.taken.amount for one in shares.values()), Decimal(0))
    items: list[OpenItem] = []
    for item, number in sorted(found.values(), key=lambda one: (one[0].open.currency != currency, one[0].due, one[1])):
        share = shares.get(item.id)
        payable = item.open.currency in rates and currency in rates
        items.append({
            "invoice": str(item.id), "number": number, "due_on": item.due.isoformat(),
            "overdue_days": max(0, (ctx.today - item.due).days), "open": told(item.open),
            "proposed": (told(share.settled) if share else told(Money(Decimal(0), item.open.currency))) if payable else None,
            "taken": told(share.taken) if share else None,
        })  # fmt: skip
    return {"items": items, "left": told(Money(left, currency))}
