"""Keys, apps and grants as people are told of them: with the names of members and roles, never with a secret."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.idp.oidc.models import Client
from django.db.models import Count, Q

from guanxi.capabilities.access_keys.models import AccessKey, App, Call, Grant
from guanxi.capabilities.access_keys.shapes import AppState, GrantState, KeyCall, KeyMember, KeyRole, KeyState, OwnRole
from guanxi.capabilities.identity.organisation import at_present
from guanxi.engine.context import Context
from guanxi.engine.records import reads

OPEN = Count("grants", filter=Q(grants__revoked_at=None))
"""How many members allow an app something."""
Rows = Mapping[UUID, Mapping[str, Any]]


def keys(ctx: Context, found: Sequence[AccessKey]) -> list[KeyState]:
    """Keys in their order."""
    members = _members(ctx, (key.member_id for key in found))
    roles = _roles(ctx, {UUID(one) for key in found for one in key.roles})
    organisation = at_present(ctx) if found else None
    held = {one: frozenset(organisation.held(one)) for one in members} if organisation else {}
    return [_key(key, members, roles, held.get(key.member_id, frozenset())) for key in found]


def own_roles(ctx: Context) -> list[OwnRole]:
    """The roles that the actor holds."""
    rows = _roles(ctx, ctx.actor.role_ids)
    return [{"id": str(id_), "name": rows[id_]["name"]} for id_ in ctx.actor.role_ids if id_ in rows]


def grants(ctx: Context, found: Sequence[Grant]) -> list[GrantState]:
    """Grants in their order; each with its app."""
    members = _members(ctx, (grant.member_id for grant in found))
    return [
        {
            "id": str(grant.pk),
            "app_id": str(grant.app_id),
            "app": grant.app.name,
            "website": grant.app.website,
            "member": _member(grant.member_id, members),
            "scopes": list(grant.scopes),
            "created_at": grant.created_at.isoformat(),
            "last_used_at": _moment(grant.last_used_at),
            "last_used_from": grant.last_used_from,
        }
        for grant in found
    ]


def app(found: App) -> AppState:
    """An app; `members` counts those who allow it something, when it was asked for with OPEN."""
    client = found.client
    return {
        "id": str(found.pk),
        "client_id": client.pk,
        "name": found.name,
        "description": found.description,
        "website": found.website,
        "redirect_uris": client.get_redirect_uris(),
        "scopes": client.get_scopes(),
        "confidential": client.type == Client.Type.CONFIDENTIAL,
        "members": getattr(found, "members", 0),
        "created_at": found.created_at.isoformat(),
    }


def call(found: Call) -> KeyCall:
    """A call."""
    return {
        "at": found.at.isoformat(),
        "method": found.method,
        "path": found.path,
        "status": found.status,
        "address": found.address,
    }


def _key(key: AccessKey, members: Rows, roles: Rows, holds: AbstractSet[UUID]) -> KeyState:
    bound: list[KeyRole] = [
        {"id": one, "name": roles[UUID(one)]["name"], "held": UUID(one) in holds}
        for one in key.roles
        if UUID(one) in roles
    ]
    return {
        "id": str(key.pk),
        "name": key.name,
        "hint": key.hint,
        "state": key.state,
        "member": _member(key.member_id, members),
        "roles": bound,
        "networks": list(key.networks),
        "expires_at": _moment(key.expires_at),
        "created_at": key.created_at.isoformat(),
        "last_used_at": _moment(key.last_used_at),
        "last_used_from": key.last_used_from,
    }


def _member(id_: UUID, members: Rows) -> KeyMember:
    return {"id": str(id_), "name": members[id_]["name"] if id_ in members else ""}


def _members(ctx: Context, ids: Iterable[UUID]) -> Rows:
    return reads.native(ctx.as_system(), "member", list(set(ids)), ("name",))


def _roles(ctx: Context, ids: Iterable[UUID]) -> Rows:
    return reads.native(ctx.as_system(), "role", list(ids), ("name",))


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
