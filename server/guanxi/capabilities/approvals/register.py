"""The whole wiring of approvals."""

from guanxi.capabilities.approvals import ending, exporting, holding, kinds, leaving
from guanxi.capabilities.approvals.commenting import comment
from guanxi.capabilities.approvals.deciding import decide
from guanxi.capabilities.approvals.moving import add, transfer, urge, withdraw
from guanxi.capabilities.approvals.returning import resubmit, send_back
from guanxi.capabilities.approvals.routes import ROUTES
from guanxi.capabilities.approvals.submitting import submit
from guanxi.infra.registry import Registry


def register(registry: Registry) -> None:
    """The steps at which people are asked, what waits for them, and what they may do."""
    registry.hooks(holding, exporting, kinds, ending, leaving)
    registry.action(submit, decide, transfer, add, send_back, resubmit, withdraw, urge, comment)
    registry.routes(*ROUTES)
