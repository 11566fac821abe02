"""Issue an invoice or a credit note: from then on it is owed, and stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.billing import crediting, ledger
from guanxi.areas.billing.errors import NotADraft, wrong
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes
from guanxi.engine.records.writes import Change
from guanxi.infra.http.shapes import Id
from guanxi.kit.money import Money


@dataclass(frozen=True)
class IssueInvoice:
    """The draft, and the days that it is issued and due unless it says so itself."""

    invoice: UUID
    issued_on: date | None = None
    due_on: date | None = None


class IssuedInvoice(TypedDict):
    """What was issued, and its state: a credit note may be used up, and an invoice of nothing paid, at once."""

    invoice: Id
    status: str


@action("billing.issue_invoice", params=IssueInvoice, permission="invoice.edit")
def issue_invoice(ctx: Context, params: IssueInvoice) -> IssuedInvoice:
    """Issue a draft; a credit note is set off against the invoice that it corrects.

    NotADraft the second time; Invalid without an amount, with a due date before the day of issuing, without a rate of
    the currency, or for a credit note above what is left of the invoice that it corrects.
    """
    row = ledger.held(ctx, "invoice", params.invoice)
    return {"invoice": str(params.invoice), "status": issue(ctx, row, params.issued_on, params.due_on)}


def issue(ctx: Context, row: dict[str, Any], issued_on: date | None = None, due_on: date | None = None) -> str:
    """Issue what ``row``, which is locked, says; the state that it is in then."""
    if row["status"] != "draft":
        raise NotADraft(row["number"])
    if row["amount"] is None:
        raise wrong("amount", "amount_missing")
    if row["company"] is None:
        raise wrong("company", "company_missing")
    begins = issued_on or row["issued_on"] or ctx.today
    due = due_on or row["due_on"] or begins
    if due < begins:
        raise wrong("due_on", "due_before_issued")
    if begins > ctx.today:
        raise wrong("issued_on", "issued_in_future")
    amount: Money = row["amount"]
    rate = ledger.rate_on(ctx, amount.currency, begins, "amount")
    if row["kind"] == "credit_note":
        crediting.refuse_too_much(ctx, row)
    values = {"issued_on": begins.isoformat(), "due_on": due.isoformat(), "rate": rate, "status": "issued"}
    writes.update(ctx.as_system(), "invoice", [Change(row["id"], values)])
    ledger.add_up(ctx, [row["id"]], [])
    if row["kind"] == "credit_note" and row["corrects"] is not None:
        crediting.set_off(ctx, row, begins)
    return crediting.state_of(ctx, row["id"])
