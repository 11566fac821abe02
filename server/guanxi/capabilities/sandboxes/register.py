"""The whole wiring of sandboxes."""

from guanxi.capabilities.sandboxes import actions, copying
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """The verbs, the list and the job that copies."""
    registry.action(actions.create_sandbox, actions.cancel_sandbox, actions.delete_sandbox)
    registry.jobs(copying)
    registry.routes(*actions.ROUTES)
