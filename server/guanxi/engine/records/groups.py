"""Groups of records with counts and aggregates, and totals over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.query.build import Bind, Operand, Source
from guanxi.engine.objects.query.groups import Aggregate, GroupBy, aggregates, group_keys
from guanxi.engine.records import reads
from guanxi.engine.records.titles import Titles, reference, titles
from guanxi.infra.errors import BadRequest

MAX_GROUPS = 1000


@dataclass(frozen=True)
class GroupQuery:
    """What to group by and what to compute; without ``by`` only totals."""

    by: Sequence[GroupBy]
    aggregates: Sequence[Aggregate] = ()
    where: Any = None
    search: str | None = None
    limit: int = 200


def group(ctx: Context, object_key: str, query: GroupQuery) -> dict[str, Any]:
    """``{groups: [{keys, count, values}], totals: {count, values}}`` over the records that the actor may read.

    Groups come in the order of their keys (options in their own order), empty keys last; values are Decimals as text, counts are numbers.
    """
    if not 1 <= query.limit <= MAX_GROUPS:
        raise BadRequest("query.bad_limit", {"limit": MAX_GROUPS})
    obj = ctx.object(object_key)
    bind = Bind()
    source = Source(ctx.snapshot, obj, ctx.guard(), bind, ctx.env, "t")
    keys = group_keys(source, query.by)
    wanted = aggregates(source, query.aggregates)
    where = reads.condition(ctx, obj, source, query.where, query.search)
    key_columns = [f"({sql}) AS k{place}" for place, (_, sql) in enumerate(keys)]
    values = ["count(*)", *(sql for _, _, sql in wanted)]
    sets, order, mark = "", "", []
    if keys:
        names = ", ".join(f"({sql})" for _, sql in keys)
        mark = [f"grouping({names}) AS total"]
        sets = f" GROUP BY GROUPING SETS (({names}), ())"
        order = " ORDER BY total DESC, " + ", ".join(
            f"{_rank(*key, place)} NULLS LAST" for place, key in enumerate(keys)
        )
    rows = ctx.run(
        f"SELECT {', '.join([*mark, *key_columns, *values])} FROM {source.from_clause()} WHERE {where}"
        f"{sets}{order} LIMIT {query.limit + 1}",
        bind.values,
    )
    if not keys:
        return {"groups": [], "totals": _values(wanted, rows[0])}
    width = 1 + len(keys)
    totals = next((row for row in rows if row[0]), None)
    found = [row for row in rows if not row[0]][: query.limit]
    names_found = titles(ctx, _refs(keys, found))
    return {
        "groups": [
            {
                "keys": [
                    _key(operand, cell, names_found) for (operand, _), cell in zip(keys, row[1:width], strict=True)
                ],
                **_values(wanted, row[width:]),
            }
            for row in found
        ],
        "totals": _values(wanted, totals[width:]) if totals else {"count": 0, "values": [None] * len(wanted)},
    }


def _rank(operand: Operand, sql: str, place: int) -> str:
    """What a group is ordered by: its key, or the place of its option where the options have an order."""
    ordered = operand.field.kind.sort_expression(operand.field, operand.alias)
    return f"min({ordered})" if operand.field.kind.trait == "choice" and ordered != sql else f"k{place}"


def _refs(keys: Sequence[tuple[Operand, str]], rows: Sequence[Sequence[Any]]) -> set[tuple[str, UUID]]:
    return {
        (operand.field.target or "", row[1 + place])
        for place, (operand, _) in enumerate(keys)
        if operand.field.kind.trait == "ref"
        for row in rows
        if row[1 + place] is not None
    }


def _key(operand: Operand, cell: Any, found: Titles) -> Any:
    if cell is None:
        return None
    if operand.field.kind.trait == "ref":
        return reference(found, operand.field.target or "", cell)
    return operand.field.kind.group_key(cell)


def _values(wanted: Sequence[tuple[Operand, Aggregate, str]], row: Sequence[Any]) -> dict[str, Any]:
    return {"count": row[0], "values": [_value(cell) for cell in row[1 : 1 + len(wanted)]]}


def _value(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat() if isinstance(cell, date) else cell
