"""Give an own number over the sum below it, with the reason; the earlier ones are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.forecast import telling
from guanxi.areas.forecast.errors import NotTheirHead, wrong
from guanxi.areas.forecast.places import heads, named, places
from guanxi.areas.forecast.rules.periods import period_of
from guanxi.areas.forecast.rules.tree import COMPANY, department, person
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes
from guanxi.infra.http.shapes import Id
from guanxi.kit import money
from guanxi.kit.money import Money

LONGEST_REASON = 500
HIGHEST = Decimal(10) ** 15


@dataclass(frozen=True)
class AdjustForecast:
    """Whose forecast (the company's without either), of which period (any day of it), the number and the reason; without
    a number the one that there is is taken back.
    """

    day: date
    reason: str
    amount: Decimal | None = None
    department: UUID | None = None
    person: UUID | None = None
    period: Literal["month", "quarter", "year"] = "quarter"


class ForecastAdjusted(TypedDict):
    """The adjustment, and what it stands over."""

    adjustment: Id
    computed: str


@action("forecast.adjust_forecast", params=AdjustForecast, permission="forecast_adjustment.create")
def adjust_forecast(ctx: Context, params: AdjustForecast) -> ForecastAdjusted:
    """Adjust the forecast of a period, for the person it is about and whoever heads their department or one above.

    NotTheirHead for anybody else; Invalid without a reason, or for a number that is none.
    """
    if params.department is not None and params.person is not None:
        raise wrong("person", "one_of_both")
    where = places(ctx)
    node = COMPANY
    if params.person is not None:
        node = person(params.person)
    elif params.department is not None:
        node = department(params.department)
    if node not in where.tree:
        raise wrong(node.kind, "no_such_place")
    if not heads(ctx, where, node):
        raise NotTheirHead
    reason = params.reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise wrong("reason", "reason_needed", longest=LONGEST_REASON)
    period = period_of(params.period, params.day, ctx.workspace.fiscal_month)
    found = telling.forecast(ctx, where, period)
    below = found.outcome[node][0] if node in found.outcome else Decimal(0)
    currency = ctx.workspace.currency
    title = named(ctx.as_system(), [node]).get(node) or ctx.workspace.name
    (made,) = writes.create(ctx.as_system(), "forecast_adjustment", [{
        "name": f"{title} · {period.name}"[:300], "person": params.person, "department": params.department,
        "period": period.unit, "starts_on": period.begins, "reason": reason, "owner": ctx.author,
        "amount": None if params.amount is None else _money(params.amount, currency),
        "computed": Money(below, currency),
    }])  # fmt: skip
    return {"adjustment": str(made), "computed": telling.plain(below, currency)}


def _money(amount: Decimal, currency: str) -> Money:
    if not amount.is_finite() or amount < 0 or amount > HIGHEST:
        raise wrong("amount", "goal_below_zero")
    digits = money.decimals(currency)
    if amount != amount.quantize(Decimal(1).scaleb(-digits)):
        raise wrong("amount", "too_fine", digits=digits)
    return Money(amount, currency)
