"""Ended runs are thrown away at night, some time after they ended, and with them what they sent."""

from __future__ import annotations

from datetime import timedelta

from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Workspace, work
from guanxi.infra.jobs.nightly import nightly

KEPT = timedelta(days=90)
BATCH = 5_000


@nightly("flows.ended_runs")
def forget_ended() -> None:
    """In every workspace."""
    for row in WorkspaceRow.objects.order_by("pk"):
        forget_ended_of(engine_workspace(row))


def forget_ended_of(workspace: Workspace) -> int:
    """In one workspace, batch by batch; how many runs."""
    count, more = 0, True
    while more:
        with work(workspace, SYSTEM, via="job") as ctx:
            rows = ctx.run(
                "DELETE FROM sys_run WHERE id IN (SELECT id FROM sys_run WHERE ended_at < $1 LIMIT $2::int)"
                " RETURNING id",
                [ctx.now - KEPT, BATCH],
            )
            ctx.run("DELETE FROM sys_effect WHERE run IS NULL AND next_at IS NULL")
        count, more = count + len(rows), len(rows) == BATCH
    return count
