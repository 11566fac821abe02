"""Make an order of an opportunity, with its lines at the prices that were promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.orders.errors import wrong
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import NotFound
from guanxi.infra.http.shapes import Id

COPIED = ("product", "name", "quantity", "unit", "unit_price", "tax_rate")
"""What a line takes along; the list price and the discount follow from the price book of the day."""
_TERMS = ("company", "contact", "currency", "discount", "prices_include_tax", "line_count", "owner")


@dataclass(frozen=True)
class OrderOpportunity:
    """The opportunity."""

    opportunity: UUID


class MadeOrder(TypedDict):
    """The draft."""

    order: Id


@action("orders.order_opportunity", params=OrderOpportunity, permission="sales_order.create")
def order_opportunity(ctx: Context, params: OrderOpportunity) -> MadeOrder:
    """Make a draft of an order; Invalid for an opportunity without a company or lines."""
    found = reads.native(ctx, "opportunity", [params.opportunity], _TERMS)
    if params.opportunity not in found:
        raise NotFound("records.not_found", {"object": "opportunity", "id": str(params.opportunity)})
    deal = found[params.opportunity]
    if deal["company"] is None:
        raise wrong("opportunity", "company_missing")
    where = {"field": "opportunity", "op": "eq", "value": str(params.opportunity)}
    rows = reads.native(ctx, "opportunity_line", reads.ids(ctx, "opportunity_line", where), ("position", *COPIED))
    if not rows:
        raise wrong("opportunity", "no_lines")
    values: dict[str, Any] = {
        "company": str(deal["company"]), "contact": text(deal["contact"]), "currency": deal["currency"],
        "discount": deal["discount"], "prices_include_tax": deal["prices_include_tax"],
        "opportunity": str(params.opportunity), "lines": [{"values": copied(row)} for row in in_order(rows)],
    }  # fmt: skip
    (order,) = writes.create(ctx, "sales_order", [values])
    return {"order": str(order)}


def copied(row: dict[str, Any]) -> dict[str, Any]:
    """A line's values for another document."""
    return {key: text(row[key]) if isinstance(row[key], UUID) else row[key] for key in COPIED if row[key] is not None}


def in_order(rows: dict[UUID, dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines as they stand."""
    return [row for _, row in sorted(rows.items(), key=lambda one: (one[1]["position"] or 0, one[0]))]


def text(id_: UUID | None) -> str | None:
    """An id as writes take it."""
    return None if id_ is None else str(id_)
