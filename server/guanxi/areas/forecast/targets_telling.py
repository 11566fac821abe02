"""Targets of a node and of those directly below it, with what was reached and what is handed down."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from guanxi.areas.forecast import targets
from guanxi.areas.forecast.asked import plain, told_period
from guanxi.areas.forecast.places import Places, manages, named
from guanxi.areas.forecast.rules.periods import Period
from guanxi.areas.forecast.rules.sharing import attainment
from guanxi.areas.forecast.rules.tree import Node
from guanxi.areas.forecast.shapes import TargetRow, TargetsPage
from guanxi.areas.forecast.targets import Target
from guanxi.areas.forecast.telling import place
from guanxi.engine.context import Context

_ZERO = Decimal(0)


def page(
    ctx: Context,
    where: Places,
    node: Node,
    period: Period,
    measure: str,
    product: UUID | None = None,
    category: UUID | None = None,
) -> TargetsPage:
    """As the API tells targets."""
    wanted = targets.of_period(ctx, period, measure, product, category)
    leaves, missing = targets.actuals(ctx, period, measure, product, category)
    reached = where.tree.rolled_up(leaves, _ZERO, lambda one, other: one + other)
    below = [
        one for one in where.tree.children(node) if one.kind != "nobody" and _is_shown(where, one, wanted, reached)
    ]
    trail = where.tree.trail(node)
    titles = named(ctx, [*trail, *below])
    currency = targets.unit_of(ctx, measure)

    def row(one: Node) -> TargetRow:
        return _row(ctx, where, one, wanted, reached, titles, currency)

    rows = sorted((row(one) for one in below), key=lambda one: (one["place"]["kind"], one["place"]["title"] or ""))
    passed = Decimal(period.passed(ctx.today)) * 100 / period.days
    return {
        "period": told_period(period),
        "measure": measure,  # type: ignore[typeddict-item]
        "currency": ctx.workspace.currency,
        "passed": f"{passed:.0f}",
        "trail": [place(one, titles) for one in trail],
        "node": row(node),
        "rows": rows,
        "missing_rates": missing,
    }


def told(value: Decimal, currency: str | None) -> str:
    """An amount, or a number of deals."""
    return f"{value:.0f}" if currency is None else plain(value, currency)


def _is_shown(where: Places, node: Node, wanted: Mapping[Node, Target], reached: Mapping[Node, Decimal]) -> bool:
    """People who left are shown while they have a target or reached something."""
    if node in wanted or reached.get(node):
        return True
    if not where.shows(node):
        return False
    return node.kind == "department" or (node.id is not None and where.there.works_here(node.id))


def _row(
    ctx: Context,
    where: Places,
    node: Node,
    wanted: Mapping[Node, Target],
    reached: Mapping[Node, Decimal],
    titles: Mapping[Node, str | None],
    currency: str | None,
) -> TargetRow:
    mine, actual, whole = wanted.get(node), reached.get(node, _ZERO), where.whole(node)
    below = [wanted[one].goal for one in where.tree.children(node) if one in wanted]
    down = sum(below, _ZERO) if node.kind in ("company", "department") else None
    share = attainment(actual, mine.goal) if mine and whole else None
    rights = ctx.actor.rights("sales_target")
    return {
        "place": place(node, titles),
        "whole": whole,
        "opens": node.kind in ("company", "department"),
        "may_set": not ctx.actor.read_only and rights.create and manages(ctx, where, node),
        "target": told(mine.goal, currency) if mine else None,
        "record": str(mine.record) if mine else None,
        "actual": told(actual, currency),
        "attainment": None if share is None else str(share),
        "gap": told(mine.goal - actual, currency) if mine and whole else None,
        "handed_down": None if down is None else told(down, currency),
        "left": told(mine.goal - down, currency) if mine and down is not None else None,
    }
