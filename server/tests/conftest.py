"""Fixtures of the whole suite: a database that every test leaves untouched, the sample world, clients."""

import itertools
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.support.databases import TestServer, using

os.environ["DJANGO_SETTINGS_MODULE"] = "guanxi.infra.settings"
os.environ.setdefault("GUANXI_DEVELOPMENT", "1")
settings.register_profile("steady", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("steady")  # the same examples in every run; --hypothesis-profile=default looks for new ones
SERVER = TestServer()
_numbers = itertools.count()


def _set_up_django() -> None:
    """Once, after the data folder is settled and before any test module is imported."""
    import django
    from django.contrib.auth.hashers import Argon2PasswordHasher
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    # The same hashes, for a thousandth of the work: nobody attacks these.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


_set_up_django()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with a slow test begin, so that no process is left with one when the others are done."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def server() -> Iterator[TestServer]:
    """The PostgreSQL server of this test process."""
    SERVER.start()
    yield SERVER
    SERVER.stop()


@pytest.fixture(scope="session")
def empty_template(server: TestServer) -> str:
    """The name of a database that holds the migrated control plane and no workspace."""
    from guanxi.infra.database import control_plane

    name = server.create("empty")
    with using(name):
        control_plane.migrate()
    return name


@pytest.fixture(scope="session")
def empty_copy(server: TestServer, empty_template: str) -> str:
    """A copy of the empty database for the tests that are rolled back."""
    return server.create("empty_copy", empty_template)


@pytest.fixture
def empty_database(empty_copy: str) -> Iterator[None]:
    """Django's connection on a database without workspaces; whatever the test does is rolled back."""
    from django.db import transaction

    with using(empty_copy, again=True), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committing_empty_database(server: TestServer, empty_template: str) -> Iterator[str]:
    """The name of a database of the test's own without workspaces, in which it may commit."""
    name = server.create(f"own{next(_numbers)}", empty_template)
    with using(name):
        yield name
    server.drop(name)


@pytest.fixture(scope="session")
def world_template(server: TestServer, empty_template: str) -> str:
    """The name of a database that holds the world of tests/support/world.py."""
    from tests.support import world

    name = server.create("world", empty_template)
    with using(name):
        world.build()
    return name


@pytest.fixture(scope="session")
def world_copy(server: TestServer, world_template: str) -> str:
    """A copy of the world for the tests that are rolled back."""
    return server.create("world_copy", world_template)


@pytest.fixture
def database(world_copy: str) -> Iterator[None]:
    """Django's connection on the world; whatever the test does is rolled back."""
    from django.db import transaction

    with using(world_copy, again=True), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committing_database(server: TestServer, world_template: str) -> Iterator[str]:
    """The name of a copy of the world of the test's own, in which it may commit."""
    name = server.create(f"own{next(_numbers)}", world_template)
    with using(name):
        yield name
    server.drop(name)


@pytest.fixture
def workspace(database: None):
    """The workspace `acme`."""
    from tests.support import world

    return world.workspace()


@pytest.fixture
def actor(database: None):
    """A function from the name of a person of the world to the engine's actor."""
    from tests.support import world

    return world.actor


@pytest.fixture
def ctx(workspace, actor):
    """A unit of work of the administrator in `acme`, open for the whole test."""
    from guanxi.engine.context import work

    with work(workspace, actor("administrator"), via="api") as context:
        yield context


@pytest.fixture
def client(database: None):
    """A function from the name of a person (None: nobody) to an HTTP client that is signed in as that person."""
    from tests.support.clients import Client

    return Client.signed_in_as
