"""Stored computed values of other records that an import leaves for its end, and who works them out if it has none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import CatalogMoved, Context, Workspace, work
from guanxi.engine.records import stale
from guanxi.infra.jobs import enqueue, job

CATCH_UP = timedelta(minutes=10)
"""So old the stored computed values of other records may become during a run."""
DEAD = timedelta(hours=1)
"""A run without any progress for so long has been given up."""


@job("transfer.catch_up")
def catch_up_job(payload: Mapping[str, Any]) -> None:
    """Work out what a run has left for its end, now and then while it goes on, and once when it was given up."""
    workspace, import_id = Workspace(**payload["workspace"]), UUID(payload["import"])
    open_work = partial(work, workspace, SYSTEM, via="job")
    with open_work() as ctx:
        until = ctx.now
        goes_on = ctx.run(
            "SELECT 1 FROM sys_import WHERE id = $1 AND state IN ('running', 'checking') AND updated_at > $2",
            [import_id, until - DEAD],
        )
    while caught_up(open_work, until):
        pass
    if goes_on:
        look_after(workspace, import_id)
    else:
        give_up(open_work, import_id)


def give_up(open_work: Callable[[], AbstractContextManager[Context]], import_id: UUID) -> None:
    """Tell of a run that nobody works at any more that it has failed; what it wrote stays, and can be undone.

    A run that comes back after all finds that it is over.
    """
    with open_work() as ctx:
        ctx.run(
            "UPDATE sys_import SET state = 'failed', stop = false, error = $2::jsonb, updated_at = $3"
            " WHERE id = $1 AND state IN ('running', 'checking') AND updated_at <= $4",
            [import_id, '{"code": "transfer.given_up", "params": {}}', ctx.now, ctx.now - DEAD],
        )


def look_after(workspace: Workspace, import_id: UUID) -> None:
    """Have what the run marks worked out in a while, whatever becomes of the run."""
    with work(workspace, SYSTEM, via="job") as ctx:
        payload = {"workspace": asdict(workspace), "import": str(import_id)}
        enqueue("transfer.catch_up", payload, run_at=ctx.now + CATCH_UP)


def caught_up(open_work: Callable[[], AbstractContextManager[Context]], until: datetime) -> bool:
    """Work out the next values that wait, in a unit of work of their own; False when there are none."""
    try:
        with open_work() as ctx:
            return stale.catch_up(ctx, until)
    except CatalogMoved:
        return True
