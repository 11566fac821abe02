"""Changing what a role of the world demands of signing in."""

from typing import Any

from tests.support import world


def demand(role: str = "salesperson", **sign_in: Any) -> None:
    """Make a role demand this of everybody who holds it."""
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.records import reads, writes

    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (id_,) = reads.ids(ctx, "role", {"field": "key", "op": "eq", "value": role})
        permissions = reads.native(ctx, "role", [id_], ("permissions",))[id_]["permissions"]
        writes.update(ctx, "role", [writes.Change(id_, {"permissions": {**permissions, "sign_in": sign_in}})])
