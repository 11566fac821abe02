"""Propose how a target is handed down to those directly below. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.forecast import targets
from guanxi.areas.forecast.errors import OutsideOfTree, wrong
from guanxi.areas.forecast.places import manages, named, places
from guanxi.areas.forecast.rules.periods import period_of
from guanxi.areas.forecast.rules.tree import COMPANY, Node, department
from guanxi.areas.forecast.shapes import ForecastPlace
from guanxi.areas.forecast.targets_telling import told
from guanxi.areas.forecast.telling import place
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.kit import money
from guanxi.kit.sharing import share

ZERO = Decimal(0)


@dataclass(frozen=True)
class ProposeTargets:
    """Whose target (the company's without a department), of which period and measure, and by what it is shared out."""

    day: date
    method: Literal["equal", "last_period"]
    department: UUID | None = None
    period: Literal["month", "quarter", "year"] = "quarter"
    measure: Literal["won_amount", "won_count", "received_amount"] = "won_amount"
    product: UUID | None = None
    category: UUID | None = None
    total: Decimal | None = None
    """What is shared out; the target itself unless given."""


class ProposedTarget(TypedDict):
    """A proposed goal, and what was reached in the period before."""

    place: ForecastPlace
    goal: str
    last: str


class ProposedTargets(TypedDict):
    """What is shared out, and among whom; the parts add up to it."""

    total: str
    items: list[ProposedTarget]


@action("forecast.propose_targets", params=ProposeTargets, permission="sales_target.create")
def propose_targets(ctx: Context, params: ProposeTargets) -> ProposedTargets:
    """Share a target out among those directly below: alike, or as they did in the period before; to the last cent.

    People who left, and departments without anybody, are given nothing. OutsideOfTree for a department that the caller
    does not manage; Invalid where there is no target to share out, or nobody to share it among.
    """
    where = places(ctx, targets.object_of(params.measure))
    node = COMPANY if params.department is None else department(params.department)
    if node not in where.tree:
        raise wrong("department", "no_such_place")
    if not manages(ctx, where, node):
        raise OutsideOfTree
    period = period_of(params.period, params.day, ctx.workspace.fiscal_month)
    total = params.total
    if total is None:
        wanted = targets.of_period(ctx, period, params.measure, params.product, params.category)
        if node not in wanted:
            raise wrong("total", "nothing_to_share")
        total = wanted[node].goal
    if total < 0 or not total.is_finite():
        raise wrong("total", "goal_below_zero")

    def sells(one: Node) -> bool:
        if one.kind == "person":
            return one.id is not None and where.there.works_here(one.id)
        return one.kind == "department" and any(where.there.works_here(who) for who in where.tree.people(one))

    among = [one for one in where.tree.children(node) if sells(one)]
    if not among:
        raise wrong("department", "nobody_below")
    leaves, _ = targets.actuals(ctx, period.before(), params.measure, params.product, params.category)
    reached = where.tree.rolled_up(leaves, ZERO, lambda one, other: one + other)
    last = [reached.get(one, ZERO) for one in among]
    currency = targets.unit_of(ctx, params.measure)
    unit = Decimal(1) if currency is None else Decimal(1).scaleb(-money.decimals(currency))
    parts = share(total, last if params.method == "last_period" else [Decimal(1)] * len(among), unit)
    titles = named(ctx, among)
    return {
        "total": told(total, currency),
        "items": [
            {"place": place(one, titles), "goal": told(part, currency), "last": told(before, currency)}
            for one, part, before in zip(among, parts, last, strict=True)
        ],
    }
