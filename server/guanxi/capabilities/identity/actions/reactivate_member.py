"""Open the way in again for a member who was deactivated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from guanxi.capabilities.identity.shapes import NamedMember
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes


@dataclass(frozen=True)
class ReactivateMember:
    """The member who comes back, and since when they work here again."""

    member: UUID
    joined_on: date | None = None


@action("identity.reactivate_member", params=ReactivateMember, permission="members")
def reactivate_member(ctx: Context, params: ReactivateMember) -> NamedMember:
    """The member is active again and signs in with the password of before; one who never signed in needs a letter."""
    values: dict[str, Any] = {"status": "active"}
    if params.joined_on is not None:
        values["joined_on"] = params.joined_on
    writes.update(ctx, "member", [writes.Change(params.member, values)])
    return {"member": str(params.member)}
