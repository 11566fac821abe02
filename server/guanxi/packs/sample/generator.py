"""The whole sample on paper: the same seed, moment and time zone always give the same drafts."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from guanxi.packs.sample import catalogue
from guanxi.packs.sample.activities import diary
from guanxi.packs.sample.chance import Chance
from guanxi.packs.sample.customers import customers
from guanxi.packs.sample.draft import Draft
from guanxi.packs.sample.quotes import quotes
from guanxi.packs.sample.sales import deals, large, leads, products
from guanxi.packs.sample.teams import teams
from guanxi.packs.sample.words import words

SEED = 20260301
COMPANIES, OPPORTUNITIES, LEADS = 150, 190, 210


def drafts(now: datetime, zone: ZoneInfo, seed: int = SEED) -> list[Draft]:
    """About 2,700 records, those that others point at first; affiliations and stage changes come in writing."""
    chance = Chance(seed, now, zone)
    clients = customers(chance, COMPANIES)
    ways = deals(chance, clients, OPPORTUNITIES)
    large([way for place, way in enumerate(ways) if place % catalogue.WITH_LINES])
    prospects = leads(chance, clients, ways, LEADS)
    for product, row in zip(sold := products(chance), words()["products"], strict=True):
        product.values.update(catalogue.of_product(row))
    return [
        *catalogue.categories(chance),
        *sold,
        *catalogue.price_books(chance),
        *catalogue.limits(chance),
        *(client.company for client in clients),
        *(contact for client in clients for contact in client.contacts),
        *(way.draft for way in ways),
        *(lines := catalogue.lines(ways)),
        *teams(ways),
        *quotes(chance, ways, lines),
        *prospects,
        *diary(chance, ways, clients, prospects),
    ]
