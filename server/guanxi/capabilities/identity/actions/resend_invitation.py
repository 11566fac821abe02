"""Send an invitation again, with a new link; the old one stops working."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from guanxi.capabilities.identity import invitations
from guanxi.capabilities.identity.errors import MemberNotInvited
from guanxi.capabilities.identity.shapes import InvitedMember
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes


@dataclass(frozen=True)
class ResendInvitation:
    """The member who has not signed in yet."""

    member: UUID


@action("identity.resend_invitation", params=ResendInvitation, permission="members")
def resend_invitation(ctx: Context, params: ResendInvitation) -> InvitedMember:
    """A fresh letter for a member without sign-in, which also invites one who was only entered so far."""
    member = reads.get(ctx, "member", params.member, ("status", "account_id"))
    if member["account_id"] is not None or member["status"] == "left":
        raise MemberNotInvited
    writes.update(ctx, "member", [writes.Change(params.member, {"status": "invited"})])
    return invitations.invited(ctx, params.member)
