"""Remove an app."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from guanxi.capabilities.access_keys import app_values, deciding, deeds, told
from guanxi.capabilities.access_keys.shapes import MadeApp
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context


@dataclass(frozen=True)
class RemoveApp:
    """An app of the workspace."""

    app: UUID


@action("access_keys.remove_app", params=RemoveApp, permission=deciding.RIGHT)
def remove_app(ctx: Context, params: RemoveApp) -> MadeApp:
    """The app with its tokens, what members allowed it, and its log of calls; for good."""
    deciding.in_charge(ctx)
    found = app_values.find(ctx, params.app)
    answer: MadeApp = {"app": told.app(found)}
    found.client.delete()
    note(ctx, deeds.APP_REMOVED, details={"name": found.name})
    return answer
