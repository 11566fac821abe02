"""How fast a flow starts: as many runs at once as a change of very many records asks for, then so many a minute; one
that asks for more for long is paused, and its owner told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows.live import ACTIVE, PAUSED, Flow
from guanxi.capabilities.notifications.telling import Notice, notify
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.i18n import sentence

AT_ONCE = 10_000
"""Starts of one flow that do not wait, such as those of a list that is changed as a whole."""
A_MINUTE = 500
"""Starts beyond: they are begun and wait for their turn."""
SPACE = timedelta(minutes=1) / A_MINUTE
PATIENCE = 10
"""Minutes, one after the other, in each of which more than that may be asked for."""


def turns(ctx: Context, flows: Sequence[Flow]) -> list[datetime]:
    """When each of some starts may begin, in their order."""
    ids = sorted({flow.id for flow in flows})
    if not ids:
        return []
    minute = ctx.now.replace(second=0, microsecond=0)
    ctx.run(
        "INSERT INTO sys_flow_rate (flow, paced_to, minute, starts, over)"
        " SELECT flow, $2, $3, 0, 0 FROM unnest($1::uuid[]) AS v(flow) ON CONFLICT (flow) DO NOTHING",
        [ids, ctx.now, minute],
    )
    known = {
        flow: rest
        for flow, *rest in ctx.run(
            "SELECT flow, paced_to, minute, starts, over FROM sys_flow_rate WHERE flow = ANY($1::uuid[])"
            " ORDER BY flow FOR UPDATE",
            [ids],
        )
    }
    paced = {flow: max(rest[0], ctx.now) for flow, rest in known.items()}
    found = []
    ahead, counts = SPACE * AT_ONCE, Counter(flow.id for flow in flows)
    for flow in flows:
        turn = paced[flow.id]
        found.append(max(ctx.now, turn - ahead))
        paced[flow.id] = turn + SPACE
    minutes = {id_: _counted(known[id_][1:], minute, counts[id_]) for id_ in ids}
    ctx.run(
        "UPDATE sys_flow_rate r SET paced_to = v.paced_to, minute = $3, starts = v.starts, over = v.over"
        " FROM unnest($1::uuid[], $2::timestamptz[], $4::int[], $5::int[]) AS v(flow, paced_to, starts, over)"
        " WHERE r.flow = v.flow",
        [
            ids, [paced[id_] for id_ in ids], minute, [minutes[id_][0] for id_ in ids],
            [minutes[id_][1] for id_ in ids],
        ],
    )  # fmt: skip
    _pause(ctx, {flow.id: flow for flow in flows if minutes[flow.id][1] >= PATIENCE})
    return found


def _counted(known: Sequence[Any], minute: datetime, more: int) -> tuple[int, int]:
    """The starts of this minute, and how many minutes right before it had too many."""
    last, starts, over = known
    if last == minute:
        return starts + more, over
    if last == minute - timedelta(minutes=1) and starts > A_MINUTE:
        return more, over + 1
    return more, 0


def _pause(ctx: Context, flows: dict[UUID, Flow]) -> None:
    system = ctx.as_system()
    states = reads.native(system, "flow", list(flows), ["state"]) if flows else {}
    for id_, flow in flows.items():
        if states.get(id_, {}).get("state") != ACTIVE:
            continue
        writes.update(system, "flow", [writes.Change(id_, {"state": PAUSED})])
        if flow.owner is not None:
            title = sentence("flows.paused_title", {"flow": flow.name}, ctx.language)
            body = sentence("flows.paused_body", {"limit": A_MINUTE, "minutes": PATIENCE}, ctx.language)
            notify(ctx, [Notice(flow.owner, "flow", title, body, object="flow", record=id_)])
