"""Credit notes: never more than the invoice that they correct, and set off against it when they are issued."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.billing import ledger
from guanxi.areas.billing.errors import OtherCompany, StillADraft, wrong
from guanxi.areas.billing.rules.allocation import Share
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.kit.money import Money, display

_FIELDS = ("number", "kind", "company", "status", "amount", "open_amount")


def refuse_too_much(ctx: Context, note: dict[str, Any]) -> None:
    """A credit note of an invoice has its company and currency, and with all others of it comes to no more."""
    if note["corrects"] is None:
        return
    system = ctx.as_system()
    invoice = reads.native(system, "invoice", [note["corrects"]], _FIELDS).get(note["corrects"])
    if invoice is None or invoice["kind"] != "invoice":
        raise wrong("corrects", "corrects_no_invoice")
    if invoice["status"] == "draft":
        raise StillADraft(invoice["number"])
    if invoice["company"] != note["company"]:
        raise OtherCompany(invoice["number"])
    if invoice["amount"].currency != note["amount"].currency:
        raise wrong("amount", "credit_in_other_currency", currency=invoice["amount"].currency)
    left = invoice["amount"].amount - credited(system, note["corrects"], but=note["id"])
    if note["amount"].amount > left:
        raise wrong("amount", "credit_above_invoice", left=display(Money(left, invoice["amount"].currency)))


def credited(system: Context, invoice: UUID, but: UUID | None = None) -> Decimal:
    """What issued credit notes took off an invoice, whether they were set off against it or not."""
    where = {"and": [
        {"field": "corrects", "op": "eq", "value": str(invoice)}, {"field": "kind", "op": "eq", "value": "credit_note"},
        {"field": "status", "op": "not_in", "value": ["draft"]},
    ]}  # fmt: skip
    rows = reads.native(system, "invoice", reads.ids(system, "invoice", where), ("amount",))
    return sum((row["amount"].amount for one, row in rows.items() if one != but), Decimal(0))


def set_off(ctx: Context, note: dict[str, Any], day: date) -> None:
    """Settle the corrected invoice with the credit note; payments make room, the latest first, and are free again."""
    system = ctx.as_system()
    invoice = reads.native(system, "invoice", [note["corrects"]], _FIELDS)[note["corrects"]]
    amount: Money = note["amount"]
    missing = amount.amount - invoice["open_amount"].amount
    if missing > 0:
        paid = {
            one: row
            for one, row in ledger.allocations(ctx, "invoice", [note["corrects"]]).items()
            if row["payment"] is not None
        }
        gone = {}
        for one in sorted(paid, reverse=True):
            if missing <= 0:
                break
            gone[one] = paid[one]
            missing -= paid[one]["amount"].amount
        ledger.take_back(ctx, gone)
        invoice = reads.native(system, "invoice", [note["corrects"]], _FIELDS)[note["corrects"]]
    part = Money(min(amount.amount, invoice["open_amount"].amount), amount.currency)
    if part.amount > 0:
        share = Share(note["corrects"], part, part, Money(Decimal(0), ctx.workspace.currency))
        source = ("credit_note", note["id"], note["number"])
        ledger.keep(ctx, source, [share], {note["corrects"]: invoice["number"]}, day)


def state_of(ctx: Context, invoice: UUID) -> str:
    """The state that an invoice is in."""
    return str(reads.native(ctx.as_system(), "invoice", [invoice], ("status",))[invoice]["status"])
