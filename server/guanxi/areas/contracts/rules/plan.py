"""A payment plan: instalments that add up to the contract's amount to the cent, and what becomes of each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from guanxi.kit import money

State = Literal["planned", "due", "part_paid", "paid", "cancelled"]
_ZERO, _HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the total in percent, or an amount that was agreed on; one of the two."""

    percent: Decimal | None = None
    amount: Decimal | None = None


class NotWhole(Exception):
    """The instalments come to more or less than the total; ``missing`` is below zero for more."""

    def __init__(self, missing: Decimal) -> None:
        super().__init__(missing)
        self.missing = missing


def amounts(total: Decimal, currency: str, shares: Sequence[Share]) -> list[Decimal]:
    """What each instalment comes to; NotWhole unless all of them come to the total.

    Shares in percent are handed down by rounding their running sum, so that none of them is off by more than the
    smallest unit and together they are off by nothing.
    """
    unit = Decimal(1).scaleb(-money.decimals(currency))
    running = given = _ZERO
    found: list[Decimal] = []
    for one in shares:
        if one.percent is None:
            found.append(one.amount or _ZERO)
            continue
        running += one.percent
        so_far = (total * running / _HUNDRED).quantize(unit, ROUND_HALF_UP)
        found.append(so_far - given)
        given = so_far
    missing = total - sum(found, _ZERO)
    if missing:
        raise NotWhole(missing)
    return found


def due_on(event_on: date | None, days: int | None) -> date | None:
    """When an instalment is due that follows an event; None before that has happened."""
    return None if event_on is None else event_on + timedelta(days=days or 0)


def state(due: date | None, today: date, amount: Decimal, paid: Decimal) -> State:
    """What an instalment is, by what came in for it and by the day."""
    if amount > 0 and paid >= amount:
        return "paid"
    if paid > 0:
        return "part_paid"
    return "due" if due is not None and due <= today else "planned"
