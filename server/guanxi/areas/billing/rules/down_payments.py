"""Down payments: what is asked for ahead, split by rates of tax, and taken off what is invoiced later. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from guanxi.kit import money

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Group:
    """What lines of one rate of tax come to, tax included."""

    tax_rate: UUID | None
    percent: Decimal
    total: Decimal


def split(amount: Decimal, groups: Sequence[Group], currency: str) -> list[Decimal]:
    """An amount handed down to groups in proportion to what they come to; together the parts are the amount."""
    total = sum((one.total for one in groups), _ZERO)
    unit = Decimal(1).scaleb(-money.decimals(currency))
    running = given = _ZERO
    parts = []
    for place, one in enumerate(groups, 1):
        running += one.total
        last = place == len(groups)
        so_far = amount if last or not total else (amount * running / total).quantize(unit, ROUND_HALF_UP)
        parts.append(so_far - given)
        given = so_far
    return parts


def deduct(left: Sequence[Group], there: Sequence[Group]) -> list[Decimal]:
    """How much of each group of a down payment is taken off an invoice that comes to ``there``.

    As much as both have: first from what has the same rate of tax, then from whatever is left, so that neither falls
    below zero and the sum is the smaller one of both sums.
    """
    room = {one.tax_rate: _ZERO for one in there}
    for one in there:
        room[one.tax_rate] += one.total
    whole = max(_ZERO, sum(room.values(), _ZERO))
    found = []
    for one in left:
        part = max(_ZERO, min(one.total, room.get(one.tax_rate, _ZERO), whole))
        room[one.tax_rate] = room.get(one.tax_rate, _ZERO) - part
        whole -= part
        found.append(part)
    for place, one in enumerate(left):
        part = max(_ZERO, min(one.total - found[place], whole))
        found[place] += part
        whole -= part
    return found
