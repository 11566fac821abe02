"""The whole wiring of files."""

from guanxi.capabilities.files import hooks, routes
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """Upload and download, and the rule that records refer only to files their writer may fetch."""
    registry.hooks(hooks)
    registry.routes(*routes.ROUTES)
