"""The whole wiring of orders."""

from pathlib import Path

from guanxi.areas.orders.actions.cancel_rest import cancel_rest
from guanxi.areas.orders.actions.confirm_order import confirm_order, reopen_order
from guanxi.areas.orders.actions.invoice_down_payment import invoice_down_payment
from guanxi.areas.orders.actions.invoice_order import invoice_order
from guanxi.areas.orders.actions.order_opportunity import order_opportunity
from guanxi.areas.orders.actions.order_source import order_contract, order_quote
from guanxi.areas.orders.actions.ship_order import (
    cancel_shipment,
    deliver_shipment,
    pick_shipment,
    send_shipment,
    track_shipment,
)
from guanxi.areas.orders.hooks import documents
from guanxi.capabilities.hand_over.open_records import open_when
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Orders with priced lines, their shipments, and the verbs along the way to the invoice."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(documents)
    registry.action(order_opportunity, order_quote, order_contract, confirm_order, reopen_order, cancel_rest)
    registry.action(invoice_order, invoice_down_payment)
    registry.action(pick_shipment, send_shipment, deliver_shipment, cancel_shipment, track_shipment)
    open_when("sales_order", {"field": "status", "op": "not_in", "value": ["done", "cancelled"]})
    open_when("shipment", {"field": "status", "op": "in", "value": ["picking", "shipped"]})
