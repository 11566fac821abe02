"""Offers whose last day has passed run out, in every workspace."""

from __future__ import annotations

import logging

from guanxi.areas.quotes.rules import states
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Workspace, work
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.jobs.regular import regular

log = logging.getLogger("guanxi.quotes")


def expire(workspace: Workspace) -> int:
    """How many sent quotes of a workspace ran out."""
    with work(workspace, SYSTEM, via="job") as ctx:
        where = {
            "and": [
                {"field": "status", "op": "eq", "value": states.SENT},
                {"field": "valid_until", "op": "lt", "value": ctx.today.isoformat()},
            ]
        }
        over = reads.ids(ctx, "quote", where)
        if over:
            writes.update(ctx, "quote", [Change(one, {"status": states.EXPIRED}) for one in over])
        return len(over)


@regular("quotes.expire")
def expire_everywhere() -> None:
    """In every workspace; one that fails holds up none of the others."""
    for row in WorkspaceRow.objects.order_by("pk"):
        try:
            expire(engine_workspace(row))
        except Exception:
            log.exception("the quotes of %s could not be looked at", row.slug)
