"""How an opportunity is split among those who work on it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

REVENUE = "revenue"
WHOLE = Decimal(100)


def revenue(splits: Iterable[tuple[str | None, Decimal | None]]) -> Decimal | None:
    """What the revenue splits come to where that is not the whole; None where it is, or where there are none.

    Overlay splits are somebody's on top: they may come to anything.
    """
    shares = [percent or Decimal(0) for kind, percent in splits if kind == REVENUE]
    total = sum(shares, Decimal(0))
    return None if not shares or total == WHOLE else total
