"""Delete a stage that opportunities stand in: they go to another one first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change


@dataclass(frozen=True)
class RemoveStage:
    """The stage, and where its opportunities go."""

    stage: UUID
    move_to: UUID


class RemovedStage(TypedDict):
    """How many opportunities were moved."""

    moved: int


@action("sales.remove_stage", params=RemoveStage, permission="configure")
def remove_stage(ctx: Context, params: RemoveStage) -> RemovedStage:
    """Move the opportunities of a stage to another one and delete the stage, in one change set.

    Everybody's opportunities are moved, whosever they are; they follow the new stage as if somebody had moved them.
    Invalid when the other stage is none or the same, Conflict when the stage must stay.
    """
    system = ctx.as_system()
    held = reads.ids(system, "opportunity", {"field": "stage", "op": "eq", "value": str(params.stage)})
    if held:
        writes.update(system, "opportunity", [Change(one, {"stage": params.move_to}) for one in held])
    writes.delete(ctx, "stage", [params.stage])
    return {"moved": len(held)}
