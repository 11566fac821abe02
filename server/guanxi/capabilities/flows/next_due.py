"""When a workspace's automation has something to do next, for whoever waits for it."""

from __future__ import annotations

from datetime import datetime

from guanxi.capabilities.flows.live import live
from guanxi.engine.context import Context


def next_due(ctx: Context) -> datetime | None:
    """The earliest instant at which a token or an effect is due; None when nothing waits for a time.

    What stands still is not due, however late it is.
    """
    flows = live(ctx)
    if flows.stopped:
        return None
    ((due,),) = ctx.run(
        "SELECT least("
        "(SELECT t.wake_at FROM sys_token t WHERE t.wake_at IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM sys_run r WHERE r.id = t.run AND r.flow = ANY($1::uuid[])) ORDER BY t.wake_at LIMIT 1),"
        " (SELECT e.next_at FROM sys_effect e WHERE e.next_at IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM sys_run r WHERE r.id = e.run AND r.flow = ANY($1::uuid[])) ORDER BY e.next_at LIMIT 1))",
        [list(flows.idle)],
    )
    found: datetime | None = due
    return found
