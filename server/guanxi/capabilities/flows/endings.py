"""What is done when runs end, in the unit of work that ends them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guanxi.capabilities.flows.runs import Run
from guanxi.engine.context import Context

Ending = Callable[[Context, Sequence[Run]], None]
_endings: list[Ending] = []


def at_end(function: Ending) -> Ending:
    """Have a function called with the runs that end, with the rights of their flow's actor."""
    if function not in _endings:
        _endings.append(function)
    return function


def call(ctx: Context, ended: Sequence[Run]) -> None:
    """Tell everybody who wants to know of the end of runs."""
    for one in _endings if ended else ():
        one(ctx, ended)
