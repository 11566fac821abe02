"""Who writes in most of these tests, and the catalog read anew after each of them."""

from collections.abc import Iterator

import pytest

from tests.engine.transfer.conftest import importer, queued  # noqa: F401 - fixtures of imports
from tests.support.clients import Client
from tests.support.objects import forget_objects


@pytest.fixture
def sales(database: None) -> Client:
    """The salesperson's client."""
    return Client.signed_in_as("salesperson")


@pytest.fixture(autouse=True)
def changed_catalog(database: None) -> Iterator[None]:
    """What a test made of the catalog is forgotten with it."""
    yield
    forget_objects()
