"""The whole wiring of notifications."""

from guanxi.capabilities.notifications import upkeep
from guanxi.capabilities.notifications.routes import ROUTES
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """One's own notifications over HTTP, and what is thrown away of them at night."""
    registry.jobs(upkeep)
    registry.routes(*ROUTES)
