"""How a member signs in, as far as those who manage members may know and change it.

Sessions and second factors belong to an account, which may belong to other workspaces too: only sessions that were
used in this workspace are shown and ended here, and a second factor is reset only for an account of this one alone.
"""

from __future__ import annotations

from uuid import UUID

from allauth.usersessions.models import UserSession
from django.utils import timezone

from guanxi.capabilities.identity.errors import NotTheirOnlyWorkspace
from guanxi.capabilities.identity.hooks import grants
from guanxi.capabilities.identity.http.last_seen import WORKSPACES
from guanxi.capabilities.identity.models import Account, Membership
from guanxi.capabilities.identity.security import notes, second_factor
from guanxi.capabilities.identity.security.session_rules import member_policy
from guanxi.capabilities.identity.shapes import MemberSession, MemberSignIn
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.errors import NotAllowed, NotFound


def shown(ctx: Context, member_id: UUID, current: str | None) -> MemberSignIn:
    """Sessions and kinds of second factors; NotFound for somebody the caller does not see."""
    membership = membership_of(ctx, member_id)
    if membership is None:
        return {"has_account": False, "sessions": [], "second_factor": None}
    account = membership.account
    has = second_factor.told(account)
    return {
        "has_account": True,
        "sessions": [_session(row, current) for row in sessions(ctx, account)],
        "second_factor": {
            "app": has.app,
            "passkeys": has.passkeys,
            "recovery_codes": has.recovery_codes,
            "required": member_policy(membership).second_factor,
            "can_be_reset": _is_only_here(membership) and _is_within(ctx, member_id),
        },
    }


def end_sessions(ctx: Context, member_id: UUID, session: int | None = None) -> int:
    """End one session of the member, or all that were used here; how many that were. NotFound for another's."""
    membership = membership_of(ctx, member_id)
    rows = sessions(ctx, membership.account) if membership else []
    if session is not None:
        rows = [row for row in rows if row.pk == session]
        if not rows:
            raise NotFound("identity.unknown_session")
    for row in rows:
        row.end()
    if rows:
        note(ctx, notes.SIGNED_OUT, object="member", record=member_id, details={"number": len(rows)})
    return len(rows)


def reset_second_factor(ctx: Context, member_id: UUID) -> None:
    """Let somebody who lost all second factors in with the password alone, once: their sessions end.

    NotAllowed for somebody who holds more than the caller, who could know the password; NotTheirOnlyWorkspace for an
    account that guards other workspaces too: whoever runs the installation can do it.
    """
    grants.check_member(ctx, member_id)
    membership = membership_of(ctx, member_id)
    if membership is None:
        raise NotFound("identity.no_account")
    if not _is_only_here(membership):
        raise NotTheirOnlyWorkspace
    note(ctx, notes.RESET, object="member", record=member_id)
    second_factor.reset(membership.account)
    for row in UserSession.objects.filter(user=membership.account):
        row.end()


def membership_of(ctx: Context, member_id: UUID) -> Membership | None:
    """The way in of a member whom the caller sees, None for one without an account; NotFound for anybody else."""
    reads.get(ctx, "member", member_id, ("name",))
    return (
        Membership.objects.select_related("account", "workspace")
        .filter(workspace_id=ctx.workspace.id, member_id=member_id, is_active=True)
        .first()
    )


def sessions(ctx: Context, account: Account) -> list[UserSession]:
    """The running sessions of an account that were used in this workspace, the one last used first."""
    rows = UserSession.objects.filter(user=account, data__contains={WORKSPACES: [ctx.workspace.id]})
    return [row for row in rows.order_by("-last_seen_at") if not row.purge()]


def _is_only_here(membership: Membership) -> bool:
    others = Membership.objects.filter(account=membership.account, is_active=True).exclude(pk=membership.pk)
    return not others.exists()


def _is_within(ctx: Context, member_id: UUID) -> bool:
    try:
        grants.check_member(ctx, member_id)
    except NotAllowed:
        return False
    return True


def _session(row: UserSession, current: str | None) -> MemberSession:
    return {
        "id": row.pk,
        "user_agent": row.user_agent,
        "address": row.ip,
        "created_at": row.created_at.isoformat(),
        "last_seen_at": min(row.last_seen_at, timezone.now()).isoformat(),
        "is_current": row.session_key == current,
    }
