"""A task that is done knows when."""

from __future__ import annotations

from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook

DONE = "done"


@hook("task", "before", fields={"status"}, ops=("create", "update"))
def know_when_done(ctx: Context, batch: list[Write]) -> None:
    """The time comes and goes with the status; records brought in with their past keep theirs."""
    for write in batch:
        if write.value("status") != DONE:
            write.new["done_at"] = None
        elif write.new.get("done_at") is None:
            write.new["done_at"] = write.new.get("updated_at") or write.at or ctx.now
