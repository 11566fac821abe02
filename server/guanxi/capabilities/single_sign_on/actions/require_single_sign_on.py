"""Let members in through the identity provider alone, or in any way again."""

from __future__ import annotations

from dataclasses import dataclass

from guanxi.capabilities.single_sign_on import deciding, deeds
from guanxi.capabilities.single_sign_on.entrance import RIGHT
from guanxi.capabilities.single_sign_on.models import Provider, Requirement
from guanxi.capabilities.single_sign_on.shapes import Required
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.infra.errors import Conflict


@dataclass(frozen=True)
class RequireSingleSignOn:
    """Whether it is the only way in."""

    required: bool


@action("single_sign_on.require_single_sign_on", params=RequireSingleSignOn, permission=RIGHT)
def require_single_sign_on(ctx: Context, params: RequireSingleSignOn) -> Required:
    """Holds from everybody's next request on, but not for who is in charge of security: they can always get in.

    Conflict while no active provider has let anybody in: nobody else could then.
    """
    deciding.in_charge(ctx)
    if not params.required:
        Requirement.objects.filter(workspace_id=ctx.workspace.id).delete()
    elif Provider.objects.filter(workspace_id=ctx.workspace.id, is_active=True, proved_at__isnull=False).exists():
        Requirement.objects.get_or_create(workspace_id=ctx.workspace.id)
    else:
        raise Conflict("single_sign_on.not_proved")
    note(ctx, deeds.REQUIRED if params.required else deeds.NOT_REQUIRED)
    deciding.settle(ctx)
    return {"required": params.required}
