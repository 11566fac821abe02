"""What forecasts are made of, in as many statements whatever their number: sums by owner under the caller's access."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.forecast.converting import Converter
from guanxi.areas.forecast.errors import AmountsHidden
from guanxi.areas.forecast.rules.figures import COUNTED, NOTHING, Figures
from guanxi.areas.forecast.rules.periods import Period
from guanxi.areas.forecast.rules.tree import Node, person
from guanxi.areas.sales import api as sales
from guanxi.engine.context import Context
from guanxi.engine.objects.levels import is_read
from guanxi.engine.objects.query.groups import GroupBy
from guanxi.engine.records import reads
from guanxi.engine.records.sums import Measure, Sum, sums
from guanxi.kit import clock

PAST = 4
"""Periods that the run rate and the model look back on."""
NEEDED = ("amount", "probability", "forecast_category", "stage", "status", "expected_close_on", "closed_on", "owner")
_OPEN = (
    Measure(("amount",)), Measure(), Measure(("amount", "probability")),
    Measure(("amount", "amount", "probability")), Measure(("amount", "amount", "probability", "probability")),
)  # fmt: skip
_HUNDRED = Decimal(100)
_ZERO = Decimal(0)


@dataclass(frozen=True)
class Read:
    """Figures by leaf, and the currencies that no rate is known of."""

    leaves: Mapping[Node, Figures]
    missing: Collection[str]


def refuse_unless_readable(ctx: Context) -> None:
    """AmountsHidden for who may not read on every record what forecasts are made of."""
    obj = ctx.object("opportunity")
    guard = ctx.guard()
    if not all(is_read(guard.level_everywhere(obj, obj.fields[key])) for key in NEEDED if key in obj.fields):
        raise AmountsHidden


def read(ctx: Context, period: Period, day: date) -> Read:
    """The figures of a period as they stand, by owner; ``day`` is the one that rates and elapsed time are told for."""
    refuse_unless_readable(ctx)
    kept = {"and": [
        {"field": "status", "op": "eq", "value": "open"},
        {"field": "expected_close_on", "op": "gte", "value": period.begins.isoformat()},
        {"field": "expected_close_on", "op": "lte", "value": period.ends.isoformat()},
    ]}  # fmt: skip
    by = [GroupBy("owner"), GroupBy("forecast_category"), GroupBy("stage")]
    still_open = sums(ctx, "opportunity", by, _OPEN, kept)
    past = [period.before(count) for count in range(1, PAST + 1)]
    won = sums(ctx, "opportunity", [GroupBy("owner")], _won_measures(ctx, period, past, day), _closed_since(past[-1]))
    convert = Converter(ctx, {row.unit for row in [*still_open, *won]})
    leaves: dict[Node, Figures] = {}
    stages = categories(ctx)
    for row in still_open:
        node = person(row.keys[0])
        leaves[node] = leaves.get(node, NOTHING) + _of_open(row, stages, convert, min(day, period.ends))
    for row in won:
        node = person(row.keys[0])
        leaves[node] = leaves.get(node, NOTHING) + _of_won(row, convert, period, past, day)
    return Read(leaves, sorted(convert.missing))


def categories(ctx: Context) -> dict[UUID, str]:
    """What opportunities of each stage count as where they say nothing themselves."""
    system = ctx.as_system()
    rows = reads.native(system, "stage", reads.ids(system, "stage", None), ("forecast_category", "probability"))
    return {one: row["forecast_category"] or sales.forecast_category(row["probability"]) for one, row in rows.items()}


def overdue(ctx: Context, period: Period, where: Any) -> tuple[int, Decimal]:
    """Open deals that were expected before the period, or on no day at all: how many, and what they amount to."""
    kept = {"and": [
        {"field": "status", "op": "eq", "value": "open"},
        {"or": [
            {"field": "expected_close_on", "op": "is_empty"},
            {"field": "expected_close_on", "op": "lt", "value": period.begins.isoformat()},
        ]},
        *([where] if where else []),
    ]}  # fmt: skip
    rows = sums(ctx, "opportunity", [], [Measure(), Measure(("amount",))], kept)
    convert = Converter(ctx, {row.unit for row in rows})
    count = sum((int(row.values[0]) for row in rows), 0)
    return count, sum((convert.amount(row.values[1], row.unit, ctx.today) or _ZERO for row in rows), _ZERO)


def _won_measures(ctx: Context, period: Period, past: list[Period], day: date) -> list[Measure]:
    """Amount and count of the period; of each past one what was won later on, and what of it was made later on."""
    amount = ("amount",)
    measures = [Measure(amount, _closed(period.begins, period.ends)), Measure((), _closed(period.begins, period.ends))]
    zone = ctx.env.time_zone
    for one in past:
        after = one.day_after(period.passed(day), period.days) + timedelta(days=1)
        later = _closed(after, one.ends)
        begun = _midnight(after, zone)
        made = {"and": [later, {"field": "created_at", "op": "gte", "value": begun}]}
        measures += [Measure(amount, later), Measure(amount, made)]
    return measures


def _midnight(day: date, zone: Any) -> str:
    return clock.midnight(day, zone).isoformat()


def _closed(first: date, last: date) -> dict[str, Any]:
    return {"and": [
        {"field": "closed_on", "op": "gte", "value": first.isoformat()},
        {"field": "closed_on", "op": "lte", "value": last.isoformat()},
    ]}  # fmt: skip


def _closed_since(first: Period) -> dict[str, Any]:
    return {"and": [
        {"field": "status", "op": "eq", "value": "won"},
        {"field": "closed_on", "op": "gte", "value": first.begins.isoformat()},
    ]}  # fmt: skip


def _of_open(row: Sum, stages: Mapping[UUID, str], convert: Converter, day: date) -> Figures:
    category = row.keys[1] or stages.get(row.keys[2], "pipeline")
    amount, count, expected, once, twice = row.values
    rate = convert.factor(row.unit, day)
    if rate is None:
        return NOTHING
    told = {category: convert.rounded(amount * rate)}
    if category not in COUNTED:
        return Figures(amounts=told, counts={category: int(count)})
    variance = float(once / _HUNDRED - twice / _HUNDRED / _HUNDRED) * float(rate) ** 2
    return Figures(
        amounts=told,
        counts={category: int(count)},
        expected=convert.rounded(expected * rate / _HUNDRED),
        variance=max(variance, 0.0),
    )


def _of_won(row: Sum, convert: Converter, period: Period, past: list[Period], day: date) -> Figures:
    """By the rate of each period's last day, as far as it has come: what was won does not move with later rates."""
    amount, count, *rest = row.values
    won = convert.amount(amount, row.unit, min(period.ends, day)) if amount else _ZERO
    pairs = [
        tuple(convert.amount(value, row.unit, one.ends) or _ZERO for value in rest[2 * place : 2 * place + 2])
        for place, one in enumerate(past)
    ]
    return Figures(
        won=won or _ZERO,
        won_count=int(count),
        later=tuple(later for later, _ in pairs),
        fresh=tuple(fresh for _, fresh in pairs),
    )
