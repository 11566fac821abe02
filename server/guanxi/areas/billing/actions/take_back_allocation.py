"""Take an allocation back: the invoice is owed again, and the payment is free."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.billing import ledger
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads
from guanxi.infra.errors import Conflict, NotFound
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class TakeBackAllocation:
    """The allocation."""

    allocation: UUID


class TakenBackAllocation(TypedDict):
    """What is owed again, and what is free again."""

    invoice: Id
    payment: Id


@action("billing.take_back_allocation", params=TakeBackAllocation, permission="payment.edit")
def take_back_allocation(ctx: Context, params: TakeBackAllocation) -> TakenBackAllocation:
    """Take an allocation of a payment back; what a credit note was set off against stays so.

    NotFound the second time, or where its payment may not be changed by the caller.
    """
    seen = reads.native(ctx, "payment_allocation", [params.allocation], ("payment", "invoice"))
    if params.allocation not in seen:
        raise NotFound("records.not_found", {"object": "payment_allocation", "id": str(params.allocation)})
    payment = seen[params.allocation]["payment"]
    if payment is None:
        raise Conflict("billing.credit_stays")
    ledger.held(ctx, "payment", payment)
    gone = locking.lock(ctx.as_system(), ctx.snapshot.object("payment_allocation"), [params.allocation], "edit", ())
    ledger.take_back(ctx, gone)
    return {"invoice": str(seen[params.allocation]["invoice"]), "payment": str(payment)}
