"""What may be read of pools: one's own, a record's, and what a recycling rule would do."""

from __future__ import annotations

from typing import get_type_hints
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.areas.pools import telling
from guanxi.areas.pools.shapes import ForeseenRecycling, OwnPools, PoolOfRecord, ThoughtOfRule
from guanxi.engine.http.queries import only
from guanxi.engine.http.request import int_of, request_work, uuid_of
from guanxi.engine.http.route import Route
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response

AHEAD = 30
"""Days that are foreseen unless another number is asked for."""


def list_own_pools(request: HttpRequest, workspace: str) -> HttpResponse:
    """The pools that the caller belongs to, with what is left of their limits today."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.own_pools(ctx))


def read_pool_of_record(request: HttpRequest, workspace: str, object: str, id: UUID) -> HttpResponse:  # noqa: A002 - the words of the API
    """Where a record stands between pools and owners, when it is recycled, and its history of owners."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.of_record(ctx, object, id))


def foresee_recycling(request: HttpRequest, workspace: str) -> HttpResponse:
    """Which records a recycling rule would have go, and when; nothing is written."""
    body = json_object(request)
    only(body, get_type_hints(ThoughtOfRule))
    with request_work(request, workspace) as ctx:
        found = telling.foreseen(
            ctx,
            uuid_of(body.get("pool"), "pool"),
            str(body["field"]) if body.get("field") else None,
            int_of(body.get("days"), "days", 0),
            body.get("where"),
            uuid_of(body["rule"], "rule") if body.get("rule") else None,
            int_of(body.get("days_ahead"), "days_ahead", AHEAD),
        )
        return json_response(found)


ROUTES = (
    Route("GET", "pools", list_own_pools, "pools", OwnPools),
    Route(
        "POST", "pools/foreseen", foresee_recycling, "pools", ForeseenRecycling, body=ThoughtOfRule, reads=True
    ),
    Route("GET", "records/<slug:object>/<uuid:id>/pool", read_pool_of_record, "pools", PoolOfRecord),
)  # fmt: skip
