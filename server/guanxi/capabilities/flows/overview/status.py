"""How automation goes: figures of each flow, what is behind, secrets and addresses by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from guanxi.capabilities.flows.live import live
from guanxi.capabilities.flows.overview.shapes import (
    ConsumerLag,
    FlowFigures,
    FlowHook,
    FlowSecret,
    FlowStatus,
)
from guanxi.capabilities.flows.told import instant, instant_or_none
from guanxi.capabilities.flows.triggers.asked import BY_HOOK
from guanxi.engine.context import Context
from guanxi.engine.feed.places import lags
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records import reads
from guanxi.engine.records.titles import reference, titles
from guanxi.infra.errors import BadRequest

MOST_DAYS = 90


def status(ctx: Context, days: int) -> FlowStatus:
    """How automation goes, over so many days."""
    if not 1 <= days <= MOST_DAYS:
        raise BadRequest("query.bad_limit", {"limit": MOST_DAYS})
    since = ctx.now - timedelta(days=days)
    ((stopped, percent, least),) = ctx.run(
        "SELECT stopped_at IS NOT NULL, failure_percent, failure_least FROM sys_automation"
    )
    ((due, oldest),) = ctx.run(
        "SELECT count(*), min(wake_at) FROM (SELECT wake_at FROM sys_token WHERE wake_at <= $1 LIMIT 10000) t",
        [ctx.now],
    )
    ((unsent,),) = ctx.run("SELECT count(*) FROM sys_effect WHERE next_at IS NOT NULL")
    ((given_up,),) = ctx.run("SELECT count(*) FROM sys_effect WHERE state = 'failed' AND updated_at >= $1", [since])
    return {
        "days": days, "stopped": stopped, "failure_percent": percent, "failure_least": least,
        "due": due, "oldest": instant_or_none(oldest), "unsent": unsent, "unsent_failed": given_up,
        "consumers": _consumers(ctx), "flows": _figures(ctx, since),
    }  # fmt: skip


def _consumers(ctx: Context) -> list[ConsumerLag]:
    return [
        {"name": one.name, "waiting": one.waiting, "since": instant_or_none(one.since), "held": one.held}
        for one in lags(ctx)
    ]


def _figures(ctx: Context, since: datetime) -> list[FlowFigures]:
    """Of every flow that the actor may see, those that fail most first."""
    shown = reads.native(ctx, "flow", reads.ids(ctx, "flow", None), ["name", "state"])
    counted = {
        flow: rest
        for flow, *rest in ctx.run(
            "SELECT flow, count(*), count(*) FILTER (WHERE state IN ('failed', 'refused')),"
            " avg(extract(epoch FROM ended_at - started_at)) FILTER (WHERE state IN ('done', 'stopped')), max(started_at)"
            " FROM sys_run WHERE started_at >= $1 GROUP BY flow",
            [since],
        )
    }
    unended = dict(ctx.run("SELECT flow, count(*) FROM sys_run WHERE ended_at IS NULL GROUP BY flow"))
    mails = dict(
        ctx.run(
            "SELECT r.flow, count(*) FROM sys_run r JOIN sys_effect e ON e.run = r.id"
            " WHERE r.started_at >= $1 AND e.kind = 'mail' AND e.state = 'done' GROUP BY r.flow",
            [since],
        )
    )
    found: list[FlowFigures] = []
    for id_, row in shown.items():
        runs, failed, seconds, last = counted.get(id_, (0, 0, None, None))
        found.append(
            {
                "flow": {"id": str(id_), "title": row["name"]}, "state": row["state"], "runs": runs, "failed": failed,
                "open": unended.get(id_, 0), "seconds": None if seconds is None else round(float(seconds), 3),
                "mails": mails.get(id_, 0), "last_at": instant_or_none(last),
            }
        )  # fmt: skip
    return sorted(found, key=lambda one: (-one["failed"], -one["runs"], one["flow"]["title"] or ""))


def secrets(ctx: Context) -> list[FlowSecret]:
    """The secrets that flows may send, each with the flows that name it, as they are on or being written."""
    rows = ctx.run("SELECT name, host, note, updated_at, updated_by FROM sys_secret ORDER BY name")
    used = _used(ctx)
    people = titles(ctx, {("member", row[4]) for row in rows if row[4]})
    return [
        {
            "name": name, "host": host, "note": note, "updated_at": instant(at),
            "updated_by": cast("Reference", reference(people, "member", by)) if by else None,
            "used_in": used.get(name, []),
        }
        for name, host, note, at, by in rows
    ]  # fmt: skip


def _used(ctx: Context) -> Mapping[str, list[Reference]]:
    """By the name of a secret the flows that name it, as far as the actor may see them."""
    found: dict[str, list[Reference]] = {}
    drafts = reads.native(ctx, "flow", reads.ids(ctx, "flow", None), ["name", "definition"])
    flows = live(ctx).flows
    for id_, row in drafts.items():
        flow = flows.get(id_)
        published = [one.settings for one in flow.version.definition.nodes.values()] if flow and flow.version else []
        for name in {*_named(row["definition"]), *_named(published)}:
            found.setdefault(name, []).append({"id": str(id_), "title": row["name"]})
    return found


def _named(value: Any) -> Iterator[str]:
    """Names that stand beside ``secret`` anywhere in a definition."""
    if isinstance(value, Mapping):
        if isinstance(value.get("secret"), str):
            yield value["secret"]
        for one in value.values():
            yield from _named(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _named(one)


def hooks(ctx: Context) -> list[FlowHook]:
    """Triggers of published flows that an address starts, of the flows that the actor may see."""
    made = {
        (flow, trigger): (at, by)
        for flow, trigger, at, by in ctx.run("SELECT flow, trigger, made_at, made_by FROM sys_flow_hook")
    }
    shown = reads.native(ctx, "flow", reads.ids(ctx, "flow", None), ["name"])
    people = titles(ctx, {("member", by) for _, by in made.values() if by})
    found: list[FlowHook] = []
    for flow in live(ctx).flows.values():
        for one in flow.version.definition.triggers if flow.version and flow.id in shown else ():
            if one.kind != BY_HOOK:
                continue
            at, by = made.get((flow.id, one.id), (None, None))
            found.append(
                {
                    "flow": {"id": str(flow.id), "title": flow.name}, "trigger": one.id, "is_on": flow.is_on,
                    "made_at": instant_or_none(at),
                    "made_by": cast("Reference", reference(people, "member", by)) if by else None,
                }
            )  # fmt: skip
    return sorted(found, key=lambda one: (one["flow"]["title"] or "", one["trigger"]))
