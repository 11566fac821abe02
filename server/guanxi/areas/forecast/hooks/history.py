"""What forecasting keeps is history: nobody writes it by hand, and nobody changes it."""

from __future__ import annotations

from guanxi.areas.forecast.errors import KeptForGood
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook


@hook("forecast_adjustment", "before")
@hook("forecast_snapshot", "before")
@hook("forecast_record", "before")
def history_is_written_by_the_product(ctx: Context, batch: list[Write]) -> None:
    """Adjustments come of their verb, snapshots and records of a chore. That somebody's are handed over changes nothing
    that they say.
    """
    if ctx.actor.is_system:
        return
    if any(write.op != "update" or not write.asked <= {"owner"} for write in batch):
        raise KeptForGood
