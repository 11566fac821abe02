"""Reading the audit log as a person of the world."""

from collections.abc import Callable
from typing import Any

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads, writes
from tests.support import world
from tests.support.clients import Client

Entries = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def entries(database: None) -> Entries:
    """A function from kinds (all but sealing without any) to the entries of `acme`, latest first."""

    def read(*kinds: str, slug: str = world.WORKSPACE, **asked: str) -> list[dict[str, Any]]:
        reader = Client.signed_in_as("administrator" if slug == world.WORKSPACE else world.STRANGER, slug)
        given = {**asked, **({"kinds": ",".join(kinds)} if kinds else {})}
        answer = reader.django.get(f"{reader.base}/audit", given)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["items"]

    return read


@pytest.fixture
def facts() -> Callable[[dict[str, Any]], dict[str, str]]:
    """The details of an entry by their keys."""
    return lambda entry: {fact["key"]: fact["text"] for fact in entry["facts"]}


@pytest.fixture
def give(database: None) -> Callable[[str, dict[str, Any]], None]:
    """A function that gives a role other permissions."""

    def change(role: str, permissions: dict[str, Any]) -> None:
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            (id_,) = reads.ids(ctx, "role", {"field": "key", "op": "eq", "value": role})
            writes.update(ctx, "role", [writes.Change(id_, {"permissions": permissions})])

    return change
