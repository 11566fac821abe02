"""The address that other systems call to start a flow: /hooks/{token}, outside of every workspace's addresses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from guanxi.capabilities.flows.starting import call_hook, hashed
from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.infra.errors import LimitReached, NotFound
from guanxi.infra.http.addresses import client_address
from guanxi.infra.http.bodies import json_body
from guanxi.infra.http.limits import BUCKETS
from guanxi.infra.http.responses import json_response

LARGEST = 1024 * 1024
CALLS_A_MINUTE = 300
"""Of one hook from one caller; as many wrong addresses."""
IDEMPOTENCY = "Idempotency-Key"


@csrf_exempt
def call(request: HttpRequest, token: str) -> HttpResponse:
    """Start the flow whose hook it is; 202 with the run's id, null when a call with the same key was made before."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    BUCKETS.take(f"hook {client_address(request)} {hashed(token)[:16]}", CALLS_A_MINUTE)
    if int(request.headers.get("Content-Length") or 0) > LARGEST or len(request.body) > LARGEST:
        raise LimitReached("request.too_large", {"limit": LARGEST})
    slug, _, secret = token.partition(".")
    row = Workspace.objects.filter(slug=slug).first() if secret else None
    body = json_body(request)
    try:
        if row is None:
            raise NotFound("flows.no_such_hook")
        with work(engine_workspace(row), SYSTEM, via="api") as ctx:
            run = call_hook(ctx, secret, body, request.headers.get(IDEMPOTENCY))
    except NotFound:
        BUCKETS.take(f"hook {client_address(request)} wrong", CALLS_A_MINUTE)
        raise
    return json_response({"run": run and str(run)}, 202)


urlpatterns = [path("hooks/<str:token>", call)]
