"""The verbs that take an object, a field or a component out of use, bring it back, or give it up; all made in one way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.engine.access.actor import Actor
from guanxi.engine.actions import action
from guanxi.engine.actions.registry import Function
from guanxi.engine.context import Context
from guanxi.engine.design.actions import outcome
from guanxi.engine.design.outcome import DesignOutcome
from guanxi.engine.design.permits import RIGHT


@dataclass(frozen=True)
class OneObject:
    """An object, by id or key; ``confirm`` once its effects were shown."""

    object: str
    confirm: bool = False
    preview: bool = False


@dataclass(frozen=True)
class OneField:
    """A field, by id or ``object.field``; ``confirm`` once its effects were shown."""

    field: str
    confirm: bool = False
    preview: bool = False


@dataclass(frozen=True)
class OneComponent:
    """A component."""

    component: UUID
    preview: bool = False


_SORTS: dict[str, type] = {"object": OneObject, "field": OneField, "component": OneComponent}
_SENTENCES = {
    (
        "archive",
        "object",
    ): "Take an object with its records out of sight; it can be restored until the retention time is over.",
    ("restore", "object"): "Bring an archived object back with its records.",
    ("drop", "object"): "Give up an archived object and its records for good.",
    ("archive", "field"): "Take a field out of sight; its values can be restored until the retention time is over.",
    ("restore", "field"): "Bring an archived field back with its values.",
    ("drop", "field"): "Give up an archived field and its values for good.",
    ("revert", "field"): "Stop the conversion of a field, or take it back within a day.",
    ("archive", "component"): "Take a layout, a rule or another component out of use.",
    ("restore", "component"): "Bring a component back into use.",
}


def _verb(step: str, sort: str, sentence: str) -> Function:
    def change(ctx: Context, params: Any) -> DesignOutcome:
        one = {"op": f"{sort}.{step}", "id": str(getattr(params, sort))}
        confirmed = {"confirm": params.confirm} if hasattr(params, "confirm") else {}
        return outcome(ctx, [{**one, **confirmed}], params.preview)

    change.__name__, change.__doc__ = f"{step}_{sort}", sentence
    permission = RIGHT if sort == "object" else Actor.configures
    return action(f"design.{step}_{sort}", params=_SORTS[sort], permission=permission)(change)


VERBS = tuple(_verb(step, sort, sentence) for (step, sort), sentence in _SENTENCES.items())
