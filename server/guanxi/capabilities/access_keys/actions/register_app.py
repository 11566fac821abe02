"""Register an app that members may allow to act for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.idp.oidc.models import Client

from guanxi.capabilities.access_keys import app_values, deciding, deeds, told
from guanxi.capabilities.access_keys.models import App, AppClient
from guanxi.capabilities.access_keys.oauth import scopes
from guanxi.capabilities.access_keys.shapes import MadeApp
from guanxi.capabilities.identity.tokens import new_token
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.infra.errors import Conflict

MOST = 100
"""Apps of one workspace."""


@dataclass(frozen=True)
class RegisterApp:
    """What members are told of the app, where they are sent back to, and what it may ask for.

    A confidential app keeps a secret on a server of its own; one that runs on people's devices cannot keep any.
    """

    name: str
    redirect_uris: Sequence[str]
    scopes: Sequence[str]
    description: str = ""
    website: str = ""
    confidential: bool = True


@action("access_keys.register_app", params=RegisterApp, permission=deciding.RIGHT)
def register_app(ctx: Context, params: RegisterApp) -> MadeApp:
    """An app with a client id, and the secret of a confidential one, which is told this once."""
    deciding.in_charge(ctx)
    name, description, website = params.name.strip(), params.description.strip(), params.website.strip()
    addresses = [one.strip() for one in params.redirect_uris if one.strip()]
    app_values.check(
        ctx, name=name, description=description, website=website, addresses=addresses, wanted=params.scopes
    )
    if App.objects.filter(workspace_id=ctx.workspace.id).count() >= MOST:
        raise Conflict("access_keys.too_many_apps", {"limit": MOST})
    secret = new_token()
    client = AppClient(
        name=name, secret="", type=Client.Type.CONFIDENTIAL if params.confidential else Client.Type.PUBLIC
    )
    client.set_grant_types([Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN])
    client.set_response_types([Client.ResponseType.CODE])
    client.set_redirect_uris(addresses)
    client.set_scopes(scopes.shortest(params.scopes))
    client.set_secret(secret)
    client.save()
    made = App.objects.create(
        workspace_id=ctx.workspace.id,
        client=client,
        name=name,
        description=description,
        website=website,
        created_by=ctx.actor.member_id,
    )
    answer: MadeApp = {"app": told.app(made)}
    facts = {"redirect_uris": answer["app"]["redirect_uris"], "scopes": answer["app"]["scopes"]}
    note(ctx, deeds.APP_REGISTERED, details={"name": name, **facts})
    return {**answer, "secret": secret} if params.confidential else answer
