"""When a workspace's automation has something to do next, for whoever waits for it."""

from __future__ import annotations

from datetime import datetime

from guanxi.capabilities.flows.live import live
from guanxi.engine.context import Context


def next_due(ctx: Context) -> datetime | None:
    """The earliest instant at which a token or an effect is due; None when nothing waits for a time.

    What stands still, since its flow is paused or everything is stopped, waits for no time.
    """
    flows = live(ctx)
    ((due,),) = ctx.run(
        "SELECT least(CASE WHEN NOT $1 THEN (SELECT t.wake_at FROM sys_token t JOIN sys_run r ON r.id = t.run"
        " WHERE t.wake_at IS NOT NULL AND r.flow <> ALL($2::uuid[]) ORDER BY t.wake_at LIMIT 1) END,"
        " (SELECT min(next_at) FROM sys_effect WHERE next_at IS NOT NULL))",
        [flows.stopped, list(flows.idle)],
    )
    found: datetime | None = due
    return found
