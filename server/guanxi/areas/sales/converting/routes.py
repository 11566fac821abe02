"""What may be asked before and after a conversion."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.areas.sales.converting import telling
from guanxi.areas.sales.converting.shapes import ConversionMappings, LeadDuplicates, LeadReversal
from guanxi.engine.http.request import request_work
from guanxi.engine.http.route import Route
from guanxi.infra.http.responses import json_response


def read_duplicates(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """Companies, contacts and open opportunities that are like a lead."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.duplicates_of(ctx, id))


def read_reversal(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """What reverting a lead's conversion would delete, and what stands against it."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.reversal_of(ctx, id))


def read_mappings(request: HttpRequest, workspace: str) -> HttpResponse:
    """Which fields of a lead go to which fields of what it becomes, and what might."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.mappings(ctx))


ROUTES = (
    Route("GET", "leads/<uuid:id>/duplicates", read_duplicates, "sales", LeadDuplicates),
    Route("GET", "leads/<uuid:id>/reversal", read_reversal, "sales", LeadReversal),
    Route("GET", "conversion-mappings", read_mappings, "sales", ConversionMappings),
)
