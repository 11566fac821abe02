"""Targets of a period and what was reached of them, for the whole tree, under the caller's access."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.forecast.adjusting import place_of
from guanxi.areas.forecast.converting import Converter
from guanxi.areas.forecast.errors import AmountsHidden
from guanxi.areas.forecast.rules.periods import Period
from guanxi.areas.forecast.rules.tree import Node, person
from guanxi.capabilities.identity.tree import with_descendants
from guanxi.engine.context import Context
from guanxi.engine.objects.levels import is_read
from guanxi.engine.records import reads
from guanxi.engine.records.sums import Measure, sums

MEASURES = ("won_amount", "won_count", "received_amount")
COUNTED = "won_count"
_FIELDS = ("person", "department", "amount", "quantity")
_READ = {"opportunity": ("amount", "status", "closed_on", "owner"), "payment": ("amount", "kind", "paid_on", "owner")}
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Target:
    """A target and its record."""

    record: UUID
    goal: Decimal


def unit_of(ctx: Context, measure: str) -> str | None:
    """The currency that a measure is told in; None for a number of deals."""
    return None if measure == COUNTED else ctx.workspace.currency


def object_of(measure: str) -> str:
    """The object whose records a measure counts."""
    return "payment" if measure == "received_amount" else "opportunity"


def scope(period: Period, measure: str, product: UUID | None, category: UUID | None) -> dict[str, Any]:
    """A filter for the targets of a period, a measure, and one product or category or none."""

    def of(field: str, value: UUID | None) -> dict[str, Any]:
        return (
            {"field": field, "op": "is_empty"} if value is None else {"field": field, "op": "eq", "value": str(value)}
        )

    return {"and": [
        {"field": "period", "op": "eq", "value": period.unit},
        {"field": "starts_on", "op": "eq", "value": period.begins.isoformat()},
        {"field": "measure", "op": "eq", "value": measure},
        of("product", product), of("category", category),
    ]}  # fmt: skip


def of_period(
    ctx: Context, period: Period, measure: str, product: UUID | None, category: UUID | None
) -> dict[Node, Target]:
    """The targets that the caller may read, by node."""
    if not ctx.actor.rights("sales_target").reads:
        return {}
    ids = reads.ids(ctx, "sales_target", scope(period, measure, product, category))
    found = {}
    for id_, row in reads.native(ctx, "sales_target", ids, _FIELDS).items():
        goal = _goal(ctx, measure, row)
        if goal is not None:
            found[place_of(row["person"], row["department"])] = Target(id_, goal)
    return found


def _goal(ctx: Context, measure: str, row: Mapping[str, Any]) -> Decimal | None:
    if measure == COUNTED:
        return None if row["quantity"] is None else Decimal(row["quantity"])
    amount = row["amount"]
    return None if amount is None or amount.currency != ctx.workspace.currency else amount.amount


def actuals(
    ctx: Context, period: Period, measure: str, product: UUID | None, category: UUID | None
) -> tuple[dict[Node, Decimal], list[str]]:
    """What was reached by whom, and the currencies that no rate is known of.

    Amounts in other currencies count by the rate of the period's last day, as far as it has come. With a product or a
    category the lines of deals count, or the deal's own product where it has no lines.
    """
    key = object_of(measure)
    obj, guard = ctx.object(key), ctx.guard()
    if not all(is_read(guard.level_everywhere(obj, obj.fields[one])) for one in _READ[key] if one in obj.fields):
        raise AmountsHidden
    rows = _received(ctx, period) if key == "payment" else _won(ctx, period, measure, product, category)
    convert = Converter(ctx, {unit for _, unit, _ in rows})
    day = min(period.ends, max(ctx.today, period.begins))
    found: dict[Node, Decimal] = {}
    for owner, unit, value in rows:
        counted = value if measure == COUNTED else convert.amount(value, unit, day)
        if counted is not None:
            found[person(owner)] = found.get(person(owner), _ZERO) + counted
    return found, sorted(convert.missing)


def _within(field: str, first: date, last: date) -> list[dict[str, Any]]:
    return [
        {"field": field, "op": "gte", "value": first.isoformat()},
        {"field": field, "op": "lte", "value": last.isoformat()},
    ]


def _received(ctx: Context, period: Period) -> list[tuple[UUID | None, str | None, Decimal]]:
    """What was paid, less what was paid back."""
    paid = [
        Measure(("amount",), {"field": "kind", "op": "eq", "value": "received"}),
        Measure(("amount",), {"field": "kind", "op": "eq", "value": "refund"}),
    ]
    kept = {"and": _within("paid_on", period.begins, period.ends)}
    found = sums(ctx, "payment", ["owner"], paid, kept)
    return [(row.keys[0], row.unit, row.values[0] - row.values[1]) for row in found]


def _won(
    ctx: Context, period: Period, measure: str, product: UUID | None, category: UUID | None
) -> list[tuple[UUID | None, str | None, Decimal]]:
    counts = [Measure()] if measure == COUNTED else [Measure(("amount",))]
    kept: list[Any] = [
        {"field": "status", "op": "eq", "value": "won"}, *_within("closed_on", period.begins, period.ends),
    ]  # fmt: skip
    if product is None and category is None:
        found = sums(ctx, "opportunity", ["owner"], counts, {"and": kept})
        return [(row.keys[0], row.unit, row.values[0]) for row in found]
    of = _products(ctx, product, category)
    if measure == COUNTED:
        with_lines = {"has": "line_records", "where": {"field": "product", **of}}
        alone = {"and": [{"field": "product", **of}, _without_lines()]}
        found = sums(ctx, "opportunity", ["owner"], counts, {"and": [*kept, {"or": [with_lines, alone]}]})
        return [(row.keys[0], row.unit, row.values[0]) for row in found]
    alone = {"and": [*kept, {"field": "product", **of}, _without_lines()]}
    found = sums(ctx, "opportunity", ["owner"], counts, alone)
    lines = {"and": [
        *({**one, "field": f"opportunity.{one['field']}"} for one in kept), {"field": "product", **of},
    ]}  # fmt: skip
    found += sums(ctx, "opportunity_line", ["opportunity.owner"], [Measure(("total",))], lines)
    return [(row.keys[0], row.unit, row.values[0]) for row in found]


def _without_lines() -> dict[str, Any]:
    return {"or": [{"field": "line_count", "op": "is_empty"}, {"field": "line_count", "op": "eq", "value": 0}]}


def _products(ctx: Context, product: UUID | None, category: UUID | None) -> dict[str, Any]:
    """The product, or those of a category and of the categories within it, as the rest of a comparison."""
    if product is not None:
        return {"op": "eq", "value": str(product)}
    system = ctx.as_system()
    rows = reads.native(system, "product_category", reads.ids(system, "product_category", None), ("parent",))
    within = with_descendants({one: row["parent"] for one, row in rows.items()}, [category])
    where = {"field": "category", "op": "in", "value": sorted(str(one) for one in within)}
    ids = reads.ids(system, "product", where)
    return {"op": "in", "value": [str(one) for one in ids]} if ids else {"op": "is_empty"}
