"""Rate tables: which part of an amount lies in which tier, and what that gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from guanxi.areas.commission.rules.plan import Component, Tier

ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the credit at ``place``, the number of its tier (0 below a threshold), the rate and what that gives."""

    place: int
    base: Decimal
    tier: int
    rate: Decimal
    computed: Decimal
    note: str = ""


def slices(component: Component, bases: Sequence[Decimal], quota: Decimal | None, unit: Decimal) -> list[Slice]:
    """What each of the credits of one period gives, in their order; nothing is paid of a period below the threshold.

    Marginal: every part at the rate of the tier it lies in. Whole: everything at the rate of the tier that the period
    reached. A credit below zero walks back through the tiers that it came up by.
    """
    total = sum(bases, ZERO)
    tiers = bounds(component, quota)
    note = "no_quota" if tiers is None else ""
    if tiers is None:
        tiers = [Tier(ZERO, None, component.tiers[0].rate)]
    if component.threshold and total < component.threshold:
        return [Slice(place, base, 0, ZERO, ZERO, "below_threshold") for place, base in enumerate(bases)]
    floor = component.threshold if component.threshold and component.threshold_above else ZERO
    reached = next((at for at, one in enumerate(tiers) if one.ends is None or total < one.ends), len(tiers) - 1)
    found: list[Slice] = []
    done = ZERO
    for place, base in enumerate(bases):
        for walked, tier in _walk(tiers, floor, done, done + base):
            number = tier if tier == 0 or component.method == "marginal" else reached + 1
            rate = tiers[number - 1].rate if number else ZERO
            said = "below_threshold" if number == 0 else note
            part, last = walked, found[-1] if found else None
            if last is not None and last.place == place and last.tier == number:
                part += found.pop().base
            found.append(Slice(place, part, number, rate, rounded(part * rate / HUNDRED, unit), said))
        done += base
    return found


def bounds(component: Component, quota: Decimal | None) -> list[Tier] | None:
    """The tiers as amounts; None where they are told in percent of a quota that there is not."""
    if component.measured == "amount":
        return list(component.tiers)
    if quota is None or quota <= 0:
        return None
    return [
        Tier(one.starts * quota / HUNDRED, None if one.ends is None else one.ends * quota / HUNDRED, one.rate)
        for one in component.tiers
    ]


def capped(amounts: Sequence[Decimal], cap: Decimal | None) -> list[Decimal]:
    """The same amounts, held so that their running sum is never above the cap."""
    if cap is None:
        return list(amounts)
    sums = [ZERO]
    for one in amounts:
        sums.append(sums[-1] + one)
    return [min(after, cap) - min(before, cap) for before, after in pairwise(sums)]


def rounded(amount: Decimal, unit: Decimal) -> Decimal:
    """Half away from zero, to what the currency can pay."""
    return amount.quantize(unit, ROUND_HALF_UP)


def _walk(tiers: Sequence[Tier], floor: Decimal, since: Decimal, until: Decimal) -> Iterator[tuple[Decimal, int]]:
    """The parts between two running sums with the number of their tier, 0 below the floor."""
    if since == until:
        return
    low, high = min(since, until), max(since, until)
    marks = sorted({low, high, *(one for one in (floor, *(tier.starts for tier in tiers)) if low < one < high)})
    parts = [(after - before, _tier(tiers, floor, before)) for before, after in pairwise(marks)]
    yield from parts if until > since else ((-part, tier) for part, tier in reversed(parts))


def _tier(tiers: Sequence[Tier], floor: Decimal, at: Decimal) -> int:
    if floor and at < floor:
        return 0
    return next((place for place in range(len(tiers), 0, -1) if tiers[place - 1].starts <= at), 1)
