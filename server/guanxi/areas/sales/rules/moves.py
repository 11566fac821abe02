"""Which way an opportunity goes when it enters a stage, and whether the stages let it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from guanxi.areas.sales.rules.gates import fold
from guanxi.areas.sales.rules.stages import CLOSED, LOST, OPEN, Stage

Way = Literal["begin", "forward", "back"]


@dataclass(frozen=True, slots=True)
class Barred:
    """Why a move is not allowed, whatever is filled in."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


def way(left: Stage | None, entered: Stage) -> Way:
    """Where it goes: into a pipeline, on, or back. An end is always ahead, an open stage always behind an end."""
    if left is None or left.pipeline != entered.pipeline:
        return "begin"
    if entered.category in CLOSED:
        return "forward"
    if left.category in CLOSED or _place(entered) < _place(left):
        return "back"
    return "forward"


def barred(stages: Iterable[Stage], left: Stage | None, entered: Stage) -> Barred | None:
    """Why nobody gets from one stage to the other, or None.

    Losing skips nothing: it can happen anywhere. A new opportunity begins where it begins unless the stage says from
    which ones it is entered.
    """
    goes = way(left, entered)
    mine = sorted((one for one in stages if one.pipeline == entered.pipeline), key=_place)
    came = left if goes != "begin" else None
    if entered.gate.entered_from:
        if came is None and entered != next((one for one in mine if one.category == OPEN), None):
            return Barred("sales.gate_not_to_begin", {"stage": entered.name, "from": _names(entered, mine)})
        if came is not None and fold(came.name) not in entered.gate.entered_from:
            return Barred("sales.gate_not_from", {"stage": entered.name, "from": _names(entered, mine)})
    if goes == "back":
        return None if entered.gate.may_go_back else Barred("sales.gate_no_way_back", {"stage": entered.name})
    passed = [] if entered.category == LOST else skipped(mine, came, entered)
    if passed:
        return Barred("sales.gate_not_skipped", {"stage": entered.name, "skipped": "、".join(s.name for s in passed)})
    return None


def skipped(stages: Iterable[Stage], left: Stage | None, entered: Stage) -> list[Stage]:
    """Stages between two that must not be skipped. From an end everything open was passed already."""
    if left is not None and left.category in CLOSED:
        return []
    return [
        one
        for one in stages
        if one.category == OPEN
        and not one.gate.may_skip
        and one.id != entered.id
        and (left is None or _place(one) > _place(left))
        and (entered.category in CLOSED or _place(one) < _place(entered))
    ]


def asks(left: Stage | None, entered: Stage) -> bool:
    """Whether the gate asks for fields and things done: not on the way back, where it was passed before."""
    return way(left, entered) != "back"


def _place(stage: Stage) -> tuple[int, Any]:
    return stage.position, stage.id


def _names(entered: Stage, stages: Iterable[Stage]) -> str:
    return "、".join(one.name for one in stages if fold(one.name) in entered.gate.entered_from) or "—"
