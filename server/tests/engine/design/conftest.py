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


@pytest.fixture
def projects(designer: Designer) -> Designer:
    """Five projects, two of them of one name."""
    designer.project()
    rows = [("甲", "new"), ("乙", "doing"), ("乙", "doing"), ("丙", "done"), ("丁", None)]
    for name, phase in rows:
        designer.client.make("project", name=name, phase=phase)
    return designer


@pytest.fixture
def many_projects(committing: Designer, finish) -> Designer:
    """Three hundred projects, with nothing left for the background."""
    committing.project()
    rows = [{"values": {"name": f"第{n}项", "phase": "new"}} for n in range(300)]
    assert committing.client.post("records/project/bulk", {"op": "create", "records": rows}).status_code == 200
    finish()
    return committing
