"""How far an order has come, by the quantities of its lines; and how much of a line is left to be shipped or invoiced. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

State = Literal["confirmed", "part_shipped", "shipped", "part_invoiced", "done", "cancelled"]
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """Quantities of one line. What ``ships`` not, such as services, is only invoiced."""

    ordered: Decimal
    cancelled: Decimal = _ZERO
    shipped: Decimal = _ZERO
    invoiced: Decimal = _ZERO
    ships: bool = True

    @property
    def wanted(self) -> Decimal:
        """What was ordered and not cancelled since."""
        return self.ordered - self.cancelled

    @property
    def to_ship(self) -> Decimal:
        """What is left to be shipped."""
        return max(_ZERO, self.wanted - self.shipped) if self.ships else _ZERO

    @property
    def to_invoice(self) -> Decimal:
        """What is left to be invoiced."""
        return max(_ZERO, self.wanted - self.invoiced)

    @property
    def can_be_cancelled(self) -> Decimal:
        """What was neither shipped nor invoiced."""
        return max(_ZERO, self.wanted - max(self.shipped, self.invoiced))


def state(lines: Sequence[Line]) -> State:
    """The state of a confirmed order. Lines below zero, which take something off, count as goods do not."""
    counted = [one for one in lines if one.ordered > 0]
    if counted and all(one.wanted <= 0 and not one.shipped and not one.invoiced for one in counted):
        return "cancelled"
    shipped = all(one.to_ship == 0 for one in counted)
    invoiced = all(one.to_invoice == 0 for one in counted)
    some_shipped = any(one.ships and one.shipped > 0 for one in counted)
    some_invoiced = any(one.invoiced > 0 for one in counted)
    if shipped and invoiced and counted:
        return "done"
    if some_shipped and not shipped:
        return "part_shipped"
    if some_invoiced:
        return "part_invoiced"
    return "shipped" if some_shipped and shipped else "confirmed"


def fits(left: Decimal, wanted: Decimal, *, more_allowed: bool) -> bool:
    """Whether so much may be shipped or invoiced of what is left."""
    return wanted > 0 and (more_allowed or wanted <= left)
