"""Have the commission of a period worked out, or look at what it would come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.commission import runs
from guanxi.areas.commission.calculating import moneys, summed, try_out, work_out
from guanxi.areas.commission.errors import refused
from guanxi.areas.commission.plans import PLAN
from guanxi.areas.commission.rules.definition import read
from guanxi.areas.forecast import api as forecast
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records import reads
from guanxi.engine.records.titles import reference, titles
from guanxi.infra.errors import Invalid
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class CalculateRun:
    """The period, by any day of it."""

    day: date
    period: Literal["month", "quarter", "year"] = "month"


@dataclass(frozen=True)
class PreviewRun:
    """The period, by any day of it; a plan to try instead of those in use."""

    day: date
    period: Literal["month", "quarter", "year"] = "month"
    plan: UUID | None = None


class CalculatedRun(TypedDict):
    """The run, which is worked out in the background."""

    run: Id


class CommissionPreviewRow(TypedDict):
    """What one member would get."""

    member: Reference
    lines: int
    earned: str
    claimed_back: str
    adjusted: str
    total: str


class CommissionPreview(TypedDict):
    """What everybody would get; currencies whose sources were left out for want of a rate."""

    period: str
    currency: str
    total: str
    rows: list[CommissionPreviewRow]
    missing_rates: list[str]


@action("commission.calculate_run", params=CalculateRun, permission="commission_run.create")
def calculate_run(ctx: Context, params: CalculateRun) -> CalculatedRun:
    """Work out a period in the background; a draft of it is replaced.

    AnotherOpen beside another run that is not locked yet; WrongState when it is approved or locked already.
    """
    return {"run": str(runs.begin(ctx, forecast.period_of(params.period, params.day, ctx.workspace.fiscal_month)))}


@action("commission.preview_run", params=PreviewRun, permission="commission_run.create")
def preview_run(ctx: Context, params: PreviewRun) -> CommissionPreview:
    """Say what a period comes to without writing anything: by the plans in use, or by one plan alone.

    NotFound for a plan that the caller may not read; Invalid for one whose rules make no sense.
    """
    period = forecast.period_of(params.period, params.day, ctx.workspace.fiscal_month)
    if params.plan is None:
        outcome = work_out(ctx, period)
    else:
        reads.get(ctx, PLAN, params.plan)
        row = reads.native(ctx.as_system(), PLAN, [params.plan], ("definition",))[params.plan]
        if problems := read(row["definition"]).problems:
            raise Invalid(refused(problems))
        outcome = try_out(ctx, period, params.plan)
    totals = outcome.totals()
    named = titles(ctx, {("member", one) for one in totals})
    rows = []
    for who, mine in totals.items():
        told = {key: value["amount"] for key, value in moneys(ctx, mine).items()}
        rows.append(CommissionPreviewRow(
            member=cast("Reference", reference(named, "member", who)), lines=mine.lines, earned=told["earned"],
            claimed_back=told["claimed_back"], adjusted=told["adjusted"], total=told["total"],
        ))  # fmt: skip
    rows.sort(key=lambda one: one["member"]["title"] or "")
    total = moneys(ctx, summed(totals.values()))["total"]["amount"]
    return {
        "period": period.name, "currency": ctx.workspace.currency, "total": total, "rows": rows,
        "missing_rates": list(outcome.missing),
    }  # fmt: skip
