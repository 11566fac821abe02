"""Amounts in the workspace's currency, by the rates of a day; what has no rate is left out, and said to be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from guanxi.areas.catalogue import api as catalogue
from guanxi.engine.context import Context
from guanxi.kit.money import Money


class Converter:
    """Converts amounts of a unit of work; ``missing`` are the currencies that no rate was known of."""

    def __init__(self, ctx: Context, currencies: Iterable[str | None]) -> None:
        self.currency = ctx.workspace.currency
        self.missing: set[str] = set()
        self._rates = catalogue.rate_history(ctx, {one for one in currencies if one})

    def factor(self, currency: str | None, day: date) -> Decimal | None:
        """What one unit is worth on a day; None where no rate is known, which is noted."""
        if currency is None or currency == self.currency:
            return Decimal(1)
        try:
            return self._rates.on(currency, day)
        except catalogue.RateMissing:
            self.missing.add(currency)
            return None

    def amount(self, value: Decimal, currency: str | None, day: date) -> Decimal | None:
        """An amount in the workspace's currency, as it can be paid; None where no rate is known."""
        factor = self.factor(currency, day)
        return None if factor is None else Money(value * factor, self.currency).rounded().amount

    def rounded(self, value: Decimal) -> Decimal:
        """As the workspace's currency can be paid."""
        return Money(value, self.currency).rounded().amount
