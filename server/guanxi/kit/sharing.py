"""Sharing an amount out by weight: whole units only, and not one of them lost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal


def share(total: Decimal, weights: Sequence[Decimal], unit: Decimal) -> list[Decimal]:
    """Parts of a total by weight, each a multiple of the unit as far as the total is one; they add up to the total.

    Units that are left over after rounding down go to the parts that lost most by it, the first of equals. Weights below
    zero count as none; where nothing weighs anything, all parts weigh the same.
    """
    if not weights:
        return []
    counted = [max(one, Decimal(0)) for one in weights]
    whole = sum(counted, Decimal(0))
    if not whole:
        counted, whole = [Decimal(1)] * len(weights), Decimal(len(weights))
    exact = [total * one / whole for one in counted]
    parts = [(one / unit).to_integral_value(ROUND_FLOOR) * unit for one in exact]
    left = total - sum(parts, Decimal(0))
    for place in sorted(range(len(parts)), key=lambda at: parts[at] - exact[at]):
        if left <= 0:
            break
        more = min(unit, left)
        parts[place] += more
        left -= more
    return parts
