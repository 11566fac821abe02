"""Take back what was allowed to an app."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from guanxi.capabilities.access_keys import deciding, deeds, grants, told
from guanxi.capabilities.access_keys.errors import Unknown
from guanxi.capabilities.access_keys.models import Grant
from guanxi.capabilities.access_keys.shapes import GrantState
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context


@dataclass(frozen=True)
class RevokeGrant:
    """A permission that the caller gave, or any of the workspace for who is in charge of security."""

    grant: UUID


@action("access_keys.revoke_grant", params=RevokeGrant)
def revoke_grant(ctx: Context, params: RevokeGrant) -> GrantState:
    """The app's tokens for this member stop at once; the app has to ask again."""
    deciding.person(ctx)
    grant = find(ctx, params.grant)
    if grant.revoked_at is None:
        member = {"object": "member", "id": grant.member_id}
        note(ctx, deeds.APP_FORBIDDEN, details={"name": grant.app.name, "member": member})
    grants.end(Grant.objects.filter(pk=grant.pk))
    (shown,) = told.grants(ctx, [grant])
    return shown


def find(ctx: Context, id_: UUID) -> Grant:
    """A grant that the caller may decide over; Unknown otherwise."""
    grant = Grant.objects.select_related("app").filter(pk=id_, app__workspace_id=ctx.workspace.id).first()
    if grant is None or (grant.member_id != ctx.actor.member_id and not ctx.actor.may(deciding.RIGHT)):
        raise Unknown("grant", id_)
    return grant
