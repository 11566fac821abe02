"""The whole wiring of explaining access."""

from guanxi.capabilities.access_explained import routes
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """The addresses that say who sees what and why, and what a change of access would do."""
    registry.routes(*routes.ROUTES)
