"""From times to runs: what has become due since a flow was asked last is begun, once however often it is asked.

A trigger's place begins when its flow is published or switched on: what was due before stays as it is, unless the
trigger asks for that too. Another wording of the trigger begins anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from guanxi.capabilities.flows import runs
from guanxi.capabilities.flows.conditions import NOT_ASKABLE
from guanxi.capabilities.flows.definition import Trigger
from guanxi.capabilities.flows.live import Flow, Live, live
from guanxi.capabilities.flows.matching import actor_of
from guanxi.capabilities.flows.overview import alerting
from guanxi.capabilities.flows.runs import Begin
from guanxi.capabilities.flows.timing import OVERLAP
from guanxi.capabilities.flows.triggers.base import Due, time_triggers
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.objects.model import Object

_Key = tuple[UUID, str]


@dataclass(frozen=True)
class _Place:
    """How far a trigger was asked. What was due before ``began_at`` is none of it; None: nothing is left out."""

    asks: str
    swept_to: datetime
    began_at: datetime | None


def sweep(workspace: Workspace) -> int:
    """Begin what has become due, each flow in a transaction of its own; how many runs were begun."""
    with work(workspace, SYSTEM, via="system") as ctx:
        _keep_places(ctx, live(ctx))
        ready = _ready(ctx, live(ctx), _places(ctx))
    begun = 0
    for flow, trigger in ready:
        try:
            with work(workspace, SYSTEM, via="system") as ctx:
                begun += _begin_due(ctx, flow, trigger)
        except NOT_ASKABLE as error:
            with work(workspace, SYSTEM, via="system") as ctx:
                _pass_over(ctx, flow, trigger)
                alerting.not_askable(ctx, flow, error)
    return begun


def _pass_over(ctx: Context, flow: Flow, trigger: Trigger) -> None:
    """Ask a trigger again when its time comes next, though it could not be asked now."""
    ctx.run("UPDATE sys_flow_sweep SET swept_to = $3 WHERE flow = $1 AND trigger = $2", [flow.id, trigger.id, ctx.now])


def next_sweep(ctx: Context) -> datetime | None:
    """When a trigger is to be asked next."""
    found = live(ctx)
    places = _places(ctx) if _timed(found) else {}
    times = [
        _next_at(ctx, flow, trigger, places[flow.id, trigger.id])
        for flow, trigger in _timed(found)
        if (flow.id, trigger.id) in places
    ]
    return min((one for one in times if one is not None), default=None)


def _timed(found: Live) -> Sequence[tuple[Flow, Trigger]]:
    kinds = time_triggers()
    return [
        (flow, trigger)
        for flow in found.flows.values()
        if flow.is_on and flow.version is not None
        for trigger in flow.version.definition.triggers
        if trigger.kind in kinds
    ]


def _object(ctx: Context, flow: Flow) -> Object | None:
    return ctx.snapshot.objects.get((flow.version and flow.version.definition.object) or "")


def _next_at(ctx: Context, flow: Flow, trigger: Trigger, place: _Place) -> datetime | None:
    kind = time_triggers()[trigger.kind]
    if place.began_at is None and place.swept_to <= _START:
        return ctx.now
    return kind.next_at(_object(ctx, flow), trigger, place.swept_to, ctx.env.time_zone)


def _ready(ctx: Context, found: Live, places: Mapping[_Key, _Place]) -> list[tuple[Flow, Trigger]]:
    ready = []
    for flow, trigger in _timed(found):
        at = _next_at(ctx, flow, trigger, places[flow.id, trigger.id])
        if at is not None and at <= ctx.now:
            ready.append((flow, trigger))
    return ready


def _begin_due(ctx: Context, flow: Flow, trigger: Trigger) -> int:
    """Ask one trigger, and move its place; nothing when another worker is asking it."""
    rows = ctx.run(
        "SELECT asks, swept_to, began_at FROM sys_flow_sweep WHERE flow = $1 AND trigger = $2 AND asks = $3"
        " FOR UPDATE SKIP LOCKED",
        [flow.id, trigger.id, _asks(flow, trigger)],
    )
    if not rows:
        return 0
    place = _Place(*rows[0])
    since = place.swept_to - OVERLAP
    if place.began_at is not None:
        since = max(since, place.began_at)
    from_ever = place.began_at is None and place.swept_to <= _START
    begun = 0
    kind = time_triggers()[trigger.kind]
    for some in kind.due(ctx, _object(ctx, flow), trigger, None if from_ever else since, ctx.now):
        begun += len(runs.begin(ctx, [_begin(flow, trigger, one) for one in some]))
    ctx.run("UPDATE sys_flow_sweep SET swept_to = $3 WHERE flow = $1 AND trigger = $2", [flow.id, trigger.id, ctx.now])
    return begun


def _begin(flow: Flow, trigger: Trigger, due: Due) -> Begin:
    actor, error = actor_of(flow, None)
    return Begin(
        flow=flow,
        key=f"{flow.id} {trigger.id} {due.record or '-'} {due.at.timestamp():.6f}",
        cause={"trigger": trigger.id, "kind": trigger.kind, "at": due.at.isoformat()},
        object=flow.version.definition.object if flow.version and due.record else None,
        record=due.record,
        actor=actor,
        error=error,
    )


def _places(ctx: Context) -> dict[_Key, _Place]:
    rows = ctx.run("SELECT flow, trigger, asks, swept_to, began_at FROM sys_flow_sweep")
    return {(flow, trigger): _Place(*place) for flow, trigger, *place in rows}


_START = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _keep_places(ctx: Context, found: Live) -> None:
    """Have a place for every trigger that is on, and none for any other."""
    known = _places(ctx)
    wanted = {(flow.id, trigger.id): (flow, trigger) for flow, trigger in _timed(found)}
    asked = {key: _asks(*one) for key, one in wanted.items()}
    gone = [key for key, place in known.items() if asked.get(key) != place.asks]
    if gone:
        ctx.run(
            "DELETE FROM sys_flow_sweep s USING unnest($1::uuid[], $2::text[]) AS v(flow, trigger)"
            " WHERE s.flow = v.flow AND s.trigger = v.trigger",
            [[flow for flow, _ in gone], [trigger for _, trigger in gone]],
        )
    new = [key for key in wanted if key not in known or key in gone]
    if new:
        already = [bool(wanted[key][1].settings.get("already")) for key in new]
        ctx.run(
            "INSERT INTO sys_flow_sweep (flow, trigger, asks, swept_to, began_at)"
            " SELECT v.flow, v.trigger, v.asks, v.swept_to, v.began_at FROM"
            " unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[])"
            " AS v(flow, trigger, asks, swept_to, began_at) ON CONFLICT (flow, trigger) DO NOTHING",
            [
                [flow for flow, _ in new], [trigger for _, trigger in new], [asked[key] for key in new],
                [_START if one else ctx.now for one in already], [None if one else ctx.now for one in already],
            ],
        )  # fmt: skip


def _asks(flow: Flow, trigger: Trigger) -> str:
    """What a trigger asks, told apart from another wording."""
    said = [flow.version and flow.version.definition.object, trigger.kind, trigger.settings]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()
