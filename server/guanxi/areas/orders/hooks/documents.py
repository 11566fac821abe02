"""Orders have priced lines and are locked once they are confirmed; invoices of an order stay within it."""

from __future__ import annotations

from uuid import UUID

from guanxi.areas.catalogue.api import Conversion, PricedDocument, converts, declare
from guanxi.areas.orders import contracts, counting
from guanxi.areas.orders.errors import more_than_left
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import Conflict, FieldError, Invalid

ORDER = declare(
    PricedDocument(
        "sales_order",
        lines="order_line",
        parent="order",
        negative_lines=True,
        open_in=frozenset({"draft"}),
        frozen=frozenset({"ordered_on", "status"}),
    )
)

_CANCELLED = frozenset({"cancelled"})
QUOTE_TO_ORDER = converts(Conversion("quote", "sales_order", "quote_line", _CANCELLED, "cancelled_quantity"))
CONTRACT_TO_ORDER = converts(Conversion("contract", "sales_order", "contract_line", _CANCELLED, "cancelled_quantity"))


@hook("sales_order", "before", fields={"company", "ordered_on", "deliver_on"}, ops=("create", "update"))
def orders_are_of_somebody(ctx: Context, batch: list[Write]) -> None:
    """An order names its customer, and is not delivered before it was ordered."""
    if ctx.actor.is_system:
        return
    errors = []
    for write in batch:
        if write.value("company") is None:
            errors.append(FieldError("company", "fields.required", row=write.row))
        ordered, due = write.value("ordered_on"), write.value("deliver_on")
        if ordered and due and due < ordered:
            errors.append(FieldError("deliver_on", "orders.delivered_before_ordered", row=write.row))
    if errors:
        raise Invalid(errors)


@hook("sales_order", "after", fields={"amount", "contract"}, ops=("create", "update", "restore"))
def orders_stay_within_their_contract(ctx: Context, batch: list[Write]) -> None:
    """Orders of a contract that has an amount and no lines come to no more than that."""
    contracts.refuse_more(ctx, {write.value("contract") for write in batch} - {None})


@hook("shipment_line", "before")
def shipments_are_made_by_verbs(ctx: Context, batch: list[Write]) -> None:
    """Quantities of the order change with a shipment's: nobody writes them by themselves."""
    if not ctx.actor.is_system and not all(write.along for write in batch):
        raise Conflict("orders.ship_by_verb")


@hook("shipment", "before", ops=("create", "delete"))
def shipments_stay(ctx: Context, batch: list[Write]) -> None:
    """Shipments are made of orders, and only cancelled ones are thrown away."""
    if ctx.actor.is_system:
        return
    for write in batch:
        if write.op == "create" or (write.old or {}).get("status") != "cancelled":
            raise Conflict("orders.ship_by_verb")


@hook("invoice_line", "after", fields={"quantity", "order_line"})
def invoices_stay_within_their_order(ctx: Context, batch: list[Write]) -> None:
    """What was invoiced of an order follows its invoices, and is no more than was ordered unless that is allowed."""
    concerned: set[UUID] = {
        line for write in batch for line in ((write.old or {}).get("order_line"), write.value("order_line")) if line
    }
    orders = counting.orders_of(ctx, concerned)
    if not orders:
        return
    counted = counting.recount(ctx, orders.values())
    system = ctx.as_system()
    more = reads.native(system, "sales_order", list(set(orders.values())), ("allow_more",))
    for write in batch:
        its = counted.get(write.value("order_line"))
        if its is None or write.op == "delete" or more[its.order]["allow_more"] or its.line.ordered <= 0:
            continue
        above = its.line.invoiced - its.line.wanted
        if above > 0:
            raise more_than_left("quantity", its.name, (write.value("quantity") or above) - above, write.row)


@hook("invoice", "after", fields={"status"}, ops=("update", "delete", "restore"))
def orders_follow_their_invoices(ctx: Context, batch: list[Write]) -> None:
    """What was invoiced by an invoice that is cancelled whole is to be invoiced again."""
    orders = {write.value("order") for write in batch} - {None}
    if orders:
        counting.recount(ctx, orders)
