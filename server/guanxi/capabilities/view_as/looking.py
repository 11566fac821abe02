"""Beginning, holding and ending a look with somebody else's eyes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from guanxi.capabilities.identity.authenticate import Eyes
from guanxi.capabilities.identity.models import Membership, Workspace
from guanxi.capabilities.identity.organisation import engine_workspace, organisation_of
from guanxi.capabilities.view_as import rules
from guanxi.capabilities.view_as.models import Look
from guanxi.engine.access.actor import Actor
from guanxi.engine.audit import note, note_outside
from guanxi.engine.context import Context, work
from guanxi.infra.database.lookup import lookup
from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound
from guanxi.infra.jobs import enqueue, job

LONGEST = timedelta(minutes=60)
LONGEST_REASON = 500
SESSION_KEY = "view_as"
_open = lookup(Look, "WHERE t.id = $1 AND t.account_id = $2 AND t.workspace_id = $3 AND t.until > $4")


def begin(ctx: Context, request: HttpRequest, member: UUID, reason: str) -> Look:
    """Let the session of the request see the workspace as a member does; a look that it had ends.

    NotAllowed without the right, or as somebody who sees more; NotFound for nobody, and for one who left; Conflict for a
    program, which has no screen to mark; Invalid without a reason.
    """
    reason = reason.strip()
    if not reason:
        raise Invalid([FieldError("reason", "view_as.reason_needed")])
    if len(reason) > LONGEST_REASON:
        raise Invalid([FieldError("reason", "fields.too_long", {"length": len(reason), "limit": LONGEST_REASON})])
    looker = ctx.actor
    if not looker.may(rules.RIGHT):
        raise NotAllowed("view_as.not_allowed")
    if looker.account_id is None or looker.member_id is None or not request.session.session_key or looker.key:
        raise Conflict("view_as.screens_only")
    row = Workspace.objects.get(pk=ctx.workspace.id)
    _check(ctx, row, looker, _other(row, member))
    end(ctx, request, "other")
    look = Look.objects.create(
        account_id=looker.account_id, workspace=row, looker=looker.member_id, member=member,
        checked=row.organisation_version, until=ctx.now + LONGEST,
    )  # fmt: skip
    request.session[SESSION_KEY] = {**_held(request), str(ctx.workspace.id): str(look.pk)}
    enqueue("view_as.time_is_up", {"look": str(look.pk)}, f"view_as {look.pk}", look.until)
    details = {"other": _person(member), "reason": reason, "until": look.until}
    note(ctx, "view_as_begin", object="member", record=member, details=details)
    return look


def end(ctx: Context, request: HttpRequest, how: str = "by_hand") -> bool:
    """End what the session looks with in this workspace; False when it looked with nobody's eyes."""
    look = _look(request, ctx.actor.account_id, ctx.workspace.id)
    request.session[SESSION_KEY] = {key: one for key, one in _held(request).items() if key != str(ctx.workspace.id)}
    if look is None or not _closed(look):
        return False
    note(ctx, "view_as_end", object="member", record=look.member, details=_ended(look, how))
    return True


def eyes(request: HttpRequest, membership: Membership, looker: Actor) -> Eyes | None:
    """With whose eyes the session of a request looks at the workspace; None for the person's own.

    A look whose time is up is none. One that the person may not have any more ends.
    """
    look = _look(request, membership.account_id, membership.workspace_id)
    if look is None:
        return None
    row = membership.workspace
    try:
        other = _other(row, look.member)
        if row.organisation_version != look.checked:
            with work(engine_workspace(row), looker, via="system") as ctx:
                _check(ctx, row, looker, other)
            Look.objects.filter(pk=look.pk).update(checked=row.organisation_version)
    except (NotAllowed, NotFound):
        _end_outside(look, "right_lost", request)
        return None
    return Eyes(other.seen_by(looker), looker, look.until)


@job("view_as.time_is_up")
def time_is_up(payload: Mapping[str, Any]) -> None:
    """Note the end of a look that nobody ended; payload: look."""
    look = Look.objects.filter(pk=payload["look"]).first()
    if look is not None:
        _end_outside(look, "time", None)


def end_all_of(request: HttpRequest) -> None:
    """End every look of a session that is signed out."""
    for look in Look.objects.filter(pk__in=list(_held(request).values())):
        _end_outside(look, "sign_out", request)


def _other(row: Workspace, member: UUID) -> Actor:
    """With whose eyes: a newcomer who has not signed in yet is looked as too; NotFound for one who left."""
    organisation = organisation_of(row)
    other = organisation.actor(member) if organisation.works_here(member) else None
    if other is None:
        raise NotFound("view_as.no_such_member")
    return other


def _check(ctx: Context, row: Workspace, looker: Actor, other: Actor) -> None:
    organisation = organisation_of(row)
    permissions = [organisation.roles[role].permissions for role in other.role_ids]
    rules.check(ctx.snapshot, looker, other, permissions)


def _held(request: HttpRequest) -> dict[str, str]:
    """Looks of the session by workspace."""
    session = getattr(request, "session", None)
    found: dict[str, str] = (session.get(SESSION_KEY) if session is not None else None) or {}
    return found


def _look(request: HttpRequest, account: int | None, workspace: int) -> Look | None:
    id_ = _held(request).get(str(workspace))
    return _open(UUID(id_), account, workspace, datetime.now(UTC)) if id_ else None


def _closed(look: Look) -> bool:
    """End a look; False when somebody else has just done so."""
    return Look.objects.filter(pk=look.pk).delete()[0] == 1


def _end_outside(look: Look, how: str, request: HttpRequest | None) -> None:
    if _closed(look):
        workspace = engine_workspace(Workspace.objects.get(pk=look.workspace_id))
        details = _ended(look, how)
        note_outside(workspace, look.looker, "view_as_end", details, request, account_id=look.account_id)


def _ended(look: Look, how: str) -> dict[str, Any]:
    return {"other": _person(look.member), "how": {"code": f"audit.how_{how}"}}


def _person(member: UUID) -> dict[str, str]:
    return {"object": "member", "id": str(member)}
