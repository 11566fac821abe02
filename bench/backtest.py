"""A back-test of thirty days with a million changes: a log of that size is written, gone through, and taken back."""

from __future__ import annotations

import gc
import time
from typing import Any
from uuid import UUID

from bench import build
from bench.measure import Floor, Result, Session
from bench.world import Size

DAYS = 30
CHANGES = 1_000_000
EACH = 5
"""Changes of one opportunity."""
WITHIN_MS = 60_000
BIG = {"where": {"field": "amount", "op": "gt", "value": 400_000}}
RULE: dict[str, Any] = {
    "object": "opportunity",
    "triggers": [
        {"id": "t1", "kind": "record.updated", "settings": {"fields": ["name"], "where": BIG}},
        {"id": "t2", "kind": "record.idle", "settings": {"time": {"amount": 3, "unit": "days"}, "where": BIG}},
    ],
    "start": "n1",
    "nodes": [
        {
            "id": "n1", "kind": "branch", "next": {"high": "n2", "else": "n3"},
            "settings": {
                "branches": [
                    {"port": "high", "when": {"where": {"field": "amount", "op": "gt", "value": 450_000}}},
                ]
            },
        },
        {
            "id": "n2", "kind": "notify", "next": {"out": "n3"},
            "settings": {"people": [{"kind": "owner"}], "subject": "{name}"},
        },
        {
            "id": "n3", "kind": "task", "next": {},
            "settings": {"people": [{"kind": "owner"}], "subject": "{name}", "priority": "high"},
        },
    ],
}  # fmt: skip
_LOG = (
    "INSERT INTO sys_change (at, change_set, actor, via, object, record, op, rev, diff)"
    " SELECT $1::timestamptz - make_interval(secs => ($2::float * 86400) * (n - 1 + random()) / $3::int), gen_random_uuid(),"
    " NULL, 'system', 'opportunity', o.id, 'update', o.rev,"
    " jsonb_build_object('name', jsonb_build_array(o.name || n, o.name || (n - 1)))"
    " FROM (SELECT id, rev, name FROM rec_opportunity WHERE deleted_at IS NULL ORDER BY id LIMIT $4::int) o"
    " CROSS JOIN generate_series($3::int, 1, -1) AS n"
)


def backtest(_session: Session, _floor: Floor, _actor: str, _rounds: int, size: Size) -> list[Result]:
    """One rule with a change trigger and a time trigger; its steps are thought through for every run."""
    from guanxi.app.areas import registry
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.identity.organisation import engine_workspace

    registry()
    took, found = measured(
        engine_workspace(Workspace.objects.get(slug=build.SLUG)), min(CHANGES, size.opportunities * EACH)
    )
    note = f"{found['starts']:,} runs of {DAYS} days would have begun; at most {WITHIN_MS} ms for {CHANGES:,} changes"
    rate = found["changes"] / took * 1000
    return [Result(f"back-test of {DAYS} days", "system", found["changes"], took, took, rate=rate, note=note)]


def measured(workspace: Any, changes: int) -> tuple[float, dict[str, Any]]:
    """How many milliseconds it takes, and what it finds."""
    from guanxi.capabilities.flows.backtest.running import Asked, Backtest
    from guanxi.capabilities.flows.definition import read
    from guanxi.capabilities.flows.live import Flow
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work

    gc.set_threshold(50_000, 20, 50)  # as in the worker
    flow = Flow(UUID(int=1), "bench", None, "draft", None, own_effects=False)
    with work(workspace, SYSTEM, via="system", kept=False) as ctx:
        ctx.run(_LOG, [ctx.now, DAYS, EACH, changes // EACH])
        ctx.run("ANALYZE sys_change")
        begin = time.perf_counter()
        found = Backtest(ctx, Asked(flow, read(RULE)[0], DAYS)).run()
        return (time.perf_counter() - begin) * 1000, found
