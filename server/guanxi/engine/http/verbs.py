"""Search, change sets and actions over HTTP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guanxi.engine import actions as verbs
from guanxi.engine.context import Context
from guanxi.engine.http.queries import listed
from guanxi.engine.http.request import int_of, request_work, uuid_of
from guanxi.engine.http.shapes import history as h
from guanxi.engine.records import history, long_undo, undo
from guanxi.engine.records import search as records_search
from guanxi.infra.errors import BadRequest
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response
from guanxi.infra.i18n import sentence

MAX_HITS = 100


def search(request: HttpRequest, workspace: str) -> HttpResponse:
    """Records of all objects, or of some, that a text finds."""
    text = request.GET.get("q", "")
    limit = int_of(request.GET.get("limit"), "limit", 20)
    if not 1 <= limit <= MAX_HITS:
        raise BadRequest("query.bad_limit", {"limit": MAX_HITS})
    with request_work(request, workspace) as ctx:
        hits = records_search.find(ctx, text, listed(request.GET.get("objects")), limit)
    return json_response(
        {"hits": [{"object": h.object, "id": str(h.id), "title": h.title, "subtitle": h.subtitle} for h in hits]}
    )


def change_sets(request: HttpRequest, workspace: str) -> HttpResponse:
    """The caller's latest change sets."""
    limit = int_of(request.GET.get("limit"), "limit", 50)
    if not 1 <= limit <= MAX_HITS:
        raise BadRequest("query.bad_limit", {"limit": MAX_HITS})
    with request_work(request, workspace) as ctx:
        return json_response({"change_sets": history.change_sets(ctx, limit=limit)})


def change_set(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002 - the word of the API
    """One change set."""
    with request_work(request, workspace) as ctx:
        return json_response(history.change_set(ctx, uuid_of(id)))


def undo_change_set(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002
    """Take a change set back, or say what that would do; one of very many records is left to a job."""
    body = json_object(request)
    preview, skip = bool(body.get("preview", False)), bool(body.get("skip_conflicts", False))
    with request_work(request, workspace, {"undo": id}) as ctx:
        ctx.via = "undo"
        if not preview and long_undo.is_long(ctx, uuid_of(id)):
            begun = long_undo.begin(ctx, uuid_of(id), skip_conflicts=skip)
            return json_response({"undone": 0, "conflicts": [], "change_set": None, "progress": _told(ctx, begun)})
        done = undo.undo(ctx, uuid_of(id), preview=preview, skip_conflicts=skip)
        answer = {
            "undone": done.undone,
            "conflicts": done.conflicts,
            "change_set": None if preview else str(ctx.change_set),
            "progress": None,
        }
    return json_response(answer)


def undo_progress(request: HttpRequest, workspace: str, id: str) -> HttpResponse:  # noqa: A002
    """How far the job is that takes a change set back."""
    with request_work(request, workspace) as ctx:
        return json_response(_told(ctx, long_undo.progress(ctx, uuid_of(id))))


def _told(ctx: Context, one: long_undo.Progress) -> h.UndoProgress:
    message = sentence(one.error["code"], one.error["params"], ctx.language) if one.error else None
    return {
        "state": one.state,
        "total": one.total,
        "done": one.done,
        "undone": one.undone,
        "conflicts": one.conflicts,
        "error": {"code": one.error["code"], "message": message or ""} if one.error else None,
        "change_set": str(one.change_set) if one.change_set else None,
    }


def act(request: HttpRequest, workspace: str, area: str, verb: str) -> HttpResponse:
    """Run an action."""
    body = json_object(request)
    params = body.get("params", {})
    if not isinstance(params, dict):
        raise BadRequest("request.bad_parameter", {"name": "params", "reason": "object"})
    name = f"{area}.{verb}".replace("-", "_")
    with request_work(request, workspace) as ctx:
        ctx.only_verb = True
        result = verbs.run(ctx, name, params)
        answer = {"result": result, "change_set": str(ctx.change_set) if ctx.counts else None}
    return json_response(answer)
