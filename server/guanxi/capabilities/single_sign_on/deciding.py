"""Who sets up single sign-on: administrators, signed in themselves.

Whoever sets up a provider decides who signs in as whom in the workspace, administrators included: a right over security
alone is not enough for that.
"""

from __future__ import annotations

from guanxi.capabilities.identity.organisation import organisation_changed
from guanxi.capabilities.identity.roles import ADMINISTRATOR
from guanxi.capabilities.single_sign_on.entrance import RIGHT
from guanxi.capabilities.single_sign_on.models import Provider, Requirement
from guanxi.engine.context import Context
from guanxi.infra.errors import NotAllowed, NotFound


def in_charge(ctx: Context) -> None:
    """NotAllowed for everybody else, and for programs and borrowed eyes."""
    actor = ctx.actor
    administers = actor.is_system or ADMINISTRATOR in actor.roles
    if not administers or not actor.may(RIGHT) or actor.key is not None or actor.read_only or actor.member_id is None:
        raise NotAllowed("single_sign_on.not_in_charge")


def find(ctx: Context, id_: object, *, hold: bool = True) -> Provider:
    """A provider of the workspace, held until the transaction ends unless it is only looked at; NotFound otherwise."""
    rows = Provider.objects.select_for_update() if hold else Provider.objects.all()
    found = rows.filter(pk=id_, workspace_id=ctx.workspace.id).first()
    if found is None:
        raise NotFound("single_sign_on.unknown_provider", {"id": str(id_)})
    return found


def settle(ctx: Context) -> None:
    """What every change ends with: no duty without a provider to fulfil it with, and every process hears of it."""
    if not Provider.objects.filter(workspace_id=ctx.workspace.id, is_active=True).exists():
        Requirement.objects.filter(workspace_id=ctx.workspace.id).delete()
    organisation_changed(ctx)
