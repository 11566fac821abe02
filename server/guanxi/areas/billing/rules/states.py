"""What follows from the amounts of an invoice or a payment: what is open, and the state that people read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

InvoiceState = Literal["draft", "issued", "part_paid", "paid", "cancelled", "bad_debt"]
PaymentState = Literal["open", "part", "done", "refunded"]
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Invoice:
    """An issued invoice: what it came to and what was taken off it since. A credit note is ``settled`` where it is used."""

    amount: Decimal
    settled: Decimal = _ZERO
    credited: Decimal = _ZERO
    written_off: Decimal = _ZERO

    @property
    def open(self) -> Decimal:
        """What is still owed."""
        return self.amount - self.settled - self.credited - self.written_off

    @property
    def state(self) -> InvoiceState:
        """In words; one that was credited whole is cancelled, one that was written off in part or whole is a bad debt."""
        if self.open > 0:
            return "part_paid" if self.open < self.amount else "issued"
        if self.written_off > 0:
            return "bad_debt"
        return "cancelled" if self.amount > 0 and self.credited == self.amount else "paid"


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in, and what became of it."""

    amount: Decimal
    allocated: Decimal = _ZERO
    refunded: Decimal = _ZERO

    @property
    def open(self) -> Decimal:
        """What is neither allocated nor paid back."""
        return self.amount - self.allocated - self.refunded

    @property
    def state(self) -> PaymentState:
        """In words."""
        if self.open == self.amount and self.amount > 0:
            return "open"
        if self.open > 0:
            return "part"
        return "refunded" if self.refunded == self.amount else "done"


def refundable(payment: Payment, wanted: Decimal) -> bool:
    """Whether so much can be paid back: more than nothing, and no more than is not allocated."""
    return _ZERO < wanted <= payment.open
