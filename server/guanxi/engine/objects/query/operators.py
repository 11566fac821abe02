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
EARTH_KM = 6371.0088
KM_PER_DEGREE = 111.1
"""A little less than a degree of latitude has, so that the band is never too narrow."""
HALF_ROUND_KM = 20_038


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
        place = source.bind(f"{before}{_literally(operand.field.kind.part(raw))}{after}", "text")
        like = f"{operand.sql} ILIKE {place}"
        return f"({like}) IS NOT TRUE" if negated else like

    return operator


def _literally(text: str) -> str:
    """Text whose wildcards stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


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


def _within_node(source: Source, operand: Operand, raw: Any) -> str:
    """The node of a classification itself or one below it; of several, any of them."""
    kind, field = operand.field.kind, operand.field
    nodes = [kind.comparable(field, one, source.env) for one in (raw if isinstance(raw, list) and raw else [raw])]
    if len(nodes) > MAX_LIST:
        raise BadValue("query.list_too_long", limit=MAX_LIST)
    return f"{operand.sql} LIKE ANY({source.bind([f'{node}%' for node in nodes], 'text[]')})"


def _any_contains(source: Source, operand: Operand, raw: Any) -> str:
    """Part of one of the texts of a list."""
    if not isinstance(raw, str) or not raw:
        raise BadValue("query.text_required")
    place = source.bind(f"%{_literally(operand.field.kind.part(raw))}%", "text")
    return f"EXISTS (SELECT 1 FROM unnest({operand.sql}) one WHERE one ILIKE {place})"


def _near(source: Source, operand: Operand, raw: Any) -> str:
    """Within so many kilometres of a place, on a sphere; the band of latitudes comes first, which an index serves."""
    if not isinstance(raw, Mapping) or set(raw) != {"lat", "lng", "km"}:
        raise BadValue("query.distance_required")
    km = raw["km"]
    if isinstance(km, bool) or not isinstance(km, int | float) or not 0 < km <= HALF_ROUND_KM:
        raise BadValue("query.distance_required")
    kind, field = operand.field.kind, operand.field
    point = kind.parse(field, {"lat": raw["lat"], "lng": raw["lng"]}, source.env)
    if point is None:
        raise BadValue("query.distance_required")
    lat, lng = (source.bind(float(part), "double precision") for part in point)
    own_lat, own_lng = (f'{operand.alias}."{name}"' for name, _ in field.columns)
    band = source.bind(km / KM_PER_DEGREE, "double precision")
    arc = (
        f"sin(radians({own_lat} - {lat}) / 2) ^ 2 + cos(radians({own_lat})) * cos(radians({lat}))"
        f" * sin(radians({own_lng} - {lng}) / 2) ^ 2"
    )
    return (
        f"{own_lat} BETWEEN {lat} - {band} AND {lat} + {band}"
        f" AND 2 * {EARTH_KM} * asin(sqrt(least(1, {arc}))) <= {source.bind(float(km), 'double precision')}"
    )


def _in_box(source: Source, operand: Operand, raw: Any) -> str:
    """Within a piece of a map; one whose west is east of its east lies across the date line."""
    sides = ("south", "west", "north", "east")
    if not isinstance(raw, Mapping) or set(raw) != set(sides):
        raise BadValue("query.box_required")
    kind, field = operand.field.kind, operand.field
    low = kind.parse(field, {"lat": raw["south"], "lng": raw["west"]}, source.env)
    high = kind.parse(field, {"lat": raw["north"], "lng": raw["east"]}, source.env)
    if low is None or high is None:
        raise BadValue("query.box_required")
    south, west, north, east = (source.bind(float(part), "double precision") for part in (*low, *high))
    own_lat, own_lng = (f'{operand.alias}."{name}"' for name, _ in field.columns)
    word = "AND" if low.lng <= high.lng else "OR"
    return f"{own_lat} BETWEEN {south} AND {north} AND ({own_lng} >= {west} {word} {own_lng} <= {east})"


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
    "list": {
        **_LIST,
        "contains": _any_contains,
        "not_contains": lambda s, o, v: f"NOT {_any_contains(s, o, v)}",
        **_EMPTY,
    },
    "tree": {
        "in_tree": _within_node,
        "not_in_tree": lambda s, o, v: f"({_within_node(s, o, v)}) IS NOT TRUE",
        **_EQUAL,
        **_EMPTY,
    },
    "time": {**_EQUAL, **_ORDER, **_EMPTY},
    "geo": {"near": _near, "in_box": _in_box, **_EMPTY},
    "secret": dict(_EMPTY),
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
    "rows": {},
    "none": {},
}
"""Operators by trait, in the order in which screens offer them."""

AGGREGATES: Mapping[str, tuple[str, ...]] = {
    "number": ("sum", "avg", "min", "max"),
    "date": ("min", "max"),
    "datetime": ("min", "max"),
}
"""Aggregates by trait; ``count`` and ``count_values`` are possible on every field."""
