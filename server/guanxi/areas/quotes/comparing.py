"""Two versions of a quote side by side, as far as the reader sees them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from typing_extensions import TypedDict

from guanxi.areas.quotes.rules.comparison import COMPARED, Difference, compare
from guanxi.engine.context import Context
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.engine.objects.fields.numbers import plain
from guanxi.engine.records import reads
from guanxi.infra.errors import NotFound
from guanxi.infra.http.responses import json_response
from guanxi.infra.http.shapes import Id
from guanxi.kit.money import Money


class ComparedQuote(TypedDict):
    """One of the two versions with its totals."""

    id: Id
    version: int
    status: str
    currency: str | None
    net: str | None
    tax: str | None
    total: str | None


class QuoteComparison(TypedDict):
    """What the later one has and the earlier has not."""

    before: ComparedQuote
    after: ComparedQuote
    lines: list[Difference]


def compare_quotes(request: HttpRequest, workspace: str, id: UUID, other: UUID) -> HttpResponse:  # noqa: A002 - the words of the API
    """Lines and totals of the quote as against those of the other one, which is taken as the earlier."""
    with request_work(request, workspace) as ctx:
        after, before = _told(ctx, id), _told(ctx, other)
        return json_response({"before": before, "after": after, "lines": compare(_lines(ctx, other), _lines(ctx, id))})


def _told(ctx: Context, quote: UUID) -> ComparedQuote:
    ctx.object("quote")
    fields = ("version", "status", "net_amount", "tax_amount", "amount")
    row = reads.native(ctx, "quote", [quote], fields).get(quote)
    if row is None:
        raise NotFound("records.not_found", {"object": "quote", "id": str(quote)})
    amount: Money | None = row["amount"]
    return {
        "id": str(quote),
        "version": row["version"] or 1,
        "status": row["status"] or "",
        "currency": amount.currency if amount else None,
        "net": _number(row["net_amount"]),
        "tax": _number(row["tax_amount"]),
        "total": _number(amount),
    }


def _lines(ctx: Context, quote: UUID) -> list[dict[str, Any]]:
    found = reads.ids(ctx, "quote_line", {"field": "quote", "op": "eq", "value": str(quote)})
    rows = reads.native(ctx, "quote_line", found, (*COMPARED, "position", "product", "kind"))
    in_order = sorted(rows.values(), key=lambda row: row["position"] or 0)
    return [{key: _number(value) for key, value in row.items()} for row in in_order]


def _number(value: Any) -> Any:
    if isinstance(value, Money):
        return plain(value.amount)
    return (
        value
        if value is None or isinstance(value, (bool, str, int))
        else plain(value)
        if not isinstance(value, UUID)
        else str(value)
    )


ROUTES = (Route("GET", "quotes/<uuid:id>/compared/<uuid:other>", compare_quotes, "quotes", QuoteComparison),)
