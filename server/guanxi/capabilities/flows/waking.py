"""Having the worker look after a workspace at once, where no record was written that it would hear of."""

from __future__ import annotations

import orjson

from guanxi.engine.context import Context

CHANNEL = "guanxi_automation"


def wake(ctx: Context) -> None:
    """With the commit."""
    ctx.run("SELECT pg_notify($1, $2)", [CHANNEL, orjson.dumps({"ws": ctx.workspace.slug}).decode()])
