"""What forecasts are made of, in as many statements whatever their number: sums by owner under the caller's access."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.forecast.converting import Converter
from guanxi.areas.forecast.errors import AmountsHidden
from guanxi.areas.forecast.rules.figures import COUNTED, Figures
from guanxi.areas.forecast.rules.periods import Period
from guanxi.areas.forecast.rules.tree import Node, person
from guanxi.areas.sales import api as sales
from guanxi.engine.context import Context
from guanxi.engine.objects.levels import is_read
from guanxi.engine.records import reads
from guanxi.engine.records.sums import Measure, Sum, sums
from guanxi.kit import clock

PAST = 4
"""Periods that the run rate and the model look back on."""
NEEDED = ("amount", "probability", "forecast_category", "stage", "status", "expected_close_on", "closed_on", "owner")
_BY = ("owner", "forecast_category", "stage")
_CHANCE = ("amount", "probability")
_OPEN = (
    Measure(("amount",)), Measure(), Measure(_CHANCE), Measure(("amount", *_CHANCE)), Measure((*_CHANCE, *_CHANCE)),
)  # fmt: skip
"""Amounts, how many, and of amounts a with probabilities p the sums of ap, a^2 p and (ap)^2, all that methods need: of
few groups, since a model gives nearly every deal a probability of its own."""
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


def read(ctx: Context, period: Period, day: date, among: Any = None) -> Read:
    """The figures of a period as they stand, by owner; ``day`` is the one that rates and elapsed time are told for.

    ``among`` is a filter that leaves out what is not asked for.
    """
    refuse_unless_readable(ctx)
    within = _days("expected_close_on", period.begins, period.ends)
    still_open = sums(ctx, "opportunity", _BY, _OPEN, _all("open", *within, among))
    mine = [Measure(("amount",)), Measure()]
    won = sums(ctx, "opportunity", ["owner"], mine, _all("won", *_days("closed_on", period.begins, period.ends), among))
    past = [period.before(count) for count in range(1, PAST + 1)]
    before = [_later(ctx, one, one.day_after(period.passed(day), period.days), among) for one in past]
    convert = Converter(ctx, {row.unit for rows in (still_open, won, *before) for row in rows})
    by_owner: dict[UUID | None, _Leaf] = {}
    stages = categories(ctx)
    for row in still_open:
        _add_open(by_owner.setdefault(row.keys[0], _Leaf()), row, stages, convert, min(day, period.ends))
    for row in won:
        # By the rate of the period's last day, as far as it has come: what was won does not move with later rates.
        amount = convert.amount(row.values[0], row.unit, min(period.ends, day))
        leaf = by_owner.setdefault(row.keys[0], _Leaf())
        leaf.won += amount or _ZERO
        leaf.won_count += 0 if amount is None else int(row.values[1])
    for place, (one, rows) in enumerate(zip(past, before, strict=True)):
        for row in rows:
            leaf = by_owner.setdefault(row.keys[0], _Leaf())
            later, fresh = (convert.amount(value, row.unit, one.ends) or _ZERO for value in row.values)
            leaf.later[place] += later
            leaf.fresh[place] += fresh
    return Read({person(owner): leaf.figures() for owner, leaf in by_owner.items()}, sorted(convert.missing))


@dataclass
class _Leaf:
    """The figures of an owner while they are added up."""

    won: Decimal = _ZERO
    won_count: int = 0
    amounts: dict[str, Decimal] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    expected: Decimal = _ZERO
    variance: float = 0.0
    later: list[Decimal] = field(default_factory=lambda: [_ZERO] * PAST)
    fresh: list[Decimal] = field(default_factory=lambda: [_ZERO] * PAST)

    def figures(self) -> Figures:
        """What came of it."""
        return Figures(
            self.won, self.won_count, self.amounts, self.counts, self.expected, self.variance, tuple(self.later),
            tuple(self.fresh),
        )  # fmt: skip


def _later(ctx: Context, past: Period, over: date, among: Any) -> list[Sum]:
    """What was won in a past period after a day, and what of it came of deals that were made after it."""
    after = over + timedelta(days=1)
    if after > past.ends:
        return []
    made = {"field": "created_at", "op": "gte", "value": clock.midnight(after, ctx.env.time_zone).isoformat()}
    kept = _all("won", *_days("closed_on", after, past.ends), among)
    return sums(ctx, "opportunity", ["owner"], [Measure(("amount",)), Measure(("amount",), made)], kept)


def categories(ctx: Context) -> dict[UUID, str]:
    """What opportunities of each stage count as where they say nothing themselves."""
    system = ctx.as_system()
    rows = reads.native(system, "stage", reads.ids(system, "stage", None), ("forecast_category", "probability"))
    return {one: row["forecast_category"] or sales.forecast_category(row["probability"]) for one, row in rows.items()}


def overdue(ctx: Context, period: Period, where: Any) -> tuple[int, Decimal]:
    """Open deals that were expected before the period, or on no day at all: how many, and what they amount to."""
    # Asked for one by one, each of which has an index; both at once would read every open deal.
    late = (
        {"field": "expected_close_on", "op": "is_empty"},
        {"field": "expected_close_on", "op": "lt", "value": period.begins.isoformat()},
    )
    measures = [Measure(), Measure(("amount",))]
    rows = [row for one in late for row in sums(ctx, "opportunity", [], measures, _all("open", one, where))]
    convert = Converter(ctx, {row.unit for row in rows})
    count = sum((int(row.values[0]) for row in rows), 0)
    return count, sum((convert.amount(row.values[1], row.unit, ctx.today) or _ZERO for row in rows), _ZERO)


def _days(field: str, first: date, last: date) -> list[dict[str, Any]]:
    return [
        {"field": field, "op": "gte", "value": first.isoformat()},
        {"field": field, "op": "lte", "value": last.isoformat()},
    ]


def _all(status: str, *parts: Any) -> dict[str, Any]:
    return {"and": [{"field": "status", "op": "eq", "value": status}, *(one for one in parts if one)]}


def _add_open(leaf: _Leaf, row: Sum, stages: Mapping[UUID, str], convert: Converter, day: date) -> None:
    _, own, stage = row.keys
    category = own or stages.get(stage, "pipeline")
    amount, count, expected, squares, expected_squares = row.values
    rate = convert.factor(row.unit, day)
    if rate is None:
        return
    leaf.amounts[category] = leaf.amounts.get(category, _ZERO) + convert.rounded(amount * rate)
    leaf.counts[category] = leaf.counts.get(category, 0) + int(count)
    if category not in COUNTED:
        return
    leaf.expected += convert.rounded(expected * rate / _HUNDRED)
    leaf.variance += float((squares / _HUNDRED - expected_squares / _HUNDRED**2) * rate * rate)
