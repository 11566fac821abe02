"""Logistic regression on features that are there or not, in plain Python: few numbers, always the same answer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PENALTIES = (1.0, 8.0, 64.0)
"""How strongly weights can be held near zero (L2), so that what was seen seldom says little."""
STEPS = 25
CLOSE = 1e-6
LEAST, MOST = 0.01, 0.99
"""Nothing that is open is certain."""
_HIGHEST = 30.0


@dataclass(frozen=True, slots=True)
class Example:
    """What was there at a moment, and whether it was won in the end."""

    features: frozenset[str]
    won: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """A weight for each feature, and the one that stands for none of them."""

    base: float
    weights: Mapping[str, float]

    def odds(self, features: Iterable[str]) -> float:
        """The logarithm of the odds."""
        return self.base + sum(self.weights.get(one, 0.0) for one in features)

    def chance(self, features: Iterable[str]) -> float:
        """How likely it is won."""
        return min(MOST, max(LEAST, sigmoid(self.odds(features))))


def sigmoid(value: float) -> float:
    """The probability of log odds."""
    return 1 / (1 + math.exp(-max(-_HIGHEST, min(_HIGHEST, value))))


def fit(examples: Sequence[Example], penalty: float = PENALTIES[0]) -> Fitted:
    """The weights that explain the examples best, by Newton's method; equal examples are counted together."""
    names = sorted({name for one in examples for name in one.features})
    place = {name: number for number, name in enumerate(names, 1)}
    seen: Counter[tuple[int, ...]] = Counter()
    won: Counter[tuple[int, ...]] = Counter()
    for one in examples:
        row = (0, *sorted(place[name] for name in one.features))
        seen[row] += 1
        won[row] += one.won
    weights = [0.0] * (len(names) + 1)
    rows = sorted(seen)
    for _ in range(STEPS):
        step = _step(rows, seen, won, weights, penalty)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < CLOSE:
            break
    return Fitted(weights[0], dict(zip(names, weights[1:], strict=True)))


def _step(
    rows: Sequence[tuple[int, ...]], seen: Mapping[tuple[int, ...], int], won: Mapping[tuple[int, ...], int],
    weights: Sequence[float], penalty: float,
) -> list[float]:  # fmt: skip
    size = len(weights)
    slope = [-penalty * weight if place else 0.0 for place, weight in enumerate(weights)]
    bend = [[0.0] * size for _ in range(size)]
    for place in range(size):
        bend[place][place] = penalty if place else 1e-9
    for row in rows:
        chance = sigmoid(sum(weights[place] for place in row))
        number = seen[row]
        error, spread = won[row] - number * chance, number * chance * (1 - chance)
        for place in row:
            slope[place] += error
            line = bend[place]
            for other in row:
                line[other] += spread
    return _solved(bend, slope)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a symmetric, positive system, by Cholesky's decomposition."""
    size = len(right)
    lower = [[0.0] * size for _ in range(size)]
    for row in range(size):
        mine = lower[row]
        for column in range(row + 1):
            other = lower[column]
            rest = matrix[row][column] - sum(mine[k] * other[k] for k in range(column))
            mine[column] = math.sqrt(max(rest, 1e-12)) if row == column else rest / other[column]
    half = [0.0] * size
    for row in range(size):
        half[row] = (right[row] - sum(lower[row][k] * half[k] for k in range(row))) / lower[row][row]
    found = [0.0] * size
    for row in reversed(range(size)):
        found[row] = (half[row] - sum(lower[k][row] * found[k] for k in range(row + 1, size))) / lower[row][row]
    return found


def brier(told: Sequence[tuple[float, bool]]) -> float:
    """The mean square between what was foretold and what came; 0 is perfect."""
    return sum((chance - won) ** 2 for chance, won in told) / len(told)


def log_loss(told: Sequence[tuple[float, bool]]) -> float:
    """How surprising what came was, on average; 0 is perfect. Certainty counts as almost certain."""
    kept = [(min(MOST, max(LEAST, chance)), won) for chance, won in told]
    return -sum(math.log(chance if won else 1 - chance) for chance, won in kept) / len(kept)
