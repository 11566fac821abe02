"""Sums of native values by group, for what the product works out further: no titles, no limit of groups, several measures.

``groups`` tells people of groups; this tells rules. Both compile the same paths under the same guard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guanxi.engine.context import Context
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.objects.query.filters import compile_filter
from guanxi.engine.records import reads
from guanxi.infra.errors import BadRequest


@dataclass(frozen=True, slots=True)
class Measure:
    """The sum of a product of fields over the records that a filter keeps; without fields, how many these are."""

    fields: tuple[str, ...] = ()
    where: Any = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A group: its keys, the unit that its amounts are in (a currency), and the measures in their order."""

    keys: tuple[Any, ...]
    unit: str | None
    values: tuple[Decimal, ...]


def sums(ctx: Context, object_key: str, by: Sequence[str], measures: Sequence[Measure], where: Any = None) -> list[Sum]:
    """Measures of the records that the actor may read, by group and by the unit of the first field that has one.

    A measure of no record is zero. BadRequest for fields that the actor may not read, as everywhere.
    """
    obj = ctx.object(object_key)
    bind = Bind()
    source = Source(ctx.snapshot, obj, ctx.guard(), bind, ctx.env, "t")
    keys = [_key(source, path) for path in by]
    unit = next((found for one in measures for path in one.fields if (found := _unit(source, path))), None)
    columns = [_measure(source, one) for one in measures]
    kept = reads.condition(ctx, obj, source, where, None)
    groups = [*keys, *([unit] if unit else [])]
    ends = f" GROUP BY {', '.join(str(place + 1) for place in range(len(groups)))}" if groups else ""
    rows = ctx.run(
        f"SELECT {', '.join([*(f'({one})' for one in groups), *columns])} FROM {source.from_clause()} WHERE {kept}{ends}",
        bind.values,
    )
    width = len(keys)
    return [
        Sum(tuple(row[:width]), row[width] if unit else None, tuple(_number(one) for one in row[len(groups) :]))
        for row in rows
    ]


def earliest(ctx: Context, object_key: str, by: str, day: str, where: Any = None) -> dict[Any, Any]:
    """The first day (or whatever ``day`` holds) of the records that the actor may read, by one field."""
    obj = ctx.object(object_key)
    bind = Bind()
    source = Source(ctx.snapshot, obj, ctx.guard(), bind, ctx.env, "t")
    key, first = _key(source, by), source.resolve(day).sql
    kept = reads.condition(ctx, obj, source, where, None)
    rows = ctx.run(
        f"SELECT {key}, min({first}) FROM {source.from_clause()} WHERE {kept} AND {first} IS NOT NULL GROUP BY 1",
        bind.values,
    )
    return dict(rows)


def _key(source: Source, path: str) -> str:
    operand = source.resolve(path)
    return operand.field.kind.group_expression(operand.field, operand.alias)


def _unit(source: Source, path: str) -> str | None:
    operand = source.resolve(path)
    return operand.field.kind.unit_expression(operand.field, operand.alias)


def _measure(source: Source, one: Measure) -> str:
    only = "" if one.where is None else f" FILTER (WHERE {compile_filter(source, one.where)})"
    if not one.fields:
        return f"count(*){only}"
    operands = [source.resolve(path) for path in one.fields]
    for operand in operands:
        if operand.field.kind.trait != "number":
            raise BadRequest("query.bad_aggregate", {"field": operand.path, "fn": "sum"})
    return f"sum({' * '.join(f'({operand.sql})' for operand in operands)}){only}"


def _number(cell: Any) -> Decimal:
    return cell if isinstance(cell, Decimal) else Decimal(cell or 0)
