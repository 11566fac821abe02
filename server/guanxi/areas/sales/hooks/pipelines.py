"""Exactly one pipeline is the default, whatever is written."""

from __future__ import annotations

from guanxi.areas.sales.errors import DefaultPipelineNeeded
from guanxi.areas.sales.rules.pipelines import DefaultNeeded, keep_one_default
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.writes import Change


@hook("pipeline", "after", fields={"is_default"})
def one_default(ctx: Context, batch: list[Write]) -> None:
    """A newly chosen default takes the place of the other; taking it away without another is refused."""
    system = ctx.as_system()
    rows = reads.native(system, "pipeline", reads.ids(system, "pipeline", None), ("is_default",))
    after = {pipeline: bool(row["is_default"]) for pipeline, row in rows.items()}
    try:
        changes = keep_one_default(after, [w.id for w in batch if w.new.get("is_default")])
    except DefaultNeeded:
        raise DefaultPipelineNeeded from None
    if changes:
        writes.update(system, "pipeline", [Change(one, {"is_default": value}) for one, value in changes.items()])
