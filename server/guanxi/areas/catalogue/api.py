"""The only door to the catalogue for other areas: prices, the arithmetic of lines, discount limits."""

from guanxi.areas.catalogue.actions.price_lines import PriceLines, price_lines
from guanxi.areas.catalogue.queries import Item, customers, discount_limit, items, price_list, tax_percents
from guanxi.areas.catalogue.rules import lines
from guanxi.areas.catalogue.rules.pricing import Customer, NoPrice, Price, PriceList
from guanxi.areas.catalogue.seed import seed

__all__ = [
    "Customer",
    "Item",
    "NoPrice",
    "Price",
    "PriceLines",
    "PriceList",
    "customers",
    "discount_limit",
    "items",
    "lines",
    "price_lines",
    "price_list",
    "seed",
    "tax_percents",
]
