"""Give an app another secret."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from allauth.idp.oidc.models import Client

from guanxi.capabilities.access_keys import app_values, deciding, deeds, told
from guanxi.capabilities.access_keys.shapes import MadeApp
from guanxi.capabilities.identity.tokens import new_token
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.infra.errors import Conflict


@dataclass(frozen=True)
class NewAppSecret:
    """A confidential app."""

    app: UUID


@action("access_keys.new_app_secret", params=NewAppSecret, permission=deciding.RIGHT)
def new_app_secret(ctx: Context, params: NewAppSecret) -> MadeApp:
    """The secret of before stops at once; the new one is told this once. Conflict for an app that keeps none."""
    deciding.in_charge(ctx)
    found = app_values.find(ctx, params.app)
    if found.client.type != Client.Type.CONFIDENTIAL:
        raise Conflict("access_keys.app_keeps_no_secret")
    secret = new_token()
    found.client.set_secret(secret)
    found.client.save(update_fields=["secret"])
    note(ctx, deeds.APP_SECRET, details={"name": found.name})
    return {"app": told.app(found), "secret": secret}
