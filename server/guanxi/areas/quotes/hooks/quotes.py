"""A quote is called after its opportunity, takes over whose it is, and says until when it holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from guanxi.areas.quotes.rules import states
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.titles import titles
from guanxi.infra.errors import FieldError, Invalid


@hook("quote", "before", fields={"opportunity", "company", "issued_on", "valid_until"}, ops=("create", "update"))
def quotes_are_complete(ctx: Context, batch: list[Write]) -> None:
    """Company, contact and name come from the opportunity unless given; an offer ends after it begins."""
    deals = {write.new["opportunity"] for write in batch if write.new.get("opportunity")}
    rows = reads.native(ctx.as_system(), "opportunity", list(deals), ("name", "company", "contact", "currency"))
    _take_over(batch, rows)
    companies = {write.value("company") for write in batch if not write.value("name")} - {None}
    names = titles(ctx.as_system(), {("company", one) for one in companies})
    errors = []
    for write in batch:
        if not write.value("name"):
            write.new["name"] = names.get(("company", write.value("company"))) or "—"
        if write.op == "create":
            if write.new.get("issued_on") is None:
                write.new["issued_on"] = ctx.today
            if write.new.get("valid_until") is None:
                write.new["valid_until"] = states.until(write.new["issued_on"])
        begins, ends = write.value("issued_on"), write.value("valid_until")
        if begins and ends and ends < begins:
            errors.append(FieldError("valid_until", "quotes.ends_before_it_begins", row=write.row))
    if errors:
        raise Invalid(errors)


def _take_over(batch: list[Write], deals: dict[UUID, dict[str, Any]]) -> None:
    for write in batch:
        deal = deals.get(write.new.get("opportunity") or write.id)
        if deal is None:
            continue
        for key in ("name", "company", "contact"):
            if deal[key] is not None and write.value(key) is None:
                write.new[key] = deal[key]
