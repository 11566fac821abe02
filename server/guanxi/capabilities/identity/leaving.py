"""Members whose last day has passed are deactivated at night."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from guanxi.capabilities.identity.hooks.member_guards import LEFT
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Workspace, work
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import Refusal
from guanxi.infra.jobs.nightly import nightly
from guanxi.kit import clock

log = logging.getLogger("guanxi.identity")


@nightly("identity.leavers")
def deactivate_leavers() -> None:
    """Close the way in of everybody who left before today, as it is in the time zone of their workspace."""
    for row in WorkspaceRow.objects.order_by("pk"):
        deactivate_leavers_of(engine_workspace(row), datetime.now(UTC))


def deactivate_leavers_of(workspace: Workspace, now: datetime) -> int:
    """Deactivate the leavers of one workspace, each by themselves; the number of those who were.

    Whoever cannot go, such as the last administrator, stays and is tried again the next night.
    """
    today = clock.today(ZoneInfo(workspace.time_zone), now)
    where = {
        "and": [
            {"field": "status", "op": "ne", "value": LEFT},
            {"field": "left_on", "op": "lt", "value": today.isoformat()},
        ]
    }
    with work(workspace, SYSTEM, via="job") as ctx:
        leavers = reads.ids(ctx, "member", where)
    gone = 0
    for member in leavers:
        try:
            with work(workspace, SYSTEM, via="job", label={"action": "identity.deactivate_member"}, now=now) as ctx:
                writes.update(ctx, "member", [writes.Change(member, {"status": LEFT})])
        except Refusal as refusal:
            log.warning("member %s of %s cannot leave: %s", member, workspace.slug, refusal)
        else:
            gone += 1
    return gone
