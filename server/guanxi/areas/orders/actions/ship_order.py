"""Pick, ship, deliver: shipments of an order, in parts or whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.orders import counting, tracking
from guanxi.areas.orders.errors import CarrierUnknown, NothingLeft, ShipmentState, more_than_left, wrong
from guanxi.areas.orders.rules.progress import fits
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class Part:
    """A line of an order and how much of it."""

    line: UUID
    quantity: Decimal


@dataclass(frozen=True)
class PickShipment:
    """The order, and what of it is picked; without parts all that is left."""

    order: UUID
    parts: Sequence[Part] = ()


@dataclass(frozen=True)
class SendShipment:
    """The picked shipment, with whom it goes, and the day (today)."""

    shipment: UUID
    carrier: str | None = None
    tracking_number: str | None = None
    shipped_on: date | None = None


@dataclass(frozen=True)
class OneShipment:
    """The shipment."""

    shipment: UUID


class ShipmentAnswer(TypedDict):
    """The shipment, its state, and that of its order by now."""

    shipment: Id
    number: str
    status: str
    order_status: str


@action("orders.pick_shipment", params=PickShipment, permission="shipment.create")
def pick_shipment(ctx: Context, params: PickShipment) -> ShipmentAnswer:
    """Make a shipment of what is left of an order, or of parts of that; Invalid for more unless the order allows it."""
    row = counting.held(ctx, params.order)
    counted = counting.lines_of(ctx, [params.order])
    parts = list(params.parts) or [Part(one, its.to_pick) for one, its in counted.items() if its.to_pick > 0]
    if not parts:
        raise NothingLeft(row["number"])
    asked: dict[UUID, Decimal] = {}
    for place, part in enumerate(parts):
        its = counted.get(part.line)
        if its is None or not its.line.ships or its.line.ordered <= 0:
            raise wrong(f"parts.{place}.line", "not_to_ship")
        asked[part.line] = asked.get(part.line, Decimal(0)) + part.quantity
        if part.quantity <= 0:
            raise wrong(f"parts.{place}.quantity", "above_zero")
        if not fits(its.to_pick, asked[part.line], more_allowed=bool(row["allow_more"])):
            raise more_than_left(f"parts.{place}.quantity", its.name, its.to_pick)
    system = ctx.as_system()
    owner = str(row["owner"]) if row["owner"] else None
    (shipment,) = writes.create(
        system, "shipment", [{"order": str(params.order), "ship_to": row["ship_to"], "owner": owner}]
    )
    writes.create(system, "shipment_line", [
        {"name": counted[one].name, "shipment": str(shipment), "order_line": str(one), "quantity": quantity}
        for one, quantity in asked.items()
    ])  # fmt: skip
    return _answer(ctx, shipment, params.order)


@action("orders.send_shipment", params=SendShipment, permission="shipment.edit")
def send_shipment(ctx: Context, params: SendShipment) -> ShipmentAnswer:
    """Send a shipment that was picked; what it carries counts as shipped."""
    row = _held(ctx, params.shipment, ("picking",))
    day = params.shipped_on or ctx.today
    if day > ctx.today:
        raise wrong("shipped_on", "shipped_in_future")
    values = {"status": "shipped", "shipped_on": day.isoformat()}
    given = {"carrier": params.carrier, "tracking_number": params.tracking_number}
    return _write(ctx, row, values | {key: value for key, value in given.items() if value})


@action("orders.deliver_shipment", params=OneShipment, permission="shipment.edit")
def deliver_shipment(ctx: Context, params: OneShipment) -> ShipmentAnswer:
    """Note that a shipment arrived."""
    row = _held(ctx, params.shipment, ("shipped",))
    return _write(ctx, row, {"status": "delivered", "delivered_on": ctx.today.isoformat()})


@action("orders.cancel_shipment", params=OneShipment, permission="shipment.edit")
def cancel_shipment(ctx: Context, params: OneShipment) -> ShipmentAnswer:
    """Cancel a shipment that has not arrived: what it carried is to be shipped again."""
    row = _held(ctx, params.shipment, ("picking", "shipped"))
    return _write(ctx, row, {"status": "cancelled"})


@action("orders.track_shipment", params=OneShipment, permission="shipment.edit")
def track_shipment(ctx: Context, params: OneShipment) -> ShipmentAnswer:
    """Ask the carrier where a shipment is; CarrierUnknown for one that cannot be asked."""
    row = _held(ctx, params.shipment, ("shipped", "delivered"))
    adapter = tracking.carrier(row["carrier"] or "")
    if adapter is None:
        raise CarrierUnknown(row["carrier"] or "—")
    events = adapter.track(row["tracking_number"] or "", ctx.now)
    values: dict[str, Any] = {"tracked_at": ctx.now.isoformat()}
    if events:
        values["tracking_state"] = events[-1].text
        if events[-1].delivered and row["status"] == "shipped":
            day = events[-1].at.astimezone(ctx.env.time_zone).date()
            values |= {"status": "delivered", "delivered_on": day.isoformat()}
    return _write(ctx, row, values)


def _held(ctx: Context, shipment: UUID, states: tuple[str, ...]) -> dict[str, Any]:
    """A shipment that the caller may change, after its order was locked; ShipmentState in another state."""
    row = locking.lock(ctx, ctx.object("shipment"), [shipment], "edit", (), hold=False)[shipment]
    locking.lock(ctx.as_system(), ctx.snapshot.object("sales_order"), [row["order"]], "edit", ())
    row = locking.lock(ctx, ctx.object("shipment"), [shipment], "edit", ())[shipment]
    if row["status"] not in states:
        raise ShipmentState(row["number"])
    return row


def _write(ctx: Context, row: dict[str, Any], values: dict[str, Any]) -> ShipmentAnswer:
    writes.update(ctx.as_system(), "shipment", [Change(row["id"], values)])
    counting.recount(ctx, [row["order"]])
    return _answer(ctx, row["id"], row["order"])


def _answer(ctx: Context, shipment: UUID, order: UUID) -> ShipmentAnswer:
    system = ctx.as_system()
    row = reads.native(system, "shipment", [shipment], ("number", "status"))[shipment]
    state = reads.native(system, "sales_order", [order], ("status",))[order]["status"]
    return {"shipment": str(shipment), "number": row["number"], "status": row["status"], "order_status": state}
