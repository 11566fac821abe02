"""The only door to activities for other areas: its verbs. Records are read and written by the record API."""

from guanxi.areas.activities.actions.complete_task import CompleteTask, complete_task

__all__ = ["CompleteTask", "complete_task"]
