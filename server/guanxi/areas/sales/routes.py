"""What may be read of the way of an opportunity."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.areas.sales import telling
from guanxi.areas.sales.shapes import StageGates
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.http.responses import json_response


def read_stage_gates(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """The stages of an opportunity's pipeline, and what each of them asks before it is entered."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.gates_of(ctx, id))


ROUTES = (Route("GET", "opportunities/<uuid:id>/gates", read_stage_gates, "sales", StageGates),)
