"""A customer's account for a period: what was open before, every movement with the balance after it, what is open then.

Balances are kept by currency and to the cent. Above zero the customer owes us. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

Kind = Literal["invoice", "credit_note", "payment", "refund", "write_off", "exchange"]
ORDER: Mapping[str, int] = {"invoice": 0, "credit_note": 1, "payment": 2, "refund": 3, "exchange": 4, "write_off": 5}
"""Of movements of one day: what makes a debt before what settles it."""
BUCKETS = ("current", "days_30", "days_60", "days_90", "older")
"""How long ago something was due: not yet, up to 30, 60 and 90 days, and more."""
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Movement:
    """One change of what a customer owes; ``amount`` is above zero for what they owe more."""

    on: date
    kind: Kind
    record: UUID
    number: str
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Line:
    """A movement within the period, and the balance after it."""

    movement: Movement
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Account:
    """What happened in one currency."""

    currency: str
    opening: Decimal
    lines: tuple[Line, ...]
    charged: Decimal
    paid: Decimal
    closing: Decimal


def accounts(movements: Iterable[Movement], begins: date, ends: date) -> list[Account]:
    """One account for each currency with a balance or a movement until the end, the currencies in order."""
    by_currency: dict[str, list[Movement]] = {}
    for one in movements:
        if one.on <= ends:
            by_currency.setdefault(one.currency, []).append(one)
    made = []
    for currency, some in sorted(by_currency.items()):
        some.sort(key=lambda one: (one.on, ORDER[one.kind], one.number, one.record, one.amount))
        opening = sum((one.amount for one in some if one.on < begins), _ZERO)
        balance, lines = opening, []
        for one in some:
            if one.on >= begins:
                balance += one.amount
                lines.append(Line(one, balance))
        charged = sum((line.movement.amount for line in lines if line.movement.amount > 0), _ZERO)
        paid = sum((-line.movement.amount for line in lines if line.movement.amount < 0), _ZERO)
        if lines or opening:
            made.append(Account(currency, opening, tuple(lines), charged, paid, balance))
    return made


@dataclass(frozen=True, slots=True)
class Debt:
    """What is open of one invoice, or (below zero) of a payment that nothing was allocated to."""

    company: UUID
    currency: str
    due: date
    open: Decimal


def bucket(due: date, today: date) -> str:
    """How long something has been due."""
    days = (today - due).days
    if days <= 0:
        return "current"
    return next((name for name, most in zip(BUCKETS[1:4], (30, 60, 90), strict=True) if days <= most), "older")


def ageing(debts: Iterable[Debt], today: date) -> dict[tuple[UUID, str], dict[str, Decimal]]:
    """What every company owes in every currency by how long it has been due; the buckets add up to what is open."""
    found: dict[tuple[UUID, str], dict[str, Decimal]] = {}
    for one in debts:
        row = found.setdefault((one.company, one.currency), dict.fromkeys(BUCKETS, _ZERO))
        row[bucket(one.due, today)] += one.open
    return found
