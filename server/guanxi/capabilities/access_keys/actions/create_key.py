"""Make a key for a program of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network
from uuid import UUID

from django.utils import timezone

from guanxi.capabilities.access_keys import deciding, deeds, keys, told
from guanxi.capabilities.access_keys.models import AccessKey
from guanxi.capabilities.access_keys.shapes import MadeKey
from guanxi.capabilities.identity.tokens import token_hash
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.infra.errors import Conflict, FieldError, Invalid

LONGEST_NAME = 100
LONGEST = timedelta(days=5 * 366)
MOST_NETWORKS = 50
MOST = 50
"""Keys of one member that work."""


@dataclass(frozen=True)
class CreateKey:
    """What the key is for, the roles that it acts within, its last moment, and the networks that it works from."""

    name: str
    roles: Sequence[UUID]
    expires_at: datetime | None = None
    networks: Sequence[str] = ()


@action("access_keys.create_key", params=CreateKey)
def create_key(ctx: Context, params: CreateKey) -> MadeKey:
    """A key that acts as the caller, within roles that the caller holds. Its secret is told this once.

    Invalid for a role that the caller does not hold, a moment that is past, a network that is none.
    """
    deciding.person(ctx)
    name = params.name.strip()
    networks = [one.strip() for one in params.networks if one.strip()]
    errors = [*_problems(ctx, name, params), *_wrong_networks(networks)]
    if errors:
        raise Invalid(errors)
    mine = AccessKey.objects.filter(workspace_id=ctx.workspace.id, member_id=ctx.actor.member_id, revoked_at=None)
    if mine.exclude(expires_at__lte=timezone.now()).count() >= MOST:
        raise Conflict("access_keys.too_many_keys", {"limit": MOST})
    secret = keys.new_secret()
    key = AccessKey.objects.create(
        workspace_id=ctx.workspace.id,
        member_id=ctx.actor.member_id,
        name=name,
        hint=keys.hint(secret),
        token_hash=token_hash(secret),
        roles=[str(one) for one in dict.fromkeys(params.roles)],
        networks=[str(ip_network(one, strict=False)) for one in networks],
        expires_at=params.expires_at,
    )
    (shown,) = told.keys(ctx, [key])
    facts = {
        "roles": [one["name"] for one in shown["roles"]],
        "networks": key.networks,
        "expires_at": shown["expires_at"],
    }
    note(ctx, deeds.KEY_MADE, details={"name": name, **facts})
    return {"key": shown, "secret": secret}


def _problems(ctx: Context, name: str, params: CreateKey) -> list[FieldError]:
    errors = []
    if not name or len(name) > LONGEST_NAME:
        errors.append(FieldError("name", "access_keys.name_needed", {"limit": LONGEST_NAME}))
    if not params.roles:
        errors.append(FieldError("roles", "access_keys.role_needed"))
    elif not set(params.roles) <= set(ctx.actor.role_ids):
        errors.append(FieldError("roles", "access_keys.role_not_held"))
    if params.expires_at is not None:
        if params.expires_at.tzinfo is None:
            errors.append(FieldError("expires_at", "access_keys.moment_without_zone"))
        elif not ctx.now < params.expires_at <= ctx.now + LONGEST:
            errors.append(FieldError("expires_at", "access_keys.moment_not_ahead", {"years": 5}))
    return errors


def _wrong_networks(networks: Sequence[str]) -> list[FieldError]:
    if len(networks) > MOST_NETWORKS:
        return [FieldError("networks", "access_keys.too_many_networks", {"limit": MOST_NETWORKS})]
    for one in networks:
        try:
            ip_network(one, strict=False)
        except ValueError:
            return [FieldError("networks", "access_keys.not_a_network", {"value": one[:50]})]
    return []
