"""People who change the configuration."""

import pytest

from tests.engine.design.designer import Designer
from tests.engine.transfer.conftest import queued as queued  # noqa: PLC0414 - the fixture
from tests.support.clients import Client


@pytest.fixture
def designer(database: None) -> Designer:
    """The administrator, in a database that is rolled back."""
    return Designer(Client.signed_in_as("administrator"))


@pytest.fixture
def sales(database: None) -> Client:
    """A salesperson, who configures nothing."""
    return Client.signed_in_as("salesperson")


@pytest.fixture
def committing(committing_database: str) -> Designer:
    """The administrator, in a database that keeps what is committed."""
    return Designer(Client.signed_in_as("administrator"))


@pytest.fixture
def finish(committing_database: str):
    """Do what changes left for the background, as the worker would."""
    from guanxi.app.installation import finish_deferred
    from tests.support import world

    return lambda: finish_deferred(world.workspace().schema)
