"""How far earlier forecasts were off: what was said week by week, against what came of the period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.forecast import reading, targets
from guanxi.areas.forecast.asked import plain, told_period
from guanxi.areas.forecast.places import Places
from guanxi.areas.forecast.rules import methods
from guanxi.areas.forecast.rules.periods import Period
from guanxi.areas.forecast.rules.tree import Node
from guanxi.areas.forecast.shapes import ForecastErrors, MethodError, RecordedForecast, RecordedPeriod
from guanxi.engine.context import Context
from guanxi.engine.records import reads

METHODS = ("forecast", "weighted", "run_rate", "model")
LOOKED_BACK = 4
_SAID = ("taken_on", "starts_on", *METHODS, "model_low", "model_high")
_ZERO = Decimal(0)


def told(ctx: Context, where: Places, node: Node, period: Period) -> ForecastErrors:
    """The period and the ones before it. Who does not see a node whole is told nothing: the records are of all of it."""
    reading.refuse_unless_readable(ctx)
    currency = ctx.workspace.currency
    if not where.whole(node):
        return {"whole": False, "currency": currency, "periods": [], "methods": [], "within": None}
    asked = [period.before(count) for count in range(LOOKED_BACK + 1)]
    rows = _rows(ctx, node, asked)
    periods, gaps, inside = [], {key: [] for key in METHODS}, []
    for one in asked:
        said = rows.get(one.begins, [])
        if not said and one != period:
            continue
        leaves, _ = targets.actuals(ctx, one, "won_amount", None, None)
        came = where.tree.rolled_up(leaves, _ZERO, lambda a, b: a + b).get(node, _ZERO)
        over = one.ends < ctx.today
        weeks = [_week(row, one, came, over, currency) for row in said]
        periods.append(RecordedPeriod(period=told_period(one), over=over, came=plain(came, currency), weeks=weeks))
        if over:
            for row in said:
                for key in METHODS:
                    if (off := methods.error(row[key].amount, came)) is not None:
                        gaps[key].append(off)
                inside.append(row["model_low"].amount <= came <= row["model_high"].amount)
    share = f"{Decimal(sum(inside)) * 100 / len(inside):.0f}" if inside else None
    return {
        "whole": True,
        "currency": currency,
        "periods": periods,
        "methods": [_method(key, gaps[key]) for key in METHODS],
        "within": share,
    }


def _rows(ctx: Context, node: Node, periods: Sequence[Period]) -> dict[date, list[Mapping[str, Any]]]:
    def of(field: str, value: UUID | None) -> dict[str, Any]:
        return (
            {"field": field, "op": "is_empty"} if value is None else {"field": field, "op": "eq", "value": str(value)}
        )

    if node.kind == "nobody":
        return {}
    where = {"and": [
        {"field": "period", "op": "eq", "value": periods[0].unit},
        {"field": "starts_on", "op": "gte", "value": periods[-1].begins.isoformat()},
        {"field": "starts_on", "op": "lte", "value": periods[0].begins.isoformat()},
        of("person", node.id if node.kind == "person" else None),
        of("department", node.id if node.kind == "department" else None),
    ]}  # fmt: skip
    system, currency = ctx.as_system(), ctx.workspace.currency
    found: dict[date, list[Mapping[str, Any]]] = {}
    rows = reads.native(system, "forecast_record", reads.ids(system, "forecast_record", where), _SAID)
    for row in sorted(rows.values(), key=lambda row: row["taken_on"]):
        amounts = [row[key] for key in (*METHODS, "model_low", "model_high")]
        if all(one is not None and one.currency == currency for one in amounts):
            found.setdefault(row["starts_on"], []).append(row)
    return found


def _week(row: Mapping[str, Any], period: Period, came: Decimal, over: bool, currency: str) -> RecordedForecast:
    off = {key: methods.error(row[key].amount, came) for key in METHODS} if over else {}
    return {
        "taken_on": row["taken_on"].isoformat(),
        "week": (row["taken_on"] - period.begins).days // 7 + 1,
        "forecast": plain(row["forecast"].amount, currency),
        "weighted": plain(row["weighted"].amount, currency),
        "run_rate": plain(row["run_rate"].amount, currency),
        "model": plain(row["model"].amount, currency),
        "model_low": plain(row["model_low"].amount, currency),
        "model_high": plain(row["model_high"].amount, currency),
        "off": {key: None if one is None else str(one) for key, one in off.items()},
    }


def _method(key: str, gaps: Sequence[Decimal]) -> MethodError:
    tenth = Decimal("0.1")
    return {
        "method": key,  # type: ignore[typeddict-item]
        "weeks": len(gaps),
        "off": str(methods.mean([abs(one) for one in gaps]).quantize(tenth)) if gaps else None,
        "lean": str(methods.mean(gaps).quantize(tenth)) if gaps else None,
    }
