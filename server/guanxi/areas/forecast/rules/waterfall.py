"""From what was open for a period on one day to what was open for it on another, step by step and to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, Literal, TypeVar

Step = Literal["new", "pulled_in", "taken_over", "up", "down", "won", "lost", "pushed_out", "handed_on", "gone"]
STEPS: tuple[Step, ...] = (
    "new", "pulled_in", "taken_over", "up", "down", "won", "lost", "pushed_out", "handed_on", "gone",
)  # fmt: skip
K = TypeVar("K")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal on a day: its amount, whether it is open, won or lost, whether it is expected (or was closed) within the
    period, and whether it belongs to the node that is looked at.
    """

    amount: Decimal
    status: Literal["open", "won", "lost"]
    within: bool
    mine: bool = True

    @property
    def counts(self) -> bool:
        """Whether it stands in the opening or the closing amount."""
        return self.status == "open" and self.within and self.mine


@dataclass
class Waterfall(Generic[K]):
    """Opening, steps and closing; what steps are made of is kept beside them, deal by deal."""

    opening: Decimal = _ZERO
    closing: Decimal = _ZERO
    steps: dict[Step, Decimal] = field(default_factory=lambda: dict.fromkeys(STEPS, _ZERO))
    deals: dict[Step, list[tuple[K, Decimal]]] = field(default_factory=lambda: {step: [] for step in STEPS})

    def move(self, step: Step, deal: K, amount: Decimal) -> None:
        """Note a step of a deal."""
        if amount or step not in ("up", "down"):
            self.steps[step] += amount
            self.deals[step].append((deal, amount))


def waterfall(before: Mapping[K, Deal], after: Mapping[K, Deal]) -> Waterfall[K]:
    """Every deal of either day takes the steps that lead from the one to the other, and none besides:

    what did not count and comes to count is new, pulled in or taken over; what counted and does not any more is won, lost,
    pushed out, handed on or gone; in between its amount went up or down. A deal that came and was won in between
    counts as both, so that ``won`` is all that was won of the period's deals. Deals that were lost or reopened in between
    without ever counting change nothing.
    """
    made: Waterfall[K] = Waterfall()
    for deal in dict.fromkeys([*before, *after]):
        was, now = before.get(deal), after.get(deal)
        opened = was.amount if was and was.counts else _ZERO
        left = now.amount if now and now.counts else _ZERO
        made.opening += opened
        made.closing += left
        counted, counts = bool(was and was.counts), bool(now and now.counts)
        ends_won = bool(now and now.status == "won" and now.within and now.mine)
        if was is not None and was.status == "won":
            ends_won = False  # it was won before the first day
        if not counted and not counts and not ends_won:
            continue
        if not counted and now is not None:
            made.move(_entry(was), deal, now.amount if was is None or was.status != "open" else was.amount)
            if was is not None and was.status == "open":
                _change(made, deal, was.amount, now.amount)
        elif was is not None and now is not None and (counts or ends_won):
            _change(made, deal, was.amount, now.amount)
        if counted and not counts and was is not None:
            made.move(*_exit(deal, was, now))
        elif ends_won and now is not None:
            made.move("won", deal, -now.amount)
    return made


def _entry(was: Deal | None) -> Step:
    if was is None or was.status != "open":
        return "new"
    return "taken_over" if was.within and not was.mine else "pulled_in"


def _exit(deal: K, was: Deal, now: Deal | None) -> tuple[Step, K, Decimal]:
    """How what counted came not to count any more, and the amount that it takes away."""
    if now is None:
        return "gone", deal, -was.amount
    if now.status == "won" and now.within and now.mine:
        return "won", deal, -now.amount
    if now.status == "lost":
        return "lost", deal, -was.amount
    if not now.mine:
        return "handed_on", deal, -was.amount
    return "pushed_out", deal, -was.amount


def _change(made: Waterfall[K], deal: K, was: Decimal, now: Decimal) -> None:
    if now != was:
        made.move("up" if now > was else "down", deal, now - was)
