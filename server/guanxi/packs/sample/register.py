"""The whole wiring of the sample."""

from guanxi.infra.registry import Registry
from guanxi.packs.sample.actions.remove_sample_data import remove_sample_data


def register(registry: Registry) -> None:
    """Removing it; it is made by `workspace.create_sample` when an installation starts without any workspace."""
    registry.action(remove_sample_data)
