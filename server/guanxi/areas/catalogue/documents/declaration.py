"""What an area says of an object whose lines are priced, and what all such objects have in common.

The document has the fields ``company``, ``currency``, ``amount``, ``net_amount``, ``tax_amount``, ``line_count``,
``discount``, ``prices_include_tax`` and a ``sub_table`` with the setting ``priced``; ``tax_rounding`` and
``discount_excess`` where it wants them. Its lines have the fields of ``opportunity_line``; ``kind``, ``optional`` and
``chosen`` where they want headings and optional lines. The line editor finds the same names in the catalog.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guanxi.areas.catalogue.queries import Rounding
from guanxi.areas.catalogue.rules import lines as rules
from guanxi.engine.context import Context
from guanxi.kit import money

ITEM, HEADING, SUBTOTAL = "item", "heading", "subtotal"
TERMS = ("currency", "discount", "prices_include_tax", "tax_rounding")
"""Fields of a document that its lines' amounts follow from."""
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PricedDocument:
    """An object and the object of its lines, which refer to it by their field ``parent``.

    ``zero_lines`` and ``negative_lines`` say whether quantities and prices may be zero or below, ``negative_total``
    whether all lines together may come to less than zero. Outside the states ``open_in`` of the field ``status``
    nobody changes lines, terms or the fields ``frozen``; None means that the document is never locked.
    """

    object: str
    lines: str
    parent: str
    zero_lines: bool = True
    negative_lines: bool = False
    negative_total: bool = False
    open_in: frozenset[str] | None = None
    frozen: frozenset[str] = frozenset()

    def is_open(self, record: Mapping[str, Any]) -> bool:
        """Whether the document may be changed in the state that it has."""
        return self.open_in is None or record.get("status") in self.open_in


def known(ctx: Context, object_key: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the fields that the object has."""
    fields = ctx.snapshot.object(object_key).fields
    return tuple(key for key in keys if key in fields)


def currency_of(ctx: Context, record: Mapping[str, Any]) -> str:
    """The currency of the lines: the one chosen, else that of the amount, else the workspace's."""
    amount = record.get("amount")
    return str(record.get("currency") or (amount.currency if amount else None) or ctx.workspace.currency)


def terms_of(ctx: Context, record: Mapping[str, Any], roundings: Mapping[str, Rounding]) -> rules.Terms:
    """The terms that hold for all lines of a document, with the rounding of its currency."""
    currency = currency_of(ctx, record)
    rule = roundings.get(currency, Rounding(money.decimals(currency)))
    own = record.get("tax_rounding")
    return rules.Terms(
        digits=rule.digits,
        discount=record.get("discount") or _ZERO,
        tax_included=record.get("prices_include_tax") is not False,
        document_tax=own == "document" if own else rule.document_tax,
        rounding=rule.mode,
    )


def line_of(row: Mapping[str, Any]) -> rules.Line:
    """A line as the arithmetic sees it: headings come to nothing, optional lines count once they are chosen."""
    if (row.get("kind") or ITEM) != ITEM:
        return rules.Line(_ZERO, _ZERO, _ZERO, counts=False)
    return rules.Line(
        row.get("quantity") or _ZERO,
        row.get("unit_price") or _ZERO,
        row.get("tax_percent") or _ZERO,
        counts=not row.get("optional") or bool(row.get("chosen")),
    )
