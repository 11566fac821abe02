"""Invoices of instalments: each once, and never more than the contract comes to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from guanxi.areas.billing import api as billing
from guanxi.areas.contracts import moving, plans
from guanxi.areas.contracts.errors import AlreadyInvoiced, InvoicedAboveContract, WrongStage
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.i18n import sentence
from guanxi.kit.money import Money


def invoice(ctx: Context, contract: dict[str, Any], instalment: UUID) -> tuple[UUID, str]:
    """The draft of an invoice of an instalment whose contract is locked, and its number."""
    system = ctx.as_system()
    row = plans.read(ctx, [instalment])[instalment]
    if row["status"] == plans.CANCELLED:
        raise WrongStage("instalment_cancelled", row["name"])
    if row["invoice"] is not None:
        number = reads.native(system, "invoice", [row["invoice"]], ("number",))[row["invoice"]]["number"]
        raise AlreadyInvoiced(row["name"], number)
    total: Money = contract["amount"]
    left = total.amount - billing.invoiced(ctx, "contract", contract["id"])
    if row["amount"].amount > left:
        raise InvoicedAboveContract(moving.called(contract), Money(max(left, left * 0), total.currency))
    name = sentence("contracts.invoice_line", {"name": row["name"], "contract": moving.called(contract)}, ctx.language)
    made = billing.make(
        ctx, name[:200], row["amount"], billing.groups_of(ctx, "contract_line", "contract", contract["id"]),
        {
            "company": str(contract["company"]), "contract": str(contract["id"]),
            "owner": str(contract["owner"]) if contract["owner"] else None,
            "due_on": row["due_on"].isoformat() if row["due_on"] and row["due_on"] >= ctx.today else None,
        },
    )  # fmt: skip
    writes.update(system, "contract_instalment", [Change(instalment, {"invoice": str(made)})])
    plans.follow_invoices(ctx, [instalment])
    return made, reads.native(system, "invoice", [made], ("number",))[made]["number"]
