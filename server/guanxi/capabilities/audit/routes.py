"""The audit log over HTTP, for those with the right ``audit``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_type_hints
from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse

from guanxi.capabilities.audit import exporting, telling, verifying
from guanxi.capabilities.audit.shapes import (
    AuditedChanges,
    AuditPage,
    AuditParameters,
    AuditState,
    AuditWanted,
)
from guanxi.engine.audit import kinds, reading
from guanxi.engine.audit.kinds import GROUPS
from guanxi.engine.audit.reading import CHANGE, Wanted
from guanxi.engine.context import Context
from guanxi.engine.http.queries import listed, only
from guanxi.engine.http.request import int_of, request_work, uuid_of
from guanxi.engine.http.route import Content, Route
from guanxi.infra.errors import BadRequest, NotAllowed, NotFound
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response
from guanxi.infra.i18n import sentence

RIGHT = "audit"
MOST_CHANGES = 200


def read_audit(request: HttpRequest, workspace: str) -> HttpResponse:
    """What was done, by whom and from where, latest first."""
    asked = request.GET.dict()
    only(asked, get_type_hints(AuditParameters))
    wanted = wanted_of(asked)
    limit = int_of(asked.get("limit"), "limit", 50)
    with request_work(request, workspace) as ctx:
        permit(ctx)
        found = reading.page(ctx, wanted, limit, asked.get("cursor"))
        return json_response({"items": telling.told(ctx, found.items), "next_cursor": found.next_cursor})


def read_audit_state(request: HttpRequest, workspace: str) -> HttpResponse:
    """The kinds of deeds, and what going over the log found the last time."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        return json_response(_state(ctx))


def read_audited_changes(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002 - the word of the API
    """Which records a change set wrote, without their values, which stand in each record's own history."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        change_set = uuid_of(id)
        if reading.change_set(ctx, change_set) is None:
            raise NotFound("records.change_set_not_found", {"id": id})
        rows = reading.changes_of(ctx, change_set, MOST_CHANGES + 1)
        return json_response({"changes": telling.changes(ctx, rows[:MOST_CHANGES]), "more": len(rows) > MOST_CHANGES})


def export_audit(request: HttpRequest, workspace: str) -> FileResponse:
    """What is looked for as a CSV file; the log notes the export."""
    body = json_object(request)
    only(body, get_type_hints(AuditWanted))
    wanted = wanted_of(body)
    with request_work(request, workspace) as ctx:
        permit(ctx)
        file, rows = exporting.export(ctx, wanted, body)
        name = sentence("audit.file_name", {"day": f"{ctx.now:%Y%m%d}"}, ctx.language)
    response = FileResponse(file, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    response["X-Row-Count"] = str(rows)
    return response


def verify_audit(request: HttpRequest, workspace: str) -> HttpResponse:
    """Have the whole log gone over in the background."""
    with request_work(request, workspace) as ctx:
        permit(ctx)
        verifying.ask(ctx)
        return json_response({**_state(ctx), "running": True}, 202)


def permit(ctx: Context) -> None:
    """NotAllowed for whoever has not the right to see the log."""
    if not ctx.actor.may(RIGHT):
        raise NotAllowed("audit.not_allowed")


def wanted_of(asked: Mapping[str, Any]) -> Wanted:
    """What is looked for, as an address or a body says it; BadRequest for what cannot be understood."""
    texts = {key: value for key, value in asked.items() if value not in (None, "")}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise BadRequest("request.bad_parameter", {"name": key, "reason": "text"})
    wanted = listed(texts.get("kinds"))
    known = {*kinds(), CHANGE}
    if unknown := sorted(set(wanted) - known):
        raise BadRequest("audit.unknown_kind", {"kinds": ", ".join(unknown)})
    return Wanted(
        kinds=tuple(wanted) or None,
        member=_id(texts, "member"),
        object=texts.get("object"),
        record=_id(texts, "record"),
        since=_instant(texts, "since"),
        until=_instant(texts, "until"),
        ip=texts.get("ip"),
        key=texts.get("key"),
        key_id=_id(texts, "key_id"),
    )


def _id(texts: Mapping[str, str], name: str) -> UUID | None:
    return uuid_of(texts[name], name) if name in texts else None


def _instant(texts: Mapping[str, str], name: str) -> datetime | None:
    if name not in texts:
        return None
    try:
        found = datetime.fromisoformat(texts[name])
        if found.tzinfo is None:
            raise ValueError("time zone")
    except ValueError as error:
        raise BadRequest("request.bad_parameter", {"name": name, "reason": str(error)}) from None
    return found


def _state(ctx: Context) -> dict[str, Any]:
    every = [(one.key, one.group) for one in kinds().values()]
    every.append((CHANGE, "data"))
    told = [
        {"key": key, "group": group, "label": sentence(f"audit.kind_{key}", {}, ctx.language)} for key, group in every
    ]
    told.sort(key=lambda one: (GROUPS.index(one["group"]), one["label"]))
    return {"kinds": told, "running": verifying.is_running(ctx.workspace), "last": verifying.last(ctx)}


ROUTES = (
    Route("GET", "audit", read_audit, "audit", AuditPage, query=AuditParameters),
    Route("GET", "audit/state", read_audit_state, "audit", AuditState),
    Route("GET", "audit/changes/<uuid:id>", read_audited_changes, "audit", AuditedChanges),
    Route("POST", "audit/export", export_audit, "audit", Content(("text/csv",)), body=AuditWanted),
    Route("POST", "audit/verify", verify_audit, "audit", AuditState, 202),
)
