"""The wiring of the verbs and jobs that the engine itself has for every object."""

from guanxi.engine.actions.merge_records import merge_records
from guanxi.engine.actions.reveal_value import reveal_value
from guanxi.engine.records import long_undo
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Making one record of several; looking at a hidden value; taking back very many records."""
    registry.action(merge_records, reveal_value)
    registry.jobs(long_undo)
