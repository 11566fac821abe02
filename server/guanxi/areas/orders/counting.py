"""What was shipped and invoiced of an order, added up anew from its shipments and invoices; its state follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.orders.errors import NotConfirmed
from guanxi.areas.orders.rules import progress
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.writes import Change

_LINE = (
    "order",
    "name",
    "position",
    "quantity",
    "shipped_quantity",
    "invoiced_quantity",
    "cancelled_quantity",
    "product.kind",
)
_ZERO = Decimal(0)
OPEN = ("confirmed", "part_shipped", "shipped", "part_invoiced", "done")
"""States of an order that was confirmed and is not cancelled whole."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of an order, with what is being picked of it."""

    id: UUID
    order: UUID
    name: str
    line: progress.Line
    picking: Decimal

    @property
    def to_pick(self) -> Decimal:
        """What is left to be shipped and is not being picked yet."""
        return max(_ZERO, self.line.to_ship - self.picking)


def held(ctx: Context, order: UUID) -> dict[str, Any]:
    """An order that the caller may change, locked; NotConfirmed for a draft or one that is cancelled."""
    row = locking.lock(ctx, ctx.object("sales_order"), [order], "edit", ())[order]
    if row["status"] not in OPEN:
        raise NotConfirmed(row["number"])
    return row


def lines_of(ctx: Context, orders: Collection[UUID]) -> dict[UUID, Counted]:
    """The lines of orders in their order, counted by what was shipped and invoiced until now."""
    system = ctx.as_system()
    rows = reads.native(system, "order_line", _ids(system, "order_line", "order", orders), _LINE)
    shipped, picking = _shipped(system, rows)
    invoiced = _invoiced(system, rows)
    found = {}
    for one, row in sorted(rows.items(), key=lambda item: (item[1]["position"] or 0, item[0])):
        line = progress.Line(
            row["quantity"] or _ZERO, row["cancelled_quantity"] or _ZERO, shipped.get(one, _ZERO),
            invoiced.get(one, _ZERO), row["product.kind"] != "service",
        )  # fmt: skip
        found[one] = Counted(one, row["order"], row["name"] or "", line, picking.get(one, _ZERO))
    return found


def recount(ctx: Context, orders: Iterable[UUID]) -> dict[UUID, Counted]:
    """Bring lines and states of orders to what their shipments and invoices come to; the lines, counted."""
    system = ctx.as_system()
    wanted = sorted(reads.visible(system, "sales_order", list(set(orders))))
    if not wanted:
        return {}
    held_ = locking.lock(system, ctx.snapshot.object("sales_order"), wanted, "edit", ())
    counted = lines_of(ctx, wanted)
    writes.update(system, "order_line", [
        Change(one, {"shipped_quantity": its.line.shipped, "invoiced_quantity": its.line.invoiced})
        for one, its in counted.items()
    ])  # fmt: skip
    changes = []
    for order, row in held_.items():
        if row["status"] != "draft":
            state = progress.state([its.line for its in counted.values() if its.order == order])
            changes.append(Change(order, {"status": state}))
    writes.update(system, "sales_order", changes)
    return counted


def orders_of(ctx: Context, lines: Collection[UUID]) -> dict[UUID, UUID]:
    """The order of each line of orders."""
    rows = reads.native(ctx.as_system(), "order_line", list(lines), ("order",)) if lines else {}
    return {one: row["order"] for one, row in rows.items()}


def _shipped(system: Context, lines: Collection[UUID]) -> tuple[dict[UUID, Decimal], dict[UUID, Decimal]]:
    sent: dict[UUID, Decimal] = {}
    picking: dict[UUID, Decimal] = {}
    found = _ids(system, "shipment_line", "order_line", lines)
    for row in reads.native(system, "shipment_line", found, ("order_line", "quantity", "shipment.status")).values():
        if row["shipment.status"] in ("shipped", "delivered", "picking"):
            sums = picking if row["shipment.status"] == "picking" else sent
            sums[row["order_line"]] = sums.get(row["order_line"], _ZERO) + row["quantity"]
    return sent, picking


def _invoiced(system: Context, lines: Collection[UUID]) -> dict[UUID, Decimal]:
    """Drafts count as well, so that nothing is invoiced twice; what was cancelled whole is free again."""
    sums: dict[UUID, Decimal] = {}
    found = _ids(system, "invoice_line", "order_line", lines)
    fields = ("order_line", "quantity", "invoice.status", "invoice.kind")
    for row in reads.native(system, "invoice_line", found, fields).values():
        if row["invoice.kind"] != "credit_note" and row["invoice.status"] != "cancelled":
            sums[row["order_line"]] = sums.get(row["order_line"], _ZERO) + (row["quantity"] or _ZERO)
    return sums


def _ids(system: Context, object_key: str, field: str, among: Collection[UUID]) -> Sequence[UUID]:
    where = {"field": field, "op": "in", "value": [str(one) for one in among]}
    return reads.ids(system, object_key, where) if among else []
