"""Record money that came in, and settle invoices with it in the same step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.billing import ledger
from guanxi.areas.billing.actions.allocate_payment import AllocatedPart, Wanted, allocate
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.infra.errors import NotFound
from guanxi.infra.http.shapes import Id
from guanxi.kit.money import Money


@dataclass(frozen=True)
class RecordPayment:
    """Whose money, how much in which currency (the workspace's), when (today), how, and what it settles."""

    company: UUID
    amount: Decimal
    currency: str | None = None
    paid_on: date | None = None
    method: str | None = None
    reference: str | None = None
    note: str | None = None
    items: Sequence[Wanted] = ()


class RecordedPayment(TypedDict):
    """The payment and its allocations."""

    payment: Id
    number: str
    allocations: list[AllocatedPart]


@action("billing.record_payment", params=RecordPayment, permission="payment.create")
def record_payment(ctx: Context, params: RecordPayment) -> RecordedPayment:
    """Record a payment and allocate it as asked: all of it is kept, or nothing."""
    if params.company not in reads.visible(ctx, "company", [params.company]):
        raise NotFound("records.not_found", {"object": "company", "id": str(params.company)})
    ledger.be_alone_for(ctx, params.company)
    (payment,) = writes.create(ctx, "payment", [{
        "company": str(params.company), "amount": Money(params.amount, params.currency or ctx.workspace.currency),
        "paid_on": params.paid_on.isoformat() if params.paid_on else None, "method": params.method,
        "reference": params.reference, "note": params.note,
    }])  # fmt: skip
    row = locking.lock(ctx.as_system(), ctx.snapshot.object("payment"), [payment], "edit", ())[payment]
    parts = allocate(ctx, row, params.items) if params.items else []
    return {"payment": str(payment), "number": row["number"], "allocations": parts}
