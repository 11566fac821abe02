"""Relative dates of filters ("this quarter", "the last 7 days") as half-open ranges in the workspace's time zone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, ParseEnv
from guanxi.kit import clock

UNITS = ("day", "week", "month", "quarter", "year")
MAX_COUNT = 1000


def resolve(raw: Any, env: ParseEnv) -> clock.Days:
    """The days that ``{"period": ...}``, ``{"last": n, "unit": ...}`` or ``{"next": n, "unit": ...}`` means now."""
    if not isinstance(raw, Mapping):
        raise BadValue("query.period_required")
    on = clock.today(env.time_zone, env.now)
    if set(raw) == {"period"}:
        try:
            return clock.period(str(raw["period"]), on, env.fiscal_month)
        except KeyError:
            raise BadValue("query.unknown_period", period=str(raw["period"])) from None
    for word, function in (("last", clock.last), ("next", clock.upcoming)):
        if set(raw) == {word, "unit"} and raw["unit"] in UNITS:
            count = raw[word]
            if isinstance(count, int) and not isinstance(count, bool) and 0 < count <= MAX_COUNT:
                return function(count, raw["unit"], on)
    raise BadValue("query.period_required")
