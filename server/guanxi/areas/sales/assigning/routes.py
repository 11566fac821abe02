"""What may be asked of assignments."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.areas.sales.assigning import telling
from guanxi.areas.sales.assigning.shapes import LeadAssignments
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.http.responses import json_response


def read_assignments(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """To whom a lead was given, why, and whether it waits to be accepted."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.of_lead(ctx, id))


ROUTES = (Route("GET", "leads/<uuid:id>/assignments", read_assignments, "sales", LeadAssignments),)
