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
MAX_UNITS = 64
"""More than there are currencies: a statement by unit has at most so many rows of each group."""

Wanted = tuple[Operand, Aggregate, str]
_Parts = dict[tuple[int, str], list[tuple[Any, Any]]]


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

    Groups come in the order of their keys (options in their own order), empty keys last; values are Decimals as text,
    counts are numbers. Amounts of money are told with their currency, as a list where several currencies meet.
    """
    if not 1 <= query.limit <= MAX_GROUPS:
        raise BadRequest("query.bad_limit", {"limit": MAX_GROUPS})
    obj = ctx.object(object_key)
    bind = Bind()
    source = Source(ctx.snapshot, obj, ctx.guard(), bind, ctx.env, "t")
    keys = group_keys(source, query.by)
    wanted = aggregates(source, query.aggregates)
    where = reads.condition(ctx, obj, source, query.where, query.search)
    asked = _Asked(ctx, source, keys, where, bind, query.limit)
    values = [column for one in wanted for column in _columns(one)]
    rows = asked.rows(["count(*)", *values])
    if not keys:
        rows = [(1, *row) for row in rows]
    width = 1 + len(keys)
    totals = next((row for row in rows if row[0]), None)
    found = [row for row in rows if not row[0]][: query.limit]
    parts = _parts(asked, wanted, rows)
    names_found = titles(ctx, _refs(keys, found))
    return {
        "groups": [
            {
                "keys": [
                    _key(operand, cell, names_found) for (operand, _), cell in zip(keys, row[1:width], strict=True)
                ],
                **_values(wanted, row, width, parts),
            }
            for row in found
        ],
        "totals": _values(wanted, totals, width, parts) if totals else {"count": 0, "values": [None] * len(wanted)},
    }


@dataclass(frozen=True)
class _Asked:
    """The records asked for and their groups, for one statement or several."""

    ctx: Context
    source: Source
    keys: Sequence[tuple[Operand, str]]
    where: str
    bind: Bind
    limit: int

    def rows(self, values: Sequence[str], unit: str | None = None) -> list[tuple[Any, ...]]:
        """Whether it is the total (only where there are keys), the keys and the values; by unit, which then ends each row."""
        columns = [f"({sql}) AS k{place}" for place, (_, sql) in enumerate(self.keys)] + list(values)
        sets, limit = (f" GROUP BY ({unit})", MAX_UNITS) if unit else ("", 2)
        columns += [f"({unit})"] if unit else []
        if self.keys:
            names = ", ".join(f"({sql})" for _, sql in self.keys)
            columns.insert(0, f"grouping({names}) AS total")
            by = f"({names}, ({unit})), (({unit}))" if unit else f"({names}), ()"
            ranks = ", ".join(f"{_rank(*key, place)} NULLS LAST" for place, key in enumerate(self.keys))
            sets = f" GROUP BY GROUPING SETS ({by}) ORDER BY total DESC, {ranks}"
            limit = (self.limit + 1) * (MAX_UNITS if unit else 1)
        return self.ctx.run(
            f"SELECT {', '.join(columns)} FROM {self.source.from_clause()} WHERE {self.where}{sets} LIMIT {limit}",
            self.bind.values,
        )


def _columns(one: Wanted) -> tuple[str, ...]:
    """The SQL of an aggregate, and of the units that meet in it where values have units."""
    unit = _unit(one)
    return (one[2],) if unit is None else (one[2], f"min({unit})", f"max({unit})")


def _unit(one: Wanted) -> str | None:
    operand, aggregate, _ = one
    if aggregate.fn == "count_values":
        return None
    return operand.field.kind.unit_expression(operand.field, operand.alias)


def _parts(asked: _Asked, wanted: Sequence[Wanted], rows: Sequence[Sequence[Any]]) -> _Parts:
    """By place of the aggregate and by group: what there is of each unit, where several units meet in a group."""
    parts: _Parts = {}
    width, at = 1 + len(asked.keys), 2 + len(asked.keys)
    for place, one in enumerate(wanted):
        unit = _unit(one)
        if unit is None:
            at += 1
            continue
        if any(row[at + 1] != row[at + 2] for row in rows):
            by_unit = asked.rows([one[2]], unit)
            for row in by_unit if asked.keys else [(1, *row) for row in by_unit]:
                if row[-1] is not None:
                    parts.setdefault((place, repr(row[:width])), []).append((row[-1], row[-2]))
        at += 3
    return parts


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


def _values(wanted: Sequence[Wanted], row: Sequence[Any], width: int, parts: _Parts) -> dict[str, Any]:
    values: list[Any] = []
    at = width + 1
    for place, one in enumerate(wanted):
        if _unit(one) is None:
            values.append(_value(row[at]))
            at += 1
            continue
        operand, value, units = one[0], row[at], row[at + 1 : at + 3]
        kind, field = operand.field.kind, operand.field
        if units[0] != units[1]:
            met = sorted(parts[place, repr(tuple(row[:width]))])
            values.append([kind.aggregated(field, amount, unit) for unit, amount in met])
        else:
            values.append(None if value is None else kind.aggregated(field, value, units[0]))
        at += 3
    return {"count": row[width], "values": values}


def _value(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat() if isinstance(cell, date) else cell
