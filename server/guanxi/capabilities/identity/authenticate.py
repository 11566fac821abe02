"""From a request, or from a stored id, to the person who acts in a workspace; every door to its data passes here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from guanxi.capabilities.identity import session_reach
from guanxi.capabilities.identity.errors import UnknownWorkspace
from guanxi.capabilities.identity.models import Account, Membership
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace, organisation_of
from guanxi.capabilities.identity.security import session_rules
from guanxi.engine.access.actor import Actor
from guanxi.engine.context import Workspace
from guanxi.infra.database.lookup import lookup
from guanxi.infra.errors import NotSignedIn


@dataclass(frozen=True, slots=True)
class Eyes:
    """As whom a session sees a workspace, who it is that looks, and until when."""

    actor: Actor
    looker: Actor
    until: datetime


Look = Callable[[HttpRequest, Membership, Actor], Eyes | None]
_look_with: list[Look] = []
_WORKSPACE = "JOIN identity_workspace workspace ON workspace.id = t.workspace_id"
_by_account = lookup(
    Membership, f"{_WORKSPACE} WHERE t.account_id = $1 AND workspace.slug = $2 AND t.is_active", along="workspace"
)
_by_member = lookup(
    Membership, f"{_WORKSPACE} WHERE t.workspace_id = $1 AND t.member_id = $2 AND t.is_active", along="workspace"
)


def authenticate_as_oneself(request: HttpRequest, slug: str) -> tuple[Workspace, Actor]:
    """The workspace and the caller as a member of it, with rights as they are now.

    Raises NotSignedIn without a valid session, UnknownWorkspace when there is none of that name for this person, and
    what their first day and their roles demand of signing in: NotYetJoined, AddressNotAllowed, SessionOver,
    SecondFactorNeeded.
    """
    _, workspace, actor = _entered(request, slug)
    return workspace, actor


def authenticate(request: HttpRequest, slug: str) -> tuple[Workspace, Actor]:
    """As ``authenticate_as_oneself``, unless the session looks with another member's eyes: then as that member, to read.

    With whose eyes, and whose they really are, is told by ``eyes_of``.
    """
    membership, workspace, actor = _entered(request, slug)
    eyes = _look_with[0](request, membership, actor) if _look_with else None
    request.eyes = eyes  # type: ignore[attr-defined]
    return workspace, eyes.actor if eyes else actor


def eyes_of(request: HttpRequest) -> Eyes | None:
    """With whose eyes an authenticated request looks; None for the person's own."""
    return getattr(request, "eyes", None)


def look_with(function: Look) -> None:
    """Plug in the function that knows who looks with another member's eyes."""
    _look_with[:] = [function]


def acting(workspace_id: int, member_id: UUID, roles: Iterable[UUID] | None = None) -> tuple[Workspace, Actor] | None:
    """The workspace and a member with rights as they are now, or those of some of their roles alone, for work done later;
    None for one who left.
    """
    return _member(_by_member(workspace_id, member_id), roles)


def membership_of(workspace_id: int, member_id: UUID) -> Membership | None:
    """The open way in of a member, with its workspace; None for one who left or never had any."""
    return _by_member(workspace_id, member_id)


def workspace_of(workspace_id: int) -> Workspace | None:
    """The workspace with this number, whoever works there; None when it is gone."""
    row = WorkspaceRow.objects.filter(pk=workspace_id).first()
    return None if row is None else engine_workspace(row)


def joined(account_id: int, slug: str) -> tuple[Workspace, Actor] | None:
    """Another workspace of the same person, and who they are there; None when they are no member of it."""
    return _member(_by_account(account_id, slug))


def signed_in(request: HttpRequest) -> Account:
    """The account of the request's session, from the cookie or the X-Session-Token header; NotSignedIn otherwise."""
    if not isinstance(request.user, Account) or not request.user.is_authenticated:
        raise NotSignedIn
    return request.user


def _entered(request: HttpRequest, slug: str) -> tuple[Membership, Workspace, Actor]:
    membership = _by_account(signed_in(request).pk, slug)
    found = _member(membership)
    if membership is None or found is None or not session_reach.opens(request, membership.workspace.pk):
        raise UnknownWorkspace
    session_rules.hold(request, membership)
    session_reach.ask(request, membership, found[1])
    return membership, *found


def _member(membership: Membership | None, roles: Iterable[UUID] | None = None) -> tuple[Workspace, Actor] | None:
    if membership is None:
        return None
    organisation, member, account = organisation_of(membership.workspace), membership.member_id, membership.account_id
    actor = organisation.actor(member, account) if roles is None else organisation.with_roles(member, account, roles)
    return None if actor is None else (engine_workspace(membership.workspace), actor)
