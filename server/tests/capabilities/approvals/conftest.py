"""Approvals are tested with the automation of the tests of flows."""

from tests.capabilities.flows.conftest import automation

__all__ = ["automation"]
