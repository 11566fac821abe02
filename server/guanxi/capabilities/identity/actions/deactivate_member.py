"""Close somebody's way in: sign-in, sessions and open invitations end; the member's records and history stay."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from guanxi.capabilities.identity.shapes import NamedMember
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes


@dataclass(frozen=True)
class DeactivateMember:
    """The member who leaves."""

    member: UUID


@action("identity.deactivate_member", params=DeactivateMember, permission="members")
def deactivate_member(ctx: Context, params: DeactivateMember) -> NamedMember:
    """Set the status that everything else follows; LastAdministrator when nobody would be left to administer."""
    writes.update(ctx, "member", [writes.Change(params.member, {"status": "left"})])
    return {"member": str(params.member)}
