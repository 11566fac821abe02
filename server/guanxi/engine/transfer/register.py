"""The wiring of import and export: the jobs that a worker runs."""

from guanxi.engine.transfer.imports import run, taking_back
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Importing and taking an import back."""
    registry.jobs(run, taking_back)
