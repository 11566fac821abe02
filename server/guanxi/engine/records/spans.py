"""Records in the order of a field's index, part by part: those in a span of its values for which a condition holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind, Source

PART = 5_000


def span(
    ctx: Context, obj: Object, field: str, low: Any, high: Any, when: Any = None
) -> Iterator[Sequence[tuple[UUID, Any]]]:
    """Parts of (record, value) of live, visible records whose value is between ``low`` (None: any) and ``high``, both
    included. A condition on paths that the actor may not read is refused.
    """
    sql_type = obj.fields[field].columns[0][1]
    last: tuple[UUID, Any] | None = None
    while True:
        bind = Bind()
        source = Source(ctx.snapshot, obj, ctx.guard(), bind, ctx.env, "t")
        column = source.resolve(field).sql
        kept = [source.rows(), compile_condition(source, when), f"{column} <= {bind(high, sql_type)}"]
        if last is not None:
            kept.append(f"({column}, t.id) > ({bind(last[1], sql_type)}, {bind(last[0], 'uuid')})")
        elif low is not None:
            kept.append(f"{column} >= {bind(low, sql_type)}")
        rows = ctx.run(
            f"SELECT t.id, {column} FROM {source.from_clause()} WHERE {' AND '.join(kept)}"
            f" ORDER BY {column}, t.id LIMIT {PART}",
            bind.values,
        )
        if rows:
            yield rows
        if len(rows) < PART:
            return
        last = rows[-1]


def every(ctx: Context, obj: Object, when: Any = None) -> Iterator[Sequence[UUID]]:
    """Parts of the ids of live, visible records for which a condition holds."""
    last: UUID | None = None
    while True:
        bind = Bind()
        source = Source(ctx.snapshot, obj, ctx.guard(), bind, ctx.env, "t")
        kept = [source.rows(), compile_condition(source, when)]
        if last is not None:
            kept.append(f"t.id > {bind(last, 'uuid')}")
        rows = ctx.run(
            f"SELECT t.id FROM {source.from_clause()} WHERE {' AND '.join(kept)} ORDER BY t.id LIMIT {PART}",
            bind.values,
        )
        if rows:
            yield [record for (record,) in rows]
        if len(rows) < PART:
            return
        last = rows[-1][0]
