"""Measures of automation: what it costs to ask a million records whose time has come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from bench import build
from bench.measure import Floor, Result, Session
from bench.world import Size

IDLE = {
    "time": {"amount": 3, "unit": "days"},
    "where": {"where": {"field": "amount", "op": "gt", "value": 1_000_000}},
}
"""The amount is above 1,000,000, and nobody has updated the opportunity for three days."""
WITHIN_MS = 3000
"""How long a sweep may take, whatever it finds."""

Case = Callable[[Session, Floor, str, int, Size], list[Result]]


def cases(actor: str) -> Iterator[tuple[str, Case]]:
    """Names and cases for one actor; automation acts for nobody, and is measured once."""
    if actor == "manager":
        yield "sweep of idle opportunities", sweep


def sweep(_session: Session, _floor: Floor, _actor: str, rounds: int, size: Size) -> list[Result]:
    """A sweep of the last minutes, as it is done every minute, and one of all that was due before."""
    from guanxi.app.areas import registry
    from guanxi.capabilities.flows.definition import Trigger
    from guanxi.capabilities.flows.triggers.base import time_triggers
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.identity.organisation import engine_workspace
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work

    registry()
    kind, trigger = time_triggers()["record.idle"], Trigger("bench", "record.idle", IDLE)
    workspace = engine_workspace(Workspace.objects.get(slug=build.SLUG))

    def once(back: timedelta | None) -> tuple[float, int]:
        with work(workspace, SYSTEM, via="system", kept=False) as ctx:
            obj: Any = ctx.snapshot.object("opportunity")
            begin = time.perf_counter()
            since = ctx.now - back if back else None
            count = sum(len(part) for part in kind.due(ctx, obj, trigger, since, ctx.now))
            return (time.perf_counter() - begin) * 1000, count

    found = []
    for name, back, times in (("a minute", timedelta(minutes=6), rounds), ("everything", None, 3)):
        taken = sorted(once(back) for _ in range(max(times, 1)))
        p50, p95 = taken[len(taken) // 2][0], taken[int(len(taken) * 0.95)][0]
        note = f"{taken[0][1]:,} of {size.opportunities:,} were due; at most {WITHIN_MS} ms"
        found.append(Result(f"sweep of idle opportunities, {name}", "system", taken[0][1], p50, p95, note=note))
    return found
