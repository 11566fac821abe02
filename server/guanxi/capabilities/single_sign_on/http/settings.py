"""How single sign-on is set up, for who is in charge of security."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.single_sign_on import deciding, finding, reserving, told
from guanxi.capabilities.single_sign_on.http.sign_in import leave
from guanxi.capabilities.single_sign_on.http.trial import TRIED
from guanxi.capabilities.single_sign_on.models import Provider, Requirement
from guanxi.capabilities.single_sign_on.shapes import SignInAt, SingleSignOn, Tried
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.http.languages import language_of
from guanxi.infra.http.responses import json_response
from guanxi.infra.i18n import sentence


def read_single_sign_on(request: HttpRequest, workspace: str) -> HttpResponse:
    """The identity providers, whether they are the only way in, and the domains that may be claimed."""
    with request_work(request, workspace) as ctx:
        deciding.in_charge(ctx)
        rows = Provider.objects.filter(workspace_id=ctx.workspace.id).order_by("created_at")
        claimed = {domain for one in rows for domain in one.domains}
        return json_response(
            {
                "providers": [told.provider(one) for one in rows],
                "required": Requirement.objects.filter(workspace_id=ctx.workspace.id).exists(),
                "domains": sorted((finding.domains_of(ctx.workspace.id) | claimed) - finding.PUBLIC_MAIL),
                "sign_in_url": f"{settings.PUBLIC_URL}/sign-in?workspace={ctx.workspace.slug}",
                "next": reserving.reserve(ctx),
            }
        )


def try_provider(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the address's word
    """Where to go to try a provider: it is asked as for a sign-in, and what it says is shown and nothing else."""
    with request_work(request, workspace) as ctx:
        deciding.in_charge(ctx)
        provider = deciding.find(ctx, id)
    return json_response({"redirect": leave(request, provider, trial=True, next="/")})


def read_tried(request: HttpRequest, workspace: str) -> HttpResponse:
    """What came of the latest trial in this session."""
    with request_work(request, workspace) as ctx:
        deciding.in_charge(ctx)
        found = request.session.get(TRIED)
        mine = found and Provider.objects.filter(pk=found["provider"], workspace_id=ctx.workspace.id).exists()
        return json_response({"tried": _told(request, found) if found and mine else None})


def _told(request: HttpRequest, kept: dict[str, Any]) -> dict[str, Any]:
    problem, params = kept["problem"], kept["params"]
    told = sentence(problem, params, language_of(request)) if problem else None
    return {**{key: value for key, value in kept.items() if key != "params"}, "sentence": told}


ROUTES = (
    Route("GET", "single-sign-on", read_single_sign_on, "single_sign_on", SingleSignOn),
    Route("POST", "single-sign-on/<uuid:id>/try", try_provider, "single_sign_on", SignInAt),
    Route("GET", "single-sign-on/tried", read_tried, "single_sign_on", Tried),
)
