"""Operators of the filter language, bound to the trait of a field's kind and never to kinds.

Every operator is two-valued: a comparison with an empty value is false, and the negated operators (``ne``,
``not_in``, ``not_contains``, ``has_none``) include empty values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from guanxi.engine.objects.fields.base import BadValue, ParseEnv
from guanxi.engine.objects.query import periods
from guanxi.engine.objects.query.build import Operand, Source, link_table

Operator = Callable[[Source, Operand, Any], str]
MAX_LIST = 5000


def _one(source: Source, operand: Operand, raw: Any) -> str:
    kind, field = operand.field.kind, operand.field
    value = kind.comparable(field, _macro(operand, raw, source.env), source.env)
    return source.bind(value, kind.param_type(field))


def _many(source: Source, operand: Operand, raw: Any) -> str:
    if not isinstance(raw, list | tuple) or not raw:
        raise BadValue("query.list_required")
    if len(raw) > MAX_LIST:
        raise BadValue("query.list_too_long", limit=MAX_LIST)
    kind, field = operand.field.kind, operand.field
    values = [kind.comparable(field, _macro(operand, item, source.env), source.env) for item in raw]
    return source.bind(values, f"{kind.param_type(field)}[]")


def _macro(operand: Operand, raw: Any, env: ParseEnv) -> Any:
    if raw == "@me" and operand.field.kind.trait == "ref":
        if env.me is None:
            raise BadValue("query.nobody_signed_in")
        return env.me
    return raw


def _compare(symbol: str) -> Operator:
    return lambda s, o, v: f"{o.sql} {symbol} {_one(s, o, v)}"


def _between(source: Source, operand: Operand, raw: Any) -> str:
    if not isinstance(raw, list | tuple) or len(raw) != 2:
        raise BadValue("query.two_values_required")
    low, high = (_one(source, operand, value) for value in raw)
    return f"{operand.sql} BETWEEN {low} AND {high}"


def _like(before: str, after: str, negated: bool = False) -> Operator:
    def operator(source: Source, operand: Operand, raw: Any) -> str:
        if not isinstance(raw, str) or not raw:
            raise BadValue("query.text_required")
        part = operand.field.kind.part(raw)
        escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        place = source.bind(f"{before}{escaped}{after}", "text")
        like = f"{operand.sql} ILIKE {place}"
        return f"({like}) IS NOT TRUE" if negated else like

    return operator


def _empty(source: Source, operand: Operand, raw: Any) -> str:
    return f"{operand.sql} IS NULL"


def _not_empty(source: Source, operand: Operand, raw: Any) -> str:
    return f"{operand.sql} IS NOT NULL"


def _within(source: Source, operand: Operand, raw: Any) -> str:
    days = periods.resolve(raw, source.env)
    if operand.field.kind.trait == "date":
        low, high = source.bind(days.start, "date"), source.bind(days.end, "date")
    else:
        start, end = days.instants(source.env.time_zone)
        low, high = source.bind(start, "timestamptz"), source.bind(end, "timestamptz")
    return f"{operand.sql} >= {low} AND {operand.sql} < {high}"


def _in_tree(source: Source, operand: Operand, raw: Any) -> str:
    """The record itself or one below it, along the target's own parent field."""
    target = source.snapshot.object(operand.field.target or "")
    parent = next((f for f in target.fields.values() if f.target == target.key and f.kind.trait == "ref"), None)
    if parent is None:
        raise BadValue("query.not_a_tree")
    place = _one(source, operand, raw)
    return (
        f"{operand.sql} = ANY(ARRAY(WITH RECURSIVE tree AS (SELECT {place} AS id UNION SELECT c.id FROM"
        f' "{target.table}" c JOIN tree ON c."{parent.key}" = tree.id) SELECT id FROM tree))'
    )


def _has_any(source: Source, operand: Operand, raw: Any) -> str:
    return f"{operand.sql} && {_list_param(source, operand, raw)}"


def _has_all(source: Source, operand: Operand, raw: Any) -> str:
    return f"{operand.sql} @> {_list_param(source, operand, raw)}"


def _has_none(source: Source, operand: Operand, raw: Any) -> str:
    return f"({operand.sql} && {_list_param(source, operand, raw)}) IS NOT TRUE"


def _list_param(source: Source, operand: Operand, raw: Any) -> str:
    if not isinstance(raw, list | tuple) or not raw:
        raise BadValue("query.list_required")
    kind, field = operand.field.kind, operand.field
    return source.bind(kind.comparable(field, list(raw), source.env), kind.param_type(field))


def _linked(source: Source, operand: Operand, ids: list[UUID]) -> str:
    table = link_table(operand.obj, operand.field)
    return (
        f'EXISTS (SELECT 1 FROM "{table}" l WHERE l.source = {operand.alias}.id'
        f" AND l.target = ANY({source.bind(ids, 'uuid[]')}))"
    )


def _ids(source: Source, operand: Operand, raw: Any) -> list[UUID]:
    if not isinstance(raw, list | tuple) or not raw:
        raise BadValue("query.list_required")
    ids = operand.field.kind.parse(operand.field, [source.env.me if v == "@me" else v for v in raw], source.env)
    return list(ids or ())


def _links_all(source: Source, operand: Operand, raw: Any) -> str:
    return "(" + " AND ".join(_linked(source, operand, [one]) for one in _ids(source, operand, raw)) + ")"


def _links_empty(source: Source, operand: Operand, raw: Any) -> str:
    table = link_table(operand.obj, operand.field)
    return f'NOT EXISTS (SELECT 1 FROM "{table}" l WHERE l.source = {operand.alias}.id)'


def _about_eq(source: Source, operand: Operand, raw: Any) -> str:
    about = operand.field.kind.parse(operand.field, raw, source.env)
    if about is None:
        raise BadValue("fields.value_required")
    key = operand.field.key
    return (
        f'{operand.alias}."{key}" = {source.bind(about.id, "uuid")}'
        f' AND {operand.alias}."{key}__object" = {source.bind(about.object, "text")}'
    )


def _object_is(source: Source, operand: Operand, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in source.snapshot.objects:
        raise BadValue("query.unknown_object", object=str(raw))
    return f'{operand.alias}."{operand.field.key}__object" = {source.bind(raw, "text")}'


_EMPTY: Mapping[str, Operator] = {"is_empty": _empty, "not_empty": _not_empty}
_EQUAL: Mapping[str, Operator] = {"eq": _compare("="), "ne": _compare("IS DISTINCT FROM")}
_SET: Mapping[str, Operator] = {
    "in": lambda s, o, v: f"{o.sql} = ANY({_many(s, o, v)})",
    "not_in": lambda s, o, v: f"({o.sql} = ANY({_many(s, o, v)})) IS NOT TRUE",
}
_ORDER: Mapping[str, Operator] = {
    "gt": _compare(">"),
    "gte": _compare(">="),
    "lt": _compare("<"),
    "lte": _compare("<="),
    "between": _between,
}
_LIST: Mapping[str, Operator] = {"has_any": _has_any, "has_all": _has_all, "has_none": _has_none}
_TEXT: Mapping[str, Operator] = {
    "contains": _like("%", "%"),
    "not_contains": _like("%", "%", negated=True),
    "starts_with": _like("", "%"),
    "ends_with": _like("%", ""),
}

OPERATORS: Mapping[str, Mapping[str, Operator]] = {
    "text": {**_EQUAL, **_SET, **_TEXT, **_EMPTY},
    "number": {**_EQUAL, **_ORDER, **_SET, **_EMPTY},
    "date": {**_EQUAL, **_ORDER, "within": _within, **_EMPTY},
    "datetime": {**_EQUAL, **_ORDER, "within": _within, **_EMPTY},
    "boolean": {**_EQUAL, **_EMPTY},
    "choice": {**_EQUAL, **_SET, **_EMPTY},
    "choices": {**_LIST, **_EMPTY},
    "tags": {**_LIST, **_EMPTY},
    "ref": {**_EQUAL, **_SET, "in_tree": _in_tree, **_EMPTY},
    "refs": {
        "has_any": lambda s, o, v: _linked(s, o, _ids(s, o, v)),
        "has_all": _links_all,
        "has_none": lambda s, o, v: f"NOT {_linked(s, o, _ids(s, o, v))}",
        "is_empty": _links_empty,
        "not_empty": lambda s, o, v: f"NOT {_links_empty(s, o, v)}",
    },
    "about": {"eq": _about_eq, "object_is": _object_is, **_EMPTY},
    "address": {"contains": _TEXT["contains"], "not_contains": _TEXT["not_contains"], **_EMPTY},
    "file": dict(_EMPTY),
    "json": dict(_EMPTY),
}
"""Operators by trait, in the order in which screens offer them."""

AGGREGATES: Mapping[str, tuple[str, ...]] = {
    "number": ("sum", "avg", "min", "max"),
    "date": ("min", "max"),
    "datetime": ("min", "max"),
}
"""Aggregates by trait; ``count`` and ``count_values`` are possible on every field."""
