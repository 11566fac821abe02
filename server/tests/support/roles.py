"""Changing what a role of the world allows, and what it demands of signing in."""

from collections.abc import Callable
from typing import Any

from tests.support import world


def demand(role: str = "salesperson", **sign_in: Any) -> None:
    """Make a role demand this of everybody who holds it."""
    _change(role, lambda permissions: {**permissions, "sign_in": sign_in})


def allow(role: str = "salesperson", **switches: bool) -> None:
    """Turn switches of a role on or off, for all objects that it does not name."""

    def changed(permissions: dict[str, Any]) -> dict[str, Any]:
        objects = permissions["objects"]
        return {**permissions, "objects": {**objects, "*": {**objects["*"], **switches}}}

    _change(role, changed)


def trust(role: str, *system: str, **objects: dict[str, Any]) -> None:
    """Give a role rights over the workspace, and what it says of some objects."""

    def changed(permissions: dict[str, Any]) -> dict[str, Any]:
        rights = [*permissions.get("system", ()), *system]
        return {**permissions, "system": rights, "objects": {**permissions["objects"], **objects}}

    _change(role, changed)


def only(role: str, **objects: dict[str, Any]) -> None:
    """Make a role say this of objects and nothing else: ``"*"`` speaks for those that are not named."""
    _change(role, lambda permissions: {**permissions, "objects": objects})


def _change(role: str, changed: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.records import reads, writes

    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (id_,) = reads.ids(ctx, "role", {"field": "key", "op": "eq", "value": role})
        permissions = reads.native(ctx, "role", [id_], ("permissions",))[id_]["permissions"]
        writes.update(ctx, "role", [writes.Change(id_, {"permissions": changed(permissions)})])
