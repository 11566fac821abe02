"""Tell what products cost a customer, with the reason of every price; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.catalogue import queries
from guanxi.areas.catalogue.queries import Item
from guanxi.areas.catalogue.rules.pricing import Customer, NoPrice, Price
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.numbers import plain
from guanxi.engine.records import reads
from guanxi.engine.records.titles import Titles, reference, titles
from guanxi.infra.errors import BadRequest, NotFound
from guanxi.infra.http.shapes import Id
from guanxi.infra.i18n import sentence
from guanxi.kit import money

MAX_LINES = 1000
"""Lines of one question."""


@dataclass(frozen=True)
class AskedLine:
    """A product and how many of it."""

    product: UUID
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True)
class PriceLines:
    """Lines to price for a company (without one: for anybody), in a currency (the workspace's), on a day (today)."""

    lines: Sequence[AskedLine]
    company: UUID | None = None
    currency: str | None = None
    day: date | None = None


class Titled(TypedDict):
    """A record with its title."""

    id: Id
    title: str


class PricedLine(TypedDict):
    """The price with its ``source``, or why there is none; what a line takes over from the product."""

    product: Id
    name: str
    price: str | None
    source: str | None
    book: Titled | None
    from_quantity: str | None
    unit: Titled | None
    tax_rate: Titled | None
    tax_percent: str | None
    code: str | None
    message: str | None


class PricedLines(TypedDict):
    """The lines in their order, and the currency that they are priced in."""

    currency: str
    lines: list[PricedLine]


@action("catalogue.price_lines", params=PriceLines, permission="product.read")
def price_lines(ctx: Context, params: PriceLines) -> PricedLines:
    """Unit prices of up to 1,000 lines, each with the book and tier that gave it or what is missing.

    NotFound for a product or a company that the person does not see.
    """
    if len(params.lines) > MAX_LINES:
        raise BadRequest("catalogue.too_many_lines", {"limit": MAX_LINES})
    currency, day = params.currency or ctx.workspace.currency, params.day or ctx.today
    if currency not in money.CURRENCIES:
        raise BadRequest("fields.unknown_currency", {"currency": currency[:10]})
    products = list(dict.fromkeys(line.product for line in params.lines))
    _all_visible(ctx, "product", products)
    customer = Customer()
    if params.company is not None:
        _all_visible(ctx, "company", [params.company])
        customer = queries.customers(ctx, [params.company])[params.company]
    prices = queries.price_list(ctx, products, [currency], [day])
    items = queries.items(ctx, products)
    found: list[Price | NoPrice] = []
    for line in params.lines:
        try:
            found.append(prices.price(line.product, line.quantity, customer, currency, day))
        except NoPrice as none:
            found.append(none)
    words = _words(ctx, found, items)
    lines = [
        _line(ctx, line.product, one, items[line.product], words) for line, one in zip(params.lines, found, strict=True)
    ]
    return {"currency": currency, "lines": lines}


def _all_visible(ctx: Context, object_key: str, ids: Sequence[UUID]) -> None:
    seen = reads.visible(ctx, object_key, ids)
    for one in ids:
        if one not in seen:
            raise NotFound("records.not_found", {"object": object_key, "id": str(one)})


def _words(ctx: Context, found: Sequence[Price | NoPrice], items: dict[UUID, Item]) -> Titles:
    wanted = {("price_book", one.book) for one in found if isinstance(one, Price) and one.book}
    wanted |= {("unit_of_measure", one.unit) for one in items.values() if one.unit}
    wanted |= {("tax_rate", one.tax_rate) for one in items.values() if one.tax_rate}
    return titles(ctx.as_system(), wanted)


def _line(ctx: Context, product: UUID, found: Price | NoPrice, item: Item, words: Titles) -> PricedLine:
    price = found if isinstance(found, Price) else None
    none = found if isinstance(found, NoPrice) else None

    def told(object_key: str, record: UUID | None) -> Any:
        return None if record is None else reference(words, object_key, record)

    return {
        "product": str(product),
        "name": item.name,
        "price": plain(price.amount) if price else None,
        "source": price.source if price else None,
        "book": told("price_book", price.book if price else None),
        "from_quantity": plain(price.from_quantity) if price and price.from_quantity is not None else None,
        "unit": told("unit_of_measure", item.unit),
        "tax_rate": told("tax_rate", item.tax_rate),
        "tax_percent": plain(item.tax_percent) if item.tax_percent is not None else None,
        "code": none.code if none else None,
        "message": sentence(none.code, none.params, ctx.language) if none else None,
    }
