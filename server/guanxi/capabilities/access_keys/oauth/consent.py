"""Asking a member: what an app wants, in words, and what becomes of a yes or a no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from oauthlib.common import add_params_to_uri
from oauthlib.oauth2.rfc6749 import errors

from guanxi.capabilities.access_keys import deeds
from guanxi.capabilities.access_keys.models import App, Grant
from guanxi.capabilities.access_keys.oauth import scopes
from guanxi.capabilities.access_keys.oauth.server import Server
from guanxi.capabilities.access_keys.shapes import AppQuestion, AskedScope
from guanxi.capabilities.identity.authenticate import authenticate, signed_in
from guanxi.capabilities.identity.errors import UnknownWorkspace
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import Actor
from guanxi.engine.audit import note_outside
from guanxi.engine.context import Context, work
from guanxi.infra.errors import BadRequest, NotAllowed, NotFound
from guanxi.infra.http.languages import language_of

AUTHORIZE = "/oauth/authorize"
"""The address that apps send people to; a screen of the client."""
_KNOWN = {
    "response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method",
}  # fmt: skip
_FATAL = {"MismatchingRedirectURIError": "redirect", "InvalidClientIdError": "client", "MissingClientIdError": "client"}


class SentBack(Exception):
    """The app asks for what it may not: it is told so at its own address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True)
class Asked:
    """A request of an app that holds, and the person who is to answer it."""

    query: str
    app: App
    wanted: Sequence[str]
    redirect: str
    state: str | None
    details: dict[str, Any]
    actor: Actor


def ask(request: HttpRequest, query: str) -> tuple[Asked, AppQuestion]:
    """What the app of this query wants of the person who is signed in.

    Raises NotSignedIn; BadRequest when the app or the address to go back to cannot be trusted, so that nobody is sent
    there; NotFound for who is no member of the app's workspace; NotAllowed for who looks with somebody else's eyes; SentBack for all else that is wrong with the request.
    """
    signed_in(request)
    uri = f"{AUTHORIZE}?{_known(query)}"
    try:
        wanted, details = Server().validate_authorization_request(uri)
    except errors.FatalClientError as error:
        reason = _FATAL.get(type(error).__name__, "request")
        raise BadRequest(f"access_keys.app_wrong_{reason}") from error
    except errors.OAuth2Error as error:
        raise SentBack(_with_issuer(error.in_uri(str(error.redirect_uri)))) from error
    app = App.objects.select_related("workspace", "client").get(client_id=details["client_id"])
    try:
        workspace, actor = authenticate(request, app.workspace.slug)
    except UnknownWorkspace:
        raise NotFound("access_keys.app_of_others", {"app": app.name}) from None
    if actor.read_only:
        raise NotAllowed("access.view_as_read_only")
    with work(workspace, actor, via="ui", language=language_of(request)) as ctx:
        named = list(_named(ctx, scopes.shortest(wanted)))
    if not named:
        raise SentBack(_with_issuer(_refused(details, "invalid_scope")))
    kept = [one["scope"] for one in named]
    asked = Asked(uri, app, kept, details["redirect_uri"], details["state"], details, actor)
    earlier = _open_grants(asked).first()
    question: AppQuestion = {
        "app": {
            "name": app.name,
            "description": app.description,
            "website": app.website,
            "goes_to": urlsplit(asked.redirect).hostname or urlsplit(asked.redirect).scheme,
        },
        "workspace": {"slug": app.workspace.slug, "name": app.workspace.name},
        "member": actor.name,
        "scopes": named,
        "allowed_at": earlier and earlier.created_at.isoformat(),
    }
    return asked, question


def allow(request: HttpRequest, asked: Asked) -> str:
    """Let the app act for the member; the address to go on to, with a code that is good for a minute."""
    account, member = asked.actor.account_id, asked.actor.member_id
    with transaction.atomic():
        # Of two answers at once, such as a double click, the second finds what the first has made.
        grant, _ = Grant.objects.select_for_update().get_or_create(
            app=asked.app, member_id=member, revoked_at=None, defaults={"account_id": account}
        )
        grant.scopes = list(asked.wanted)
        grant.save()
        credentials = {
            **{key: value for key, value in asked.details.items() if key != "request"},
            "user": grant.account,
            "grant": grant,
        }
        headers, _, _ = Server().create_authorization_response(
            asked.query, scopes=list(asked.wanted), credentials=credentials
        )
        workspace = engine_workspace(asked.app.workspace)
        facts = {"name": asked.app.name, "scopes": list(asked.wanted)}
        note_outside(workspace, member, deeds.APP_ALLOWED, facts, request, account_id=account)
    return _with_issuer(headers["Location"])


def refuse(asked: Asked) -> str:
    """The address to go on to when the member says no."""
    return _with_issuer(_refused({"redirect_uri": asked.redirect, "state": asked.state}, "access_denied"))


def _open_grants(asked: Asked) -> Any:
    return Grant.objects.filter(app=asked.app, member_id=asked.actor.member_id, revoked_at=None)


def _named(ctx: Context, wanted: Sequence[str]) -> list[AskedScope]:
    """The scopes in words. What the member may not see is left out: nobody allows what they do not have."""
    found: list[AskedScope] = []
    for text in wanted:
        scope = scopes.parse(text)
        if scope is None:
            continue
        if scope.object == scopes.EVERY:
            found.append({"scope": text, "object": None, "label": None, "icon": None, "writes": scope.verb == "write"})
            continue
        obj = ctx.snapshot.objects.get(scope.object)
        if obj is None or not ctx.actor.rights(obj.key).reads:
            continue
        label = cast("dict[str, str]", dict(obj.plural))
        found.append(
            {"scope": text, "object": obj.key, "label": label, "icon": obj.icon, "writes": scope.verb == "write"}
        )
    return found


def _known(query: str) -> str:
    """The parameters that the protocol knows, those that come twice included; BadRequest for what is no query."""
    try:
        pairs = parse_qsl(
            query.removeprefix("?"), keep_blank_values=True, strict_parsing=bool(query), max_num_fields=50
        )
    except ValueError as error:
        raise BadRequest("access_keys.app_wrong_request") from error
    return urlencode([(name, value) for name, value in pairs if name in _KNOWN])


def _refused(details: dict[str, Any], error: str) -> str:
    params = [("error", error)]
    if details.get("state"):
        params.append(("state", details["state"]))
    return cast("str", add_params_to_uri(details["redirect_uri"], params))


def _with_issuer(address: str) -> str:
    """The address with the name of this installation, by which an app tells several servers apart (RFC 9207)."""
    return cast("str", add_params_to_uri(address, [("iss", settings.PUBLIC_URL)]))
