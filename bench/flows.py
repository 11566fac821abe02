"""Ground for measures of automation: records and flows of their own, of which nothing is left afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bench import build, clean, load
from guanxi.kit.ids import uuid7

COMPANY = "自动化测试有限公司"
RUNS = ("sys_run", "sys_flow_version", "sys_flow_rate", "sys_flow_sweep")


@dataclass
class Ground:
    """A workspace with opportunities that are nobody else's business."""

    workspace: Any
    company: UUID
    records: list[UUID]
    flows: list[UUID] = field(default_factory=list)

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of a statement in the workspace."""
        with clean.connected() as own:
            found = own.execute(statement.encode(), values or None)
            return found.fetchall() if found.description else []

    def publish(self, definitions: Sequence[dict[str, Any]]) -> list[UUID]:
        """Flows that are switched on and act with all rights."""
        from guanxi.engine import actions
        from guanxi.engine.records import writes

        rows = [{"name": f"bench {n}", "run_as": "system", "definition": one} for n, one in enumerate(definitions)]
        with self.work() as ctx:
            made = writes.create(ctx, "flow", rows)
            for one in made:
                actions.run(ctx, "flows.publish", {"flow": str(one)})
        self.flows += made
        self.settle()
        return made

    def work(self) -> Any:
        """A unit of work of the system's."""
        from guanxi.engine.access.actor import SYSTEM
        from guanxi.engine.context import work

        return work(self.workspace, SYSTEM, via="system", label={"key": "bench"})

    def settle(self, seconds: float = 120) -> None:
        """Wait until the worker was told of everything that was committed, and has done what it set off."""
        last = self.ask("SELECT pg_current_snapshot()::text")[0][0].split(":")[0]
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            told = self.ask(
                "SELECT coalesce(min(pg_snapshot_xmin(seen::pg_snapshot)::text::bigint), 0) FROM sys_consumer"
                " WHERE name = 'flows'"
            )[0][0]
            if told >= int(last) and not self.waiting():
                return
            time.sleep(0.1)
        raise RuntimeError("automation did not come to an end")

    def waiting(self) -> int:
        """Tokens that are due and have not been moved on."""
        found: int = self.ask("SELECT count(*) FROM sys_token WHERE wake_at <= now()")[0][0]
        return found


@contextmanager
def ground(count: int) -> Iterator[Ground]:
    """So many opportunities for the length of the block."""
    from guanxi.app.areas import registry
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.identity.organisation import engine_workspace
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work

    registry()
    workspace = engine_workspace(Workspace.objects.get(slug=build.SLUG))
    forget(workspace)
    with work(workspace, SYSTEM, via="import", label={"key": "bench"}) as ctx:
        company, records = _made(ctx, count)
    made = Ground(workspace, company, records)
    with clean.connected() as own:
        clean.settle(own, "rec_opportunity")
    try:
        yield made
    finally:
        forget(workspace)


def _made(ctx: Any, count: int) -> tuple[UUID, list[UUID]]:
    from guanxi.engine.records import reads, writes

    owners = sorted(reads.ids(ctx, "member", None))[:100]
    stage, pipeline = ctx.run(
        "SELECT id, pipeline FROM rec_stage WHERE category = 'open' AND deleted_at IS NULL LIMIT 1"
    )[0]
    (company,) = writes.create(ctx, "company", [{"name": COMPANY, "owner": owners[0]}])
    now, records = datetime.now(UTC), [uuid7() for _ in range(count)]

    def rows() -> Iterator[load.Row]:
        for place, record in enumerate(records):
            owner = owners[place % len(owners)]
            person = {"owner": owner, "via_owner": owners[0], "created_by": owner, "updated_by": owner}
            yield record, {
                **person, "created_at": now, "updated_at": now, "name": f"自动化商机{place}", "company": company,
                "number": f"AUTO-{place:06d}", "pipeline": pipeline, "stage": stage, "status": "open",
            }  # fmt: skip

    load.fill(ctx, "opportunity", rows(), log=False)
    return company, records


def forget(workspace: Any) -> None:
    """Take out everything that such a block has made, and what one left that broke off."""
    with clean.connected() as own:
        mine = "SELECT id FROM rec_opportunity WHERE company IN (SELECT id FROM rec_company WHERE name = %s)"
        flows = own.execute("SELECT id FROM rec_flow WHERE name LIKE 'bench %'").fetchall()
        companies = own.execute("SELECT id FROM rec_company WHERE name = %s", [COMPANY]).fetchall()
        if not flows and not companies:
            return
        ids = [one for (one,) in [*flows, *companies, *own.execute(mine, [COMPANY]).fetchall()]]
        own.execute("UPDATE sys_automation SET stopped_at = now()")
        own.execute("UPDATE rec_flow SET state = 'paused' WHERE name LIKE 'bench %'")
        _mark(workspace)
        time.sleep(1)
        others = "SELECT 1 FROM sys_run WHERE flow <> ALL(%s) LIMIT 1"
        if not own.execute(others, [[one for (one,) in flows]]).fetchone():
            own.execute("TRUNCATE sys_run, sys_effect CASCADE")
        for table in RUNS:
            own.execute(f"DELETE FROM {table} WHERE flow = ANY(%s)".encode(), [[one for (one,) in flows]])
        for table in ("rec_opportunity", "rec_company", "rec_flow"):
            own.execute(f"DELETE FROM {table} WHERE id = ANY(%s)".encode(), [ids])
        for table in ("sys_search", "sys_change"):
            own.execute(f"DELETE FROM {table} WHERE record = ANY(%s)".encode(), [ids])
        own.execute("UPDATE sys_automation SET stopped_at = NULL")
        clean.settle(own, "rec_opportunity", "rec_company", "sys_search", "sys_change", *RUNS)
    _mark(workspace)


def _mark(workspace: Any) -> None:
    """Have everybody read the flows anew."""
    from guanxi.capabilities.flows.live import flows_changed
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work

    with work(workspace, SYSTEM, via="system") as ctx:
        flows_changed(ctx)


def rule(where: Any, values: dict[str, Any], fields: Sequence[str] = ("next_step",)) -> dict[str, Any]:
    """A rule that sets fields when one of some fields is changed and a condition holds."""
    settings = {"fields": list(fields), "where": {"where": where}}
    return {
        "object": "opportunity",
        "triggers": [{"id": "t1", "kind": "record.updated", "settings": settings}],
        "start": "n1",
        "nodes": [{"id": "n1", "kind": "record.update", "settings": {"values": values}, "next": {}}],
    }
