"""What a period comes to for everybody: versions, sources and people brought together, and what locked lines are owed back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.commission import correcting, plans, reading
from guanxi.areas.commission.correcting import LINE, Correction, locked_rows
from guanxi.areas.commission.rules.calculation import calculate
from guanxi.areas.commission.rules.pieces import Line, Situation
from guanxi.areas.commission.rules.plan import Version
from guanxi.areas.forecast import api as forecast
from guanxi.engine.context import Context

ZERO = Decimal(0)


@dataclass
class Totals:
    """What one member gets."""

    earned: Decimal = ZERO
    claimed_back: Decimal = ZERO
    adjusted: Decimal = ZERO
    lines: int = 0

    @property
    def total(self) -> Decimal:
        """All of it together."""
        return self.earned + self.claimed_back + self.adjusted


@dataclass(frozen=True)
class Outcome:
    """The lines of a period, what is claimed back or given back of earlier ones, and the currencies without a rate."""

    lines: Sequence[Line]
    corrections: Sequence[Correction]
    missing: Sequence[str]

    def totals(self) -> dict[UUID, Totals]:
        """What each member gets."""
        found: dict[UUID, Totals] = {}
        for line in self.lines:
            mine = found.setdefault(line.member, Totals())
            mine.lines += 1
            if line.kind == "earned":
                mine.earned += line.amount
            else:
                mine.adjusted += line.amount
        for one in self.corrections:
            mine = found.setdefault(one.member, Totals())
            mine.lines += 1
            mine.claimed_back += one.amount
        return found


def work_out(ctx: Context, period: forecast.Period) -> Outcome:
    """What a period comes to by the plans in use."""
    found = _calculated(ctx, period, plans.versions_of(ctx, period.begins, period.ends))
    return replace(found, corrections=correcting.corrections(ctx))


def try_out(ctx: Context, period: forecast.Period, plan: UUID) -> Outcome:
    """What a period would come to by one version alone, whenever it holds and whether or not it is in use."""
    there = [replace(one, begins=period.begins, ends=period.ends) for one in plans.versions(ctx, [plan])]
    return _calculated(ctx, period, there)


def _calculated(ctx: Context, period: forecast.Period, versions: Sequence[Version]) -> Outcome:
    sources = reading.read(ctx, versions, period.begins, period.ends)
    about = Situation(
        period.begins, period.ends, plans.unit_of(ctx), plans.people(ctx), plans.quotas(ctx, period), balances(ctx)
    )
    return Outcome(calculate(versions, sources.pieces, about), [], sorted(sources.missing))


def balances(ctx: Context) -> dict[tuple[UUID, UUID], Decimal]:
    """Draws that were paid and not recovered yet, by member and family of plans."""
    where = {"field": "kind", "op": "in", "value": ["draw", "recovery"]}
    found: dict[tuple[UUID, UUID], Decimal] = {}
    for _, row in locked_rows(ctx, LINE, ("member", "plan", "plan.first", "amount"), [where]):
        key = (row["member"], row["plan.first"] or row["plan"])
        found[key] = found.get(key, ZERO) + row["amount"].amount
    return found


def summed(totals: Iterable[Totals]) -> Totals:
    """What everybody gets together."""
    all_ = Totals()
    for one in totals:
        all_.earned += one.earned
        all_.claimed_back += one.claimed_back
        all_.adjusted += one.adjusted
        all_.lines += one.lines
    return all_


def moneys(ctx: Context, one: Totals) -> dict[str, Any]:
    """The amounts as fields of a run or a statement."""
    currency = ctx.workspace.currency
    amounts = {"earned": one.earned, "claimed_back": one.claimed_back, "adjusted": one.adjusted, "total": one.total}
    return {key: {"amount": format(value, "f"), "currency": currency} for key, value in amounts.items()}
