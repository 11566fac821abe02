"""What a session knows of single sign-on: which providers vouched for its person, and what it opens because of it.

A session that began with a provider opens the workspaces of its providers alone, and not the account's own pages: who
sets a provider up vouches for people in their own workspace, and must gain nothing in any other.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from guanxi.capabilities.identity.models import Account, Membership
from guanxi.capabilities.identity.security.session_rules import visit_of
from guanxi.capabilities.identity.sessions import SessionStore
from guanxi.capabilities.single_sign_on.errors import SingleSignOnNeeded
from guanxi.capabilities.single_sign_on.models import Provider, Requirement
from guanxi.engine.access.actor import Actor
from guanxi.infra.database.lookup import lookup

KEY = "single_sign_on"
METHOD = "single_sign_on"
RIGHT = "security"
"""Whoever holds it gets in with a password too: somebody must be able to mend a provider that fails."""
_MOST = 10_000
_provider = lookup(Provider, "WHERE t.id = $1 AND t.is_active")
_requirement = lookup(Requirement, "WHERE t.workspace_id = $1")
_required: dict[int, tuple[UUID, bool]] = {}


def enter(request: HttpRequest, account: Account, provider: Provider) -> None:
    """Sign the person in, for the workspace of the provider. Who is signed in already keeps what was open before."""
    known = request.user == account
    if not known and request.user.is_authenticated:
        logout(request)
    kept = (request.session.get(KEY) if known else None) or {"providers": [], "alone": not known}
    record_authentication(request, account, METHOD, provider=str(provider.pk))
    if not known:
        # The provider's word stands for password and second factor, and so it opens no more than its own workspace.
        # The browser does not become one that the account knows: that is for its owner to say.
        get_adapter(request).login(request, account)
    providers = [*dict.fromkeys([*kept["providers"], str(provider.pk)])]
    request.session[KEY] = {"providers": providers, "alone": kept["alone"]}
    if not known:
        user_logged_in.send(sender=Account, request=request, response=None, user=account)


def only_workspaces(request: HttpRequest) -> frozenset[int] | None:
    """The workspaces that the session is limited to; None for one that began with a password or a passkey."""
    kept = _kept(request)
    return _vouched(kept) if kept is not None and kept["alone"] else None


def limited_account(request: HttpRequest) -> int | None:
    """Whose session it is, when it is limited to some workspaces: by its cookie, or by the token of a program."""
    session = _session(request)
    kept = _of(session)
    account = session.get(SESSION_KEY)
    return int(account) if kept is not None and kept["alone"] and account is not None else None


def ask(request: HttpRequest, membership: Membership, actor: Actor) -> None:
    """SingleSignOnNeeded where the workspace is entered through its provider and the session was not."""
    if not _is_required(membership) or actor.may(RIGHT):
        return
    kept = _kept(request)
    if kept is None or membership.workspace_id not in _vouched(kept):
        raise SingleSignOnNeeded(membership.workspace.slug)


def is_vouched(request: HttpRequest, workspace_id: int) -> bool:
    """Whether a provider of the workspace vouched for the person of this session."""
    kept = _kept(request)
    return kept is not None and workspace_id in _vouched(kept)


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    return _of(_session(request))


def _session(request: HttpRequest) -> SessionBase:
    """The session that the request really comes with: its cookie's, or its token's."""
    visit = visit_of(request)
    own: SessionBase = request.session
    return SessionStore(visit.key) if visit.key and visit.key != own.session_key else own


def _of(session: SessionBase) -> dict[str, Any] | None:
    found: dict[str, Any] | None = session.get(KEY)
    return found


def _vouched(kept: dict[str, Any]) -> frozenset[int]:
    """Workspaces of the providers, as far as these still stand."""
    providers = (_provider(UUID(one)) for one in kept["providers"])
    return frozenset(one.workspace_id for one in providers if one is not None)


def _is_required(membership: Membership) -> bool:
    """Asked with every request; a change of it makes the organisation's version another one."""
    workspace = membership.workspace
    known = _required.get(workspace.pk)
    if known is None or known[0] != workspace.organisation_version:
        if len(_required) >= _MOST:
            _required.clear()
        known = (workspace.organisation_version, _requirement(workspace.pk) is not None)
        _required[workspace.pk] = known
    return known[1]
