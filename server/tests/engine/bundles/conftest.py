"""Administrators of two workspaces."""

import pytest

from tests.engine.design.conftest import designer as designer  # noqa: PLC0414 - the fixture
from tests.engine.design.designer import Designer
from tests.support import world
from tests.support.clients import Client


@pytest.fixture
def there(database: None) -> Designer:
    """The administrator of the other workspace."""
    return Designer(Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE))
