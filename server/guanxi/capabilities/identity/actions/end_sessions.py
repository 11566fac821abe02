"""Sign a member out, on one device or on all."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from guanxi.capabilities.identity import member_sign_in
from guanxi.capabilities.identity.shapes import EndedSessions
from guanxi.engine.actions import action
from guanxi.engine.context import Context


@dataclass(frozen=True)
class EndSessions:
    """The member, and one of the sessions; without it all that were used in this workspace."""

    member: UUID
    session: int | None = None


@action("identity.end_sessions", params=EndSessions, permission="members")
def end_sessions(ctx: Context, params: EndSessions) -> EndedSessions:
    """End sessions of a member; they sign in again, if they still can."""
    return {"member": str(params.member), "ended": member_sign_in.end_sessions(ctx, params.member, params.session)}
