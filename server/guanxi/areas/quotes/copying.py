"""Lines that are carried over between a quote and another document, at the prices that were given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes

_CARRIED = ("position", "kind", "product", "name", "quantity", "unit", "unit_price", "tax_rate", "optional", "chosen")
_TERMS = ("currency", "discount", "prices_include_tax", "tax_rounding", "discount_excess")


def lines(ctx: Context, object_key: str, parent: str, record: UUID) -> list[dict[str, Any]]:
    """The lines of a document in their order, as far as quotes have the same."""
    system = ctx.as_system()
    fields = ctx.snapshot.object(object_key).fields
    keys = tuple(key for key in (*_CARRIED, "list_price") if key in fields)
    found = reads.ids(system, object_key, {"field": parent, "op": "eq", "value": str(record)})
    rows = reads.native(system, object_key, found, keys)
    return sorted(rows.values(), key=lambda row: row["position"] or 0)


def terms(ctx: Context, object_key: str, record: UUID) -> dict[str, Any]:
    """What holds for all lines of a document."""
    fields = ctx.snapshot.object(object_key).fields
    keys = tuple(key for key in (*_TERMS, "amount") if key in fields)
    return reads.native(ctx.as_system(), object_key, [record], keys)[record]


def carry(ctx: Context, quote: UUID, rows: list[dict[str, Any]]) -> None:
    """Write lines to a quote. The prices were agreed on once, so nobody is asked about their discounts again."""
    made = [{**_values(row), "quote": quote} for row in rows]
    if made:
        writes.create(ctx.as_system(), "quote_line", made)


def agree(ctx: Context, quote: UUID, deal: UUID) -> None:
    """What a quote sells becomes what its opportunity is about and worth, unless that has lines of its own."""
    system = ctx.as_system()
    if reads.ids(system, "opportunity_line", {"field": "opportunity", "op": "eq", "value": str(deal)}):
        return
    known = ctx.snapshot.object("opportunity_line").fields
    sold = [
        {key: value for key, value in _values(row).items() if key in known} | {"opportunity": deal}
        for row in lines(ctx, "quote_line", "quote", quote)
        if row["kind"] == "item" and (not row["optional"] or row["chosen"])
    ]
    if not sold:
        return
    held = terms(ctx, "quote", quote)
    asked = {key: held[key] for key in ("currency", "prices_include_tax", "discount") if held[key] is not None}
    writes.update(system, "opportunity", [writes.Change(deal, asked)])
    writes.create(system, "opportunity_line", sold)


def _values(row: dict[str, Any]) -> dict[str, Any]:
    values = {key: value for key, value in row.items() if value is not None and key != "list_price"}
    if row.get("product") is None and row.get("list_price") is not None:
        values["list_price"] = row["list_price"]
    return values
