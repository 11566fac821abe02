"""Make a quote of an opportunity, with its lines, terms, company and contact."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.quotes import copying
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import NotFound
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class MakeQuote:
    """The opportunity that is quoted."""

    opportunity: UUID


class MadeQuote(TypedDict):
    """The quote that was made."""

    quote: Id


@action("quotes.make_quote", params=MakeQuote, permission="quote.create")
def make_quote(ctx: Context, params: MakeQuote) -> MadeQuote:
    """A draft with everything that the opportunity has; the unit prices stay as they were promised.

    NotFound for an opportunity that the person does not see.
    """
    if params.opportunity not in reads.visible(ctx, "opportunity", [params.opportunity]):
        raise NotFound("records.not_found", {"object": "opportunity", "id": str(params.opportunity)})
    held = copying.terms(ctx, "opportunity", params.opportunity)
    lines = copying.lines(ctx, "opportunity_line", "opportunity", params.opportunity)
    amount = held["amount"]
    currency = held["currency"] or (amount.currency if amount else None)
    values = {
        "opportunity": params.opportunity,
        "currency": currency,
        "prices_include_tax": held["prices_include_tax"] is not False,
    }
    (quote,) = writes.create(ctx, "quote", [{key: value for key, value in values.items() if value is not None}])
    copying.carry(ctx, quote, lines)
    if held["discount"]:
        writes.update(ctx.as_system(), "quote", [writes.Change(quote, {"discount": held["discount"]})])
    return {"quote": str(quote)}
