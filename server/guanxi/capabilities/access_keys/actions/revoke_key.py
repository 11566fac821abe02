"""End a key."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from guanxi.capabilities.access_keys import deciding, deeds, told
from guanxi.capabilities.access_keys.errors import Unknown
from guanxi.capabilities.access_keys.models import AccessKey
from guanxi.capabilities.access_keys.shapes import KeyState
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context


@dataclass(frozen=True)
class RevokeKey:
    """A key of the caller's own, or any of the workspace for who is in charge of security."""

    key: UUID


@action("access_keys.revoke_key", params=RevokeKey)
def revoke_key(ctx: Context, params: RevokeKey) -> KeyState:
    """The key opens nothing from its next call on; its log stays."""
    deciding.person(ctx)
    key = find(ctx, params.key)
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        note(ctx, deeds.KEY_REVOKED, details={"name": key.name, "member": {"object": "member", "id": key.member_id}})
    (shown,) = told.keys(ctx, [key])
    return shown


def find(ctx: Context, id_: UUID) -> AccessKey:
    """A key that the caller may decide over; Unknown otherwise."""
    key = AccessKey.objects.filter(pk=id_, workspace_id=ctx.workspace.id).first()
    if key is None or (key.member_id != ctx.actor.member_id and not ctx.actor.may(deciding.RIGHT)):
        raise Unknown("key", id_)
    return key
