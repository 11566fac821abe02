"""At most so many runs of a flow at once, in all or for each record: later ones wait for one of those to end.

    {"at_once": {"most": 1, "by": "record"}}   in the flow's definition; "by" is "flow" or "record"

Beginnings and endings of such a flow's runs hold one lock, so that no ending misses a run that begins to wait meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from guanxi.capabilities.flows.live import Flow
from guanxi.engine.context import Context

BY_FLOW, BY_RECORD = "flow", "record"


def queue_of(flow: UUID, record: UUID | None, by: str) -> str:
    """What a run waits for that waits for its turn."""
    return f"turn:{flow}:{record if by == BY_RECORD else '-'}"


def is_queued(corr: str | None) -> bool:
    """Whether that is what a token waits for."""
    return corr is not None and corr.startswith("turn:")


def waiting(ctx: Context, starts: Sequence[tuple[UUID, Flow, UUID | None]]) -> Mapping[UUID, str]:
    """Of runs that were just begun, (run, flow, record), those that wait for their turn, with what they wait for."""
    crowded = [
        (run, flow, record, flow.version.definition.at_once)
        for run, flow, record in starts
        if flow.version is not None and flow.version.definition.at_once is not None
    ]
    if not crowded:
        return {}
    _lock(ctx, {flow.id for _, flow, _, _ in crowded})
    mine = {run for run, *_ in crowded}
    rows = ctx.run(
        "SELECT r.flow, r.record, count(*) FROM sys_run r WHERE r.flow = ANY($1::uuid[]) AND r.ended_at IS NULL"
        " AND r.id <> ALL($2::uuid[]) AND NOT EXISTS (SELECT 1 FROM sys_token t WHERE t.run = r.id AND t.corr LIKE 'turn:%')"
        " GROUP BY r.flow, r.record",
        [list({flow.id for _, flow, _, _ in crowded}), list(mine)],
    )
    going: Counter[str] = Counter()
    for flow, record, count in rows:
        for by in (BY_FLOW, BY_RECORD):
            going[queue_of(flow, record, by)] += count
    found = {}
    for run, flow, record, (most, by) in crowded:
        queue = queue_of(flow.id, record, by)
        if going[queue] >= most:
            found[run] = queue
        else:
            going[queue] += 1
    return found


def ended(ctx: Context, flows: Mapping[UUID, tuple[int, str]], runs: Sequence[tuple[UUID, UUID | None]]) -> None:
    """Have as many go on as have ended, (flow, record), of flows that let in so many at once, those that wait longest."""
    freed = Counter(queue_of(flow, record, flows[flow][1]) for flow, record in runs if flow in flows)
    if not freed:
        return
    _lock(ctx, {flow for flow, _ in runs if flow in flows})
    for queue, count in freed.items():
        ctx.run(
            "UPDATE sys_token SET corr = NULL, wake_at = $2 WHERE id IN (SELECT id FROM sys_token WHERE corr = $1"
            " ORDER BY id LIMIT $3::int)",
            [queue, ctx.now, count],
        )


def let_all_in(ctx: Context, flow: UUID) -> None:
    """Have all runs of a flow go on that wait for their turn: another number holds from now on."""
    ctx.run("UPDATE sys_token SET corr = NULL, wake_at = $2 WHERE corr LIKE $1", [f"turn:{flow}:%", ctx.now])


def _lock(ctx: Context, flows: set[UUID]) -> None:
    for flow in sorted(flows):
        ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [f"{ctx.workspace.schema} {flow}"])
