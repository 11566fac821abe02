"""Make the draft of an invoice of what is left of an order, or of parts of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.billing import api as billing
from guanxi.areas.orders import counting
from guanxi.areas.orders.actions.order_opportunity import COPIED, copied, text
from guanxi.areas.orders.actions.ship_order import Part
from guanxi.areas.orders.errors import NothingLeft, more_than_left, wrong
from guanxi.areas.orders.rules.progress import Line, fits
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.http.shapes import Id

_HUNDRED = Decimal(100)
_PRICE = Decimal(1).scaleb(-10)


@dataclass(frozen=True)
class InvoiceOrder:
    """The order; without parts all that is left of it, of what was shipped alone where that is asked for."""

    order: UUID
    parts: Sequence[Part] = ()
    of: Literal["ordered", "shipped"] = "ordered"


class InvoicedOrder(TypedDict):
    """The draft."""

    invoice: Id
    number: str


@action("orders.invoice_order", params=InvoiceOrder, permission="invoice.create")
def invoice_order(ctx: Context, params: InvoiceOrder) -> InvoicedOrder:
    """Make the draft of an invoice with the order's terms and prices, less the down payments on it.

    NothingLeft when all was invoiced; Invalid for more than is left unless the order allows it.
    """
    row = counting.held(ctx, params.order)
    counted = counting.lines_of(ctx, [params.order])
    parts = list(params.parts) or [
        Part(one, left) for one, its in counted.items() if (left := _left(its.line, params.of)) != 0
    ]
    if not any(part.quantity > 0 for part in parts):
        raise NothingLeft(row["number"])
    asked: dict[UUID, Decimal] = {}
    for place, part in enumerate(parts):
        its = counted.get(part.line)
        if its is None:
            raise wrong(f"parts.{place}.line", "not_of_order")
        asked[part.line] = asked.get(part.line, Decimal(0)) + part.quantity
        if its.line.ordered > 0:
            if part.quantity <= 0:
                raise wrong(f"parts.{place}.quantity", "above_zero")
            if not fits(its.line.to_invoice, asked[part.line], more_allowed=bool(row["allow_more"])):
                raise more_than_left(f"parts.{place}.quantity", its.name, its.line.to_invoice)
    system = ctx.as_system()
    rows = reads.native(system, "order_line", list(asked), COPIED)
    currency = row["amount"].currency if row["amount"] is not None else ctx.workspace.currency
    ahead = billing.open_for(ctx, params.order, row["contract"], currency)
    # What is taken off again was asked for after the discount: with it the discount goes into the prices.
    inside = (row["discount"] or Decimal(0)) if ahead else Decimal(0)
    lines = [
        {"values": {**copied(_less(rows[one], inside)), "quantity": quantity, "order_line": str(one)}}
        for one, quantity in asked.items()
    ]
    (invoice,) = writes.create(system, "invoice", [{
        "company": str(row["company"]), "order": str(params.order), "contract": text(row["contract"]),
        "currency": row["currency"] or currency, "discount": None if inside else row["discount"],
        "prices_include_tax": row["prices_include_tax"], "tax_rounding": row["tax_rounding"],
        "owner": text(row["owner"]), "lines": lines,
    }])  # fmt: skip
    billing.deduct(ctx, invoice, ahead)
    number = reads.native(system, "invoice", [invoice], ("number",))[invoice]["number"]
    return {"invoice": str(invoice), "number": number}


def _less(row: dict[str, Any], discount: Decimal) -> dict[str, Any]:
    """A line with a discount on the total in its price."""
    if not discount or row["unit_price"] is None:
        return row
    return {**row, "unit_price": (row["unit_price"] * (_HUNDRED - discount) / _HUNDRED).quantize(_PRICE)}


def _left(line: Line, of: str) -> Decimal:
    """What is left to be invoiced; what takes something off goes with the first invoice."""
    if line.ordered < 0:
        return Decimal(0) if line.invoiced else line.ordered
    if of == "ordered" or not line.ships:
        return line.to_invoice
    return max(Decimal(0), min(line.to_invoice, line.shipped - line.invoiced))
