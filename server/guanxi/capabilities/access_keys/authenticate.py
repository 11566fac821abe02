"""The door for programs: a key or an app's token in the Authorization header, instead of a session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from guanxi.capabilities.access_keys import grants, keys
from guanxi.capabilities.access_keys.calls import Credential
from guanxi.capabilities.access_keys.errors import NotAKey, WrongAddress
from guanxi.capabilities.identity import authenticate as people
from guanxi.capabilities.identity.errors import UnknownWorkspace
from guanxi.capabilities.identity.organisation import engine_workspace, organisation_of
from guanxi.capabilities.identity.security.session_rules import check_address, check_joined, member_policy
from guanxi.engine.access.actor import Actor
from guanxi.engine.context import Workspace
from guanxi.infra.errors import NotAllowed
from guanxi.infra.http.addresses import client_address
from guanxi.infra.http.limits import BUCKETS

_SCHEME = "bearer "


def authenticate(request: HttpRequest, slug: str) -> tuple[Workspace, Actor]:
    """The workspace and who acts in it: the member of a key or an app's token, or the person of the session.

    A request with a token is never anybody's session, whatever cookies it has. Raises what identity raises, NotAKey,
    WrongAddress, LimitReached, and NotAllowed when the member holds none of the key's roles any more.
    """
    secret = bearer(request)
    if secret is None:
        return people.authenticate(request, slug)
    return _by_key(request, slug, secret) if secret.startswith(keys.PREFIX) else _by_token(request, slug, secret)


def bearer(request: HttpRequest) -> str | None:
    """What stands behind "Bearer" in the Authorization header; None without one."""
    value = request.META.get("HTTP_AUTHORIZATION", "")
    return value[len(_SCHEME) :].strip() if value[: len(_SCHEME)].lower() == _SCHEME else None


def credential_of(request: HttpRequest) -> Credential | None:
    """The key, or what was allowed to the app, that a request was found to come with."""
    return getattr(request, "credential", None)


def _by_key(request: HttpRequest, slug: str, secret: str) -> tuple[Workspace, Actor]:
    key = keys.find(secret)
    if key is None:
        raise NotAKey("unknown")
    _count(request, key)
    if key.state != "active":
        raise NotAKey(key.state)
    if not keys.within(client_address(request), key.networks):
        raise WrongAddress(client_address(request))
    workspace, actor = _member(request, key.workspace_id, key.member_id, slug, keys.role_ids_of(key))
    return workspace, replace(actor, key=key.name, key_id=key.pk)


def _by_token(request: HttpRequest, slug: str, secret: str) -> tuple[Workspace, Actor]:
    found = grants.find(secret)
    if found is None:
        raise NotAKey("unknown")
    grant, scopes = found
    _count(request, grant)
    workspace, actor = _member(request, grant.app.workspace_id, grant.member_id, slug)
    # What an app is allowed are records; whatever is above them stays with the person.
    named = replace(actor, key=grant.app.name, key_id=grant.app_id)
    return workspace, replace(named, scopes=scopes, system_rights=frozenset())


def _count(request: HttpRequest, credential: Credential) -> None:
    """From here on the call is the key's or the app's own, in its log and in its limit."""
    request.credential = credential  # type: ignore[attr-defined]
    BUCKETS.take(str(credential.pk), settings.API_CALLS_PER_MINUTE)


def _member(
    request: HttpRequest, workspace_id: int, member_id: UUID, slug: str, roles: Iterable[UUID] | None = None
) -> tuple[Workspace, Actor]:
    membership = people.membership_of(workspace_id, member_id)
    if membership is None:
        raise NotAKey("unknown")
    if membership.workspace.slug != slug:
        raise UnknownWorkspace
    organisation = organisation_of(membership.workspace)
    if roles is None:
        actor = organisation.actor(member_id, membership.account_id)
    else:
        actor = organisation.with_roles(member_id, membership.account_id, roles)
    if actor is None:
        raise NotAKey("unknown")
    if not actor.role_ids:
        raise NotAllowed("access_keys.no_roles")
    # Before somebody's first day, and where a role says from which addresses one may work, a program is no way around it.
    check_joined(membership)
    check_address(request, member_policy(membership))
    request.user = SimpleLazyObject(lambda: membership.account)  # type: ignore[assignment]
    return engine_workspace(membership.workspace), actor
