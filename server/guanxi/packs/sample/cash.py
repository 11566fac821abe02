"""What became of some opportunities that were won: orders, shipments, invoices and payments, each further than the one before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.engine.actions import run
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change

_MOST = 10
_TERM = timedelta(days=30)
_AGO = (0, 2, 5, 9, 14, 40, 55, 75, 100, 130)
"""How many days ago the order of each opportunity was invoiced."""


def orders(ctx: Context) -> None:
    """Take the latest opportunities that were won with lines to cash, the oldest of them all the way."""
    where = {"and": [
        {"field": "status", "op": "eq", "value": "won"}, {"field": "line_count", "op": "gt", "value": 0},
        {"field": "company", "op": "not_empty"},
    ]}  # fmt: skip
    query = reads.Query(select=("owner",), where=where, sort=(("closed_on", "desc"),), limit=_MOST)
    for place, row in enumerate(reads.page(ctx, "opportunity", query).rows):
        owner = row["owner"]["id"] if row["owner"] else None
        _order(ctx, UUID(row["id"]), owner, place)


def _order(ctx: Context, deal: UUID, owner: str | None, place: int) -> None:
    def do(verb: str, **params: Any) -> dict[str, Any]:
        return dict(run(ctx, verb, params))

    order = do("orders.order_opportunity", opportunity=str(deal))["order"]
    writes.update(ctx, "sales_order", [Change(UUID(order), {"owner": owner, "ordered_on": _day(ctx, place)})])
    if place == 0:
        return
    do("orders.confirm_order", order=order)
    if place == 1:
        return
    _ship(ctx, do, order, place)
    if place < 4:
        return
    day = _day(ctx, place)
    made = do("orders.invoice_order", order=order)
    do("billing.issue_invoice", invoice=made["invoice"], issued_on=day, due_on=(day + _TERM))
    if place > 4:
        _pay(ctx, do, UUID(made["invoice"]), place)


def _ship(ctx: Context, do: Callable[..., dict[str, Any]], order: str, place: int) -> None:
    """What needs no shipping is invoiced alone."""
    lines = reads.ids(ctx, "order_line", {"field": "order", "op": "eq", "value": order})
    rows = reads.native(ctx, "order_line", lines, ("quantity", "product.kind"))
    goods = {one: row["quantity"] for one, row in rows.items() if row["product.kind"] != "service"}
    if not goods:
        return
    half = [{"line": str(one), "quantity": str((many / 2).to_integral_value() or 1)} for one, many in goods.items()]
    picked = do("orders.pick_shipment", order=order, parts=half if place in (2, 3) else [])
    if place > 2:
        sent = {"carrier": "顺丰速运", "tracking_number": f"SF10{place:02d}2026{place * 7919:06d}"}
        do("orders.send_shipment", shipment=picked["shipment"], shipped_on=_day(ctx, place), **sent)
    if place > 5:
        do("orders.deliver_shipment", shipment=picked["shipment"])


def _pay(ctx: Context, do: Callable[..., dict[str, Any]], invoice: UUID, place: int) -> None:
    row = reads.native(ctx, "invoice", [invoice], ("company", "amount"))[invoice]
    parts = [Decimal("0.4")] if place % 2 else [Decimal("0.3"), Decimal("0.7")]
    left: Decimal = row["amount"].amount
    for number, share in enumerate(parts):
        last = number == 1
        amount = left if last else (row["amount"].amount * share).quantize(Decimal("0.01"))
        left -= amount
        if amount > 0:
            do(
                "billing.record_payment", company=str(row["company"]), amount=str(amount),
                currency=row["amount"].currency, paid_on=_day(ctx, place) + timedelta(days=5 + number * 7),
                method="bank_transfer", items=[{"invoice": str(invoice), "amount": str(amount)}],
            )  # fmt: skip


def _day(ctx: Context, place: int) -> Any:
    return ctx.today - timedelta(days=_AGO[place])
