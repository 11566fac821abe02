"""One round of a workspace's automation: ask what time has come for, tell what changed, do and send what is due."""

from __future__ import annotations

from datetime import datetime

from guanxi.capabilities.flows.executor import work_off
from guanxi.capabilities.flows.next_due import next_due
from guanxi.capabilities.flows.overview import alerting
from guanxi.capabilities.flows.sending import look_again, send_due
from guanxi.capabilities.flows.sweeping import next_sweep, sweep
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Workspace, work
from guanxi.engine.feed.telling import catch_up


def do_round(workspace: Workspace) -> datetime | None:
    """Go on until nothing is left to be told or done now; when something is due next.

    What is being sent is not waited for: its answers are taken down in one of the next rounds.
    """
    sweep(workspace)
    while catch_up(workspace) + work_off(workspace) + send_due(workspace):
        pass
    alerting.look(workspace)
    with work(workspace, SYSTEM, via="system") as ctx:
        due = min((one for one in (next_due(ctx), next_sweep(ctx)) if one is not None), default=None)
        return look_again(workspace, due, ctx.now)
