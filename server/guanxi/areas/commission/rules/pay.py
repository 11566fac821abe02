"""Guarantees and draws, and what is claimed back: what stands beside the commission of single pieces."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal

from guanxi.areas.commission.rules.tiers import ZERO, rounded
from guanxi.kit import clock


def pro_rata(monthly: Decimal, begins: date, ends: date, unit: Decimal) -> Decimal:
    """A monthly amount for the days from one until another, both included: each month by its own days."""
    total = ZERO
    month = begins.replace(day=1)
    while month <= ends:
        days = calendar.monthrange(month.year, month.month)[1]
        last = month + timedelta(days=days - 1)
        total += monthly * ((min(ends, last) - max(begins, month)).days + 1) / days
        month = clock.shift(month, 1, "month")
    return rounded(total, unit)


def topped_up(earned: Decimal, floor: Decimal) -> Decimal:
    """What a guarantee adds to what was earned."""
    return max(floor - earned, ZERO)


def drawn(earned: Decimal, draw: Decimal, balance: Decimal) -> tuple[Decimal, Decimal]:
    """What a recoverable draw adds, and what is kept back of an earlier one; never more than lies above the draw."""
    if earned < draw:
        return draw - earned, ZERO
    return ZERO, min(max(balance, ZERO), earned - draw)


def correction(paid: Decimal, corrected: Decimal, then: Decimal, now: Decimal, unit: Decimal) -> Decimal:
    """What is claimed back (below zero) or given back of a line that was ``paid`` and ``corrected`` since.

    ``then`` and ``now`` are the shares of the source that counted. No more is claimed back than was paid, and no more
    given back than was claimed.
    """
    if then == 0:
        return ZERO
    share = min(max(now / then, ZERO), Decimal(1))
    return rounded(paid * share, unit) - (paid + corrected)
