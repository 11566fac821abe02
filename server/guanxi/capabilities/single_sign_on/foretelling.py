"""What would come of a sign-in, without anything of it being done: for who sets a provider up and tries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from guanxi.capabilities.identity.models import Membership
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.capabilities.single_sign_on import admission
from guanxi.capabilities.single_sign_on.assertion import Assertion
from guanxi.capabilities.single_sign_on.errors import NotSignedOn
from guanxi.capabilities.single_sign_on.models import Identity, Provider
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, work
from guanxi.engine.records import reads

Outcome = Literal["member", "joins", "made", "refused"]


@dataclass(frozen=True, slots=True)
class Foretold:
    """`member`: known already; `joins`: was invited or entered; `made`: becomes a member; or refused, and why."""

    outcome: Outcome
    member: str = ""
    holds: tuple[UUID, ...] = ()
    problem: str | None = None


def foretell(provider: Provider, told: Assertion) -> Foretold:
    """The same decisions as `admission.admit`, in its order."""
    with work(engine_workspace(provider.workspace), SYSTEM, via="system") as ctx:
        try:
            return _foretell(ctx, provider, told)
        except NotSignedOn as refusal:
            return Foretold("refused", problem=refusal.code)


def _foretell(ctx: Context, provider: Provider, told: Assertion) -> Foretold:
    identity = Identity.objects.filter(provider=provider, subject=told.subject).first()
    if identity is not None:
        return _known(ctx, provider, told, identity.account_id)
    admission.check_address(provider, told)
    found = reads.ids(ctx, "member", {"field": "email", "op": "eq", "value": told.email})
    if not found:
        roles = admission.roles_of_new(ctx, provider, told)
        if not provider.makes_members or not roles:
            raise NotSignedOn("not_a_member")
        return Foretold("made", told.name or told.email.partition("@")[0], tuple(roles))
    row = reads.native(ctx, "member", found, admission.FIELDS)[found[0]]
    if row["status"] == "left":
        raise NotSignedOn("left")
    if row["account_id"] is not None:
        return _known(ctx, provider, told, row["account_id"])
    return _of(ctx, provider, told, found[0], "joins")


def _known(ctx: Context, provider: Provider, told: Assertion, account: int) -> Foretold:
    found = Membership.objects.select_related("account").filter(
        workspace=provider.workspace, account_id=account, is_active=True
    )
    row = found.first()
    if row is None or not row.account.is_active:
        raise NotSignedOn("left")
    return _of(ctx, provider, told, row.member_id, "member")


def _of(ctx: Context, provider: Provider, told: Assertion, member: UUID, outcome: Outcome) -> Foretold:
    row = reads.native(ctx, "member", [member], ("name", "roles"))[member]
    held = admission.followed(provider, told, set(row["roles"] or ()), admission.existing_roles(ctx, provider))
    return Foretold(outcome, row["name"], tuple(sorted(held)))
