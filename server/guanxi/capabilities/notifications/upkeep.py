"""Notifications are thrown away at night: some time after they were read, and later whether or not they were."""

from __future__ import annotations

from datetime import timedelta

from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Workspace, work
from guanxi.infra.jobs.nightly import nightly

READ_KEPT = timedelta(days=90)
KEPT = timedelta(days=365)


@nightly("notifications.old")
def forget_old() -> None:
    """Delete what is old in every workspace."""
    for row in WorkspaceRow.objects.order_by("pk"):
        forget_old_of(engine_workspace(row))


def forget_old_of(workspace: Workspace) -> None:
    """Delete what is old in one workspace."""
    with work(workspace, SYSTEM, via="job") as ctx:
        ctx.run(
            "DELETE FROM sys_notification WHERE read_at < $1 OR created_at < $2",
            [ctx.now - READ_KEPT, ctx.now - KEPT],
        )
