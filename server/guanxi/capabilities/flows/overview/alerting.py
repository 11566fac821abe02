"""Telling the owner and those who look after automation when a flow fails more often than it may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.capabilities.flows import people
from guanxi.capabilities.flows.live import Flow, live
from guanxi.capabilities.notifications.telling import Notice, notify
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.actions import action
from guanxi.engine.audit import note
from guanxi.engine.audit.kinds import kind
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.objects.computed.problems import BadFormula
from guanxi.infra.errors import FieldError, Invalid
from guanxi.infra.i18n import sentence

OVER = timedelta(hours=1)
"""Runs that began so long ago at most are counted."""
AGAIN = timedelta(hours=6)
"""So long nobody is told of the same flow again."""
MOST_LEAST = 100_000
LIMITS = kind("flow_limits_set", "settings").key


@dataclass(frozen=True)
class SetLimits:
    """From which share of failed runs on somebody is told, and how many have to fail for that at least."""

    failure_percent: int
    failure_least: int


class Limits(TypedDict):
    """The limits from now on."""

    failure_percent: int
    failure_least: int


@action("flows.set_limits", params=SetLimits, permission="automation")
def set_limits(ctx: Context, params: SetLimits) -> Limits:
    """Say when a flow fails so often that its owner and those who look after automation are told."""
    errors = [
        FieldError(name, "flows.bad_limit", {"limit": highest})
        for name, value, highest in (
            ("failure_percent", params.failure_percent, 100), ("failure_least", params.failure_least, MOST_LEAST),
        )
        if not 1 <= value <= highest
    ]  # fmt: skip
    if errors:
        raise Invalid(errors)
    limits: Limits = {"failure_percent": params.failure_percent, "failure_least": params.failure_least}
    ctx.run("UPDATE sys_automation SET failure_percent = $1, failure_least = $2", list(limits.values()))
    note(ctx, LIMITS, details=limits)
    return limits


def look(workspace: Workspace) -> int:
    """Tell of flows that fail too often and of which nobody was told lately; how many they are."""
    with work(workspace, SYSTEM, via="system") as ctx:
        ((percent, least),) = ctx.run("SELECT failure_percent, failure_least FROM sys_automation")
        often = ctx.run(
            "SELECT f.flow, f.count FROM (SELECT flow, count(*) FROM sys_run WHERE state = 'failed' AND started_at >= $1"
            " GROUP BY flow HAVING count(*) >= $2::int) f LEFT JOIN sys_flow_alert a USING (flow)"
            " WHERE a.told_at IS NULL OR a.told_at < $3",
            [ctx.now - OVER, least, ctx.now - AGAIN],
        )
        told = 0
        for flow, failed in often:
            ((runs,),) = ctx.run(
                "SELECT count(*) FROM sys_run WHERE flow = $1 AND started_at >= $2", [flow, ctx.now - OVER]
            )
            if failed * 100 >= runs * percent:
                ctx.run(
                    "INSERT INTO sys_flow_alert (flow, looked_at, told_at) VALUES ($1, $2, $2)"
                    " ON CONFLICT (flow) DO UPDATE SET looked_at = excluded.looked_at, told_at = excluded.told_at",
                    [flow, ctx.now],
                )
                _tell(ctx, flow, failed, runs)
                told += 1
        return told


def not_askable(ctx: Context, flow: Flow, error: Exception) -> None:
    """Tell that a flow cannot be set off any more, since it asks of something that is gone; once in some hours."""
    said = error.as_value() if isinstance(error, BadFormula) else error
    code, params = getattr(said, "code", "flows.broken"), getattr(said, "params", {"error": str(error)[:200]})
    rows = ctx.run(
        "INSERT INTO sys_flow_alert (flow, looked_at, told_at) VALUES ($1, $2, $2) ON CONFLICT (flow) DO UPDATE"
        " SET looked_at = excluded.looked_at, told_at = excluded.told_at"
        " WHERE sys_flow_alert.told_at IS NULL OR sys_flow_alert.told_at < $3 RETURNING flow",
        [flow.id, ctx.now, ctx.now - AGAIN],
    )
    if rows:
        title = sentence("flows.not_askable_title", {"flow": flow.name}, ctx.language)
        _notify(ctx, flow, title, sentence(code, params, ctx.language))


def _tell(ctx: Context, id_: UUID, failed: int, runs: int) -> None:
    flow = live(ctx).flows.get(id_)
    if flow is not None:
        title = sentence("flows.fails_title", {"flow": flow.name}, ctx.language)
        _notify(ctx, flow, title, sentence("flows.fails_body", {"failed": failed, "runs": runs}, ctx.language))


def _notify(ctx: Context, flow: Flow, title: str, body: str) -> None:
    """The owner, and those who look after automation."""
    whom = [*([flow.owner] if flow.owner and people.works_here(ctx, flow.owner) else []), *people.administrators(ctx)]
    notify(ctx, [Notice(one, "flow", title, body, object="flow", record=flow.id) for one in dict.fromkeys(whom)])
