"""Set targets of several people and departments at once: what they have is changed, what is emptied is taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.forecast import targets
from guanxi.areas.forecast.adjusting import place_of
from guanxi.areas.forecast.errors import wrong
from guanxi.areas.forecast.rules.periods import period_of
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import BadRequest

MOST = 1000


@dataclass(frozen=True)
class Wanted:
    """A person, a department, or with neither the company; and their goal, empty to take the target away."""

    goal: Decimal | None
    person: UUID | None = None
    department: UUID | None = None


@dataclass(frozen=True)
class SetTargets:
    """The period (any day of it), the measure, one product or category or none, and who is to reach what."""

    day: date
    items: Sequence[Wanted]
    period: Literal["month", "quarter", "year"] = "quarter"
    measure: Literal["won_amount", "won_count", "received_amount"] = "won_amount"
    product: UUID | None = None
    category: UUID | None = None


class TargetsSet(TypedDict):
    """How many targets there are more, and how many others were changed or taken away."""

    created: int
    changed: int
    removed: int


@action("forecast.set_targets", params=SetTargets, permission="sales_target.create")
def set_targets(ctx: Context, params: SetTargets) -> TargetsSet:
    """Set the targets of some people and departments for a period, all of them or none.

    OutsideOfTree for a place that the caller does not manage; Invalid names the item whose goal makes no sense.
    """
    if len(params.items) > MOST:
        raise BadRequest("records.too_many", {"limit": MOST, "count": len(params.items)})
    period = period_of(params.period, params.day, ctx.workspace.fiscal_month)
    where = targets.scope(period, params.measure, params.product, params.category)
    ids = reads.ids(ctx, "sales_target", where)
    rows = reads.native(ctx, "sales_target", ids, ("person", "department"))
    known = {place_of(row["person"], row["department"]): id_ for id_, row in rows.items()}
    new: list[dict[str, Any]] = []
    changes: list[Change] = []
    gone: list[UUID] = []
    seen = set()
    for place, item in enumerate(params.items):
        node = place_of(item.person, item.department)
        if item.person is not None and item.department is not None:
            raise wrong(f"items.{place}.department", "one_of_both")
        if node in seen:
            raise wrong(f"items.{place}", "named_twice")
        seen.add(node)
        if item.goal is None:
            gone += [known[node]] if node in known else []
            continue
        values = _values(ctx, params.measure, item.goal, place)
        if node in known:
            changes.append(Change(known[node], values))
            continue
        new.append({
            "person": item.person, "department": item.department, "product": params.product,
            "category": params.category, "period": params.period, "starts_on": period.begins,
            "measure": params.measure, **values,
        })  # fmt: skip
    made = writes.create(ctx, "sales_target", new) if new else []
    changed = writes.update(ctx, "sales_target", changes) if changes else []
    if gone:
        writes.delete(ctx, "sales_target", gone)
    return {"created": len(made), "changed": len(changed), "removed": len(gone)}


def _values(ctx: Context, measure: str, goal: Decimal, place: int) -> dict[str, Any]:
    if goal < 0 or not goal.is_finite():
        raise wrong(f"items.{place}.goal", "goal_below_zero")
    if measure == targets.COUNTED:
        if goal != goal.to_integral_value():
            raise wrong(f"items.{place}.goal", "whole_deals")
        return {"quantity": int(goal)}
    return {"amount": {"amount": format(goal, "f"), "currency": ctx.workspace.currency}}
