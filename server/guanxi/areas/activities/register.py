"""The whole wiring of activities."""

from pathlib import Path

from guanxi.areas.activities.actions.complete_task import complete_task
from guanxi.areas.activities.hooks import notes, tasks
from guanxi.capabilities.hand_over.open_records import open_when
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Notes, tasks, calls and meetings about any record."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(notes, tasks)
    registry.action(complete_task)
    open_when("task", {"field": "status", "op": "ne", "value": tasks.DONE})
