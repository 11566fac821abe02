"""Lines as they are written: what follows from the values that somebody gives. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from guanxi.areas.catalogue.rules import lines
from guanxi.areas.catalogue.rules.pricing import Price

AMOUNTS = frozenset(
    {"quantity", "list_price", "discount", "unit_price", "tax_rate", "product", "kind", "optional", "chosen"}
)
"""What the amounts of a line follow from."""
_ZERO = Decimal(0)


class PriceChanged(Exception):
    """The list price that was seen is not the one that holds by now."""

    def __init__(self, now: Decimal, seen: Decimal) -> None:
        super().__init__(now, seen)
        self.now = now
        self.seen = seen


def prices(
    asked: Collection[str], given: Mapping[str, Any], before: Mapping[str, Any], found: Price | None
) -> dict[str, Any]:
    """The list price, the discount and the unit price of a line that follow from what is ``asked`` for.

    ``found`` is the price that holds by now, None where none was looked for or found. A unit price that is asked for
    makes the discount; otherwise the discount makes the unit price. PriceChanged for a list price that is not that one.
    """

    def value(key: str) -> Decimal | None:
        return given[key] if key in given else before.get(key)

    listed = value("list_price")
    told: dict[str, Any] = {}
    if found is not None:
        if "list_price" in asked and listed is not None and listed != found.amount:
            raise PriceChanged(found.amount, listed)
        listed = found.amount
        told |= {"price_source": found.source, "price_book": found.book, "price_from": found.from_quantity}
    elif "list_price" in asked or not before:
        told |= {"price_source": "manual", "price_book": None, "price_from": None}
    price = given.get("unit_price") if "unit_price" in asked else None
    if listed is None:
        listed = price if price is not None else value("unit_price") or _ZERO
    if price is None:
        percent = value("discount") or _ZERO
        return told | {
            "list_price": listed, "discount": percent, "unit_price": lines.unit_price(listed, percent),
        }  # fmt: skip
    return told | {"list_price": listed, "discount": lines.discount(listed, price), "unit_price": price}
