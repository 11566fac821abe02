"""Confirm an order, and take that back while nothing has come of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.orders import counting
from guanxi.areas.orders.errors import AlreadyBegun, NotADraft, wrong
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class ConfirmOrder:
    """The draft."""

    order: UUID


@dataclass(frozen=True)
class ReopenOrder:
    """The order that is to be changed."""

    order: UUID


class OrderState(TypedDict):
    """An order and its state."""

    order: Id
    status: str


@action("orders.confirm_order", params=ConfirmOrder, permission="sales_order.edit")
def confirm_order(ctx: Context, params: ConfirmOrder) -> OrderState:
    """Confirm a draft with lines: its terms and lines stay as they are, and it can be shipped and invoiced."""
    row = locking.lock(ctx, ctx.object("sales_order"), [params.order], "edit", ())[params.order]
    if row["status"] != "draft":
        raise NotADraft(row["number"])
    if not row["line_count"]:
        raise wrong("lines", "no_lines")
    if row["company"] is None:
        raise wrong("company", "company_missing")
    ordered = row["ordered_on"] or ctx.today
    values = {"status": "confirmed", "ordered_on": ordered.isoformat()}
    writes.update(ctx.as_system(), "sales_order", [Change(params.order, values)])
    return {"order": str(params.order), "status": "confirmed"}


@action("orders.reopen_order", params=ReopenOrder, permission="sales_order.edit")
def reopen_order(ctx: Context, params: ReopenOrder) -> OrderState:
    """Make a confirmed order a draft again; AlreadyBegun once something of it was picked, shipped, invoiced or cancelled."""
    row = counting.held(ctx, params.order)
    for its in counting.lines_of(ctx, [params.order]).values():
        if its.line.shipped or its.line.invoiced or its.line.cancelled or its.picking:
            raise AlreadyBegun(row["number"])
    writes.update(ctx.as_system(), "sales_order", [Change(params.order, {"status": "draft"})])
    return {"order": str(params.order), "status": "draft"}
