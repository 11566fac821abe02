"""What a product costs a customer: which price book holds, which tier of it, and what is taken where none does.

A book applies that is active, of the currency, valid on the day, and for the customer's level and region. Of those the
one with the highest priority holds, then the one that is for fewer customers, then the younger one. Its tier is the
highest ``from_quantity`` that the quantity reaches; a book without such a tier is passed over. Where no book tells a
price the product's own does, converted by the rate of the day; a bundle without one costs what its components do.
Prices of books are taken as they were entered; converted ones are rounded to what the currency can pay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from guanxi.areas.catalogue.rules.rates import RateMissing, Rates
from guanxi.kit.money import Money

Source = Literal["book", "product", "components", "converted"]


@dataclass(frozen=True, slots=True)
class Book:
    """A price book: no ``levels`` are all levels, no ``region`` is everywhere. Regions are codes that begin with those
    of the regions around them.
    """

    id: UUID
    name: str
    currency: str
    levels: frozenset[str] = frozenset()
    region: str | None = None
    begins: date | None = None
    ends: date | None = None
    priority: int = 0
    is_active: bool = True

    def applies(self, customer: Customer, currency: str, day: date) -> bool:
        """Whether it is for this customer and currency on the day, its first and last one included."""
        return (
            self.is_active
            and self.currency == currency
            and (self.begins is None or self.begins <= day)
            and (self.ends is None or day <= self.ends)
            and (not self.levels or customer.level in self.levels)
            and (self.region is None or (customer.region or "").startswith(self.region))
        )

    @property
    def rank(self) -> tuple[Any, ...]:
        """Sorts the books of which several apply: the one that holds comes first."""
        begins = self.begins.toordinal() if self.begins else 0
        return -self.priority, -bool(self.levels) - bool(self.region), -len(self.region or ""), -begins, str(self.id)


@dataclass(frozen=True, slots=True)
class Customer:
    """What books ask of a customer."""

    level: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """A product with its own price, and for bundles the components with their quantities."""

    id: UUID
    price: Money | None = None
    components: tuple[tuple[UUID, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Price:
    """A unit price and why it is that: the ``source``, and of a book which and from which quantity on."""

    amount: Decimal
    currency: str
    source: Source
    book: UUID | None = None
    from_quantity: Decimal | None = None


class NoPrice(Exception):
    """Nothing tells what the product costs; ``code`` and ``params`` say what is missing."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class PriceList:
    """All that prices of some products are worked out of. ``tiers`` are by book and product, from quantity to price."""

    products: Mapping[UUID, Product]
    books: Sequence[Book] = ()
    tiers: Mapping[tuple[UUID, UUID], Sequence[tuple[Decimal, Decimal]]] = field(default_factory=dict)
    rates: Rates = field(default_factory=lambda: Rates("CNY"))

    def price(self, product: UUID, quantity: Decimal, customer: Customer, currency: str, day: date) -> Price:
        """The unit price; NoPrice where there is none. A quantity below zero has the price of as many above."""
        return self._price(product, abs(quantity), self.applying(customer, currency, day), currency, day)

    def applying(self, customer: Customer, currency: str, day: date) -> list[Book]:
        """The books that apply, in the order in which they hold."""
        return sorted((one for one in self.books if one.applies(customer, currency, day)), key=lambda one: one.rank)

    def _price(self, product: UUID, quantity: Decimal, books: Iterable[Book], currency: str, day: date) -> Price:
        books = list(books)
        for book in books:
            tier = reached(self.tiers.get((book.id, product), ()), quantity)
            if tier is not None:
                return Price(tier[1], currency, "book", book.id, tier[0])
        own = self.products[product]
        if own.price is not None:
            return self._own(own.price, currency, day)
        if not own.components:
            raise NoPrice("catalogue.no_price", currency=currency, day=day.isoformat())
        parts = [(self._price(one, quantity * each, books, currency, day), each) for one, each in own.components]
        return Price(sum((part.amount * each for part, each in parts), Decimal(0)), currency, "components")

    def _own(self, price: Money, currency: str, day: date) -> Price:
        if price.currency == currency:
            return Price(price.amount, currency, "product")
        try:
            return Price(self.rates.convert(price, currency, day).amount, currency, "converted")
        except RateMissing as missing:
            params = {"currency": missing.currency, "own": self.rates.own, "day": missing.day.isoformat()}
            raise NoPrice("catalogue.rate_missing", **params) from None


def reached(tiers: Iterable[tuple[Decimal, Decimal]], quantity: Decimal) -> tuple[Decimal, Decimal] | None:
    """The highest tier that the quantity reaches; None below all of them."""
    return max((one for one in tiers if one[0] <= quantity), default=None)
