"""Cancel an issued invoice, in whole or in part, by a credit note."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.billing import crediting, down_payments, ledger
from guanxi.areas.billing.actions.issue_invoice import issue
from guanxi.areas.billing.errors import AlreadyCancelled, Deducted, NotAnInvoice, StillADraft, wrong
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, writes
from guanxi.infra.http.shapes import Id
from guanxi.kit.money import Money, display


@dataclass(frozen=True)
class CancelInvoice:
    """The invoice, how much of it is taken back (all that is left), and why."""

    invoice: UUID
    amount: Decimal | None = None
    reason: str | None = None


class CancelledInvoice(TypedDict):
    """The credit note, and what the invoice is by now."""

    credit_note: Id
    number: str
    status: str


@action("billing.cancel_invoice", params=CancelInvoice, permission="payment.edit")
def cancel_invoice(ctx: Context, params: CancelInvoice) -> CancelledInvoice:
    """Make a credit note of an invoice, issue it and set it off; payments of what is taken back are free again.

    StillADraft for one that was not issued, which is simply deleted; AlreadyCancelled when nothing of it is left;
    Deducted for a down payment that later invoices took off; Invalid for more than is left of it.
    """
    row = ledger.held(ctx, "invoice", params.invoice)
    if row["kind"] != "invoice":
        raise NotAnInvoice(row["number"])
    if row["status"] == "draft":
        raise StillADraft(row["number"])
    system = ctx.as_system()
    currency = row["amount"].currency
    written_off = row["written_off_amount"].amount if row["written_off_amount"] else Decimal(0)
    left = row["amount"].amount - crediting.credited(system, params.invoice) - written_off
    if left <= 0:
        raise AlreadyCancelled(row["number"])
    if row["is_down_payment"]:
        left -= down_payments.deducted(ctx, params.invoice)
        if left <= 0:
            raise Deducted(row["number"])
    amount = left if params.amount is None else params.amount
    if amount <= 0 or Money(amount, currency) != Money(amount, currency).rounded():
        raise wrong("amount", "above_zero")
    if amount > left:
        raise wrong("amount", "credit_above_invoice", left=display(Money(left, currency)))
    (note,) = writes.create(system, "invoice", [_credit(row, Money(amount, currency), params.reason)])
    held = locking.lock(system, ctx.snapshot.object("invoice"), [note], "edit", ())[note]
    issue(ctx, held)
    return {
        "credit_note": str(note), "number": held["number"], "status": crediting.state_of(ctx, params.invoice),
    }  # fmt: skip


def _credit(row: dict[str, Any], amount: Money, reason: str | None) -> dict[str, Any]:
    """A credit note of part of an invoice; its tax is the same part of the invoice's."""
    values: dict[str, Any] = {
        "kind": "credit_note", "company": str(row["company"]), "corrects": str(row["id"]), "amount": amount,
        "owner": str(row["owner"]) if row["owner"] else None, "note": reason,
    }  # fmt: skip
    if row["tax_amount"] is not None and row["amount"].amount:
        tax = Money(row["tax_amount"].amount * amount.amount / row["amount"].amount, amount.currency).rounded()
        values |= {"tax_amount": tax, "net_amount": Money(amount.amount - tax.amount, amount.currency)}
    return values
