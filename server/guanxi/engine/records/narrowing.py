"""Filters by fields of records that the reader sees few of: those are found first, and their ids narrow the statement.

How many records of a relation a reader reaches is nothing the planner can know. Where it expects many and there are
few or none, it walks an index of the whole object in the order asked for and finds nothing on its way. Asking for the
few first costs little and is bounded: where there turn out to be more, the statement is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.engine.access.reach import ALL
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.objects.query.filters import compile_filter

FEW = 1000
"""Up to so many related records narrow a statement."""
POSITIVE = frozenset(
    "eq gt gte lt lte in between contains starts_with ends_with has_any has_all within in_tree near in_box".split()
)
"""Operators that are false where there is no related record, so that one must be found."""


def narrowed(ctx: Context, source: Source, where: Any) -> list[str]:
    """Conditions that follow from a filter which was compiled already, each by the ids of the few related records."""
    found = []
    for step, parts in _by_relation(where).items():
        field = source.obj.fields.get(step)
        target = ctx.snapshot.objects.get(field.target or "") if field else None
        if field and target and _is_narrower(ctx, source.obj, target):
            found += _by_ids(ctx, source, field, target, {"and": parts})
    return found


def _by_ids(ctx: Context, source: Source, field: Field, target: Object, where: Any) -> Iterator[str]:
    inner = Source(ctx.snapshot, target, source.guard, Bind(), source.env, "n")
    kept = f"{inner.rows()} AND {compile_filter(inner, where)}"
    ((count, ids),) = ctx.run(
        f"SELECT count(*), coalesce(array_agg(id), '{{}}')::text FROM"
        f" (SELECT n.id FROM {inner.from_clause()} WHERE {kept} LIMIT {FEW + 1}) few",
        inner.bind.values,
    )
    if count == 0:
        yield "FALSE"
    elif count <= FEW:
        yield f"{field.kind.expression(field, source.alias)} = ANY({source.bind(ids, 'text')}::uuid[])"


def _by_relation(where: Any) -> dict[str, list[Any]]:
    """The comparisons that must hold of related records, by the relation, each as a filter of those records."""
    found: dict[str, list[Any]] = {}
    for leaf in _all_of(where):
        step, _, rest = str(leaf["field"]).partition(".")
        if rest and leaf["op"] in POSITIVE:
            found.setdefault(step, []).append({**leaf, "field": rest})
    return found


def _all_of(where: Any) -> Iterator[Mapping[str, Any]]:
    """The comparisons of which every one must hold."""
    if not isinstance(where, Mapping):
        return
    if "field" in where:
        yield where
    for part in where.get("and") or ():
        yield from _all_of(part)


def _is_narrower(ctx: Context, obj: Object, target: Object) -> bool:
    """Whether the actor may reach less of the target than of the object, and not all of it."""
    actor = ctx.actor
    if actor.is_system:
        return False
    if target.key in actor.restricts:
        return True
    reach = actor.rights(target.key).read
    if reach.is_none or not target.has_owner:
        return False
    return not reach.covers(actor.rights(obj.key).read if obj.has_owner else ALL)
