"""Approvals over HTTP: everybody's own boxes, an approval for those who take part, and the way a change would take."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse

from guanxi.capabilities.approvals import askable, exporting, reading, rehearsal, statistics, store, submitting
from guanxi.capabilities.approvals.held import Held, Op
from guanxi.capabilities.approvals.shapes import (
    ApprovalDetails,
    ApprovalDetailsParameters,
    ApprovalParameters,
    Approvals,
    ApprovalStatistics,
    NotAskable,
    RecordApprovals,
    Rehearsal,
    RehearsalRequest,
    StatisticsParameters,
)
from guanxi.capabilities.flows.routes import permit
from guanxi.engine.http.exports import exported
from guanxi.engine.http.queries import only
from guanxi.engine.http.request import int_of, request_work, uuid_of
from guanxi.engine.http.route import Content, Route
from guanxi.engine.records import reads
from guanxi.infra.errors import BadRequest
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response


def list_approvals(request: HttpRequest, workspace: str) -> HttpResponse:
    """The approvals of one of one's own boxes, the latest first."""
    asked = request.GET.dict()
    only(asked, get_type_hints(ApprovalParameters))
    box = asked.get("box", "to_do")
    if box not in reading.BOXES:
        raise BadRequest("approvals.unknown_box", {"known": ", ".join(reading.BOXES)})
    with request_work(request, workspace) as ctx:
        found, cursor = reading.page(ctx, box, int_of(asked.get("limit"), "limit", 30), asked.get("cursor"))
        return json_response({"approvals": found, "next_cursor": cursor, "counts": reading.counts(ctx)})


def read_approval(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002 - the word of the API
    """One approval with what is held, who is asked and what happened."""
    asked = request.GET.dict()
    only(asked, get_type_hints(ApprovalDetailsParameters))
    task = uuid_of(asked["task"], "task") if asked.get("task") else None
    with request_work(request, workspace) as ctx:
        return json_response(reading.details(ctx, id, task))


def not_askable(request: HttpRequest, workspace: str) -> HttpResponse:
    """Members who work here and could decide nothing, since they cannot sign in; for those who make flows."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response({"members": askable.shut_to(ctx, None)})


def export_approved(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse | FileResponse:  # noqa: A002
    """The file of an approved export, for whoever submitted it."""
    with request_work(request, workspace) as ctx:
        return exported(ctx, *exporting.file_of(ctx, id))


def record_approvals(request: HttpRequest, workspace: str, object: str, id: UUID) -> HttpResponse:  # noqa: A002
    """The approvals of a record that one may see."""
    with request_work(request, workspace) as ctx:
        reads.get(ctx, object, id, ["id"])
        return json_response({"approvals": reading.items(ctx, store.of_record(ctx, object, id))})


def rehearse_approval(request: HttpRequest, workspace: str) -> HttpResponse:
    """The way that a change would take if it were submitted now, and how long that has taken before."""
    body = json_object(request)
    only(body, get_type_hints(RehearsalRequest))
    flow, record, values = body.get("flow"), body.get("record"), body.get("values") or {}
    if not isinstance(flow, str) or not isinstance(values, dict):
        raise BadRequest("approvals.bad_request")
    op: Any = body.get("op")
    if op not in get_args(Op):
        raise BadRequest("approvals.bad_request")
    with request_work(request, workspace) as ctx:
        named = uuid_of(flow, "flow")
        submitting.flow_is_on(ctx, named)
        obj = ctx.object(str(body.get("object")))
        held = Held(obj.key, op, uuid_of(record, "record") if record else None, values)
        _, asked = submitting.needed(ctx, held)
        first = submitting.wanted(asked, named)
        found = rehearsal.way(ctx, [first, *(one for one in asked if one is not first)], held)
        hours = [one["hours"] for one in found if one["hours"] is not None]
        shut = askable.shut_to(ctx, ctx.author) if any(one["choose"] for one in found) else []
        whole = round(sum(hours), 1) if hours else None
        return json_response({"steps": found, "hours": whole, "not_askable": shut})


def approval_statistics(request: HttpRequest, workspace: str, id: UUID) -> HttpResponse:  # noqa: A002
    """How decisions at the nodes of a flow go, for those who look after automation."""
    asked = request.GET.dict()
    only(asked, get_type_hints(StatisticsParameters))
    days = int_of(asked.get("days"), "days", 90)
    if not 1 <= days <= statistics.LONGEST:
        raise BadRequest("approvals.bad_days", {"limit": statistics.LONGEST})
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response(statistics.of_flow(ctx, id, days))


_TABLE = Content(("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
ROUTES = (
    Route("GET", "approvals", list_approvals, "approvals", Approvals, query=ApprovalParameters),
    Route("GET", "approvals/not-askable", not_askable, "approvals", NotAskable),
    Route("GET", "approvals/<uuid:id>", read_approval, "approvals", ApprovalDetails, query=ApprovalDetailsParameters),
    Route("GET", "approvals/<uuid:id>/export", export_approved, "approvals", _TABLE),
    Route("POST", "approvals/rehearsal", rehearse_approval, "approvals", Rehearsal, body=RehearsalRequest),
    Route(
        "GET",
        "flows/<uuid:id>/approvals",
        approval_statistics,
        "approvals",
        ApprovalStatistics,
        query=StatisticsParameters,
    ),
    Route("GET", "records/<slug:object>/<uuid:id>/approvals", record_approvals, "approvals", RecordApprovals),
)
