"""What the sample company sells by categories, at which prices for whom, and the lines of some of its opportunities."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from guanxi.packs.sample.chance import Chance
from guanxi.packs.sample.draft import Draft, Ref
from guanxi.packs.sample.organisation import ADMINISTRATOR
from guanxi.packs.sample.sales import Deal
from guanxi.packs.sample.words import words

SERVICES = "服务"
_TAXES = {SERVICES: Ref("tax:6")}
_GOODS_TAX = Ref("tax:13")
_COST = {"软件": Decimal("0.35"), "硬件": Decimal("0.68"), SERVICES: Decimal("0.55")}
WITH_LINES = 4
"""One opportunity in so many has lines."""
_LIMITS = (("销售折扣上限", "role:salesperson", 10), ("经理折扣上限", "role:manager", 20))


def categories(chance: Chance) -> list[Draft]:
    """One for each series."""
    series = dict.fromkeys(row["series"] for row in words()["products"])
    return [
        Draft("product_category", f"category:{one}", ADMINISTRATOR.key, _began(chance), {"name": one, "position": at})
        for at, one in enumerate(series, 1)
    ]


def of_product(row: dict[str, Any]) -> dict[str, Any]:
    """What the catalogue adds to a product."""
    return {
        "category": Ref(f"category:{row['series']}"),
        "kind": "service" if row["series"] == SERVICES else "goods",
        "tax_rate": _TAXES.get(row["series"], _GOODS_TAX),
        "cost": str((row["price"] * _COST.get(row["series"], Decimal("0.5"))).quantize(Decimal(1), ROUND_HALF_UP)),
    }


def price_books(chance: Chance) -> list[Draft]:
    """One for everybody with tiers, and a better one for the most important customers."""
    at = _began(chance)
    begins = at.astimezone(chance.zone).date()
    everybody = {"name": "标准价格表", "valid_from": begins, "priority": 0}
    important = {"name": "A 级客户协议价", "levels": ["A"], "valid_from": begins, "priority": 10}
    books = [
        Draft("price_book", "price_book:all", ADMINISTRATOR.key, at, everybody),
        Draft("price_book", "price_book:A", ADMINISTRATOR.key, at, important),
    ]
    entries = []
    for row in words()["products"]:
        tiers = [("all", 0, 100), ("all", 20, 95), ("A", 0, 93), ("A", 20, 88)]
        for book, start, percent in tiers if row["series"] == "硬件" else (tiers[0], tiers[2]):
            values = {
                "price_book": Ref(f"price_book:{book}"),
                "product": Ref(f"product:{row['code']}"),
                "from_quantity": str(start),
                "price": str(Decimal(row["price"]) * percent / 100),
            }
            name = f"price:{book}:{row['code']}:{start}"
            entries.append(Draft("price_entry", name, ADMINISTRATOR.key, at, values))
    return books + entries


def limits(chance: Chance) -> list[Draft]:
    """What salespeople and managers may give without being asked."""
    return [
        Draft("discount_limit", f"limit:{role}", ADMINISTRATOR.key, _began(chance),
              {"name": name, "role": Ref(role), "percent": str(percent)})
        for name, role, percent in _LIMITS
    ]  # fmt: skip


def lines(deals: list[Deal]) -> list[Draft]:
    """Lines of every fourth opportunity, about as much as it was thought to be worth; its amount follows them."""
    rows = {row["code"]: row for row in words()["products"]}
    made = []
    for place, deal in enumerate(deals[::WITH_LINES]):
        code = deal.draft.values["product"].name.removeprefix("product:")
        row = rows[code]
        wanted = [(code, max(1, round(Decimal(deal.draft.values["amount"]) / row["price"])), place % 3 * 4)]
        if row["series"] != SERVICES:
            wanted += [("SV-IMP", 5 + place % 6 * 5, 0), ("SV-MNT", 1, 0)][: 1 + place % 2]
        for number, (product, quantity, discount) in enumerate(wanted, 1):
            values = {
                "opportunity": deal.draft.ref,
                "product": Ref(f"product:{product}"),
                "quantity": str(quantity),
                "discount": str(discount),
                "position": number,
            }
            made.append(
                Draft("opportunity_line", f"{deal.draft.name}:{number}", deal.draft.owner, deal.draft.at, values)
            )
        for step in deal.draft.steps:
            step.values.pop("amount", None)
    return made


def _began(chance: Chance) -> Any:
    return chance.now - timedelta(days=364)
