"""Flows for the tests of sales that need them."""

from tests.capabilities.flows.conftest import automation

__all__ = ["automation"]
