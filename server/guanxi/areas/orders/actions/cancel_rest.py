"""Cancel what of an order was neither shipped nor invoiced."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from guanxi.areas.orders import counting
from guanxi.areas.orders.actions.confirm_order import OrderState
from guanxi.areas.orders.errors import NothingLeft
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change


@dataclass(frozen=True)
class CancelRest:
    """The order."""

    order: UUID


@action("orders.cancel_rest", params=CancelRest, permission="sales_order.edit")
def cancel_rest(ctx: Context, params: CancelRest) -> OrderState:
    """Cancel the rest of an order, which is all of it before anything was shipped or invoiced.

    What is being picked is cancelled with it; NothingLeft where nothing is.
    """
    row = counting.held(ctx, params.order)
    system = ctx.as_system()
    counted = counting.lines_of(ctx, [params.order])
    rest = {one: its for one, its in counted.items() if its.line.can_be_cancelled > 0}
    if not rest:
        raise NothingLeft(row["number"])
    where = {"and": [
        {"field": "order", "op": "eq", "value": str(params.order)}, {"field": "status", "op": "eq", "value": "picking"},
    ]}  # fmt: skip
    picking = reads.ids(system, "shipment", where)
    writes.update(system, "shipment", [Change(one, {"status": "cancelled"}) for one in picking])
    writes.update(system, "order_line", [
        Change(one, {"cancelled_quantity": its.line.cancelled + its.line.can_be_cancelled}) for one, its in rest.items()
    ])  # fmt: skip
    counting.recount(ctx, [params.order])
    state = reads.native(system, "sales_order", [params.order], ("status",))[params.order]["status"]
    return {"order": str(params.order), "status": state}
