"""Let somebody back in who lost the telephone and the recovery codes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from guanxi.capabilities.identity import member_sign_in
from guanxi.capabilities.identity.shapes import NamedMember
from guanxi.engine.actions import action
from guanxi.engine.context import Context


@dataclass(frozen=True)
class ResetSecondFactor:
    """The member who cannot sign in any more."""

    member: UUID


@action("identity.reset_second_factor", params=ResetSecondFactor, permission="members")
def reset_second_factor(ctx: Context, params: ResetSecondFactor) -> NamedMember:
    """Take a member's second factors away and sign them out; where a role asks for one, the next sign-in sets it up anew."""
    member_sign_in.reset_second_factor(ctx, params.member)
    return {"member": str(params.member)}
