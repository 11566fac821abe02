"""Tick a task off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.areas.activities.hooks.tasks import DONE
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes
from guanxi.engine.records.writes import Change


@dataclass(frozen=True)
class CompleteTask:
    """The task that is done."""

    task: UUID


@action("activities.complete_task", params=CompleteTask, permission="task.edit")
def complete_task(ctx: Context, params: CompleteTask) -> dict[str, Any]:
    """Set a task to done, now; a task that is done already stays as it is."""
    changed = writes.update(ctx, "task", [Change(params.task, {"status": DONE})])
    return {"task": str(params.task), "changed": bool(changed)}
