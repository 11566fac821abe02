"""Approvals are tested with the automation of the tests of flows, and the imports of those of transfers."""

from tests.capabilities.flows.conftest import automation
from tests.engine.transfer.conftest import queued

__all__ = ["automation", "queued"]
