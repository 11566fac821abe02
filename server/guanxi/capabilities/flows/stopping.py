"""The switch that has all flows of a workspace stand still, and the one that has them go on."""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import TypedDict

from guanxi.capabilities.flows.live import flows_changed
from guanxi.capabilities.flows.waking import wake
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.audit.kinds import kind
from guanxi.engine.context import Context

STOPPED, RESUMED = kind("flows_stopped", "settings").key, kind("flows_resumed", "settings").key


@dataclass(frozen=True)
class StopAll:
    """Nothing more needs to be said."""


class AllStopped(TypedDict):
    """Whether all flows stand still now."""

    stopped: bool


@action("flows.stop_all", params=StopAll, permission="automation")
def stop_all(ctx: Context, params: StopAll) -> AllStopped:
    """Have every flow stand still: what is set off meanwhile is begun, and waits with the others."""
    rows = ctx.run(
        "UPDATE sys_automation SET stopped_at = $1, stopped_by = $2 WHERE stopped_at IS NULL RETURNING one",
        [ctx.now, ctx.author],
    )
    if rows:
        flows_changed(ctx)
        note(ctx, STOPPED)
    return {"stopped": True}


@action("flows.resume_all", params=StopAll, permission="automation")
def resume_all(ctx: Context, params: StopAll) -> AllStopped:
    """Have every flow go on where it stands."""
    rows = ctx.run(
        "UPDATE sys_automation SET stopped_at = NULL, stopped_by = NULL WHERE stopped_at IS NOT NULL RETURNING one"
    )
    if rows:
        flows_changed(ctx)
        note(ctx, RESUMED)
        wake(ctx)
    return {"stopped": False}
