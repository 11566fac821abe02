"""A provider that is tried: what it says is shown to who sets it up; nobody is signed in, nobody becomes a member."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guanxi.capabilities.identity.authenticate import authenticate
from guanxi.capabilities.single_sign_on import admission
from guanxi.capabilities.single_sign_on.assertion import Assertion
from guanxi.capabilities.single_sign_on.foretelling import foretell
from guanxi.capabilities.single_sign_on.models import Provider
from guanxi.infra.errors import Refusal

TRIED = "single_sign_on_tried"
"""The key under which a session keeps what came of a trial."""


def answered(request: HttpRequest, provider: Provider, told: Assertion) -> HttpResponse:
    """Keep what the provider said and what would come of it."""
    found = foretell(provider, told)
    return _shown(
        request,
        provider,
        subject=told.subject,
        email=told.email,
        name=told.name,
        values=list(told.values),
        roles=[str(one) for one in admission.roles_for(provider, told)],
        problem=found.problem,
        outcome=found.outcome,
        member=found.member,
        holds=[str(one) for one in found.holds],
        claims={str(key): value for key, value in told.claims.items()},
    )


def refused(request: HttpRequest, provider: Provider, refusal: Refusal) -> HttpResponse:
    """Keep why its answer opens nothing, with everything that helps to mend it."""
    return _shown(request, provider, problem=refusal.code, params=refusal.params)


def _shown(request: HttpRequest, provider: Provider, **kept: Any) -> HttpResponse:
    authenticate(request, provider.workspace.slug)
    nothing = {"subject": "", "email": "", "name": "", "values": [], "roles": [], "member": "", "holds": []}
    request.session[TRIED] = {
        "provider": str(provider.pk), "params": {}, "outcome": "refused", "claims": {}, **nothing, **kept
    }  # fmt: skip
    return HttpResponseRedirect(f"/w/{provider.workspace.slug}/settings/single-sign-on?tried={provider.pk}")
