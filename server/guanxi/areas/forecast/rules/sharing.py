"""How much of a target was reached."""

from __future__ import annotations

from decimal import Decimal


def attainment(actual: Decimal, target: Decimal | None) -> Decimal | None:
    """How much of a target was reached, in percent to one decimal; None without a target above zero."""
    if target is None or target <= 0:
        return None
    return (actual * 100 / target).quantize(Decimal("0.1"))
