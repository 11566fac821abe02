"""The addresses of the authorization server: the question to the member, tokens, and what the server can do."""

from __future__ import annotations

from typing import Any

from allauth.idp.oidc.internal.oauthlib.utils import extract_headers
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt

from guanxi.capabilities.access_keys.oauth import consent
from guanxi.capabilities.access_keys.oauth.server import Server
from guanxi.capabilities.access_keys.shapes import AppAnswer, Asking, SentOn
from guanxi.engine.http.route import PUBLIC, Route, patterns
from guanxi.infra.errors import BadRequest, LimitReached
from guanxi.infra.http.addresses import client_address, neighbourhood
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.limits import BUCKETS
from guanxi.infra.http.responses import json_response

TOKEN = "oauth/token"  # noqa: S105 - an address
REVOKE = "oauth/revoke"
_KNOWN = (
    "grant_type", "code", "redirect_uri", "code_verifier", "client_id", "client_secret", "refresh_token", "scope",
    "token", "token_type_hint",
)  # fmt: skip
_PER_MINUTE = 120
"""Requests for tokens from one address."""


def read_authorization(request: HttpRequest) -> HttpResponse:
    """What an app asks of the person who is signed in; the parameters are those of /oauth/authorize."""
    try:
        _, question = consent.ask(request, request.META.get("QUERY_STRING", ""))
    except consent.SentBack as back:
        return json_response({"question": None, "redirect": back.address})
    return json_response({"question": question, "redirect": None})


def answer_authorization(request: HttpRequest) -> HttpResponse:
    """{query, allow}: what the person answers; the address to go on to, which is the app's own."""
    body = json_object(request)
    query, allowed = body.get("query"), body.get("allow")
    if not isinstance(query, str) or not isinstance(allowed, bool):
        raise BadRequest("access_keys.app_wrong_request")
    try:
        asked, _ = consent.ask(request, query)
    except consent.SentBack as back:
        return json_response({"redirect": back.address})
    return json_response({"redirect": consent.allow(request, asked) if allowed else consent.refuse(asked)})


@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """Exchanges a code or a refresh token for tokens (RFC 6749, 7636)."""
    return _protocol(request, "create_token_response")


@csrf_exempt
def revoke(request: HttpRequest) -> HttpResponse:
    """Ends a token that its app no longer needs (RFC 7009)."""
    return _protocol(request, "create_revocation_response")


def metadata(_request: HttpRequest) -> HttpResponse:
    """What the authorization server can do (RFC 8414)."""
    methods = ["client_secret_basic", "client_secret_post", "none"]
    return json_response(
        {
            "issuer": settings.PUBLIC_URL,
            "authorization_endpoint": settings.PUBLIC_URL + consent.AUTHORIZE,
            "token_endpoint": f"{settings.PUBLIC_URL}/{TOKEN}",
            "revocation_endpoint": f"{settings.PUBLIC_URL}/{REVOKE}",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": methods,
            "revocation_endpoint_auth_methods_supported": methods,
            "authorization_response_iss_parameter_supported": True,
        }
    )


def _protocol(request: HttpRequest, name: str) -> HttpResponse:
    if request.method != "POST":
        return _told({"error": "invalid_request", "error_description": "POST only."}, 405)
    try:
        BUCKETS.take(f"oauth:{neighbourhood(client_address(request))}", _PER_MINUTE)
    except LimitReached:
        return _told({"error": "temporarily_unavailable", "error_description": "Too many requests."}, 429)
    if any(len(request.POST.getlist(key)) > 1 for key in _KNOWN):
        return _told({"error": "invalid_request", "error_description": "A parameter came twice."}, 400)
    body = urlencode({key: request.POST[key] for key in _KNOWN if key in request.POST})
    # One transaction, which ends well for refusals too: whatever a replayed code ended stays ended.
    with transaction.atomic():
        headers, text, status = getattr(Server(), name)(request.path, "POST", body, _headers(request))
    response = HttpResponse(text or "", status=status, content_type="application/json")
    for key, value in headers.items():
        response[key] = value
    return _not_kept(response)


def _headers(request: HttpRequest) -> dict[str, Any]:
    """The headers as oauthlib knows them. No page of another origin is served, so none is asked for its right to be."""
    return {key: value for key, value in extract_headers(request).items() if key.lower() != "origin"}


def _told(body: dict[str, str], status: int) -> HttpResponse:
    return _not_kept(json_response(body, status))


def _not_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


ROUTES = (
    Route("GET", "oauth/authorization", read_authorization, "access_keys", Asking),
    Route("POST", "oauth/authorization", answer_authorization, "access_keys", SentOn, body=AppAnswer),
)
urlpatterns = [
    *patterns(ROUTES, PUBLIC),
    path(TOKEN, token),
    path(REVOKE, revoke),
    path(".well-known/oauth-authorization-server", metadata),
]
