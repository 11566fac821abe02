"""What roles and access rules say of objects and fields, held against the catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.access.predicate import AccessGuard
from guanxi.engine.access.reach import own_fields, put_in
from guanxi.engine.context import Context
from guanxi.engine.objects.levels import is_read
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.infra.errors import BadRequest

Problem = tuple[str, dict[str, Any]]


def problem_of_filter(ctx: Context, object_key: str, where: Any) -> BadRequest | None:
    """What is wrong with a filter that says which records of an object somebody reaches; None when it can be asked."""
    obj = ctx.snapshot.object(object_key)
    members = ctx.snapshot.object("member").fields
    try:
        for key in own_fields([where]) if isinstance(where, Mapping) else ():
            if key not in members or not members[key].kind.holds_value:
                return BadRequest("query.unknown_field", {"object": "member", "field": key})
        if where is None:
            return BadRequest("query.bad_filter", {"node": "null"})
        mine = {"id": str(ctx.author)} if ctx.author else {"id": None}
        source = Source(ctx.snapshot, obj, AccessGuard(ctx.snapshot, SYSTEM, ctx.env), Bind(), ctx.env, "t")
        compile_filter(source, put_in(where, mine) if isinstance(where, Mapping) else where)
    except BadRequest as bad:
        return bad
    return None


def problems_of_objects(ctx: Context, permissions: Mapping[str, Any]) -> Iterator[Problem]:
    """What a role's permissions say of objects and fields that are not there, or that cannot be kept from anybody."""
    for key, rights in permissions.get("objects", {}).items():
        obj = ctx.snapshot.objects.get(key)
        if obj is None:
            if key != "*":
                yield "identity.permissions_unknown_object", {"object": key}
            continue
        for verb in ("read", "edit", "delete"):
            reach = rights.get(verb)
            where = reach.get("where") if isinstance(reach, Mapping) else None
            if where is not None and (bad := problem_of_filter(ctx, key, where)):
                yield bad.code, bad.params
        levels = [rights.get("fields") or {}, *(rights.get("types") or {}).values()]
        for field, level in ((field, level) for named in levels for field, level in named.items()):
            if field not in obj.fields:
                yield "identity.permissions_unknown_field", {"object": key, "field": field}
            elif field == obj.title and not is_read(level):
                yield "identity.permissions_title", {"object": key, "field": field}
