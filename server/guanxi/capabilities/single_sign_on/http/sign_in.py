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

from guanxi.capabilities.single_sign_on import admission, entrance, finding, oidc, pending, saml
from guanxi.capabilities.single_sign_on.assertion import Assertion
from guanxi.capabilities.single_sign_on.errors import NotSignedOn
from guanxi.capabilities.single_sign_on.http import trial
from guanxi.capabilities.single_sign_on.models import Provider
from guanxi.capabilities.single_sign_on.shapes import (
    BeginSignIn,
    OfferedProvider,
    OfferedProviders,
    SignInAt,
    SignInProblem,
    WhichProblem,
    WhoSignsIn,
)
from guanxi.engine.http.request import uuid_of
from guanxi.engine.http.route import PUBLIC, Route, patterns
from guanxi.infra.errors import BadRequest, NotFound, Refusal
from guanxi.infra.http.addresses import client_address, neighbourhood
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.languages import language_of
from guanxi.infra.http.limits import BUCKETS
from guanxi.infra.http.responses import json_response
from guanxi.infra.i18n import sentence, sentences

_PER_MINUTE = 600
_OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")
_AGAIN = 'document.forms[0].querySelector("button").hidden = true; document.forms[0].submit();'


@ensure_csrf_cookie
def offered(request: HttpRequest) -> HttpResponse:
    """The identity providers for a mail address or a workspace; says nothing of whether there is such a person."""
    _count(request)
    found = finding.found_by(request.GET.get("who", ""))
    return json_response({"providers": [_offer(one) for one in found], "others": finding.are_there_any()})


def say_problem(request: HttpRequest) -> HttpResponse:
    """Why somebody was sent back to the sign-in page, in words for whoever wanted to get in.

    What only administrators can mend is told to them when they try the provider; here stands whom to ask.
    """
    _count(request)
    language, code = language_of(request), request.GET.get("problem", "")[:100]
    told = sentences(language).get(code, "") if code.startswith("single_sign_on.") else ""
    if not told or "{" in told:
        general = "not_reached" if code.startswith("outbound.") else "set_up_wrong"
        told = sentence(f"single_sign_on.{general}", {}, language)
    id_ = request.GET.get("provider")
    found = Provider.objects.filter(pk=uuid_of(id_, "provider"), is_active=True).first() if id_ else None
    return json_response({"problem": code, "sentence": told, "provider": _offer(found) if found else None})


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
    provider = Provider.objects.select_related("workspace").filter(pk=id_, protocol=protocol).first()
    if provider is None:
        return _sent_back(NotSignedOn("unknown_provider", id=str(id_)), None)
    kept: dict[str, Any] | None = None
    try:
        kept = _asked(request, provider)
        told = _believed(request, provider, kept)
        if kept.get("trial"):
            return trial.answered(request, provider, told)
        if not provider.is_active:
            raise NotSignedOn("unknown_provider", id=str(id_))
        entrance.enter(request, admission.admit(provider, told), provider)
    except Refusal as refusal:  # also what the workspace asks of its members, which the provider does not say
        if kept and kept.get("trial"):
            return trial.refused(request, provider, refusal)
        return _sent_back(refusal, provider)
    home = f"/w/{provider.workspace.slug}"
    return HttpResponseRedirect(home if kept["next"] == "/" else kept["next"])


def _sent_back(refusal: Refusal, provider: Provider | None) -> HttpResponse:
    """To the sign-in page, which says why and offers to try again."""
    again = {"provider": str(provider.pk)} if provider is not None and provider.is_active else {}
    return HttpResponseRedirect("/sign-in?" + urlencode({"problem": refusal.code, **again}))


def _asked(request: HttpRequest, provider: Provider) -> dict[str, Any]:
    """What this browser asked; NotSignedOn for an answer to nobody's question."""
    if provider.protocol == "oidc":
        number = request.GET.get("state", "")
    else:
        number = saml.request_number(request.POST["SAMLResponse"]) or ""
    kept = pending.take(request, number, provider.pk) if number else None
    if kept is None:
        raise NotSignedOn("not_asked")
    return {**kept, "number": number}


def _believed(request: HttpRequest, provider: Provider, kept: dict[str, Any]) -> Assertion:
    """What the provider answered to it."""
    if provider.protocol == "oidc":
        return oidc.finish(provider, request.GET.dict(), kept)
    return saml.finish(provider, request.POST["SAMLResponse"], kept["number"])


def _offer(provider: Provider) -> OfferedProvider:
    return {"id": str(provider.pk), "name": provider.name}


def _active(id_: UUID) -> Provider:
    found = Provider.objects.filter(pk=id_, is_active=True).first()
    if found is None:
        raise NotFound("single_sign_on.unknown_provider", {"id": str(id_)})
    return found


def _count(request: HttpRequest) -> None:
    BUCKETS.take(f"sso:{neighbourhood(client_address(request))}", _PER_MINUTE)


ROUTES = (
    Route("GET", "sign-in/providers", offered, "single_sign_on", OfferedProviders, query=WhoSignsIn),
    Route("GET", "sign-in/problem", say_problem, "single_sign_on", SignInProblem, query=WhichProblem),
    Route("POST", "sign-in/begin", begin, "single_sign_on", SignInAt, body=BeginSignIn),
)
urlpatterns = [
    *patterns(ROUTES, PUBLIC),
    path("sso/again.js", again),
    path("sso/<uuid:provider>/callback", callback),
    path("sso/<uuid:provider>/acs", acs),
    path("sso/<uuid:provider>/metadata", metadata),
]
