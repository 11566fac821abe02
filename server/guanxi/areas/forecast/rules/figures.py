"""The figures of a forecast, as they are added up: amounts by category, their weighted sum, and what the past tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from guanxi.areas.forecast.rules.tree import Node, Tree

Category = Literal["pipeline", "best_case", "commit", "omitted"]
CATEGORIES: tuple[Category, ...] = ("commit", "best_case", "pipeline", "omitted")
COUNTED = frozenset({"commit", "best_case", "pipeline"})
"""Categories that count in weighted amounts; what is omitted is told, and counts nowhere."""
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one node in the workspace's currency."""

    won: Decimal = _ZERO
    won_count: int = 0
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    expected: Decimal = _ZERO
    """Open amounts times their probabilities."""
    variance: float = 0.0
    """Of what comes of the open deals, each of which is won or lost by itself."""
    later: tuple[Decimal, ...] = ()
    """What was won in each past period after the same part of it had passed, the latest period first."""
    fresh: tuple[Decimal, ...] = ()
    """The part of ``later`` that came of deals which did not exist by then."""

    def __add__(self, other: Figures) -> Figures:
        """Both together."""
        return Figures(
            self.won + other.won,
            self.won_count + other.won_count,
            _sum(self.amounts, other.amounts),
            _counted(self.counts, other.counts),
            self.expected + other.expected,
            self.variance + other.variance,
            _by_place(self.later, other.later),
            _by_place(self.fresh, other.fresh),
        )

    def of(self, category: str) -> Decimal:
        """The open amount of a category."""
        return self.amounts.get(category, _ZERO)

    @property
    def computed(self) -> Decimal:
        """What is won and what is committed."""
        return self.won + self.of("commit")

    @property
    def weighted(self) -> Decimal:
        """What is won, and open amounts by their probabilities."""
        return self.won + self.expected

    @property
    def is_nothing(self) -> bool:
        """Whether there is neither a deal open nor one won."""
        return not self.won_count and not any(self.counts.values())


NOTHING = Figures()


def forecasts(
    tree: Tree, root: Node, figures: Mapping[Node, Figures], own: Mapping[Node, Decimal]
) -> dict[Node, tuple[Decimal, Decimal]]:
    """By node the sum below it, with the numbers of those below in place of theirs, and its forecast: its own number
    where there is one, otherwise that sum. Below a person nothing stands but what was computed.
    """
    found: dict[Node, tuple[Decimal, Decimal]] = {}
    for node in [*reversed(_top_down(tree, root))]:
        if node.kind in ("person", "nobody"):
            below = figures.get(node, NOTHING).computed
        else:
            below = sum((found[one][1] for one in tree.children(node)), _ZERO)
        found[node] = below, own.get(node, below)
    return found


def _top_down(tree: Tree, root: Node) -> list[Node]:
    found = [root]
    for node in found:
        found.extend(tree.children(node))
    return found


def _sum(one: Mapping[str, Decimal], other: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {key: one.get(key, _ZERO) + other.get(key, _ZERO) for key in one.keys() | other.keys()}


def _counted(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in one.keys() | other.keys()}


def _by_place(one: tuple[Decimal, ...], other: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if not one or not other:
        return one or other
    return tuple(a + b for a, b in zip(one, other, strict=True))
