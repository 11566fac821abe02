"""Queries as the API writes them, in a body or in an address, and the expansion of relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from guanxi.engine.context import Context
from guanxi.engine.http.request import int_of, json_param
from guanxi.engine.objects.query.page import Direction
from guanxi.engine.records import reads
from guanxi.infra.errors import BadRequest

MAX_EXPANSIONS = 5
MAX_EXPANDED = 50
MAX_EXPANDED_ROWS = 250
"""Rows times relations of one request: each costs a statement."""
_KNOWN_EXPANDED = {"select", "where", "sort", "limit", "search"}
_KNOWN = {*_KNOWN_EXPANDED, "cursor", "expand"}


def query_of(body: Mapping[str, Any]) -> reads.Query:
    """The query of a body; BadRequest for anything that is not understood, so that no filter is ever lost."""
    only(body, _KNOWN)
    select = body.get("select") or ()
    if not isinstance(select, list | tuple) or not all(isinstance(one, str) for one in select):
        raise BadRequest("request.bad_parameter", {"name": "select", "reason": "list"})
    sort = body.get("sort") or ()
    if not isinstance(sort, list | tuple):
        raise BadRequest("request.bad_parameter", {"name": "sort", "reason": "list"})
    return reads.Query(
        select=tuple(select),
        where=body.get("where"),
        sort=tuple(_sort(one) for one in sort),
        limit=int_of(body.get("limit"), "limit", 50),
        cursor=text_of(body, "cursor"),
        search=text_of(body, "search"),
    )


def only(body: Mapping[str, Any], known: Iterable[str]) -> None:
    """BadRequest for keys that mean nothing here: a misspelt filter must never be no filter."""
    unknown = set(body) - set(known)
    if unknown:
        raise BadRequest("query.unknown_key", {"keys": ", ".join(sorted(unknown)), "known": ", ".join(sorted(known))})


def text_of(body: Mapping[str, Any], name: str) -> str | None:
    """A text of the body, None when it is absent; BadRequest for anything else."""
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise BadRequest("request.bad_parameter", {"name": name, "reason": "text"})
    return value


def _sort(one: Any) -> tuple[str, Direction]:
    if not isinstance(one, Mapping) or not isinstance(one.get("field"), str) or set(one) - {"field", "dir"}:
        raise BadRequest("request.bad_parameter", {"name": "sort", "reason": "{field, dir}"})
    return one["field"], one.get("dir", "asc")


def query_of_parameters(request: HttpRequest) -> tuple[reads.Query, Any]:
    """The query of an address (``sort=-amount,name``) and what to expand."""
    found = request.GET
    sort = [
        {"field": one.lstrip("-"), "dir": "desc" if one.startswith("-") else "asc"} for one in listed(found.get("sort"))
    ]
    body = {
        "select": listed(found.get("select")),
        "where": json_param(request, "where"),
        "sort": sort,
        "limit": found.get("limit"),
        "cursor": found.get("cursor"),
        "search": found.get("search"),
    }
    only(found, _KNOWN)
    return query_of(body), json_param(request, "expand")


def listed(text: str | None) -> list[str]:
    """Words with commas between them."""
    return [word.strip() for word in text.split(",") if word.strip()] if text else []


def expand(ctx: Context, object_key: str, rows: Sequence[dict[str, Any]], wanted: Any) -> None:
    """Put related records under each row: one page per row and relation, at most MAX_EXPANDED each."""
    if not isinstance(wanted, Mapping) or len(wanted) > MAX_EXPANSIONS or len(wanted) * len(rows) > MAX_EXPANDED_ROWS:
        raise BadRequest("query.bad_expand", {"limit": MAX_EXPANSIONS, "rows": MAX_EXPANDED_ROWS})
    obj = ctx.object(object_key)
    for relation_key, asked in wanted.items():
        relation = obj.relations.get(relation_key)
        if relation is None:
            raise BadRequest("query.unknown_relation", {"object": object_key, "relation": relation_key})
        if not isinstance(asked, Mapping | None):
            raise BadRequest("query.bad_expand", {"limit": MAX_EXPANSIONS, "rows": MAX_EXPANDED_ROWS})
        only(asked or {}, _KNOWN_EXPANDED)
        query = query_of(asked or {})
        if query.limit > MAX_EXPANDED:
            raise BadRequest("query.bad_limit", {"limit": MAX_EXPANDED})
        for row in rows:
            child, where = related_where(ctx, object_key, UUID(row["id"]), relation_key, query.where)
            page = reads.page(ctx, child, replace(query, where=where))
            row[relation_key] = page.rows


def related_where(
    ctx: Context, object_key: str, record: UUID, relation_key: str, where: Any
) -> tuple[str, dict[str, Any]]:
    """The object of a to-many relation and the filter of the records that belong to one record."""
    relation = ctx.object(object_key).relations.get(relation_key)
    if relation is None:
        raise BadRequest("query.unknown_relation", {"object": object_key, "relation": relation_key})
    field = ctx.snapshot.object(relation.object).fields[relation.field]
    if field.kind.trait == "about":
        own: dict[str, Any] = {"field": field.key, "op": "eq", "value": {"object": object_key, "id": str(record)}}
    elif field.kind.trait == "refs":
        own = {"field": field.key, "op": "has_any", "value": [str(record)]}
    else:
        own = {"field": field.key, "op": "eq", "value": str(record)}
    return relation.object, own if where is None else {"and": [own, where]}
