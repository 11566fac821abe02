"""The way to an identity provider and back: offered, begun, answered."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie

from guanxi.capabilities.identity.authenticate import authenticate
from guanxi.capabilities.single_sign_on import admission, entrance, finding, oidc, pending, saml
from guanxi.capabilities.single_sign_on.assertion import Assertion
from guanxi.capabilities.single_sign_on.errors import NotSignedOn
from guanxi.capabilities.single_sign_on.models import Provider
from guanxi.capabilities.single_sign_on.shapes import BeginSignIn, OfferedProviders, SignInAt, WhoSignsIn
from guanxi.engine.http.request import uuid_of
from guanxi.engine.http.route import PUBLIC, Route, patterns
from guanxi.infra.errors import BadRequest, NotFound
from guanxi.infra.http.addresses import client_address, neighbourhood
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.languages import language_of
from guanxi.infra.http.limits import BUCKETS
from guanxi.infra.http.outbound import NotReached
from guanxi.infra.http.responses import json_response
from guanxi.infra.i18n import sentence

TRIED = "single_sign_on_tried"
"""The key under which a session keeps what came of a trial."""
_PER_MINUTE = 600
_OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")
_AGAIN = 'document.forms[0].querySelector("button").hidden = true; document.forms[0].submit();'


@ensure_csrf_cookie
def offered(request: HttpRequest) -> HttpResponse:
    """The identity providers for a mail address or a workspace; says nothing of whether there is such a person."""
    _count(request)
    found = finding.found_by(request.GET.get("who", ""))
    return json_response({"providers": [{"id": str(one.pk), "name": one.name} for one in found]})


def begin(request: HttpRequest) -> HttpResponse:
    """Where to go to sign in; the answer counts only in this browser."""
    _count(request)
    body = json_object(request)
    provider = _active(uuid_of(body.get("provider"), "provider"))
    return json_response(
        {"redirect": leave(request, provider, next=safe_next(body.get("next")), hint=body.get("hint"))}
    )


def leave(request: HttpRequest, provider: Provider, *, hint: object = "", **kept: Any) -> str:
    """Remember the request in this browser's session; the address of the provider to go to."""
    if provider.protocol == "oidc":
        address, state, details = oidc.begin(provider, hint if isinstance(hint, str) and "@" in hint else "")
        pending.remember(request, state, provider.pk, **details, **kept)
    else:
        address, number = saml.begin(provider)
        pending.remember(request, number, provider.pk, **kept)
    return address


def callback(request: HttpRequest, provider: UUID) -> HttpResponse:
    """The answer of an OpenID Connect provider."""
    return _answered(request, provider, "oidc")


@csrf_exempt
def acs(request: HttpRequest, provider: UUID) -> HttpResponse:
    """The answer of a SAML provider. It comes from another site, and so without cookies: the browser sends it again.

    No forgery to fear: the second time the answer must name a request that this browser's session made.
    """
    _count(request)
    if request.method != "POST" or not request.POST.get("SAMLResponse"):
        raise BadRequest("single_sign_on.answer_missing")
    if request.POST.get("again"):
        return _answered(request, provider, "saml")
    language = language_of(request)
    return render(
        request,
        "single-sign-on-again.html",
        {
            "response": request.POST["SAMLResponse"],
            "language": language,
            "title": sentence("single_sign_on.going_on", {}, language),
            "button": sentence("single_sign_on.go_on", {}, language),
        },
    )


def again(_request: HttpRequest) -> HttpResponse:
    """The script that sends the form on."""
    return HttpResponse(_AGAIN, content_type="text/javascript")


def metadata(_request: HttpRequest, provider: UUID) -> HttpResponse:
    """What a SAML provider has to know of the workspace."""
    found = Provider.objects.filter(pk=provider, protocol="saml").first()
    if found is None:
        raise NotFound("single_sign_on.unknown_provider", {"id": str(provider)})
    return HttpResponse(saml.metadata(found), content_type="application/samlmetadata+xml")


def safe_next(text: object) -> str:
    """An address of this client; "/" for anything that could lead elsewhere."""
    return text if isinstance(text, str) and len(text) < 2000 and _OWN.fullmatch(text) else "/"


def _answered(request: HttpRequest, id_: UUID, protocol: str) -> HttpResponse:
    try:
        provider = Provider.objects.select_related("workspace").filter(pk=id_, protocol=protocol).first()
        if provider is None:
            raise NotSignedOn("unknown_provider", id=str(id_))
        kept, told = _believed(request, provider)
        if kept.get("trial"):
            return _tried(request, provider, told)
        if not provider.is_active:
            raise NotSignedOn("unknown_provider", id=str(id_))
        entrance.enter(request, admission.admit(provider, told), provider)
    except (NotSignedOn, NotReached) as refusal:
        return HttpResponseRedirect("/sign-in?" + urlencode({"problem": refusal.code}))
    home = f"/w/{provider.workspace.slug}"
    return HttpResponseRedirect(home if kept["next"] == "/" else kept["next"])


def _believed(request: HttpRequest, provider: Provider) -> tuple[dict[str, Any], Assertion]:
    """What this browser asked, and what the provider answered to it; NotSignedOn for an answer to nobody's question."""
    if provider.protocol == "oidc":
        kept = pending.take(request, request.GET.get("state", ""), provider.pk)
        if kept is None:
            raise NotSignedOn("not_asked")
        return kept, oidc.finish(provider, request.GET.dict(), kept)
    response = request.POST["SAMLResponse"]
    number = saml.request_number(response)
    kept = pending.take(request, number, provider.pk) if number else None
    if kept is None or number is None:
        raise NotSignedOn("not_asked")
    return kept, saml.finish(provider, response, number)


def _tried(request: HttpRequest, provider: Provider, told: Assertion) -> HttpResponse:
    """Show who sets the provider up what it says; nobody is signed in, nobody becomes a member."""
    authenticate(request, provider.workspace.slug)
    problem = None
    try:
        admission.check_address(provider, told)
    except NotSignedOn as refusal:
        problem = refusal.code
    request.session[TRIED] = {
        "provider": str(provider.pk),
        "subject": told.subject,
        "email": told.email,
        "name": told.name,
        "values": list(told.values),
        "roles": [str(one) for one in admission.roles_for(provider, told)],
        "problem": problem,
        "claims": {str(key): value for key, value in told.claims.items()},
    }
    return HttpResponseRedirect(f"/w/{provider.workspace.slug}/settings/single-sign-on?tried={provider.pk}")


def _active(id_: UUID) -> Provider:
    found = Provider.objects.filter(pk=id_, is_active=True).first()
    if found is None:
        raise NotFound("single_sign_on.unknown_provider", {"id": str(id_)})
    return found


def _count(request: HttpRequest) -> None:
    BUCKETS.take(f"sso:{neighbourhood(client_address(request))}", _PER_MINUTE)


ROUTES = (
    Route("GET", "sign-in/providers", offered, "single_sign_on", OfferedProviders, query=WhoSignsIn),
    Route("POST", "sign-in/begin", begin, "single_sign_on", SignInAt, body=BeginSignIn),
)
urlpatterns = [
    *patterns(ROUTES, PUBLIC),
    path("sso/again.js", again),
    path("sso/<uuid:provider>/callback", callback),
    path("sso/<uuid:provider>/acs", acs),
    path("sso/<uuid:provider>/metadata", metadata),
]
