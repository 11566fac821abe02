"""The only door to the catalogue for other areas: prices, the arithmetic of lines, discount limits."""

from guanxi.areas.catalogue.actions.price_lines import PriceLines, price_lines
from guanxi.areas.catalogue.documents.conversion import (
    CONVERTED,
    Conversion,
    Taken,
    TakenPart,
    converts,
    recount,
    take,
    terms_for,
)
from guanxi.areas.catalogue.documents.declaration import PricedDocument, currency_of, line_of, terms_of
from guanxi.areas.catalogue.documents.declare import declare, declared
from guanxi.areas.catalogue.errors import NothingLeft
from guanxi.areas.catalogue.queries import (
    Item,
    Rounding,
    customers,
    discount_limit,
    items,
    price_list,
    rate_history,
    roundings,
    tax_percents,
)
from guanxi.areas.catalogue.rules import lines
from guanxi.areas.catalogue.rules.pricing import Customer, NoPrice, Price, PriceList
from guanxi.areas.catalogue.rules.rates import RateMissing, Rates
from guanxi.areas.catalogue.seed import seed

__all__ = [
    "CONVERTED",
    "Conversion",
    "Customer",
    "Item",
    "NoPrice",
    "NothingLeft",
    "Price",
    "PriceLines",
    "PriceList",
    "PricedDocument",
    "RateMissing",
    "Rates",
    "Rounding",
    "Taken",
    "TakenPart",
    "converts",
    "currency_of",
    "customers",
    "declare",
    "declared",
    "discount_limit",
    "items",
    "line_of",
    "lines",
    "price_lines",
    "price_list",
    "rate_history",
    "recount",
    "roundings",
    "seed",
    "take",
    "tax_percents",
    "terms_for",
    "terms_of",
]
