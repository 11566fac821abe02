"""The whole wiring of sandboxes."""

from guanxi.capabilities.sandboxes import actions, copying, origins
from guanxi.engine.bundles import sources
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """The verbs, the list and the job that copies."""
    registry.action(actions.create_sandbox, actions.cancel_sandbox, actions.retry_sandbox, actions.delete_sandbox)
    sources.provide_origins(origins.between)
    registry.jobs(copying)
    registry.routes(*actions.ROUTES)
