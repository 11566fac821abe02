"""Counts and sums by group, over exactly the rows that the guard lets through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.engine.objects.query.build import Operand, Source, link_table
from guanxi.engine.objects.query.operators import AGGREGATES
from guanxi.infra.errors import BadRequest

BUCKETS = ("day", "week", "month", "quarter", "year")
MAX_GROUPS_BY = 3
MAX_AGGREGATES = 12


@dataclass(frozen=True, slots=True)
class GroupBy:
    """A field to group by; dates need a bucket, others must not have one."""

    field: str
    bucket: str | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A function over a field: count_values, sum, avg, min or max (the row count always comes along)."""

    fn: str
    field: str


def group_keys(source: Source, by: Sequence[GroupBy]) -> list[tuple[Operand, str]]:
    """Operands of the groups with the SQL of their keys."""
    if len(by) > MAX_GROUPS_BY:
        raise BadRequest("query.too_many_groups", {"limit": MAX_GROUPS_BY})
    found = []
    for one in by:
        operand = source.resolve(one.field)
        found.append((operand, _group_sql(source, operand, one.bucket)))
    return found


def _group_sql(source: Source, operand: Operand, bucket: str | None) -> str:
    kind = operand.field.kind
    if kind.trait in ("date", "datetime"):
        if bucket not in BUCKETS:
            raise BadRequest("query.bucket_required", {"field": operand.path, "known": ", ".join(BUCKETS)})
        local = operand.sql
        if kind.trait == "datetime":
            local = f"({operand.sql} AT TIME ZONE {source.bind(source.env.time_zone.key, 'text')})"
        moved = (source.env.fiscal_month - 1) % 12 if bucket in ("quarter", "year") else 0
        if moved:
            by = f"interval '{moved} months'"
            return f"(date_trunc('{bucket}', date_trunc('month', {local}::timestamp) - {by}) + {by})::date"
        return f"date_trunc('{bucket}', {local}::timestamp)::date"
    if bucket is not None:
        raise BadRequest("query.no_bucket", {"field": operand.path})
    if not kind.groupable:
        raise BadRequest("query.not_groupable", {"field": operand.path})
    return kind.group_expression(operand.field, operand.alias)


def aggregates(source: Source, wanted: Sequence[Aggregate]) -> list[tuple[Operand, Aggregate, str]]:
    """SQL of each aggregate, with its operand."""
    if len(wanted) > MAX_AGGREGATES:
        raise BadRequest("query.too_many_aggregates", {"limit": MAX_AGGREGATES})
    found = []
    for one in wanted:
        operand = source.resolve(one.field)
        if one.fn == "count_values":
            found.append((operand, one, f"count({_countable(operand)})"))
            continue
        if one.fn not in AGGREGATES.get(operand.field.kind.trait, ()):
            raise BadRequest("query.bad_aggregate", {"field": operand.path, "fn": one.fn})
        found.append((operand, one, operand.field.kind.aggregate(operand.field, operand.alias, one.fn)))
    return found


def _countable(operand: Operand) -> str:
    columns = operand.field.kind.select(operand.field, operand.alias)
    if columns:
        return columns[0]
    table = link_table(operand.obj, operand.field)
    return f'(SELECT true FROM "{table}" l WHERE l.source = {operand.alias}.id LIMIT 1)'
