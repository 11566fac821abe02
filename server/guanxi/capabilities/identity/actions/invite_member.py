"""Invite somebody by mail: a member who waits for the invitation to be accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from guanxi.capabilities.identity import invitations, roles
from guanxi.capabilities.identity.shapes import InvitedMember
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes
from guanxi.infra.errors import FieldError, Invalid


@dataclass(frozen=True)
class InviteMember:
    """Roles by key or id; `language` is that of the letter, the inviter's when it is left out."""

    email: str
    name: str
    roles: Sequence[str] = ()
    department: UUID | None = None
    language: str | None = None


@action("identity.invite_member", params=InviteMember, permission="members")
def invite_member(ctx: Context, params: InviteMember) -> InvitedMember:
    """Create the member and queue the letter; neither happens without the other. Returns the member's id.

    Invalid without a role: the person could sign in and see nothing.
    """
    if not params.roles:
        raise Invalid([FieldError("roles", "identity.role_required")])
    values = {
        "name": params.name,
        "email": params.email,
        "department": params.department,
        "roles": roles.role_ids(ctx, params.roles),
        "language": params.language or ctx.language,
        "status": "invited",
    }
    (member_id,) = writes.create(ctx, "member", [values])
    return invitations.invited(ctx, member_id)
