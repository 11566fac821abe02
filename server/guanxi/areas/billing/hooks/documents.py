"""What is issued or settled is locked; what is new begins with nothing settled. The verbs change the rest."""

from __future__ import annotations

from decimal import Decimal

from guanxi.areas.billing.ledger import rate_on
from guanxi.areas.catalogue.api import PricedDocument, declare
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import Conflict, FieldError, Invalid
from guanxi.kit.money import Money

LOCKED = frozenset({
    "kind", "company", "corrects", "issued_on", "due_on", "amount", "currency", "prices_include_tax", "discount", "lines",
    "line_count", "net_amount", "tax_amount", "status",
})  # fmt: skip
"""Fields of an invoice that stay as they were issued."""
_OF_PAYMENTS = frozenset({"company", "amount", "paid_on"})
_ZERO = Decimal(0)


@hook("invoice", "before", ops=("create", "update"))
def invoices_are_of_somebody(ctx: Context, batch: list[Write]) -> None:
    """An invoice names who owes it, and falls due when it is issued or later; what was issued stays as it is."""
    if ctx.actor.is_system:
        return
    errors: list[FieldError] = []
    for write in batch:
        before = write.old or {}
        if write.op == "update" and before.get("status") != "draft":
            touched = sorted(write.asked & LOCKED)
            errors += [FieldError(key, "billing.issued_is_locked", row=write.row) for key in touched]
            continue
        if write.value("company") is None:
            errors.append(FieldError("company", "fields.required", row=write.row))
        if write.value("corrects") is not None and write.value("kind") != "credit_note":
            errors.append(FieldError("corrects", "billing.only_credit_notes_correct", row=write.row))
        begins, ends = write.value("issued_on"), write.value("due_on")
        if begins and ends and ends < begins:
            errors.append(FieldError("due_on", "billing.due_before_issued", row=write.row))
    if errors:
        raise Invalid(errors)


@hook("invoice", "before", ops=("delete",))
def issued_invoices_stay(ctx: Context, batch: list[Write]) -> None:
    """Only drafts are thrown away."""
    if ctx.actor.is_system:
        return
    for write in batch:
        if (write.old or {}).get("status") != "draft":
            raise Conflict("billing.issued_stays", {"number": (write.old or {}).get("number", "")})


@hook("payment", "before", ops=("create", "update"))
def payments_are_of_somebody(ctx: Context, batch: list[Write]) -> None:
    """A payment is above zero and of a company; while anything is settled with it, it stays as it is."""
    errors: list[FieldError] = []
    for write in batch:
        if write.op == "update" and write.new.keys().isdisjoint(_OF_PAYMENTS):
            continue
        if write.op == "update" and not ctx.actor.is_system and _in_use(write):
            touched = sorted(write.asked & _OF_PAYMENTS)
            errors += [FieldError(key, "billing.payment_is_used", row=write.row) for key in touched]
            continue
        if write.value("company") is None and not ctx.actor.is_system:
            errors.append(FieldError("company", "fields.required", row=write.row))
            continue
        if write.value("paid_on") is None:
            write.new["paid_on"] = ctx.today
        if write.value("paid_on") > ctx.today:
            errors.append(FieldError("paid_on", "billing.paid_in_future", row=write.row))
            continue
        amount = write.value("amount")
        if amount is None:
            continue  # refused as required
        if amount.amount <= 0:
            errors.append(FieldError("amount", "billing.above_zero", row=write.row))
            continue
        write.new["rate"] = rate_on(ctx, amount.currency, write.value("paid_on"), "amount")
        if write.value("kind") == "refund":
            write.new |= {"status": "refunded", "open_amount": Money(_ZERO, amount.currency)}
        elif not _in_use(write):
            zero = Money(_ZERO, amount.currency)
            write.new |= {"status": "open", "allocated_amount": zero, "refunded_amount": zero, "open_amount": amount}
    if errors:
        raise Invalid(errors)


@hook("payment", "before", ops=("delete",))
def payments_in_use_stay(ctx: Context, batch: list[Write]) -> None:
    """What settles something, or was paid back, is not thrown away."""
    if ctx.actor.is_system:
        return
    for write in batch:
        if _in_use(write):
            raise Conflict("billing.payment_stays", {"number": (write.old or {}).get("number", "")})


@hook("payment_allocation", "before")
def allocations_are_made_by_verbs(ctx: Context, batch: list[Write]) -> None:
    """Two amounts change with each allocation: nobody writes one by itself, imports and undos included."""
    if not ctx.actor.is_system:
        raise Conflict("billing.allocate_by_verb")


def _in_use(write: Write) -> bool:
    before = write.old or {}
    used = (before.get(key) for key in ("allocated_amount", "refunded_amount"))
    return before.get("kind") == "refund" or any(one is not None and one.amount for one in used)


INVOICE = declare(
    PricedDocument("invoice", lines="invoice_line", parent="invoice", negative_lines=True, open_in=frozenset({"draft"}))
)
