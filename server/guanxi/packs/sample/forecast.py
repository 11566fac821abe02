"""The sample's targets of this year, what heads think of the quarter, and the weekly snapshots of the months behind."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.forecast import api as forecast
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.kit import clock
from guanxi.kit.money import Money
from guanxi.packs.sample.organisation import DEPARTMENTS, HEADS, PEOPLE, SELLERS

WEEKS = 11
QUARTERS = 4
SEED = 20260302
A_SHARE = Decimal(34_000)
"""What one share of the sales work is to bring in a quarter."""
_AMBITION = (Decimal("0.9"), Decimal(1), Decimal("1.05"), Decimal("1.2"))
_ADJUSTED = (
    ("zhaoqiang", Decimal("0.85"), "两个项目的预算还没有批复，先按八五折报。"),
    ("manager", Decimal("0.92"), "上海二部有一单的合同审批可能拖到下季度。"),
    ("wangfang", Decimal("1.08"), "深圳部有一个追加订单已口头确认，尚未录入商机。"),
)
"""Heads, their number as a share of what their department's people say, and why."""
_FIELDS = (
    "name",
    "owner",
    "status",
    "amount",
    "probability",
    "forecast_category",
    "expected_close_on",
    "closed_on",
    "created_at",
)


@dataclass(frozen=True)
class _Past:
    """An opportunity with what it was before: the day it came, and days on which its amount or expected day moved."""

    row: Mapping[str, Any]
    came: date
    steps: Sequence[tuple[date, Mapping[str, Any]]]
    """From which day on its stage says what."""
    moved: date
    amount: Money | None
    expected: date | None

    def on(self, day: date) -> dict[str, Any] | None:
        """How it stood on a day; None before it came."""
        if day < self.came:
            return None
        told = {key: self.row[key] for key in ("name", "owner", "amount", "expected_close_on")}
        if day < self.moved:
            told |= {"amount": self.amount, "expected_close_on": self.expected}
        closed = self.row["closed_on"]
        if closed is not None and closed <= day:
            return {**told, **{key: self.row[key] for key in _FIELDS if key != "created_at"}}
        stage = next((values for since, values in reversed(self.steps) if since <= day), self.steps[0][1])
        return {**told, "status": "open", "closed_on": None, **stage}


def forecasts(ctx: Context, members: Mapping[str, UUID]) -> None:
    """Everything that the pages of forecasts and targets show."""
    where = {"field": "name", "op": "in", "value": [name for name, _ in DEPARTMENTS]}
    rows = reads.native(ctx, "department", reads.ids(ctx, "department", where), ("name",))
    departments = {row["name"]: one for one, row in rows.items()}
    _targets(ctx, members, departments)
    days = [clock.start_of("week", ctx.today) - timedelta(days=7 * week) for week in range(WEEKS, -1, -1)]
    past = _pasts(ctx)
    _snapshots(ctx, past, days)
    _records(ctx, past, days)
    _adjustments(ctx, members, departments)


def _targets(ctx: Context, members: Mapping[str, UUID], departments: Mapping[str, UUID]) -> None:
    """Quarter by quarter: of the people by their share of the work, of departments a little less than of those below."""
    parents = dict(DEPARTMENTS)
    for quarter in range(QUARTERS):
        period = forecast.period_of("quarter", date(ctx.today.year, quarter * 3 + 1, 1))
        own = {one.key: (A_SHARE * one.share * _AMBITION[quarter]).quantize(Decimal(1000)) for one in SELLERS}
        totals: dict[str, Decimal] = {}
        for one in SELLERS:
            name: str | None = one.department
            while name is not None:
                totals[name] = totals.get(name, Decimal(0)) + own[one.key]
                name = parents[name]
        goals = {name: (total * Decimal("1.05")).quantize(Decimal("1E+4")) for name, total in totals.items()}
        items = [forecast.Wanted(goal, person=members[key]) for key, goal in own.items()]
        items += [forecast.Wanted(goal, department=departments[name]) for name, goal in goals.items()]
        items.append(forecast.Wanted(max(goals.values()) + 50_000))
        forecast.set_targets(ctx, forecast.SetTargets(period.begins, items))


def _adjustments(ctx: Context, members: Mapping[str, UUID], departments: Mapping[str, UUID]) -> None:
    """Some heads think otherwise than their departments."""
    by_head = {
        head: name for name, head in HEADS.items() if any(one.department == name for one in PEOPLE if one.key == head)
    }
    where, period = forecast.places(ctx), forecast.period_of("quarter", ctx.today)
    for place, (key, share, reason) in enumerate(_ADJUSTED):
        then = replace(
            ctx, actor=SYSTEM, on_behalf_of=members[key], now=ctx.now - timedelta(days=len(_ADJUSTED) - place)
        )
        department = departments[by_head[key]]
        below = forecast.forecast(then, where, period).outcome[forecast.department(department)][0]
        amount = (below * share).quantize(Decimal(1000))
        forecast.adjust_forecast(then, forecast.AdjustForecast(ctx.today, reason, amount, department=department))


def _pasts(ctx: Context) -> dict[UUID, _Past]:
    """What is known of each opportunity's past, and what chance adds: an amount or a day that was another one before."""
    zone, chance = ctx.env.time_zone, random.Random(SEED)  # noqa: S311 - the point is that it can be foreseen
    stages = reads.native(ctx, "stage", reads.ids(ctx, "stage", None), ("position", "probability", "forecast_category"))
    says = {
        one: {"probability": row["probability"], "forecast_category": row["forecast_category"] or _category(row)}
        for one, row in stages.items()
    }
    beginning = min(stages, key=lambda one: stages[one]["position"])
    changes = reads.native(
        ctx, "stage_change", reads.ids(ctx, "stage_change", None), ("opportunity", "to_stage", "entered_at")
    )
    ways: dict[UUID, list[tuple[datetime, UUID]]] = {}
    for row in changes.values():
        ways.setdefault(row["opportunity"], []).append((row["entered_at"], row["to_stage"]))
    found = {}
    for one, row in reads.native(ctx, "opportunity", reads.ids(ctx, "opportunity", None), _FIELDS).items():
        came = row["created_at"].astimezone(zone).date()
        way = sorted(ways.get(one, ()))
        steps = [(came, says[beginning]), *((at.astimezone(zone).date(), says[stage]) for at, stage in way)]
        end = row["closed_on"] or ctx.today
        moved = came + timedelta(days=int((end - came).days * chance.uniform(0.3, 0.9)))
        amount, expected = row["amount"], row["expected_close_on"]
        if amount is not None and chance.random() < 0.25:
            other = (amount.amount * Decimal(str(round(chance.uniform(0.8, 1.3), 2)))).quantize(Decimal(100))
            amount = Money(max(other, Decimal(100)), amount.currency)
        if expected is not None and chance.random() < 0.25:
            expected += timedelta(days=chance.choice((-45, -30, -20, 25, 40)))
        found[one] = _Past(row, came, steps, moved, amount, expected)
    return found


def _category(row: Mapping[str, Any]) -> str:
    chance = row["probability"] or 0
    return "commit" if chance >= 90 else "best_case" if chance >= 50 else "pipeline"


def _snapshots(ctx: Context, past: Mapping[UUID, _Past], days: Sequence[date]) -> None:
    """One for each week in which something was another than the week before."""
    rows = []
    for one, deal in past.items():
        last: dict[str, Any] | None = None
        for day in days:
            stood = deal.on(day)
            if stood is None or stood == last or (last is None and stood["status"] != "open"):
                continue
            if last is not None:
                rows[-1]["valid_to"] = day
            rows.append(forecast.snapshot_of(one, stood, day))
            last = stood
    for start in range(0, len(rows), 1000):
        writes.create(ctx, "forecast_snapshot", rows[start : start + 1000])


def _records(ctx: Context, past: Mapping[UUID, _Past], days: Sequence[date]) -> None:
    """What each method would have said of the quarter in each week."""
    where = forecast.places(ctx)
    people = {node.id for node in where.tree.within(forecast.COMPANY) if node.kind == "department"}
    names = reads.native(ctx, "department", [one for one in people if one], ("name",))
    rows = []
    for day in days:
        period = forecast.period_of("quarter", day)
        leaves: dict[forecast.Node, forecast.Figures] = {}
        for deal in past.values():
            node = forecast.person(deal.row["owner"])
            leaves[node] = leaves.get(node, forecast.NOTHING) + _figures(deal, period, day)
        rolled = where.tree.rolled_up(leaves, forecast.NOTHING, lambda one, other: one + other)
        for node, one in rolled.items():
            if node.kind in ("company", "department"):
                title = names[node.id]["name"] if node.id else None
                rows.append(forecast.record_of(ctx, node, title, period, day, _said(one)))
    for start in range(0, len(rows), 1000):
        writes.create(ctx, "forecast_record", rows[start : start + 1000])


def _figures(deal: _Past, period: forecast.Period, day: date) -> forecast.Figures:
    """Of one deal on a day, as pages work it out of many."""
    closed, won = deal.row["closed_on"], deal.row["status"] == "won"
    earlier = period.before()
    after = earlier.day_after(period.passed(day), period.days)
    later = fresh = Decimal(0)
    if won and closed is not None and after < closed <= earlier.ends:
        later = deal.row["amount"].amount
        fresh = later if deal.came > after else Decimal(0)
    base = forecast.Figures(later=(later,), fresh=(fresh,))
    stood = deal.on(day)
    if stood is None or stood["amount"] is None:
        return base
    amount: Decimal = stood["amount"].amount
    if stood["status"] == "won" and period.begins <= stood["closed_on"] <= period.ends:
        return base + forecast.Figures(won=amount, won_count=1)
    expected = stood["expected_close_on"]
    if stood["status"] != "open" or expected is None or not period.begins <= expected <= period.ends:
        return base
    chance = stood["probability"] / 100
    category, spread = stood["forecast_category"], amount * amount * chance * (1 - chance)
    return base + forecast.Figures(
        amounts={category: amount},
        counts={category: 1},
        expected=amount * chance,
        variance=float(spread),
    )


def _said(one: forecast.Figures) -> dict[str, Decimal]:
    model = forecast.methods.model(one.won, one.expected, one.variance, one.fresh)
    return {
        "won": one.won, "commit": one.of("commit"), "best_case": one.of("best_case"), "pipeline": one.of("pipeline"),
        "weighted": one.weighted, "run_rate": forecast.methods.run_rate(one.won, one.later), "model": model.middle,
        "model_low": model.low, "model_high": model.high, "forecast": one.computed,
    }  # fmt: skip
