"""The one filter language: a JSON tree checked and compiled to SQL. Whatever is not understood is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.query.build import Source, link_table
from guanxi.engine.objects.query.operators import OPERATORS
from guanxi.infra.errors import BadRequest

MAX_DEPTH = 12
MAX_NODES = 200
_NEEDS_NO_VALUE = ("is_empty", "not_empty")


def compile_filter(source: Source, tree: Any) -> str:
    """SQL condition for a filter tree; ``TRUE`` for None, which alone means "no filter".

    Raises BadRequest for an unknown field, operator, key or value: a filter never fails open.
    """
    if tree is None:
        return "TRUE"
    budget = [MAX_NODES]
    return _node(source, tree, MAX_DEPTH, budget)


def _node(source: Source, node: Any, depth: int, budget: list[int]) -> str:
    budget[0] -= 1
    if depth <= 0 or budget[0] < 0:
        raise BadRequest("query.filter_too_large", {"depth": MAX_DEPTH, "nodes": MAX_NODES})
    if not isinstance(node, Mapping):
        raise BadRequest("query.bad_filter", {"node": _shown(node)})
    keys = set(node)
    if keys in ({"and"}, {"or"}):
        word = next(iter(keys))
        parts = node[word]
        if not isinstance(parts, list) or not parts:
            raise BadRequest("query.bad_filter", {"node": _shown(node)})
        compiled = [_node(source, part, depth - 1, budget) for part in parts]
        return "(" + f" {word.upper()} ".join(compiled) + ")"
    if keys == {"not"}:
        return f"({_node(source, node['not'], depth - 1, budget)}) IS NOT TRUE"
    if "has" in keys and keys <= {"has", "where"}:
        return _has(source, str(node["has"]), node.get("where"), depth, budget)
    if {"field", "op"} <= keys <= {"field", "op", "value"}:
        return _leaf(source, node, depth, budget)
    raise BadRequest("query.bad_filter", {"node": _shown(node)})


def _leaf(source: Source, node: Mapping[str, Any], depth: int, budget: list[int]) -> str:
    path, op = node["field"], node["op"]
    if not isinstance(path, str) or not isinstance(op, str):
        raise BadRequest("query.bad_filter", {"node": _shown(node)})
    relation = source.to_many(path)
    if relation is not None and "." in path:
        rest = {**node, "field": path.split(".", 1)[1]}
        return _has(source, relation.key, rest, depth, budget)
    operand = source.resolve(path)
    operator = OPERATORS[operand.field.kind.trait].get(op)
    if operator is None:
        raise BadRequest(
            "query.unknown_operator",
            {"field": path, "op": op, "known": ", ".join(OPERATORS[operand.field.kind.trait])},
        )
    if op not in _NEEDS_NO_VALUE and node.get("value") is None:
        raise BadRequest("query.value_missing", {"field": path, "op": op})
    try:
        return f"({operator(source, operand, node.get('value'))})"
    except BadValue as bad:
        raise BadRequest("query.bad_value", {"field": path, "op": op, "reason": bad.code, **bad.params}) from None


def _has(source: Source, key: str, where: Any, depth: int, budget: list[int]) -> str:
    """EXISTS over a to-many relation: it can never multiply the rows of the outer object."""
    relation = source.obj.relations.get(key)
    if relation is None:
        raise BadRequest("query.unknown_relation", {"object": source.obj.key, "relation": key})
    target = source.snapshot.object(relation.object)
    field = target.fields[relation.field]
    inner = source.nested(target, f"{source.alias}x{budget[0]}_")
    inner.guard.field(target, field)
    condition = "TRUE" if where is None else _node(inner, where, depth - 1, budget)
    if field.kind.trait == "refs":
        link = (
            f'EXISTS (SELECT 1 FROM "{link_table(target, field)}" l WHERE l.source = {inner.alias}.id'
            f" AND l.target = {source.alias}.id)"
        )
    elif field.kind.trait == "about":
        own = source.bind(source.obj.key, "text")
        link = f'{inner.alias}."{field.key}" = {source.alias}.id AND {inner.alias}."{field.key}__object" = {own}'
    else:
        link = f'{inner.alias}."{field.key}" = {source.alias}.id'
    return f"EXISTS (SELECT 1 FROM {inner.from_clause()} WHERE {link} AND {inner.rows()} AND {condition})"


def _shown(node: Any) -> str:
    text = repr(node)
    return text if len(text) <= 200 else text[:200] + "…"
