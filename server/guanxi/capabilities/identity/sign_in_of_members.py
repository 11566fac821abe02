"""Which members of a workspace have a way in at all."""

from __future__ import annotations

from uuid import UUID

from guanxi.capabilities.identity import organisation
from guanxi.capabilities.identity.models import Membership
from guanxi.engine.context import Context


def shut_out(ctx: Context) -> frozenset[UUID]:
    """Members who have not left and cannot sign in: without an account, only invited, or with one that is closed."""
    known = organisation.organisation_in(ctx)
    open_ = Membership.objects.filter(workspace_id=ctx.workspace.id, is_active=True, account__is_active=True)
    way_in = set(open_.values_list("member_id", flat=True))
    return frozenset(
        id_ for id_, one in known.people.items() if not one.has_left and not (one.is_active and id_ in way_in)
    )
