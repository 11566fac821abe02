"""What of a payment settles what of which invoice: never more than either has left, in one currency or in two. Pure.

A source is a payment or a credit note, an item is what it can settle. Where both have one currency a unit takes a unit.
Otherwise the rates of the payment's day tell what it is worth, and the difference to what the item was booked at is
shown in the workspace's own currency.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from uuid import UUID

from guanxi.kit import money
from guanxi.kit.money import Money

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Item:
    """What somebody still owes of one invoice; ``rate`` is what a unit was worth when it was booked."""

    id: UUID
    due: date
    open: Money
    rate: Decimal = _ONE


@dataclass(frozen=True, slots=True)
class Source:
    """What is left of a payment; ``rate`` is what a unit of its currency was worth on its day."""

    open: Money
    rate: Decimal = _ONE


@dataclass(frozen=True, slots=True)
class Share:
    """``settled`` of an item, in its currency, by ``taken`` of the source, in the source's; ``difference`` is in our own."""

    item: UUID
    settled: Money
    taken: Money
    difference: Money


class MoreThanOpen(Exception):
    """More of an item was to be settled than is open."""

    def __init__(self, item: UUID, left: Money) -> None:
        super().__init__(item, left)
        self.item = item
        self.left = left


class MoreThanLeft(Exception):
    """More was to be taken than the source has left."""

    def __init__(self, left: Money, wanted: Money) -> None:
        super().__init__(left, wanted)
        self.left = left
        self.wanted = wanted


class NothingSettled(Exception):
    """A share settles nothing, or less than nothing."""

    def __init__(self, item: UUID) -> None:
        super().__init__(item)
        self.item = item


class FinerThanPayable(Exception):
    """An amount has more decimals than its currency can pay."""

    def __init__(self, item: UUID, digits: int) -> None:
        super().__init__(item, digits)
        self.item = item
        self.digits = digits


def propose(source: Source, items: Iterable[Item], rates: dict[str, Decimal], own: str) -> list[Share]:
    """Settle what is due first as far as the source reaches, items in its own currency before others.

    ``rates`` are those of the source's day by currency; items in a currency without one are left alone.
    """
    wanted = source.open.currency
    left, shares = source.open, []
    for item in sorted(items, key=lambda one: (one.open.currency != wanted, one.due, one.id)):
        if left.amount <= 0:
            break
        if item.open.amount <= 0 or (item.open.currency != wanted and item.open.currency not in rates):
            continue
        there = rates.get(item.open.currency, _ONE)
        full = taken_for(item.open, source, there)
        if full.amount <= left.amount:
            settled, taken = item.open, full
        else:
            settled, taken = _worth(left, source, item.open.currency, there), left
            settled = Money(min(settled.amount, item.open.amount), settled.currency)
        if settled.amount > 0 and taken.amount > 0:
            shares.append(_share(item, settled, taken, source, own))
            left = Money(left.amount - taken.amount, wanted)
    return shares


def by_hand(source: Source, wanted: Sequence[tuple[Item, Decimal]], rates: dict[str, Decimal], own: str) -> list[Share]:
    """The shares that somebody asks for, each in the currency of its item.

    NothingSettled, FinerThanPayable, MoreThanOpen or MoreThanLeft for what cannot be; then none of them can.
    """
    shares: list[Share] = []
    settled: dict[UUID, Decimal] = {}
    taken = Decimal(0)
    for item, amount in wanted:
        digits = money.decimals(item.open.currency)
        if amount <= 0:
            raise NothingSettled(item.id)
        if amount not in (item.open.amount, amount.quantize(_ONE.scaleb(-digits))):
            raise FinerThanPayable(item.id, digits)
        settled[item.id] = settled.get(item.id, Decimal(0)) + amount
        if settled[item.id] > item.open.amount:
            raise MoreThanOpen(item.id, item.open)
        part = Money(amount, item.open.currency)
        needed = taken_for(part, source, rates.get(item.open.currency, _ONE))
        taken += needed.amount
        if taken > source.open.amount:
            raise MoreThanLeft(source.open, Money(taken, source.open.currency))
        shares.append(_share(item, part, needed, source, own))
    return shares


def taken_for(settled: Money, source: Source, rate: Decimal) -> Money:
    """What of the source settles an amount, by the rates of its day; never less than the least that can be paid."""
    if settled.currency == source.open.currency:
        return settled
    taken = Money(settled.amount * rate / source.rate, source.open.currency).rounded()
    return taken if taken.amount else Money(_ONE.scaleb(-money.decimals(taken.currency)), taken.currency)


def _worth(taken: Money, source: Source, currency: str, rate: Decimal) -> Money:
    """What an amount of the source settles in another currency, never more than it is worth."""
    if taken.currency == currency:
        return taken
    unit = _ONE.scaleb(-money.decimals(currency))
    return Money((taken.amount * source.rate / rate).quantize(unit, ROUND_FLOOR), currency)


def _share(item: Item, settled: Money, taken: Money, source: Source, own: str) -> Share:
    """The difference is what the payment was worth on its day less what the item was booked at."""
    difference = Money(taken.amount * source.rate - settled.amount * item.rate, own).rounded()
    return Share(item.id, settled, taken, Money(difference.amount + 0, own))
