"""Change what is said of an app, where it sends people back to, and what it may ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from guanxi.capabilities.access_keys import app_values, deciding, deeds, told
from guanxi.capabilities.access_keys.models import App, Grant
from guanxi.capabilities.access_keys.oauth import scopes
from guanxi.capabilities.access_keys.shapes import MadeApp
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context


@dataclass(frozen=True)
class ChangeApp:
    """The app as it shall be; what kind it is never changes."""

    app: UUID
    name: str
    redirect_uris: Sequence[str]
    scopes: Sequence[str]
    description: str = ""
    website: str = ""


@action("access_keys.change_app", params=ChangeApp, permission=deciding.RIGHT)
def change_app(ctx: Context, params: ChangeApp) -> MadeApp:
    """What it may no longer ask for is taken from those who allowed it, too; more needs a new yes of each."""
    deciding.in_charge(ctx)
    found = app_values.find(ctx, params.app)
    name, description, website = params.name.strip(), params.description.strip(), params.website.strip()
    addresses = [one.strip() for one in params.redirect_uris if one.strip()]
    app_values.check(
        ctx, name=name, description=description, website=website, addresses=addresses, wanted=params.scopes
    )
    found.name, found.description, found.website = name, description, website
    found.save(update_fields=["name", "description", "website"])
    client = found.client
    client.name = name
    client.set_redirect_uris(addresses)
    client.set_scopes(scopes.shortest(params.scopes))
    client.save(update_fields=["name", "redirect_uris", "scopes"])
    _narrow(found, client.get_scopes())
    facts = {"redirect_uris": addresses, "scopes": client.get_scopes()}
    note(ctx, deeds.APP_CHANGED, details={"name": name, **facts})
    return {"app": told.app(App.objects.annotate(members=told.OPEN).select_related("client").get(pk=found.pk))}


def _narrow(app: App, allowed: Sequence[str]) -> None:
    for grant in Grant.objects.filter(app=app, revoked_at=None):
        kept = scopes.within(grant.scopes, allowed)
        if kept != grant.scopes:
            grant.scopes = kept
            grant.save(update_fields=["scopes"])
