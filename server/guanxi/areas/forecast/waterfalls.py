"""The waterfall of a node between two days: from snapshots, or from one until now, as far as the caller sees the deals."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from guanxi.areas.forecast import reading, snapshots
from guanxi.areas.forecast.asked import plain, told_period
from guanxi.areas.forecast.converting import Converter
from guanxi.areas.forecast.errors import wrong
from guanxi.areas.forecast.places import Places
from guanxi.areas.forecast.rules.periods import Period
from guanxi.areas.forecast.rules.tree import COMPANY, Node
from guanxi.areas.forecast.rules.waterfall import STEPS, Deal, Waterfall, waterfall
from guanxi.areas.forecast.shapes import ForecastWaterfall, WaterfallStep
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records import reads
from guanxi.engine.records.titles import Titles, reference, titles

LARGEST = 50
"""Deals of a step that are told one by one."""
BEFORE = 200
"""Days before a period from which snapshots are offered."""
_ZERO = Decimal(0)
Row = Mapping[str, Any]


def told(
    ctx: Context, where: Places, node: Node, period: Period, since: date | None, until: date | None
) -> ForecastWaterfall:
    """As the API tells waterfalls; Invalid for days in the wrong order. Without ``until`` it ends with how things stand."""
    reading.refuse_unless_readable(ctx)
    days = snapshots.days_kept(ctx, period.begins - timedelta(days=BEFORE))
    begins = since or next((day for day in days if day >= period.begins), days[-1] if days else None)
    if begins is not None and until is not None and until < begins:
        raise wrong("until", "ends_early")
    if begins is None or not any(day <= begins for day in days):
        return {
            "period": told_period(period), "currency": ctx.workspace.currency, "since": None, "until": None,
            "days": [day.isoformat() for day in days], "opening": "0", "steps": [], "closing": "0", "missing_rates": [],
        }  # fmt: skip
    made, missing = _made(ctx, where, node, period, begins, until)
    currency = ctx.workspace.currency
    largest = {step: sorted(some, key=lambda pair: -abs(pair[1]))[:LARGEST] for step, some in made.deals.items()}
    called = titles(ctx, {("opportunity", deal) for some in largest.values() for deal, _ in some})
    return {
        "period": told_period(period),
        "currency": currency,
        "since": begins.isoformat(),
        "until": until.isoformat() if until else None,
        "days": [day.isoformat() for day in days],
        "opening": plain(made.opening, currency),
        "steps": [_step(made, step, largest, called, currency) for step in STEPS],
        "closing": plain(made.closing, currency),
        "missing_rates": missing,
    }


def _step(
    made: Waterfall[UUID],
    step: str,
    largest: Mapping[str, list[tuple[UUID, Decimal]]],
    called: Titles,
    currency: str,
) -> WaterfallStep:
    return {
        "step": step,  # type: ignore[typeddict-item]
        "amount": plain(made.steps[step], currency),  # type: ignore[index]
        "count": len(made.deals[step]),  # type: ignore[index]
        "deals": [
            {
                "opportunity": cast("Reference", reference(called, "opportunity", deal)),
                "amount": plain(amount, currency),
            }
            for deal, amount in largest[step]
        ],
    }


def _made(
    ctx: Context, where: Places, node: Node, period: Period, since: date, until: date | None
) -> tuple[Waterfall[UUID], list[str]]:
    """Deals that mattered on either day, looked up on the other one too."""
    before = _kept(ctx, since, _within(period))
    after = _now(ctx, _within(period)) if until is None else _kept(ctx, until, _within(period))
    others = sorted(before.keys() - after.keys())
    for some in _parts(others):
        named = [str(one) for one in some]
        if until is None:
            after.update(_now(ctx, {"field": "id", "op": "in", "value": named}))
        else:
            after.update(_kept(ctx, until, {"field": "opportunity", "op": "in", "value": named}))
    for some in _parts(sorted(after.keys() - before.keys())):
        named = [str(one) for one in some]
        before.update(_kept(ctx, since, {"field": "opportunity", "op": "in", "value": named}))
    seen = _seen(ctx, before.keys() | after.keys())
    units = {row["amount"].currency for row in [*before.values(), *after.values()] if row["amount"]}
    convert = Converter(ctx, units)
    day = min(until or ctx.today, ctx.today)
    people = None if node == COMPANY else where.tree.people(node)

    def deals(rows: Mapping[UUID, Row]) -> dict[UUID, Deal]:
        found = {}
        for one, row in rows.items():
            money = row["amount"]
            amount = convert.amount(money.amount, money.currency, day) if money else _ZERO
            if one in seen and amount is not None:
                found[one] = _deal(row, amount, period, node, people)
        return found

    return waterfall(deals(before), deals(after)), sorted(convert.missing)


def _deal(row: Row, amount: Decimal, period: Period, node: Node, people: Collection[UUID] | None) -> Deal:
    status = row["status"] or "open"
    day = row["closed_on"] if status == "won" else row["expected_close_on"]
    within = day is not None and period.begins <= day <= period.ends
    mine = row["held_by"] is None if node.kind == "nobody" else people is None or row["held_by"] in people
    return Deal(amount, status, within, mine)


def _within(period: Period) -> dict[str, Any]:
    """Deals that may count within a period: expected or won in it."""

    def days(field: str) -> list[dict[str, Any]]:
        return [
            {"field": field, "op": "gte", "value": period.begins.isoformat()},
            {"field": field, "op": "lte", "value": period.ends.isoformat()},
        ]

    return {"or": [
        {"and": [{"field": "status", "op": "eq", "value": "open"}, *days("expected_close_on")]},
        {"and": [{"field": "status", "op": "eq", "value": "won"}, *days("closed_on")]},
    ]}  # fmt: skip


_OF_SNAPSHOT = ("opportunity", "held_by", "status", "amount", "expected_close_on", "closed_on")
_OF_DEAL = ("owner", "status", "amount", "expected_close_on", "closed_on")


def _kept(ctx: Context, day: date, where: Any) -> dict[UUID, Row]:
    """How deals stood on a day by their snapshots; who may see them is asked later, of the deals themselves."""
    kept = {"and": [
        {"field": "valid_from", "op": "lte", "value": day.isoformat()},
        {"or": [
            {"field": "valid_to", "op": "is_empty"}, {"field": "valid_to", "op": "gt", "value": day.isoformat()},
        ]},
        where,
    ]}  # fmt: skip
    rows = _streamed(ctx.as_system(), "forecast_snapshot", _OF_SNAPSHOT, kept)
    return {row["opportunity"]: row for row in rows}


def _now(ctx: Context, where: Any) -> dict[UUID, Row]:
    """How deals stand, of those that the caller sees."""
    rows = _streamed(ctx, "opportunity", _OF_DEAL, where)
    return {row["id"]: {**row, "held_by": row["owner"]} for row in rows}


def _streamed(ctx: Context, object_key: str, fields: tuple[str, ...], where: Any) -> list[dict[str, Any]]:
    return [
        {"id": row[0], **{item.path: reads.native_value(item, row) for item in items}}
        for items, rows in reads.stream(ctx, object_key, reads.Query(select=fields, where=where))
        for row in rows
    ]


def _seen(ctx: Context, deals: Collection[UUID]) -> set[UUID]:
    """Those that the caller sees, and those in the recycle bin that they would see."""
    ids = sorted(deals)
    return reads.visible(ctx, "opportunity", ids) | reads.visible(ctx, "opportunity", ids, deleted=True)


def _parts(ids: list[UUID]) -> list[list[UUID]]:
    return [ids[start : start + snapshots.BATCH] for start in range(0, len(ids), snapshots.BATCH)]
