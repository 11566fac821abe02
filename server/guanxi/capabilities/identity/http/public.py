"""Addresses before and beside any workspace: who is signed in, and accepting an invitation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie

from guanxi.capabilities.identity import acceptance
from guanxi.capabilities.identity.models import Account, Workspace
from guanxi.capabilities.identity.security import second_factor
from guanxi.capabilities.identity.security.password_rules import rules_for
from guanxi.capabilities.identity.security.session_rules import must_have_second_factor, visit_of
from guanxi.capabilities.identity.session_reach import only_workspaces
from guanxi.capabilities.identity.shapes import Acceptance, Accepted, DeviceSessions, Invitation, Session
from guanxi.engine.http.route import Route
from guanxi.infra.errors import FieldError, Invalid
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response
from guanxi.infra.i18n import LANGUAGES


@ensure_csrf_cookie
def session(request: HttpRequest) -> HttpResponse:
    """Who is signed in and where they may go; anonymous callers learn only how to sign in."""
    account = request.user if isinstance(request.user, Account) and request.user.is_authenticated else None
    workspaces = (
        Workspace.objects.filter(memberships__account=account, memberships__is_active=True).order_by("name")
        if account
        else Workspace.objects.none()
    )
    only = only_workspaces(request) if account else None
    if only is not None:
        workspaces = workspaces.filter(pk__in=only)
    return json_response(
        {
            "authenticated": account is not None,
            "account": account and {"id": account.pk, "email": account.email, "name": account.name},
            "workspaces": list(workspaces.values("slug", "name")),
            "languages": LANGUAGES,
            "development": settings.DEVELOPMENT,
            "mail": settings.MAIL_IS_SENT or settings.DEVELOPMENT,
            "password_min_length": rules_for(account).min_length,
            "second_factor_needed": account is not None
            and only is None
            and must_have_second_factor(account)
            and not second_factor.is_set_up(account.pk),
            "ended": visit_of(request).ended,
            "home": settings.PUBLIC_URL,
        }
    )


@ensure_csrf_cookie
def invitation(_request: HttpRequest, token: str) -> HttpResponse:
    """What the invitation that the token opens says."""
    return json_response(acceptance.shown(token))


def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """{name, password} makes the invited person a member and signs them in."""
    body = json_object(request)
    name, password = _text(body, "name"), _text(body, "password")
    return json_response({"workspace": acceptance.accept(request, token, name=name, password=password)})


def _text(body: dict[str, Any], key: str) -> str:
    value = body.get(key, "")
    if not isinstance(value, str):
        raise Invalid([FieldError(key, "identity.text_expected")])
    return value


ROUTES = (
    Route("GET", "session", session, "identity", Session),
    Route("GET", "invitations/<str:token>", invitation, "identity", Invitation),
    Route("POST", "invitations/<str:token>/accept", accept_invitation, "identity", Accepted, body=Acceptance),
)
DEVICES = Route("GET", "auth/sessions", None, "identity", DeviceSessions, says="Where the account is signed in")
"""Signing in and out is allauth's and described by it; this is what the screens read of it."""
