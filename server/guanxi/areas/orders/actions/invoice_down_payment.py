"""Ask for a part of an order ahead: an invoice that later invoices take off."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from guanxi.areas.billing import api as billing
from guanxi.areas.orders import counting
from guanxi.areas.orders.actions.invoice_order import InvoicedOrder
from guanxi.areas.orders.errors import NothingLeft, above_order, wrong
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.i18n import sentence
from guanxi.kit.money import Money

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class InvoiceDownPayment:
    """The order, and how much of it is asked for ahead: a share in percent, or an amount; one of the two."""

    order: UUID
    percent: Decimal | None = None
    amount: Decimal | None = None


@action("orders.invoice_down_payment", params=InvoiceDownPayment, permission="invoice.create")
def invoice_down_payment(ctx: Context, params: InvoiceDownPayment) -> InvoicedOrder:
    """Make the draft of an invoice of a part of an order, with its rates of tax in proportion.

    NothingLeft when all of the order was invoiced; Invalid for more than is left, or for neither or both of the two.
    """
    row = counting.held(ctx, params.order)
    if (params.percent is None) == (params.amount is None):
        raise wrong("amount", "percent_or_amount")
    total: Money = row["amount"]
    left = total.amount - billing.invoiced(ctx, "order", params.order)
    if left <= 0:
        raise NothingLeft(row["number"])
    if params.percent is not None:
        if not 0 < params.percent <= _HUNDRED:
            raise wrong("percent", "percent_range")
        amount = Money(total.amount * params.percent / _HUNDRED, total.currency).rounded()
    else:
        amount = Money(params.amount or Decimal(0), total.currency)
    if amount.amount <= 0 or amount != amount.rounded():
        raise wrong("amount", "above_zero")
    if amount.amount > left:
        raise above_order("percent" if params.percent is not None else "amount", Money(left, total.currency))
    name = sentence("orders.down_payment", {"number": row["number"]}, ctx.language)
    invoice = billing.make(
        ctx, name, amount, billing.groups_of(ctx, "order_line", "order", params.order),
        {
            "company": str(row["company"]), "order": str(params.order),
            "contract": str(row["contract"]) if row["contract"] else None,
            "owner": str(row["owner"]) if row["owner"] else None,
        },
    )  # fmt: skip
    number = reads.native(ctx.as_system(), "invoice", [invoice], ("number",))[invoice]["number"]
    return {"invoice": str(invoice), "number": number}
