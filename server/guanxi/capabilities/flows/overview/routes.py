"""Automation as a whole over HTTP, for those with the right ``automation``."""

from __future__ import annotations

from typing import get_type_hints
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.flows import migrating
from guanxi.capabilities.flows.overview import status
from guanxi.capabilities.flows.overview.shapes import FlowHooks, FlowSecretList, FlowStatus, FlowStatusParameters
from guanxi.capabilities.flows.routes import permit
from guanxi.capabilities.flows.shapes import FlowMigration, FlowMigrationParameters
from guanxi.engine.http.queries import only
from guanxi.engine.http.request import int_of, request_work
from guanxi.engine.http.route import Route
from guanxi.infra.http.responses import json_response

WEEK = 7


def flow_status(request: HttpRequest, workspace: str) -> HttpResponse:
    """How automation goes."""
    asked = request.GET.dict()
    only(asked, get_type_hints(FlowStatusParameters))
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response(status.status(ctx, int_of(asked.get("days"), "days", WEEK)))


def flow_secrets(request: HttpRequest, workspace: str) -> HttpResponse:
    """The secrets that flows may send, by name."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response({"secrets": status.secrets(ctx)})


def flow_hooks(request: HttpRequest, workspace: str) -> HttpResponse:
    """Triggers that an address starts."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response({"hooks": status.hooks(ctx)})


def flow_migration(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """Runs that go on with older versions, and where they would go on with the one now published."""
    asked = request.GET.dict()
    only(asked, get_type_hints(FlowMigrationParameters))
    number = int_of(asked["version"], "version", 0) if asked.get("version") else None
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response(migrating.plan(ctx, id, number))


ROUTES = (
    Route(
        "GET", "flows/<uuid:id>/migration", flow_migration, "automation", FlowMigration, query=FlowMigrationParameters
    ),
    Route("GET", "flows/status", flow_status, "automation", FlowStatus, query=FlowStatusParameters),
    Route("GET", "flows/secrets", flow_secrets, "automation", FlowSecretList),
    Route("GET", "flows/hooks", flow_hooks, "automation", FlowHooks),
)
