"""Make the next version of a quote: a draft with the same lines; the older one is superseded."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from guanxi.areas.quotes import copying, moving
from guanxi.areas.quotes.actions.make_quote import MadeQuote
from guanxi.areas.quotes.rules import states
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes
from guanxi.engine.records.writes import Change

_KEPT = (
    "name", "number", "opportunity", "company", "contact", "currency", "prices_include_tax", "tax_rounding", "discount",
    "terms", "notes", "owner",
)  # fmt: skip


@dataclass(frozen=True)
class NewVersion:
    """The quote that is offered anew."""

    quote: UUID


@action("quotes.new_version", params=NewVersion, permission="quote.create")
def new_version(ctx: Context, params: NewVersion) -> MadeQuote:
    """The new draft; it keeps the number, and its offer begins today.

    NotFound for a quote that the person may not edit, WrongState for one that was accepted or has a newer version.
    """
    quote = moving.locked(ctx, params.quote)
    moving.check(params.quote, quote, states.SUPERSEDED, "not_superseded")
    values = {key: quote[key] for key in _KEPT if quote.get(key) is not None}
    values |= {"version": (quote["version"] or 1) + 1, "previous": params.quote, "issued_on": ctx.today}
    (made,) = writes.create(ctx.as_system(), "quote", [values])
    copying.carry(ctx, made, copying.lines(ctx, "quote_line", "quote", params.quote))
    moving.to(ctx, params.quote, states.SUPERSEDED)
    if quote["discount_excess"]:
        # What was approved for one version needs no second approval while nothing more is given.
        writes.update(ctx.as_system(), "quote", [Change(made, {"discount_excess": quote["discount_excess"]})])
    return {"quote": str(made)}
