"""Set up an identity provider, or change one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from guanxi.capabilities.single_sign_on import deciding, deeds, provider_values, reserving, told
from guanxi.capabilities.single_sign_on.entrance import RIGHT
from guanxi.capabilities.single_sign_on.models import Identity, Provider
from guanxi.capabilities.single_sign_on.shapes import ProviderState, RoleForValue
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.infra.errors import Conflict

MOST = 10
"""Identity providers of one workspace."""


@dataclass(frozen=True)
class SaveProvider:
    """The provider as it shall be; without `provider` a new one. A secret that is left out stays as it is.

    A new one is where its `reservation` says, so that its addresses could be entered over there before.
    """

    name: str
    protocol: Literal["oidc", "saml"]
    provider: UUID | None = None
    reservation: str | None = None
    is_active: bool = False
    domains: Sequence[str] = ()
    issuer: str = ""
    client_id: str = ""
    secret: str | None = None
    scopes: str = ""
    sign_in_url: str = ""
    certificates: Sequence[str] = ()
    email_claim: str = "email"
    name_claim: str = "name"
    roles_claim: str = ""
    role_map: Sequence[RoleForValue] = ()
    makes_members: bool = True
    default_role: UUID | None = None
    default_department: UUID | None = None


@action("single_sign_on.save_provider", params=SaveProvider, permission=RIGHT)
def save_provider(ctx: Context, params: SaveProvider) -> ProviderState:
    """Keep what can be kept; an issuer is asked who it is before it is believed.

    Whoever sets up a provider decides who signs in as whom in this workspace, so no role may be given out that holds
    more than the actor. Another issuer recognises nobody whom the one before knew. While an issuer is asked nothing is
    held, so that people sign in meanwhile; all else is checked against what stands there afterwards.
    """
    deciding.in_charge(ctx)
    seen = deciding.find(ctx, params.provider, hold=False) if params.provider else None
    values = {
        "protocol": seen.protocol if seen else params.protocol,
        "name": params.name.strip(),
        "is_active": params.is_active,
        "domains": [*dict.fromkeys(one.strip().lower().removeprefix("@") for one in params.domains if one.strip())],
        "issuer": params.issuer.strip(),
        "client_id": params.client_id.strip(),
        "scopes": " ".join(params.scopes.split()),
        "sign_in_url": params.sign_in_url.strip(),
        "certificates": [provider_values.plain(one) for one in params.certificates if one.strip()],
        "email_claim": params.email_claim.strip(),
        "name_claim": params.name_claim.strip(),
        "roles_claim": params.roles_claim.strip(),
        "role_map": [{"value": pair["value"].strip(), "role": str(pair["role"])} for pair in params.role_map],
        "makes_members": params.makes_members,
        "default_role": params.default_role,
        "default_department": params.default_department,
    }
    wrong = provider_values.ask(values, seen)
    before = deciding.find(ctx, params.provider) if params.provider else None
    provider_values.check(ctx, values, before, wrong)
    if before is None and Provider.objects.filter(workspace_id=ctx.workspace.id).count() >= MOST:
        raise Conflict("single_sign_on.too_many_providers", {"limit": MOST})
    made = before or Provider(pk=reserving.place(ctx, params.reservation), workspace_id=ctx.workspace.id)
    if before is not None and (before.issuer, before.client_id) != (values["issuer"], values["client_id"]):
        Identity.objects.filter(provider=before).delete()
    for key, value in values.items():
        setattr(made, key, value)
    if params.secret is not None:
        made.secret = params.secret.strip()
    made.save()
    facts = {"name": made.name, "issuer": made.issuer, "domains": made.domains, "is_active": made.is_active}
    note(ctx, deeds.PROVIDER_SAVED, details={**facts, "new_secret": params.secret is not None})
    deciding.settle(ctx)
    return told.provider(made)
