"""Adjustments of a period as the caller may read them: the latest of each node holds, the earlier ones are its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast
from uuid import UUID

from guanxi.areas.forecast.asked import plain
from guanxi.areas.forecast.rules.periods import Period
from guanxi.areas.forecast.rules.tree import COMPANY, Node, department, person
from guanxi.areas.forecast.shapes import AdjustedForecast
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records import reads
from guanxi.engine.records.titles import reference, titles
from guanxi.kit.money import Money

_FIELDS = ("person", "department", "amount", "computed", "reason", "owner", "created_at")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An own number, or None where an earlier one was taken back."""

    id: UUID
    amount: Money | None
    computed: Money | None
    reason: str
    by: UUID | None
    at: datetime


def adjustments(ctx: Context, period: Period) -> dict[Node, list[Adjustment]]:
    """By node what was adjusted, the latest first."""
    if not ctx.actor.rights("forecast_adjustment").reads:
        return {}
    where = {"and": [
        {"field": "period", "op": "eq", "value": period.unit},
        {"field": "starts_on", "op": "eq", "value": period.begins.isoformat()},
    ]}  # fmt: skip
    rows = reads.native(ctx, "forecast_adjustment", reads.ids(ctx, "forecast_adjustment", where), _FIELDS)
    found: dict[Node, list[Adjustment]] = {}
    for id_, row in sorted(rows.items(), key=lambda pair: (pair[1]["created_at"], pair[0]), reverse=True):
        one = Adjustment(id_, row["amount"], row["computed"], row["reason"] or "", row["owner"], row["created_at"])
        found.setdefault(place_of(row["person"], row["department"]), []).append(one)
    return found


def own_numbers(ctx: Context, made: Mapping[Node, list[Adjustment]]) -> dict[Node, Decimal]:
    """The numbers that hold. One in a currency that the workspace does not count in any more holds no longer."""
    return {
        node: some[0].amount.amount
        for node, some in made.items()
        if some[0].amount is not None and some[0].amount.currency == ctx.workspace.currency
    }


def place_of(of_person: UUID | None, of_department: UUID | None) -> Node:
    """The node that a target, an adjustment or a record is about."""
    if of_person is not None:
        return person(of_person)
    return COMPANY if of_department is None else department(of_department)


def told(ctx: Context, some: list[Adjustment]) -> list[AdjustedForecast]:
    """As the API tells adjustments."""
    found = titles(ctx, {("member", one.by) for one in some if one.by})
    return [
        {
            "id": str(one.id),
            "amount": plain(one.amount.amount, one.amount.currency) if one.amount else None,
            "computed": plain(one.computed.amount, one.computed.currency) if one.computed else None,
            "reason": one.reason,
            "by": cast("Reference", reference(found, "member", one.by)) if one.by else None,
            "at": one.at.isoformat(),
        }
        for one in some
    ]
