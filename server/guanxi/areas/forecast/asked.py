"""What callers ask of targets and forecasts, checked: the period and the node."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from guanxi.areas.forecast.errors import wrong
from guanxi.areas.forecast.places import Places, node_of
from guanxi.areas.forecast.rules.periods import UNITS, Period, period_of
from guanxi.areas.forecast.rules.tree import COMPANY, Node
from guanxi.areas.forecast.shapes import ForecastPeriod
from guanxi.engine.context import Context
from guanxi.engine.http.request import uuid_of
from guanxi.kit import money

Asked = Mapping[str, str]


def period_asked(ctx: Context, asked: Asked) -> Period:
    """The period that is asked for; this quarter where nothing is said. Invalid for what is none."""
    unit = asked.get("period") or "quarter"
    if unit not in UNITS:
        raise wrong("period", "no_period")
    return period_of(unit, day_asked(asked, "day") or ctx.today, ctx.workspace.fiscal_month)


def day_asked(asked: Asked, name: str) -> date | None:
    """A day of the caller's; Invalid when it is none, or too far away to be meant."""
    text = asked.get(name)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise wrong(name, "not_a_day") from None
    if not 1990 <= day.year <= 2200:
        raise wrong(name, "not_a_day")
    return day


def id_asked(asked: Asked, name: str) -> UUID | None:
    """An id of the caller's; None where it is left out."""
    return uuid_of(asked[name], name) if asked.get(name) else None


def node_asked(ctx: Context, where: Places, asked: Asked) -> Node:
    """The node that is asked for: one that is named, the whole company, or the caller's own place."""
    department, person = id_asked(asked, "department"), id_asked(asked, "person")
    if asked.get("company") and department is None and person is None:
        return COMPANY
    return node_of(ctx, where, department, person)


def told_period(period: Period) -> ForecastPeriod:
    """As the API tells periods."""
    return {
        "unit": period.unit, "begins": period.begins.isoformat(), "ends": period.ends.isoformat(), "name": period.name,
    }  # fmt: skip


def plain(value: object, currency: str) -> str:
    """An amount as text, with the decimals of the currency."""
    return format(value, f".{money.decimals(currency)}f")
