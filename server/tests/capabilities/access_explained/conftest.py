"""Roles and access rules of the world, changed by its administrator."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def roles(client) -> dict[str, str]:
    """Ids of the roles by their keys."""
    rows = client("administrator").post("records/role/query", {"select": ["key"]}).json()["rows"]
    return {row["key"]: row["id"] for row in rows}


@pytest.fixture
def set_role(client, roles) -> Callable[[str, dict[str, Any]], None]:
    """A function that gives a role other permissions."""

    def change(key: str, permissions: dict[str, Any]) -> None:
        answer = client("administrator").patch(
            f"records/role/{roles[key]}", {"values": {"permissions": {"system": [], **permissions}}}
        )
        assert answer.status_code == 200, answer.content

    return change


@pytest.fixture
def make_rule(client) -> Callable[..., dict[str, Any]]:
    """A function that writes an access rule of companies."""

    def make(name: str, effect: str, where: dict[str, Any], **values: Any) -> dict[str, Any]:
        given = {"name": name, "object": "company", "effect": effect, "where": where, **values}
        return client("administrator").make("access_rule", **given)

    return make
