"""Make an order of an accepted quote or of a contract, or of parts of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.catalogue import api as catalogue
from guanxi.areas.catalogue.api import TakenPart
from guanxi.areas.orders import contracts
from guanxi.areas.orders.actions.order_opportunity import MadeOrder
from guanxi.areas.orders.errors import NotToBeOrdered, wrong
from guanxi.areas.orders.hooks.documents import CONTRACT_TO_ORDER, QUOTE_TO_ORDER
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, writes
from guanxi.kit.money import Money

ACCEPTED = "accepted"
HOLDING = frozenset({"signed", "in_force"})
_KEPT = ("company", "contact", "opportunity", "owner")


@dataclass(frozen=True)
class OrderQuote:
    """The quote, and what of it is ordered; without parts all that is left."""

    quote: UUID
    parts: Sequence[TakenPart] = ()


@dataclass(frozen=True)
class OrderContract:
    """The contract, and what of it is ordered: parts of its lines, or an amount of one without lines; else all that is left."""

    contract: UUID
    parts: Sequence[TakenPart] = ()
    amount: Decimal | None = None


@action("orders.order_quote", params=OrderQuote, permission="sales_order.create")
def order_quote(ctx: Context, params: OrderQuote) -> MadeOrder:
    """Make a draft with the quote's terms, lines and prices.

    NotToBeOrdered for a quote that was not accepted; NothingLeft when all of it was taken over; Invalid for more.
    """
    row = locking.lock(ctx, ctx.object("quote"), [params.quote], "read", ())[params.quote]
    if row["status"] != ACCEPTED:
        raise NotToBeOrdered("quote_not_accepted", row["number"] or row["name"])
    lines = catalogue.take(ctx, QUOTE_TO_ORDER, params.quote, params.parts)
    return _make(ctx, row, {"quote": str(params.quote)}, lines)


@action("orders.order_contract", params=OrderContract, permission="sales_order.create")
def order_contract(ctx: Context, params: OrderContract) -> MadeOrder:
    """Make a draft with the contract's terms, lines and prices; of one without lines, with a line of the amount.

    NotToBeOrdered for a contract that does not hold; NothingLeft when all of it was ordered; Invalid for more.
    """
    row = locking.lock(ctx, ctx.object("contract"), [params.contract], "read", ())[params.contract]
    if row["status"] not in HOLDING:
        raise NotToBeOrdered("contract_not_holding", row["number"] or row["name"])
    source = {"contract": str(params.contract), "quote": str(row["quote"]) if row["quote"] else None}
    if row["line_count"]:
        lines = catalogue.take(ctx, CONTRACT_TO_ORDER, params.contract, params.parts)
        return _make(ctx, row, source, lines)
    if row["amount"] is None:
        return _make(ctx, row, source, [])
    left = contracts.left(ctx, params.contract, row["amount"])
    amount = left if params.amount is None else params.amount
    if left <= 0:
        raise catalogue.NothingLeft
    if amount <= 0 or Money(amount, row["amount"].currency) != Money(amount, row["amount"].currency).rounded():
        raise wrong("amount", "above_zero")
    line = {"name": row["name"], "quantity": "1", "unit_price": amount}
    return _make(ctx, row, source, [line])


def _make(ctx: Context, row: dict[str, Any], source: dict[str, Any], lines: list[dict[str, Any]]) -> MadeOrder:
    if row["company"] is None:
        raise wrong("company", "company_missing")
    values: dict[str, Any] = {key: str(row[key]) for key in _KEPT if row[key] is not None}
    values |= catalogue.terms_for(ctx, "sales_order", row) | source
    values["lines"] = [{"values": {key: one[key] for key in one if key != "kind"}} for one in lines]
    (order,) = writes.create(ctx.as_system(), "sales_order", [values])
    return {"order": str(order)}
