"""Accepting an invitation: the invited person becomes a member who signs in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from guanxi.capabilities.identity import invitations, sign_in
from guanxi.capabilities.identity.errors import TooManyAttempts
from guanxi.capabilities.identity.models import Account, Invitation
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.capabilities.identity.passwords import problems
from guanxi.capabilities.identity.security import attempts
from guanxi.capabilities.identity.security.password_rules import rules_for
from guanxi.capabilities.identity.session_reach import only_workspaces
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import FieldError, Invalid
from guanxi.infra.http.languages import language_of


def shown(token: str) -> dict[str, Any]:
    """What the page of an invitation shows before it is accepted; InvitationNotValid otherwise."""
    invitation = invitations.find(token)
    with work(engine_workspace(invitation.workspace), SYSTEM, via="system") as ctx:
        member = reads.native(ctx, "member", [invitation.member_id], ("name",)).get(invitation.member_id, {})
    return {
        "email": invitation.email,
        "name": member.get("name", ""),
        "workspace": {"slug": invitation.workspace.slug, "name": invitation.workspace.name},
        "invited_by": invitation.invited_by,
        "has_account": invitations.needs_password(invitation),
        "password_min_length": rules_for(None, [invitation.workspace]).min_length,
        "expires_at": invitation.expires_at,
    }


def accept(request: HttpRequest, token: str, *, name: str, password: str) -> str:
    """Make the invited person an active member, sign them in, and return the workspace's slug.

    An address that has an account confirms with the password there is, unless it was closed and the link proves the
    mailbox; any other one chooses name and password.
    Raises InvitationNotValid, Invalid for a name or password, TooManyAttempts.
    """
    invitation = invitations.find(token)
    # Before the transaction: attempts must count even when everything else is rolled back.
    known = _confirmed(request, invitation, password)
    if known is None:
        _check(invitation, name, password)
    with transaction.atomic():
        invitation = invitations.find(token, lock=True)
        account = known or _account(invitation, name.strip(), password, language_of(request))
        _activate(invitation, account)
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
    if request.user != account:
        perform_login(request, account, email=account.email)
    return invitation.workspace.slug


def _confirmed(request: HttpRequest, invitation: Invitation, password: str) -> Account | None:
    """The existing account of the address, once its owner has proved to be the one; None when there is none."""
    if not invitations.needs_password(invitation):
        return None
    mine = isinstance(request.user, Account) and request.user.email == invitation.email
    if mine and only_workspaces(request) is None:
        return Account.objects.get(pk=request.user.pk)
    try:
        account = _by_password(request, invitation.email, password)
    except ValidationError as error:
        raise (error.__cause__ if isinstance(error.__cause__, TooManyAttempts) else error) from None
    if account is None:
        is_open = Account.objects.filter(email=invitation.email, is_active=True).exists()
        raise Invalid([FieldError("password", "identity.password_wrong" if is_open else "identity.password_of_closed")])
    return account


def _by_password(request: HttpRequest, email: str, password: str) -> Account | None:
    """The account of an address, open or closed, when this is its password; a wrong one counts as at the sign-in."""
    account = Account.objects.by_email(email)
    if account is not None and not account.is_active:
        guess = attempts.guess(attempts.password_keys(request, email))
        if not account.check_password(password):
            return None
        guess.was_right()
        return account
    found = get_adapter().authenticate(request, email=email, password=password)
    return found if isinstance(found, Account) else None


def _check(invitation: Invitation, name: str, password: str) -> None:
    errors = [] if name.strip() else [FieldError("name", "identity.name_required")]
    errors.extend(problems(invitation.email, name, password, [invitation.workspace]))
    if errors:
        raise Invalid(errors)


def _account(invitation: Invitation, name: str, password: str, language: str) -> Account:
    """A new account, or a closed one opened again: owning the mailbox is what a password reset asks for, too."""
    account = Account.objects.by_email(invitation.email)
    if account is None:
        return Account.objects.create_user(invitation.email, password, name=name, language=language)
    account.name = name
    account.set_password(password)
    account.save()
    return account


def _activate(invitation: Invitation, account: Account) -> None:
    workspace = engine_workspace(invitation.workspace)
    # The person acts, the product vouches: history names the new member, the link to the account is allowed.
    themselves = replace(SYSTEM, member_id=invitation.member_id, account_id=account.pk, name=account.name)
    values = {"status": "active", "account_id": account.pk, "name": account.name, "language": account.language}
    with work(workspace, themselves, via="ui", language=account.language) as ctx:
        writes.update(ctx, "member", [writes.Change(invitation.member_id, values)])
        sign_in.link(account, workspace_id=workspace.id, member_id=invitation.member_id)
