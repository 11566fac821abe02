"""Who may try a flow on the past: what it asks of records must be what the person may read of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.capabilities.flows.checking import subjects
from guanxi.capabilities.flows.definition import Definition, Problem
from guanxi.capabilities.flows.publishing import problems_of, told
from guanxi.engine.context import Context
from guanxi.engine.objects.components.conditions import condition_paths
from guanxi.engine.objects.levels import MASKED
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.infra.errors import BadRequest, Conflict

WITHOUT_STEPS = frozenset({"flows.no_start"})
"""What is wrong with a flow that can be tried all the same: it tells how often it would have begun."""


def check(ctx: Context, data: Any, definition: Definition) -> None:
    """Conflict for a draft that makes no sense; refused in the usual words for what the actor may not read."""
    problems: list[Problem] = [one for one in problems_of(ctx, data) if one.code not in WITHOUT_STEPS]
    if problems:
        raise Conflict("flows.not_right", {"count": len(problems), "problems": told(ctx, problems, data)})
    if definition.object is not None:
        ctx.object(definition.object)
    places = [(one.settings, definition.object) for one in definition.triggers]
    places += [(node.settings, about) for node, about in subjects(ctx.snapshot, definition)]
    for settings, about in places:
        obj = ctx.snapshot.objects.get(about or "")
        if obj is not None:
            for when in _conditions(settings):
                _readable(ctx, obj, when)


def _conditions(value: Any) -> Iterator[Mapping[str, Any]]:
    """Conditions and formulas, wherever they stand in settings; those of an object that a step names are its own."""
    if isinstance(value, Mapping):
        if "formula" in value or isinstance(value.get("where"), Mapping):
            yield {name: value[name] for name in ("formula", "where") if name in value}
        for name, one in value.items():
            if not (name == "where" and ("object" in value or "relation" in value)):
                yield from _conditions(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _conditions(one)


def _readable(ctx: Context, obj: Object, when: Mapping[str, Any]) -> None:
    source = Source(ctx.snapshot, obj, ctx.guard(), Bind(), ctx.env, "t")
    where = when.get("where")
    if isinstance(where, Mapping) and not {"where", "formula"} & where.keys():
        compile_filter(source, where)
    for path in condition_paths({"formula": when["formula"]} if "formula" in when else {}):
        if path.split(".", 1)[0] in obj.fields:
            source.resolve(path)
            _unmasked(ctx, obj, path)


def _unmasked(ctx: Context, obj: Object, path: str) -> None:
    """A value that is told as a mask is not worked with either."""
    at: Object | None = obj
    for name in path.split("."):
        field = at.fields.get(name) if at is not None else None
        if at is None or field is None:
            return
        if ctx.guard().level_everywhere(at, field) in MASKED:
            raise BadRequest("query.unknown_field", {"field": path})
        at = ctx.snapshot.objects.get(field.target or "")
