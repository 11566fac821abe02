"""What may be read of hand-overs: all that somebody holds, those that were run, and how far one is."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guanxi.capabilities.hand_over import store, telling
from guanxi.capabilities.hand_over.shapes import HandOverReport, HandOvers, Holdings, OfMember
from guanxi.engine.http.request import request_work, uuid_of
from guanxi.engine.http.route import Route
from guanxi.infra.http.responses import json_response


def read_holdings(request: HttpRequest, workspace: str, member: UUID) -> HttpResponse:
    """All that a member holds and the caller may hand over."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.holdings_of(ctx, member))


def list_hand_overs(request: HttpRequest, workspace: str) -> HttpResponse:
    """The newest hand-overs that the caller may see."""
    member = request.GET.get("member")
    with request_work(request, workspace) as ctx:
        found = store.latest(ctx, uuid_of(member, "member") if member else None)
        return json_response({"hand_overs": [telling.told(ctx, one) for one in found]})


def read_hand_over(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """How far a hand-over is, and its numbers."""
    with request_work(request, workspace) as ctx:
        return json_response(telling.told(ctx, store.get(ctx, id)))


ROUTES = (
    Route("GET", "members/<uuid:member>/holdings", read_holdings, "hand-over", Holdings),
    Route("GET", "hand-overs", list_hand_overs, "hand-over", HandOvers, query=OfMember),
    Route("GET", "hand-overs/<uuid:id>", read_hand_over, "hand-over", HandOverReport),
)
