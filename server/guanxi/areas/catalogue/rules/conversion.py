"""How much of a line is left once parts of it were taken over into further documents. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

_ZERO = Decimal(0)


def taken(quantity: Decimal, parts: Iterable[Decimal]) -> Decimal:
    """What was taken over of a line, all in all; what has the other sign takes over nothing."""
    return sum((one for one in parts if (one > 0) == (quantity > 0)), _ZERO)


def left(quantity: Decimal, used: Decimal) -> Decimal:
    """What is left, with the sign of the line: below zero for one that takes something off, and never past zero."""
    rest = quantity - used
    return rest if rest and (rest > 0) == (quantity > 0) else _ZERO


def exceeds(quantity: Decimal, used: Decimal) -> bool:
    """Whether more was taken over than there was."""
    return used > quantity if quantity >= 0 else used < quantity


def fits(quantity: Decimal, used: Decimal, wanted: Decimal) -> bool:
    """Whether so much may be taken over as well: something, of the same sign, and no more than is left."""
    return bool(wanted) and (wanted > 0) == (quantity > 0) and not exceeds(quantity, used + wanted)
