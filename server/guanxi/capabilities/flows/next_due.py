"""When a workspace's automation has something to do next, for whoever waits for it."""

from __future__ import annotations

from datetime import datetime

from guanxi.engine.context import Context


def next_due(ctx: Context) -> datetime | None:
    """The earliest instant at which a token or an effect is due; None when nothing waits for a time."""
    ((due,),) = ctx.run(
        "SELECT least((SELECT min(wake_at) FROM sys_token WHERE wake_at IS NOT NULL),"
        " (SELECT min(next_at) FROM sys_effect WHERE next_at IS NOT NULL))"
    )
    found: datetime | None = due
    return found
