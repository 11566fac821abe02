"""Which price holds: books by customer, day and priority, tiers by quantity, and what is taken where no book tells."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.catalogue.rules.limits import Giver, Limit, limit_of
from guanxi.areas.catalogue.rules.pricing import Book, Customer, NoPrice, PriceList, Product, reached
from guanxi.areas.catalogue.rules.rates import RateMissing, Rates
from guanxi.kit.money import Money

DAY = date(2026, 5, 1)


def known(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


def book(name: str, **settings: Any) -> Book:
    return Book(known(name), name, settings.pop("currency", "CNY"), **settings)


def listed(*books: Book, tiers: Mapping[str, list[tuple[str, str]]], price: Money | None = None) -> PriceList:
    """Prices of the product `p`, by the names of the books."""
    told = {(known(name), known("p")): [(Decimal(a), Decimal(b)) for a, b in some] for name, some in tiers.items()}
    return PriceList({known("p"): Product(known("p"), price)}, books, told)


def asked(prices: PriceList, quantity: str = "1", customer: Customer | None = None, currency: str = "CNY") -> Any:
    """The amount and the source, the book by its name; the code where there is no price."""
    names = {one.id: one.name for one in prices.books}
    try:
        found = prices.price(known("p"), Decimal(quantity), customer or Customer(), currency, DAY)
    except NoPrice as none:
        return none.code
    return str(found.amount), names[found.book] if found.book else found.source


TIERS = {"all": [("0", "100"), ("10", "90"), ("100", "80")]}


@pytest.mark.parametrize(
    ("quantity", "amount"),
    [("0", "100"), ("1", "100"), ("9.9999", "100"), ("10", "90"), ("99", "90"), ("100", "80"), ("-10", "90")],
)
def test_a_tier_holds_from_its_quantity_on(quantity: str, amount: str) -> None:
    assert asked(listed(book("all"), tiers=TIERS), quantity) == (amount, "all")


@pytest.mark.parametrize(
    ("first", "second", "customer", "holds"),
    [
        ({"priority": 1}, {}, Customer(), "a"),
        ({}, {"priority": 1}, Customer(), "b"),
        ({"levels": frozenset("A")}, {}, Customer("A"), "a"),
        ({"levels": frozenset("A")}, {}, Customer("B"), "b"),
        ({"levels": frozenset("A")}, {"priority": 5}, Customer("A"), "b"),
        ({"region": "44"}, {}, Customer(region="440305"), "a"),
        ({"region": "44"}, {"region": "4403"}, Customer(region="440305"), "b"),
        ({"region": "44"}, {"levels": frozenset("A"), "region": "44"}, Customer("A", "440305"), "b"),
        ({"region": "31"}, {}, Customer(region="440305"), "b"),
        ({"region": "31"}, {}, Customer(), "b"),
        ({"begins": date(2026, 4, 1)}, {"begins": date(2026, 1, 1)}, Customer(), "a"),
        ({"begins": date(2026, 5, 2)}, {}, Customer(), "b"),
        ({"ends": date(2026, 4, 30)}, {}, Customer(), "b"),
        ({"begins": DAY, "ends": DAY, "priority": 1}, {}, Customer(), "a"),
        ({"is_active": False, "priority": 1}, {}, Customer(), "b"),
        ({"currency": "USD", "priority": 1}, {}, Customer(), "b"),
    ],
)
def test_the_book_that_fits_best_holds(first: Any, second: Any, customer: Customer, holds: str) -> None:
    prices = listed(book("a", **first), book("b", **second), tiers={"a": [("0", "1")], "b": [("0", "2")]})

    assert asked(prices, customer=customer) == ({"a": "1", "b": "2"}[holds], holds)


def test_a_book_without_a_tier_for_the_quantity_is_passed_over() -> None:
    prices = listed(book("bulk", priority=9), book("all"), tiers={"bulk": [("50", "70")], **TIERS})

    assert (asked(prices, "49"), asked(prices, "50")) == (("90", "all"), ("70", "bulk"))


def test_without_a_book_the_product_tells_its_price() -> None:
    assert asked(listed(tiers={}, price=Money(Decimal("9.90"), "CNY"))) == ("9.90", "product")
    assert asked(listed(tiers={})) == "catalogue.no_price"


def test_prices_in_other_currencies_are_converted_by_the_rate_of_the_day() -> None:
    prices = listed(tiers={}, price=Money(Decimal(100), "CNY"))
    with_rates = PriceList(
        prices.products,
        rates=Rates("CNY", [("USD", date(2026, 1, 1), Decimal(7)), ("USD", date(2026, 6, 1), Decimal(8)),
                            ("KWD", date(2026, 1, 1), Decimal("23.1")), ("JPY", date(2026, 1, 1), Decimal("0.046"))]),
    )  # fmt: skip

    assert asked(prices, currency="USD") == "catalogue.rate_missing"
    assert asked(with_rates, currency="USD") == ("14.29", "converted")
    assert asked(with_rates, currency="KWD") == ("4.329", "converted")
    assert asked(with_rates, currency="JPY") == ("2174", "converted")


def test_a_bundle_without_a_price_costs_what_its_components_do() -> None:
    parts = ((known("x"), Decimal(2)), (known("y"), Decimal("0.5")))
    products = {
        known("p"): Product(known("p"), None, parts),
        known("x"): Product(known("x"), Money(Decimal(10), "CNY")),
        known("y"): Product(known("y")),
    }
    tiers = {(known("all"), known("y")): [(Decimal(0), Decimal(8)), (Decimal(5), Decimal(6))]}
    prices = PriceList(products, [book("all")], tiers)

    assert asked(prices) == ("24.0", "components")
    assert asked(prices, "10") == ("23.0", "components")
    assert asked(PriceList(products)) == "catalogue.no_price"


def test_a_rate_holds_until_the_next_one() -> None:
    rates = Rates("CNY", [("USD", date(2026, 3, 1), Decimal("7.2")), ("USD", date(2026, 1, 1), Decimal("7.1"))])

    assert rates.on("USD", date(2026, 2, 28)) == Decimal("7.1")
    assert rates.on("USD", date(2026, 3, 1)) == Decimal("7.2")
    assert rates.on("CNY", date(1990, 1, 1)) == 1
    with pytest.raises(RateMissing):
        rates.on("USD", date(2025, 12, 31))
    with pytest.raises(RateMissing):
        rates.on("EUR", DAY)


_amounts = st.decimals(0, 1000, places=2)


@given(st.lists(st.tuples(_amounts, _amounts), max_size=6), _amounts, _amounts)
def test_more_never_reaches_a_lower_tier(tiers: list[tuple[Decimal, Decimal]], one: Decimal, more: Decimal) -> None:
    low, high = reached(tiers, min(one, more)), reached(tiers, max(one, more))

    assert low is None or (high is not None and low[0] <= high[0])


@pytest.mark.parametrize(
    ("giver", "limit"),
    [
        (Giver(), "5"),
        (Giver(roles=[known("seller")]), "10"),
        (Giver(roles=[known("seller")], departments=[known("south")]), "15"),
        (Giver(departments=[known("south")]), "5"),
        (Giver(roles=[known("seller")], job_title="总监"), "30"),
    ],
)
def test_the_highest_limit_that_holds_is_the_limit(giver: Giver, limit: str) -> None:
    limits = [
        Limit(Decimal(5)),
        Limit(Decimal(10), role=known("seller")),
        Limit(Decimal(15), role=known("seller"), department=known("south")),
        Limit(Decimal(30), job_title="总监"),
    ]

    assert limit_of(giver, limits) == Decimal(limit)
    assert limit_of(giver, limits[3:]) == (Decimal(30) if giver.job_title else None)
