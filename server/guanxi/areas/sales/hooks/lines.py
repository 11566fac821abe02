"""Opportunities have priced lines, among them what is taken off; their amount is what the lines come to."""

from guanxi.areas.catalogue.api import PricedDocument, declare

OPPORTUNITY = declare(
    PricedDocument("opportunity", lines="opportunity_line", parent="opportunity", negative_lines=True)
)
