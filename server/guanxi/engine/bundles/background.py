"""What an applied configuration left for the background: indexes, conversions, computed values, search."""

from __future__ import annotations

from typing_extensions import TypedDict

from guanxi.engine.context import Context


class BackgroundSteps(TypedDict):
    """Steps of the whole workspace that are still to be done, and those that failed and will not be tried again."""

    waiting: int
    failed: int


def steps(ctx: Context) -> BackgroundSteps:
    """How many steps there are now."""
    found = dict(ctx.run("SELECT state, count(*) FROM sys_ddl_step WHERE state <> 'done' GROUP BY state"))
    return {"waiting": found.get("waiting", 0), "failed": found.get("failed", 0)}
