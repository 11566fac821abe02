"""What is done when runs end, in the unit of work that ends them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from guanxi.capabilities.flows.runs import Run
from guanxi.engine.context import Context

Ending = Callable[[Context, Sequence[Run]], None]
Concern = Callable[[Context, Sequence[UUID]], Collection[UUID]]
_endings: dict[Ending, Concern] = {}


def at_end(concerns: Concern) -> Callable[[Ending], Ending]:
    """Have a function called with the runs that end, with the rights of their flow's actor; ``concerns`` says which of
    very many it wants to hear of.
    """

    def attach(function: Ending) -> Ending:
        _endings[function] = concerns
        return function

    return attach


def call(ctx: Context, ended: Sequence[tuple[Context, Sequence[Run]]]) -> None:
    """Tell everybody who wants to know of the end of runs, each batch in the context in which it was done."""
    ids = [run.id for _, mine in ended for run in mine]
    for function, concerns in _endings.items() if ids else ():
        wanted = concerns(ctx, ids)
        for own, mine in ended:
            if some := [run for run in mine if run.id in wanted]:
                function(own, some)
