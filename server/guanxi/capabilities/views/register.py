"""The whole wiring of views."""

from pathlib import Path

from guanxi.capabilities.views import hooks, usage
from guanxi.capabilities.views.bundle import VIEWS
from guanxi.engine.bundles.items import section
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """The object `view` and the rule of what a view may say."""
    registry.objects(Path(__file__).parent / "objects")
    registry.hooks(hooks, usage)
    section(VIEWS)
