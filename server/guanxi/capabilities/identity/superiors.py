"""Who stands above whom among those who work here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from guanxi.capabilities.identity.hooks.member_guards import LEFT
from guanxi.engine.context import Context
from guanxi.engine.records import reads


def nearest_superiors(ctx: Context, members: Iterable[UUID]) -> dict[UUID, UUID | None]:
    """The nearest superior of each member who has not left; None where nobody stands above them."""
    rows: dict[UUID, dict[str, Any]] = {}

    def row(member: UUID) -> dict[str, Any]:
        if member not in rows:
            rows[member] = reads.native(ctx.as_system(), "member", [member], ("manager", "status")).get(member, {})
        return rows[member]

    wanted = list(members)
    rows.update(reads.native(ctx.as_system(), "member", wanted, ("manager", "status")))
    found: dict[UUID, UUID | None] = {}
    for one in wanted:
        above, passed = row(one).get("manager"), {one}
        while above is not None and row(above).get("status") == LEFT:
            passed.add(above)
            above = row(above).get("manager")
            if above in passed:
                above = None
        found[one] = above
    return found
