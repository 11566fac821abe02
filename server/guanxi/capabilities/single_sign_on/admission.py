"""From what an identity provider says to a member who signs in: known before, met by mail address, or made just now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from guanxi.capabilities.identity import invitations, sign_in
from guanxi.capabilities.identity.errors import LastAdministrator
from guanxi.capabilities.identity.models import Account, Membership
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.capabilities.single_sign_on.assertion import Assertion
from guanxi.capabilities.single_sign_on.errors import NotSignedOn
from guanxi.capabilities.single_sign_on.models import Identity, Provider
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, work
from guanxi.engine.records import reads, writes

FIELDS = ("name", "status", "account_id", "roles", "language")


def admit(provider: Provider, told: Assertion) -> Account:
    """The account of the member whom the provider vouches for, with the roles that it says.

    NotSignedOn says why nobody gets in: left, no address, an address of others, not a member.
    """
    with transaction.atomic():
        # Two tabs of a new person are one person: the second waits for the first.
        provider = Provider.objects.select_for_update().select_related("workspace").get(pk=provider.pk)
        identity = Identity.objects.select_related("account").filter(provider=provider, subject=told.subject).first()
        if identity is None:
            account, member = _first_time(provider, told)
            Identity.objects.filter(provider=provider, account=account).delete()  # the directory named them anew
            Identity.objects.create(provider=provider, subject=told.subject, account=account)
        else:
            account, member = identity.account, _member_of(provider, identity.account)
            Identity.objects.filter(pk=identity.pk).update(last_sign_in_at=timezone.now())
        Provider.objects.filter(pk=provider.pk).update(proved_at=timezone.now())
    if not account.is_active:
        raise NotSignedOn("left")
    _follow_roles(provider, told, member)
    return account


def roles_for(provider: Provider, told: Assertion) -> list[UUID]:
    """The roles that the map gives for what the provider says."""
    values = set(told.values)
    return list(dict.fromkeys(UUID(pair["role"]) for pair in provider.role_map if pair["value"] in values))


def roles_of_new(ctx: Context, provider: Provider, told: Assertion) -> list[UUID]:
    """The roles of somebody who becomes a member now, as far as they still exist."""
    roles = roles_for(provider, told) or ([provider.default_role] if provider.default_role else [])
    known = set(reads.native(ctx, "role", roles, ("key",)))
    return [role for role in roles if role in known]


def check_address(provider: Provider, told: Assertion) -> None:
    """NotSignedOn when nobody may be recognised by this address."""
    _, at, domain = told.email.partition("@")
    if not at or not domain:
        raise NotSignedOn("no_address")
    if told.email_is_doubtful:
        raise NotSignedOn("address_unproven")
    if provider.domains and domain not in provider.domains:
        raise NotSignedOn("address_of_others")


def _member_of(provider: Provider, account: Account) -> UUID:
    found = Membership.objects.filter(workspace=provider.workspace, account=account, is_active=True).first()
    if found is None:
        raise NotSignedOn("left")
    return found.member_id


def _first_time(provider: Provider, told: Assertion) -> tuple[Account, UUID]:
    check_address(provider, told)
    with work(engine_workspace(provider.workspace), SYSTEM, via="system", language=provider.workspace.language) as ctx:
        found = reads.ids(ctx, "member", {"field": "email", "op": "eq", "value": told.email})
        if not found:
            return _made(ctx, provider, told)
        (member,) = found
        row = reads.native(ctx, "member", [member], FIELDS)[member]
    if row["status"] == "left":
        raise NotSignedOn("left")
    if row["account_id"] is not None:
        known = Account.objects.get(pk=row["account_id"])
        return known, _member_of(provider, known)
    return _joined(provider, told, member, row)


def _joined(provider: Provider, told: Assertion, member: UUID, row: Mapping[str, Any]) -> tuple[Account, UUID]:
    """Somebody who was entered or invited, and signs in now."""
    account = _account(provider, told)
    invitations.revoke(workspace_id=provider.workspace_id, member_id=member)
    with _as_themselves(provider, member, account) as ctx:
        writes.update(ctx, "member", [writes.Change(member, {"status": "active", "account_id": account.pk})])
        sign_in.link(account, workspace_id=provider.workspace_id, member_id=member, vouched=True)
    return account, member


def _made(ctx: Context, provider: Provider, told: Assertion) -> tuple[Account, UUID]:
    """Somebody whom nobody entered: a member from now on, where the workspace lets the provider make members."""
    roles = roles_of_new(ctx, provider, told)
    if not provider.makes_members or not roles:
        raise NotSignedOn("not_a_member")
    department = provider.default_department
    seats = reads.native(ctx, "department", [department], ("name",)) if department else {}
    account = _account(provider, told)
    values = {
        "name": told.name or told.email.partition("@")[0],
        "email": told.email,
        "language": account.language,
        "roles": roles,
        "department": department if department in seats else None,
        "status": "active",
        "account_id": account.pk,
    }
    (member,) = writes.create(ctx, "member", [values])
    sign_in.link(account, workspace_id=provider.workspace_id, member_id=member, vouched=True)
    return account, member


def _account(provider: Provider, told: Assertion) -> Account:
    """The account of the address; a new one has no password until its owner sets one through the mailbox.

    An account that other workspaces know may be linked: the session opens this workspace alone.
    """
    account = Account.objects.by_email(told.email)
    if account is None:
        name = told.name or told.email.partition("@")[0]
        return Account.objects.create_user(told.email, None, name=name, language=provider.workspace.language)
    if Membership.objects.filter(workspace=provider.workspace, account=account).exists():
        raise NotSignedOn("left")
    return account


def _follow_roles(provider: Provider, told: Assertion, member: UUID) -> None:
    """Roles that the map names follow the provider at every sign-in; all others stay as they are.

    The last administrator keeps the role whatever the provider says: the workspace must stay manageable.
    """
    if not provider.role_map:
        return
    with work(engine_workspace(provider.workspace), SYSTEM, via="system") as ctx:
        held: set[UUID] = set(reads.native(ctx, "member", [member], ("roles",))[member]["roles"] or ())
        known = existing_roles(ctx, provider)
    wanted = followed(provider, told, held, known)
    if wanted == held:
        return
    try:
        with _as_themselves(provider, member, None) as ctx:
            writes.update(ctx, "member", [writes.Change(member, {"roles": sorted(wanted)})])
    except LastAdministrator:
        return


def followed(provider: Provider, told: Assertion, held: set[UUID], known: set[UUID]) -> set[UUID]:
    """The roles of somebody who holds some already, after the provider spoke; `known` are those that still exist."""
    mapped = {UUID(pair["role"]) for pair in provider.role_map}
    if not mapped:
        return held
    wanted = (held - mapped) | (set(roles_for(provider, told)) & known)
    return wanted or ({provider.default_role} & known if provider.default_role else set())


def existing_roles(ctx: Context, provider: Provider) -> set[UUID]:
    """Those of the roles that the provider's settings name which nobody has deleted since."""
    named = {UUID(pair["role"]) for pair in provider.role_map} | ({provider.default_role} - {None})
    return set(reads.native(ctx, "role", list(named), ("key",))) if named else set()


def _as_themselves(provider: Provider, member: UUID, account: Account | None) -> Any:
    """The person acts and the product vouches, as when an invitation is accepted: history names the member."""
    actor = replace(SYSTEM, member_id=member, account_id=account and account.pk, name=account.name if account else "")
    return work(engine_workspace(provider.workspace), actor, via="ui", language=provider.workspace.language)
