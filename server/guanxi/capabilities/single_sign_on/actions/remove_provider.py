"""Remove an identity provider."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from guanxi.capabilities.single_sign_on import deciding, deeds
from guanxi.capabilities.single_sign_on.entrance import RIGHT
from guanxi.capabilities.single_sign_on.shapes import Removed
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context


@dataclass(frozen=True)
class RemoveProvider:
    """A provider of the workspace."""

    provider: UUID


@action("single_sign_on.remove_provider", params=RemoveProvider, permission=RIGHT)
def remove_provider(ctx: Context, params: RemoveProvider) -> Removed:
    """Sessions that it vouched for open the workspace no more; members stay. With the last one the duty to use it goes."""
    deciding.in_charge(ctx)
    found = deciding.find(ctx, params.provider)
    found.delete()
    note(ctx, deeds.PROVIDER_REMOVED, details={"name": found.name, "issuer": found.issuer})
    deciding.settle(ctx)
    return {"id": str(params.provider)}
