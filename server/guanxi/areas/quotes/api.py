"""The only door to quotes for other areas."""

from guanxi.areas.quotes.actions.make_quote import MakeQuote, make_quote
from guanxi.areas.quotes.copying import lines
from guanxi.areas.quotes.printing.letterhead import pictures, template
from guanxi.areas.quotes.rules.states import ACCEPTED

__all__ = ["ACCEPTED", "MakeQuote", "lines", "make_quote", "pictures", "template"]
