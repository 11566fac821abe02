"""Tick a task off."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.activities.hooks.tasks import DONE
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes
from guanxi.engine.records.writes import Change
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class CompleteTask:
    """The task that is done."""

    task: UUID


class CompletedTask(TypedDict):
    """The task, and whether it was open before."""

    task: Id
    changed: bool


@action("activities.complete_task", params=CompleteTask, permission="task.edit")
def complete_task(ctx: Context, params: CompleteTask) -> CompletedTask:
    """Set a task to done, now; a task that is done already stays as it is."""
    changed = writes.update(ctx, "task", [Change(params.task, {"status": DONE})])
    return {"task": str(params.task), "changed": bool(changed)}
