"""What currencies are worth on a day, by the history of their rates."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from guanxi.kit.money import Money


class RateMissing(Exception):
    """There is no rate of the currency for the day yet."""

    def __init__(self, currency: str, day: date) -> None:
        super().__init__(f"{currency} on {day}")
        self.currency = currency
        self.day = day


class Rates:
    """Rates to the workspace's own currency; each holds from its day until the next one."""

    def __init__(self, own: str, history: Iterable[tuple[str, date, Decimal]] = ()) -> None:
        self.own = own
        self._days: dict[str, list[date]] = {}
        self._rates: dict[str, list[Decimal]] = {}
        for currency, day, rate in sorted(history):
            self._days.setdefault(currency, []).append(day)
            self._rates.setdefault(currency, []).append(rate)

    def on(self, currency: str, day: date) -> Decimal:
        """What one unit is worth on the day; RateMissing before the first rate."""
        if currency == self.own:
            return Decimal(1)
        place = bisect_right(self._days.get(currency, ()), day)
        if not place:
            raise RateMissing(currency, day)
        return self._rates[currency][place - 1]

    def convert(self, money: Money, currency: str, day: date) -> Money:
        """The amount in another currency by the rates of the day, rounded to what that currency can pay."""
        if money.currency == currency:
            return money
        return Money(money.amount * self.on(money.currency, day) / self.on(currency, day), currency).rounded()
