"""The forecast of a node and of those below it, as the API tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from guanxi.areas.forecast import adjusting, reading, targets
from guanxi.areas.forecast.adjusting import Adjustment
from guanxi.areas.forecast.asked import plain, told_period
from guanxi.areas.forecast.places import Places, heads, named
from guanxi.areas.forecast.rules import methods
from guanxi.areas.forecast.rules.figures import CATEGORIES, NOTHING, Figures, forecasts
from guanxi.areas.forecast.rules.periods import Period
from guanxi.areas.forecast.rules.sharing import attainment
from guanxi.areas.forecast.rules.tree import COMPANY, Node
from guanxi.areas.forecast.shapes import ForecastMethods, ForecastPage, ForecastPlace, ForecastRow
from guanxi.engine.context import Context


@dataclass(frozen=True)
class Forecast:
    """Everything that is known of a period, for the whole tree."""

    figures: Mapping[Node, Figures]
    outcome: Mapping[Node, tuple[Decimal, Decimal]]
    adjusted: Mapping[Node, list[Adjustment]]
    missing: Iterable[str]


def forecast(ctx: Context, where: Places, period: Period, node: Node = COMPANY) -> Forecast:
    """Read and roll up a period as the caller sees it; for a node no more than is at it and below."""
    found = reading.read(ctx, period, ctx.today, owned_by(where, node))
    figures = where.tree.rolled_up(found.leaves, NOTHING, lambda one, other: one + other)
    adjusted = adjusting.adjustments(ctx, period)
    outcome = forecasts(where.tree, COMPANY, figures, adjusting.own_numbers(ctx, adjusted))
    return Forecast(figures, outcome, adjusted, found.missing)


def page(ctx: Context, where: Places, node: Node, period: Period) -> ForecastPage:
    """A node, those directly below it, and what the methods say of it."""
    found = forecast(ctx, where, period, node)
    wanted = targets.of_period(ctx, period, "won_amount", None, None)
    below = [
        one
        for one in where.tree.children(node)
        if _is_shown(ctx, where, one, found, one in wanted)
    ]  # fmt: skip
    trail = where.tree.trail(node)
    titles = named(ctx, [*trail, *below])
    rows = [_row(ctx, where, one, found, wanted, titles) for one in below]
    rows.sort(key=lambda row: (row["place"]["kind"], -Decimal(row["forecast"]), row["place"]["title"] or ""))
    currency, mine = ctx.workspace.currency, found.figures.get(node, NOTHING)
    late = reading.overdue(ctx, period, owned_by(where, node))
    return {
        "period": told_period(period),
        "today": ctx.today.isoformat(),
        "currency": currency,
        "trail": [place(one, titles) for one in trail],
        "node": _row(ctx, where, node, found, wanted, titles),
        "rows": rows,
        "history": adjusting.told(ctx, found.adjusted.get(node, [])),
        "methods": _methods(mine, currency),
        "overdue": {"count": late[0], "amount": plain(late[1], currency)},
        "missing_rates": list(found.missing),
    }


def place(node: Node, titles: Mapping[Node, str | None]) -> ForecastPlace:
    """As the API tells nodes."""
    return {"kind": node.kind, "id": str(node.id) if node.id else None, "title": titles.get(node)}


def owned_by(where: Places, node: Node) -> dict[str, object] | None:
    """A filter for the records of a node; None for everybody's."""
    if node == COMPANY:
        return None
    if node.kind == "nobody":
        return {"field": "owner", "op": "is_empty"}
    people = [str(one) for one in sorted(where.tree.people(node))]
    if not people:
        return {"field": "id", "op": "is_empty"}
    return {"field": "owner", "op": "in", "value": people}


def _is_shown(ctx: Context, where: Places, node: Node, found: Forecast, has_target: bool) -> bool:
    if has_target or node in found.adjusted or not found.figures.get(node, NOTHING).is_nothing:
        return True
    if node.kind == "department":
        return bool(where.tree.people(node)) and where.shows(node)
    return node.id is not None and node.id == ctx.actor.member_id


def _row(
    ctx: Context,
    where: Places,
    node: Node,
    found: Forecast,
    wanted: Mapping[Node, targets.Target],
    titles: Mapping[Node, str | None],
) -> ForecastRow:
    currency, mine = ctx.workspace.currency, found.figures.get(node, NOTHING)
    below, outcome = found.outcome.get(node, (mine.computed, mine.computed))
    made = found.adjusted.get(node, [])
    whole = where.whole(node)
    target = wanted[node].goal if node in wanted else None
    reached = attainment(mine.won, target) if whole else None
    return {
        "place": place(node, titles),
        "whole": whole,
        "opens": node.kind in ("company", "department"),
        "may_adjust": not ctx.actor.read_only
        and ctx.actor.rights("forecast_adjustment").create
        and heads(ctx, where, node),
        "won": plain(mine.won, currency),
        "won_count": mine.won_count,
        **{key: plain(mine.of(key), currency) for key in CATEGORIES},  # type: ignore[typeddict-item]
        "count": sum(mine.counts.values()),
        "weighted": plain(mine.weighted, currency),
        "computed": plain(mine.computed, currency),
        "below": plain(below, currency),
        "forecast": plain(outcome, currency),
        "adjustment": adjusting.told(ctx, made[:1])[0] if made and made[0].amount is not None else None,
        "target": None if target is None else plain(target, currency),
        "attainment": None if reached is None else str(reached),
    }


def _methods(mine: Figures, currency: str) -> ForecastMethods:
    said = methods.model(mine.won, mine.expected, mine.variance, mine.fresh)
    return {
        "weighted": plain(mine.weighted, currency),
        "run_rate": plain(methods.run_rate(mine.won, mine.later), currency),
        "model": {
            "middle": plain(said.middle, currency),
            "low": plain(said.low, currency),
            "high": plain(said.high, currency),
        },
        "later": [plain(one, currency) for one in mine.later],
    }
