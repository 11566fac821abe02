"""Three ways to say what a period will come to; each is told with how far it was off before.

**Weighted**: what is won + sum of amount x probability of the open deals that are expected within the period.

**Run rate**: what is won + the mean of what past periods of the same length still won after the same share of them had
passed.

**Model**: every open deal is won by itself with its probability p (a Bernoulli trial of amount a), and to it comes what
is won within the period of deals that do not exist yet, as it was in the past periods:

    mean      = won + sum(p a) + mean(F)
    variance  = sum(p (1 - p) a^2) + s^2(F)

where F is what each past period won of deals made after the same share of it had passed, and s^2 its sample variance. A
sum of many independent trials is nearly normal (the central limit theorem in Lyapunov's form: W. Feller, An
Introduction to Probability Theory and Its Applications, vol. 2, VIII.4), so that four out of five results lie within
1.2816 standard deviations of the mean. What is won already is never below the lower end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

WITHIN = 1.2815515655446004
"""Standard deviations to either side that hold 80 % of a normal distribution."""
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """A forecast and the range within which four out of five results lie."""

    middle: Decimal
    low: Decimal
    high: Decimal


def mean(values: Sequence[Decimal]) -> Decimal:
    """Their mean; nothing of none."""
    return sum(values, _ZERO) / len(values) if values else _ZERO


def spread(values: Sequence[Decimal]) -> float:
    """The sample variance; nothing of fewer than two."""
    if len(values) < 2:
        return 0.0
    middle = float(mean(values))
    return sum((float(one) - middle) ** 2 for one in values) / (len(values) - 1)


def run_rate(won: Decimal, later: Sequence[Decimal]) -> Decimal:
    """What is won, and what past periods still won on average from here on."""
    return won + mean(later)


def model(won: Decimal, expected: Decimal, variance: float, fresh: Sequence[Decimal]) -> Interval:
    """The mean and the range of what the period comes to."""
    middle = won + expected + mean(fresh)
    width = Decimal(repr(WITHIN * sqrt(max(variance, 0.0) + spread(fresh))))
    return Interval(middle, max(won, middle - width), middle + width)


def error(said: Decimal, came: Decimal) -> Decimal | None:
    """By how many percent a forecast was off what came, above zero where it said too much; None where nothing came."""
    return ((said - came) * 100 / came).quantize(Decimal("0.1")) if came else None
