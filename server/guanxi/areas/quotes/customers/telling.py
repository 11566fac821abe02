"""What a customer is told of a quote: what is offered and on which terms, never cost, margin or internal notes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.catalogue.api import currency_of, roundings, terms_of
from guanxi.areas.quotes.customers.links import Opened
from guanxi.areas.quotes.rules import states
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.numbers import plain
from guanxi.engine.records import reads
from guanxi.engine.records.titles import titles
from guanxi.infra.http.shapes import Id, Instant
from guanxi.kit.money import Money

_LINE = ("position", "kind", "name", "quantity", "unit", "list_price", "discount", "unit_price", "tax_percent",
         "optional", "chosen", "net", "tax", "total")  # fmt: skip


class OfferedLine(TypedDict):
    """A line as the customer sees it."""

    id: Id
    kind: str
    name: str
    quantity: str
    unit: str | None
    list_price: str | None
    discount: str | None
    unit_price: str
    tax_percent: str
    optional: bool
    chosen: bool
    net: str
    tax: str
    total: str


class OfferedTerms(TypedDict):
    """What the lines' amounts follow from, so that the page can add up what is chosen."""

    currency: str
    digits: int
    discount: str
    tax_included: bool
    document_tax: bool
    rounding: Literal["half_up", "half_even", "up", "down"]


class Remark(TypedDict):
    """What the customer wrote."""

    text: str
    person: str | None
    at: Instant


class OfferedQuote(TypedDict):
    """The quote behind an address. ``is_over``: its last day has passed; ``may_answer``: it waits for an answer."""

    workspace: str
    number: str
    version: int
    name: str
    status: str
    is_over: bool
    may_answer: bool
    company: str | None
    contact: str | None
    seller: str | None
    issued_on: str | None
    valid_until: str | None
    terms_text: str | None
    answered_at: Instant | None
    answered_by: str | None
    arithmetic: OfferedTerms
    lines: list[OfferedLine]
    net: str
    tax: str
    total: str
    remarks: list[Remark]


def offered(opened: Opened) -> OfferedQuote:
    """Everything that the page shows."""
    ctx, row = opened.ctx, opened.row
    over = states.is_over(row, ctx.today)
    words = titles(
        ctx,
        {
            (key, row[of])
            for key, of in (("company", "company"), ("contact", "contact"), ("member", "owner"))
            if row[of]
        },
    )
    terms = terms_of(ctx, row, roundings(ctx))
    return {
        "workspace": ctx.workspace.name,
        "number": row["number"] or "",
        "version": row["version"] or 1,
        "name": row["name"] or "",
        "status": states.EXPIRED if over and row["status"] == states.SENT else row["status"],
        "is_over": over,
        "may_answer": row["status"] == states.SENT and not over,
        "company": words.get(("company", row["company"])),
        "contact": words.get(("contact", row["contact"])),
        "seller": words.get(("member", row["owner"])),
        "issued_on": _day(row["issued_on"]),
        "valid_until": _day(row["valid_until"]),
        "terms_text": row["terms"],
        "answered_at": _instant(row["answered_at"]),
        "answered_by": row["answered_by"],
        "arithmetic": {
            "currency": currency_of(ctx, row),
            "digits": terms.digits,
            "discount": plain(terms.discount),
            "tax_included": terms.tax_included,
            "document_tax": terms.document_tax,
            "rounding": terms.rounding,
        },
        "lines": lines_of(ctx, opened.quote),
        "net": _amount(row["net_amount"]),
        "tax": _amount(row["tax_amount"]),
        "total": _amount(row["amount"]),
        "remarks": _remarks(ctx, opened.link),
    }


def lines_of(ctx: Context, quote: UUID) -> list[OfferedLine]:
    """The lines in their order."""
    found = reads.ids(ctx, "quote_line", {"field": "quote", "op": "eq", "value": str(quote)})
    rows = reads.native(ctx, "quote_line", found, _LINE)
    units = titles(ctx, {("unit_of_measure", row["unit"]) for row in rows.values() if row["unit"]})
    in_order = sorted(rows.items(), key=lambda one: (one[1]["position"] or 0, one[0]))
    return [_line(line, row, units.get(("unit_of_measure", row["unit"]))) for line, row in in_order]


def _line(line: UUID, row: dict[str, Any], unit: str | None) -> OfferedLine:
    def number(key: str) -> str:
        return plain(row[key]) if row[key] is not None else "0"

    return {
        "id": str(line),
        "kind": row["kind"] or "item",
        "name": row["name"] or "",
        "quantity": number("quantity"),
        "unit": unit,
        "list_price": None if row["list_price"] is None else plain(row["list_price"]),
        "discount": None if row["discount"] is None else plain(row["discount"]),
        "unit_price": number("unit_price"),
        "tax_percent": number("tax_percent"),
        "optional": bool(row["optional"]),
        "chosen": bool(row["chosen"]),
        "net": _amount(row["net"]),
        "tax": _amount(row["tax"]),
        "total": _amount(row["total"]),
    }


def _remarks(ctx: Context, link: UUID) -> list[Remark]:
    """What was written at this address; others' remarks are not told."""
    where = {
        "and": [
            {"field": "link", "op": "eq", "value": str(link)},
            {"field": "kind", "op": "eq", "value": "commented"},
        ]
    }
    rows = reads.native(ctx, "quote_event", reads.ids(ctx, "quote_event", where), ("text", "person", "at"))
    in_order = sorted(rows.values(), key=lambda row: row["at"])
    return [{"text": row["text"] or "", "person": row["person"], "at": _instant(row["at"]) or ""} for row in in_order]


def _amount(value: Money | None) -> str:
    return plain(value.amount) if value is not None else "0"


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _instant(value: datetime | None) -> str | None:
    return value.isoformat().replace("+00:00", "Z") if value else None
