"""The whole wiring of the audit log."""

from guanxi.capabilities.audit import hooks, sign_ins, verifying
from guanxi.capabilities.audit.routes import ROUTES
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """What is noted of accounts and of the organisation, the list, and the jobs that seal and verify."""
    sign_ins.connect()
    registry.hooks(hooks)
    registry.jobs(verifying)
    registry.routes(*ROUTES)
