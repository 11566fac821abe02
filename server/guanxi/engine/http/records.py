"""Generic REST over the records of every object; thin: parse, one call of the engine, answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from guanxi.engine.context import Context
from guanxi.engine.http.queries import expand, listed, only, query_of, query_of_parameters, related_where, text_of
from guanxi.engine.http.request import int_of, request_work, uuid_of
from guanxi.engine.objects.query.groups import Aggregate, GroupBy
from guanxi.engine.records import counts, groups, history, matching, reads, writes
from guanxi.infra.errors import BadRequest, NotAllowed, NotFound
from guanxi.infra.http.bodies import json_object
from guanxi.infra.http.responses import json_response

MAX_BULK = 10_000


def query(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002 - the word of the API
    """Page of records; the query is in the body."""
    body = json_object(request)
    with request_work(request, workspace) as ctx:
        return json_response(_page(ctx, object, query_of(body), body.get("expand")))


def list_records(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002
    """Page of records; the query is in the address."""
    with request_work(request, workspace) as ctx:
        return json_response(_page(ctx, object, *query_of_parameters(request)))


def _page(ctx: Context, object_key: str, asked: reads.Query, expanded: Any) -> dict[str, Any]:
    page = reads.page(ctx, object_key, asked)
    if expanded:
        expand(ctx, object_key, page.rows, expanded)
    return {"rows": page.rows, "next_cursor": page.next_cursor}


def count(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002
    """How many records a filter keeps."""
    body = json_object(request)
    only(body, ("where", "search"))
    with request_work(request, workspace) as ctx:
        found = counts.count(ctx, object, body.get("where"), text_of(body, "search"))
        return json_response({"count": found.value, "exact": found.exact})


def group(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002
    """Counts and aggregates by group, with totals over all groups."""
    body = json_object(request)
    only(body, ("by", "aggregates", "where", "search", "limit"))
    by = [GroupBy(str(one.get("field")), one.get("bucket")) for one in _dicts(body, "by")]
    wanted = [Aggregate(str(one.get("fn")), str(one.get("field"))) for one in _dicts(body, "aggregates")]
    wanted = [one for one in wanted if one.fn != "count"]
    with request_work(request, workspace) as ctx:
        asked = groups.GroupQuery(
            by, wanted, body.get("where"), text_of(body, "search"), int_of(body.get("limit"), "limit", 200)
        )
        return json_response(groups.group(ctx, object, asked))


def get(request: HttpRequest, workspace: str, object: str, id: str) -> HttpResponse:  # noqa: A002
    """One record with what the caller may do to it."""
    _, expanded = query_of_parameters(request)
    with request_work(request, workspace) as ctx:
        record = uuid_of(id)
        found = reads.get(ctx, object, record, listed(request.GET.get("select")))
        if expanded:
            expand(ctx, object, [found], expanded)
        found["_rights"] = reads.object_rights(ctx, ctx.object(object), record)
        return json_response(found)


def create(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002
    """Create one record."""
    body = json_object(request)
    only(body, ("values",))
    values = values_of(body)
    with request_work(request, workspace) as ctx:
        (record,) = writes.create(ctx, object, [values])
        answer = {**reads.get(ctx, object, record), "_change_set": str(ctx.change_set)}
    return json_response(answer, status=201)


def update(request: HttpRequest, workspace: str, object: str, id: str) -> HttpResponse:  # noqa: A002
    """Change one record."""
    body = json_object(request)
    only(body, ("values", "rev"))
    rev = None if body.get("rev") is None else int_of(body["rev"], "rev", 0)
    with request_work(request, workspace) as ctx:
        record = uuid_of(id)
        changed = writes.update(ctx, object, [writes.Change(record, values_of(body), rev)])
        answer = _after(ctx, object, record)
        answer["_change_set"] = str(ctx.change_set) if changed else None
    return json_response(answer)


def _after(ctx: Context, object_key: str, record: Any) -> dict[str, Any]:
    """The record after a write; its id alone when the write gave it out of the writer's sight."""
    try:
        return reads.get(ctx, object_key, record)
    except NotFound:
        return {"id": str(record), "out_of_sight": True}


def delete(request: HttpRequest, workspace: str, object: str, id: str) -> HttpResponse:  # noqa: A002
    """Put one record into the recycle bin."""
    with request_work(request, workspace) as ctx:
        writes.delete(ctx, object, [uuid_of(id)])
        answer = {"change_set": str(ctx.change_set)}
    return json_response(answer)


def bulk(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002
    """One operation on many records, as one change set: all of it or nothing."""
    body = json_object(request)
    only(body, ("op", "records", "ids", "where", "all", "search", "values"))
    op = body.get("op")
    with request_work(request, workspace, {"bulk": op, "object": object}) as ctx:
        if op == "create":
            rows = [values_of(one) for one in _limited(_dicts(body, "records"))]
            done = writes.create(ctx, object, rows)
        elif op == "update" and "records" in body:
            _several(ctx, object, len(_dicts(body, "records")))
            changes = [
                writes.Change(uuid_of(one.get("id")), values_of(one), one.get("rev"))
                for one in _limited(_dicts(body, "records"))
            ]
            done = writes.update(ctx, object, changes)
        elif op == "update":
            values, chosen = values_of(body), _chosen(ctx, object, body)
            _several(ctx, object, len(chosen))
            done = writes.update(ctx, object, [writes.Change(one, values) for one in chosen])
        elif op == "delete":
            chosen = _chosen(ctx, object, body)
            _several(ctx, object, len(chosen))
            done = writes.delete(ctx, object, chosen)
        elif op == "restore":
            done = writes.restore(ctx, object, _ids(body))
        else:
            raise BadRequest("request.bad_parameter", {"name": "op", "reason": "create, update, delete, restore"})
        answer = {"change_set": str(ctx.change_set), "count": len(done), "ids": [str(one) for one in done[:1000]]}
    return json_response(answer)


def _several(ctx: Context, object_key: str, count: int) -> None:
    """Changing many records at once needs a right of its own."""
    if count > 1 and not ctx.actor.rights(object_key).bulk:
        raise NotAllowed("records.bulk_not_allowed", {"object": object_key})


def upsert(request: HttpRequest, workspace: str, object: str) -> HttpResponse:  # noqa: A002
    """Update what the match fields find, create the rest."""
    body = json_object(request)
    only(body, ("match", "records"))
    match = body.get("match")
    if not isinstance(match, list) or not all(isinstance(one, str) for one in match):
        raise BadRequest("request.bad_parameter", {"name": "match", "reason": "list"})
    with request_work(request, workspace, {"bulk": "upsert", "object": object}) as ctx:
        ids, created, updated = matching.upsert(ctx, object, match, _limited(_dicts(body, "records")))
        answer = {
            "change_set": str(ctx.change_set), "created": created, "updated": updated, "ids": [str(i) for i in ids],
        }  # fmt: skip
    return json_response(answer)


def timeline(request: HttpRequest, workspace: str, object: str, id: str) -> HttpResponse:  # noqa: A002
    """Activities about a record and its changes, latest first."""
    kinds = listed(request.GET.get("kinds")) or history.KINDS
    limit = int_of(request.GET.get("limit"), "limit", 50)
    with request_work(request, workspace) as ctx:
        found = history.timeline(ctx, object, uuid_of(id), kinds, limit, request.GET.get("cursor"))
        return json_response({"items": found.items, "next_cursor": found.next_cursor})


def related(request: HttpRequest, workspace: str, object: str, id: str, relation: str) -> HttpResponse:  # noqa: A002
    """Records of a to-many relation of one record: an ordinary query, filtered to what belongs to it."""
    body = json_object(request) if request.method == "POST" else {}
    asked = query_of(body) if body else query_of_parameters(request)[0]
    with request_work(request, workspace) as ctx:
        record = uuid_of(id)
        reads.get(ctx, object, record, (ctx.object(object).title,))
        child, where = related_where(ctx, object, record, relation, asked.where)
        found = reads.page(
            ctx, child, reads.Query(asked.select, where, asked.sort, asked.limit, asked.cursor, asked.search)
        )
        return json_response({"object": child, "rows": found.rows, "next_cursor": found.next_cursor})


def values_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a body; BadRequest when there are none."""
    values = body.get("values")
    if not isinstance(values, dict):
        raise BadRequest("request.bad_parameter", {"name": "values", "reason": "object"})
    return values


def _dicts(body: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = body.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadRequest("request.bad_parameter", {"name": name, "reason": "list of objects"})
    return found


def _limited(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(rows) > MAX_BULK:
        raise BadRequest("records.too_many", {"limit": MAX_BULK, "count": len(rows)})
    return rows


def _ids(body: Mapping[str, Any]) -> list[Any]:
    ids = body.get("ids")
    if not isinstance(ids, list):
        raise BadRequest("request.bad_parameter", {"name": "ids", "reason": "list"})
    return [uuid_of(one) for one in _limited(ids)]


def _chosen(ctx: Context, object_key: str, body: Mapping[str, Any]) -> list[Any]:
    """Records named one by one, all that a filter or a search keeps, or every record, which must be said: ``all``."""
    if "ids" in body:
        return _ids(body)
    where, search, every = body.get("where"), text_of(body, "search"), body.get("all", False)
    if every not in (True, False) or (every and (where is not None or search)):
        raise BadRequest("request.bad_parameter", {"name": "all", "reason": "true, without where and search"})
    if where is None and not search and not every:
        raise BadRequest("records.say_which")
    return reads.ids(ctx, object_key, where, search, MAX_BULK)
