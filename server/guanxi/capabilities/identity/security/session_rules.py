"""What roles demand of signing in, held with every request: from where, for how long, and with a second factor.

Below a workspace the member's roles there decide. Elsewhere (the pages of the account itself) all workspaces of the
account do: an address is good that one of them admits, and a session ends by the shortest time that any of them sets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from allauth.headless.internal.sessionkit import authenticate_by_x_session_token
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils import timezone

from guanxi.capabilities.identity import session_reach
from guanxi.capabilities.identity.errors import AddressNotAllowed, NotYetJoined, SecondFactorNeeded, SessionOver
from guanxi.capabilities.identity.models import Account, Membership
from guanxi.capabilities.identity.organisation import organisation_of
from guanxi.capabilities.identity.security import second_factor
from guanxi.capabilities.identity.sign_in_policy import NO_DEMANDS, SignInPolicy, policy_of
from guanxi.infra.database.lookup import lookup
from guanxi.infra.http.addresses import client_address

_session = lookup(UserSession, "WHERE t.session_key = $1")
_policies: dict[tuple[int, UUID, UUID], SignInPolicy] = {}
_MOST = 20_000
TOKEN = "X-Session-Token"  # noqa: S105 - the name of the header


@dataclass(slots=True)
class Visit:
    """What is known of the session of a request: its key, the time it may stand still, and where it was used."""

    key: str | None
    idle: timedelta | None = None
    ends_at: datetime | None = None
    workspace: int | None = None
    policy: SignInPolicy = NO_DEMANDS
    ended: str | None = None
    """Why the session that the request came with is over."""


def visit_of(request: HttpRequest) -> Visit:
    """The visit that a request is part of."""
    found = getattr(request, "visit", None)
    if found is None:
        found = Visit(request.session.session_key if hasattr(request, "session") else None)
        request.visit = found  # type: ignore[attr-defined]
    return found


def come_with_token(request: HttpRequest) -> Account | None:
    """The account of the session whose token a program sent instead of a cookie; None for one that is not valid."""
    found = authenticate_by_x_session_token(request.headers.get(TOKEN, ""))
    request.visit = Visit(found[1].session_key if found else None)  # type: ignore[attr-defined]
    return found[0] if found else None


def member_policy(membership: Membership) -> SignInPolicy:
    """What the member's roles demand now, the baseline's among them."""
    workspace = membership.workspace
    key = (workspace.pk, workspace.organisation_version, membership.member_id)
    known = _policies.get(key)
    if known is None:
        organisation = organisation_of(workspace)
        if len(_policies) >= _MOST:
            _policies.clear()
        known = _policies[key] = policy_of(
            organisation.roles[role].permissions for role in organisation.held(membership.member_id)
        )
    return known


def hold(request: HttpRequest, membership: Membership) -> None:
    """Let a request of a session into a workspace: NotYetJoined, AddressNotAllowed, SessionOver or SecondFactorNeeded
    otherwise.
    """
    check_joined(membership)
    policy = member_policy(membership)
    visit = visit_of(request)
    visit.workspace, visit.policy = membership.workspace.pk, policy
    if policy is NO_DEMANDS:
        return
    check_address(request, policy)
    _hold_session(request, visit, policy)
    if not policy.second_factor or session_reach.is_vouched(request, membership.workspace.pk):
        return
    if not second_factor.is_set_up(membership.account_id):
        raise SecondFactorNeeded


def check_joined(membership: Membership) -> None:
    """NotYetJoined before the member's first working day; holds for programs with keys of theirs as well."""
    if _is_awaited(membership):
        raise NotYetJoined


def check_joined_somewhere(account: Account) -> None:
    """NotYetJoined for an account that none of its workspaces lets in today because it has yet to join each."""
    memberships = _memberships(account)
    if memberships and all(_is_awaited(one) for one in memberships):
        raise NotYetJoined


def _is_awaited(membership: Membership) -> bool:
    return organisation_of(membership.workspace).awaits(membership.member_id)


def check_address(request: HttpRequest, policy: SignInPolicy) -> None:
    """AddressNotAllowed when the roles name other addresses; holds for programs with keys of their own as well."""
    address = client_address(request)
    if not policy.admits(address):
        raise AddressNotAllowed(address)


def hold_account(request: HttpRequest, account: Account) -> None:
    """Let a request reach the account's own pages: AddressNotAllowed, SessionOver otherwise."""
    policies = account_policies(account)
    check_somewhere(request, policies)
    strictest = NO_DEMANDS
    for policy in policies:
        strictest = replace(
            strictest,
            idle=min(filter(None, (strictest.idle, policy.idle)), default=None),
            absolute=min(filter(None, (strictest.absolute, policy.absolute)), default=None),
        )
    _hold_session(request, visit_of(request), strictest)


def check_somewhere(request: HttpRequest, policies: Iterable[SignInPolicy]) -> None:
    """AddressNotAllowed when no workspace of an account admits the caller's address."""
    address = client_address(request)
    answers = [policy.admits(address) for policy in policies]
    if answers and not any(answers):
        raise AddressNotAllowed(address)


def account_policies(account: Account) -> list[SignInPolicy]:
    """What each workspace of the account demands."""
    return [member_policy(row) for row in _memberships(account)]


def _memberships(account: Account) -> list[Membership]:
    return list(Membership.objects.select_related("workspace").filter(account=account, is_active=True))


def must_have_second_factor(account: Account) -> bool:
    """Whether any workspace of the account asks for a second factor."""
    return any(policy.second_factor for policy in account_policies(account))


def _hold_session(request: HttpRequest, visit: Visit, policy: SignInPolicy) -> None:
    """End a session that is over: nobody comes back to it, not even with its cookie."""
    if not policy.limits_sessions or visit.key is None:
        return
    now = timezone.now()
    row = _session(visit.key)
    if row is None:
        if request.session.session_key == visit.key and client_address(request) is not None:
            cast("Any", UserSession.objects).create_from_request(request)
        return
    if policy.absolute is not None:
        ends_at = visit.ends_at = row.created_at + policy.absolute
        if now >= ends_at:
            _end(request, visit, row, "over")
    if policy.idle is not None:
        visit.idle = policy.idle
        if now - row.last_seen_at >= policy.idle:
            _end(request, visit, row, "idle")


def _end(request: HttpRequest, visit: Visit, row: UserSession, reason: str) -> None:
    row.end()
    if request.session.session_key == visit.key:
        request.session.flush()
    visit.key, visit.ended = None, reason
    raise SessionOver(reason)
