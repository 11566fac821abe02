"""Telling open pages that there is another catalog."""

from __future__ import annotations

import orjson

from guanxi.engine.context import Context
from guanxi.engine.records.notices import CHANNEL

OP = "catalog"


def catalog_changed(ctx: Context) -> None:
    """Tell with the commit; what the catalog says now each page reads under its own person's rights."""
    notice = {
        "ws": ctx.workspace.slug, "object": "", "op": OP, "ids": [], "owners": [],
        "actor": str(ctx.author) if ctx.author else None, "change_set": None,
    }  # fmt: skip
    ctx.run("SELECT pg_notify($1, $2)", [CHANNEL, orjson.dumps(notice).decode()])
