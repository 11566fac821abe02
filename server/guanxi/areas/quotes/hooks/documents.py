"""Quotes have priced lines, with headings and optional ones; once they leave the desk they are changed by new versions."""

from guanxi.areas.catalogue.api import PricedDocument, declare
from guanxi.areas.quotes.rules.states import OPEN

FROZEN = frozenset({"opportunity", "contact", "valid_until", "issued_on", "terms"})
QUOTE = declare(
    PricedDocument("quote", lines="quote_line", parent="quote", negative_lines=True, open_in=OPEN, frozen=FROZEN)
)
