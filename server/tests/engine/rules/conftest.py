"""Who writes in most of these tests."""

import pytest

from tests.engine.transfer.conftest import importer, queued  # noqa: F401 - fixtures of imports
from tests.support.clients import Client


@pytest.fixture
def sales(database: None) -> Client:
    """The salesperson's client."""
    return Client.signed_in_as("salesperson")
