"""Pay back what is left of a payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.billing import ledger
from guanxi.areas.billing.errors import NotReceived, PaymentUsedUp, wrong
from guanxi.areas.billing.rules import states
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.http.shapes import Id
from guanxi.kit.money import Money


@dataclass(frozen=True)
class RefundPayment:
    """The payment, how much of it is paid back (all that is left), when (today), how and why."""

    payment: UUID
    amount: Decimal | None = None
    paid_on: date | None = None
    method: str | None = None
    reference: str | None = None
    note: str | None = None


class RefundedPayment(TypedDict):
    """The refund, a payment of its own, and what became of the one that it pays back."""

    refund: Id
    number: str
    status: str


@action("billing.refund_payment", params=RefundPayment, permission="payment.edit")
def refund_payment(ctx: Context, params: RefundPayment) -> RefundedPayment:
    """Pay back money that settles nothing; what does is taken back or credited first.

    PaymentUsedUp for more than that; NotReceived for a refund.
    """
    row = ledger.held(ctx, "payment", params.payment)
    if row["kind"] != "received":
        raise NotReceived(row["number"])
    left: Money = row["open_amount"]
    wanted = Money(left.amount if params.amount is None else params.amount, left.currency)
    if wanted != wanted.rounded() or (wanted.amount <= 0 and params.amount is not None):
        raise wrong("amount", "above_zero")
    money = states.Payment(row["amount"].amount, row["allocated_amount"].amount, row["refunded_amount"].amount)
    if not states.refundable(money, wanted.amount):
        raise PaymentUsedUp(row["number"], left, wanted)
    day = params.paid_on or ctx.today
    if day < row["paid_on"]:
        raise wrong("paid_on", "refund_before_payment", day=row["paid_on"].isoformat())
    system = ctx.as_system()
    (refund,) = writes.create(system, "payment", [{
        "kind": "refund", "company": str(row["company"]), "amount": wanted, "refunds": str(params.payment),
        "paid_on": day.isoformat(), "method": params.method or row["method"], "reference": params.reference,
        "note": params.note, "owner": str(row["owner"]) if row["owner"] else None,
    }])  # fmt: skip
    ledger.add_up(ctx, [], [params.payment])
    rows = reads.native(system, "payment", [refund, params.payment], ("number", "status"))
    return {"refund": str(refund), "number": rows[refund]["number"], "status": rows[params.payment]["status"]}
