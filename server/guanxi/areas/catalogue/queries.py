"""What the catalogue reads, for whole lists at once and whoever asks: prices hold for those who may not look at books."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from guanxi.areas.catalogue.rules.limits import Giver, Limit, limit_of
from guanxi.areas.catalogue.rules.pricing import Book, Customer, PriceList, Product
from guanxi.areas.catalogue.rules.rates import Rates
from guanxi.capabilities.identity.organisation import organisation_in
from guanxi.capabilities.identity.tree import with_ancestors
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.kit import divisions, money
from guanxi.kit.money import Money

_BOOK = ("name", "currency", "levels", "region", "valid_from", "valid_to", "priority", "is_active")


@dataclass(frozen=True, slots=True)
class Item:
    """What a line takes over from its product."""

    name: str
    unit: UUID | None
    digits: int | None
    tax_rate: UUID | None
    tax_percent: Decimal | None
    cost: Money | None


@dataclass(frozen=True, slots=True)
class Rounding:
    """How amounts of a currency are rounded, and whether taxes are rounded once for a document."""

    digits: int
    mode: Literal["half_up", "half_even", "up", "down"] = "half_up"
    document_tax: bool = False


def roundings(ctx: Context) -> dict[str, Rounding]:
    """The rules of rounding that the workspace has, by currency; the others are rounded as they are paid."""
    system = ctx.as_system()
    fields = ("currency", "digits", "mode", "tax_rounding")
    rows = reads.native(system, "rounding_rule", reads.ids(system, "rounding_rule", None), fields)
    return {
        row["currency"]: Rounding(
            money.decimals(row["currency"]) if row["digits"] is None else row["digits"],
            row["mode"] or "half_up",
            row["tax_rounding"] == "document",
        )
        for row in rows.values()
    }


def items(ctx: Context, products: Collection[UUID]) -> dict[UUID, Item]:
    """What lines take over, by product; those that are gone are left out."""
    fields = ("name", "unit_of_measure", "unit_of_measure.digits", "tax_rate", "tax_rate.percent", "cost")
    rows = reads.native(ctx.as_system(), "product", list(products), fields) if products else {}
    return {
        one: Item(
            row["name"] or "",
            row["unit_of_measure"],
            row["unit_of_measure.digits"],
            row["tax_rate"],
            row["tax_rate.percent"],
            row["cost"],
        )
        for one, row in rows.items()
    }


def tax_percents(ctx: Context, rates: Collection[UUID]) -> dict[UUID, Decimal]:
    """The percent of each tax rate."""
    rows = reads.native(ctx.as_system(), "tax_rate", list(rates), ("percent",)) if rates else {}
    return {one: row["percent"] or Decimal(0) for one, row in rows.items()}


def customers(ctx: Context, companies: Collection[UUID]) -> dict[UUID, Customer]:
    """What price books ask of companies."""
    rows = reads.native(ctx.as_system(), "company", list(companies), ("level", "address")) if companies else {}
    return {one: Customer(row["level"], _region(row["address"])) for one, row in rows.items()}


def price_list(
    ctx: Context, products: Iterable[UUID], currencies: Collection[str], days: Collection[date]
) -> PriceList:
    """All that the prices of these products are worked out of, in as many statements whatever their number."""
    system = ctx.as_system()
    own, parts = _products(system, set(products))
    wanted = {*own, *(part for some in parts.values() for part, _ in some)}
    more, _ = _products(system, wanted - own.keys())
    found = {one: Product(one, row["price"], tuple(parts.get(one, ()))) for one, row in (own | more).items()}
    books = _books(system, currencies, days)
    return PriceList(found, books, _tiers(system, books, wanted), rates(ctx, currencies, found.values()))


def rates(ctx: Context, currencies: Collection[str], products: Iterable[Product] = ()) -> Rates:
    """The history of the rates that conversions into these currencies may need."""
    prices = {one.price.currency for one in products if one.price is not None}
    wanted = {*prices, *currencies} if prices - set(currencies) else set()
    return rate_history(ctx, wanted)


def rate_history(ctx: Context, currencies: Collection[str]) -> Rates:
    """The history of what some currencies were worth in the workspace's own."""
    own = ctx.workspace.currency
    wanted = sorted(set(currencies) - {own})
    if not wanted:
        return Rates(own)
    system = ctx.as_system()
    where = {"field": "currency", "op": "in", "value": wanted}
    fields = ("currency", "rate", "valid_from")
    rows = reads.native(system, "currency_rate", reads.ids(system, "currency_rate", where), fields)
    return Rates(own, [(row["currency"], row["valid_from"], row["rate"]) for row in rows.values()])


def discount_limit(ctx: Context) -> Decimal | None:
    """How much discount whoever writes may give by themselves; None without a limit."""
    system = ctx.as_system()
    ids = reads.ids(system, "discount_limit", None)
    if not ids or ctx.author is None:
        return None
    rows = reads.native(system, "discount_limit", ids, ("percent", "role", "department", "job_title"))
    limits = [Limit(row["percent"], row["role"], row["department"], row["job_title"]) for row in rows.values()]
    there = organisation_in(ctx)
    person = there.people.get(ctx.author)
    above = {up for one in (person.departments if person else ()) for up in with_ancestors(there.departments, one)}
    title = reads.native(system, "member", [ctx.author], ("title",)).get(ctx.author, {}).get("title")
    return limit_of(Giver(set(there.held(ctx.author)), above, title), limits)


def _products(
    system: Context, products: Collection[UUID]
) -> tuple[dict[UUID, dict[str, Any]], dict[UUID, list[tuple[UUID, Decimal]]]]:
    """The products with their own prices, and the components of the bundles among them."""
    rows = reads.native(system, "product", list(products), ("price", "kind")) if products else {}
    bundles = [one for one, row in rows.items() if row["kind"] == "bundle"]
    parts: dict[UUID, list[tuple[UUID, Decimal]]] = {}
    if bundles:
        where = {"field": "bundle", "op": "in", "value": [str(one) for one in bundles]}
        found = reads.ids(system, "product_component", where)
        for row in reads.native(system, "product_component", found, ("bundle", "component", "quantity")).values():
            parts.setdefault(row["bundle"], []).append((row["component"], row["quantity"]))
    return rows, parts


def _books(system: Context, currencies: Collection[str], days: Collection[date]) -> list[Book]:
    if not days:
        return []
    where = {
        "and": [
            {"field": "is_active", "op": "eq", "value": True},
            {"field": "currency", "op": "in", "value": sorted(currencies)},
        ]
    }
    rows = reads.native(system, "price_book", reads.ids(system, "price_book", where), _BOOK)
    return [
        Book(
            one, row["name"], row["currency"], frozenset(row["levels"] or ()), row["region"], row["valid_from"],
            row["valid_to"], row["priority"] or 0,
        )
        for one, row in rows.items()
        if (row["valid_from"] is None or row["valid_from"] <= max(days))
        and (row["valid_to"] is None or row["valid_to"] >= min(days))
    ]  # fmt: skip


def _tiers(
    system: Context, books: Iterable[Book], products: Collection[UUID]
) -> Mapping[tuple[UUID, UUID], list[tuple[Decimal, Decimal]]]:
    chosen = [str(one.id) for one in books]
    if not chosen or not products:
        return {}
    where = {
        "and": [
            {"field": "price_book", "op": "in", "value": chosen},
            {"field": "product", "op": "in", "value": [str(one) for one in products]},
        ]
    }
    fields = ("price_book", "product", "from_quantity", "price")
    tiers: dict[tuple[UUID, UUID], list[tuple[Decimal, Decimal]]] = {}
    for row in reads.native(system, "price_entry", reads.ids(system, "price_entry", where), fields).values():
        tiers.setdefault((row["price_book"], row["product"]), []).append((row["from_quantity"], row["price"]))
    return tiers


def _region(address: Mapping[str, str] | None) -> str | None:
    """The code of the division that an address lies in; None where its words tell none."""
    parts = address or {}
    text = "".join(parts.get(one, "") for one in ("province", "city", "district")) or parts.get("street", "")
    with suppress(divisions.Ambiguous):
        return divisions.find(text) if text else None
    return None
