"""Changing the schema of a workspace in which others work: nobody waits, and everybody sees one catalog."""

import threading
import time
from typing import Any

from django.db import connection

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.audit.verifying import verify
from guanxi.engine.context import work
from guanxi.engine.objects.ddl import runner
from guanxi.engine.objects.ddl.plan import Plan
from tests.engine.design.behind import columns, holding, steps, until
from tests.engine.design.designer import Designer
from tests.support import world
from tests.support.clients import Client


def test_a_reader_behind_a_long_report_hardly_waits_and_the_change_is_made_when_it_ends(
    many_projects: Designer, committing_database: str
):
    """ALTER TABLE behind a report would queue every reader behind itself; it gives its place back instead."""
    waits, stop = [], threading.Event()

    def read() -> None:
        client = Client.signed_in_as("salesperson")
        while not stop.is_set():
            began = time.monotonic()
            assert client.post("records/project/query", {"limit": 5}).status_code == 200
            waits.append(time.monotonic() - began)
        connection.close()

    reader = threading.Thread(target=read)
    with holding(committing_database, "SELECT count(*) FROM rec_project") as report:
        reader.start()
        ends = threading.Timer(1.5, report.rollback)
        ends.start()
        began = time.monotonic()
        many_projects.act("create_field", object="project", kind="text", key="remark", label="备注")
        took = time.monotonic() - began
        ends.join()
    stop.set()
    reader.join()

    assert took >= 1.2
    assert "remark" in many_projects.fields("project")
    assert len(waits) > 5
    # Whoever queued behind the change would have waited as long as it.
    assert max(waits) < took, sorted(waits)[-5:]


def test_a_report_that_does_not_end_leaves_everything_as_it_was(
    many_projects: Designer, committing_database: str, monkeypatch
):
    monkeypatch.setattr(runner, "PATIENCE_SECONDS", 0.6)

    with holding(committing_database, "SELECT count(*) FROM rec_project"):
        refused = many_projects.refused("create_field", object="project", kind="text", key="remark", label="备注")

    assert (refused["status"], refused["code"]) == (409, "design.table_busy")
    assert "remark" not in columns("rec_project")
    many_projects.act("create_field", object="project", kind="text", key="remark", label="备注")


def test_a_change_that_has_to_wait_for_its_place_in_the_audit_log_locks_no_table_meanwhile(
    many_projects: Designer, committing_database: str
):
    """A table is locked from its change to the commit: whatever else there is to wait for comes before."""
    changing = threading.Thread(target=lambda: (add("remark"), connection.close()))
    taken = "SELECT 1 FROM public.infra_audit_anchor FOR UPDATE"

    def add(key: str) -> None:
        Designer(Client.signed_in_as("administrator")).act(
            "create_field", object="project", kind="integer", key=key, label="备注", values={"index": True}
        )

    with holding(committing_database, taken) as anchor:
        changing.start()
        waits = "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%FROM infra_audit_anchor WHERE%' AND wait_event_type = 'Lock'"
        until(
            lambda: anchor.execute("SELECT pg_stat_clear_snapshot()") and anchor.execute(waits).fetchone(), seconds=20
        )
        locks = "SELECT mode FROM pg_locks WHERE relation = to_regclass($1) AND granted"
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            held = ctx.run(locks, ["rec_project"])
            read = ctx.run("SELECT count(*) FROM rec_project")
        assert changing.is_alive()
    changing.join()

    assert ("AccessExclusiveLock",) not in held
    assert read == [(many_projects.count("project"),)]
    assert "remark" in columns("rec_project")
    assert [kind for kind, _, _ in steps("ix_project_remark_order")] == ["index"]


def test_a_change_that_is_tried_again_is_noted_once(many_projects: Designer, committing_database: str):
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        ((before,),) = ctx.run("SELECT max(seq) FROM sys_audit")

    with holding(committing_database, "SELECT count(*) FROM rec_project") as report:
        ends = threading.Timer(0.5, report.rollback)
        ends.start()
        many_projects.act("create_field", object="project", kind="text", key="remark", label="备注")
        ends.join()

    with work(world.workspace(), SYSTEM, via="system") as ctx:
        noted = ctx.run("SELECT kind FROM sys_audit WHERE seq > $1", [before])
        assert verify(ctx).breaks == []
    assert len(noted) == 1
    assert "remark" in columns("rec_project")


def test_a_change_stands_in_line_a_little_longer_when_nothing_else_helps(
    many_projects: Designer, committing_database: str, monkeypatch
):
    """Readers that overlap all the time, each longer than the first patience, as on a machine that is too busy."""
    monkeypatch.setattr(runner, "LOCK_TIMEOUT_MS", 100)
    monkeypatch.setattr(runner, "LONGER_TIMEOUTS_MS", ((1.0, 1500),))
    stop = threading.Event()

    def report() -> None:
        while not stop.is_set():
            with holding(committing_database, "SELECT count(*) FROM rec_project"):
                time.sleep(0.4)

    readers = [threading.Thread(target=report) for _ in range(4)]
    for place, reader in enumerate(readers):
        reader.start()
        time.sleep(0.1 * (place < 3))
    try:
        many_projects.act("create_field", object="project", kind="text", key="remark", label="备注")
    finally:
        stop.set()
        for reader in readers:
            reader.join()

    assert "remark" in columns("rec_project")


def test_an_index_being_built_that_waits_for_a_change_does_not_hold_it_up(
    many_projects: Designer, finish, committing_database: str
):
    """Building waits for older transactions and holds the table meanwhile; the older one may want that very table."""
    many_projects.act("update_field", field="project.starts_on", values={"index": True})
    building = threading.Thread(target=lambda: (finish(), connection.close()))
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        ctx.run("LOCK TABLE rec_project IN ROW EXCLUSIVE MODE")
        building.start()
        until(lambda: ctx.run("SELECT 1 FROM pg_locks WHERE locktype = 'virtualxid' AND NOT granted"), seconds=20)
        began = time.monotonic()
        runner.apply(ctx.cursor, Plan(instant=["ALTER TABLE rec_project ADD COLUMN remark text"]))
        assert time.monotonic() - began < 10
    building.join()

    assert "remark" in columns("rec_project")
    ((kind, state, error),) = steps("ix_project_starts_on_order")
    assert (kind, state, error) == ("index", "waiting", None)
    finish()
    assert [state for _, state, _ in steps("ix_project_starts_on_order")] == ["done"]


def test_an_index_being_built_on_the_table_is_taken_back_at_once_and_built_later(
    many_projects: Designer, finish, committing_database: str
):
    """Nobody stands in line behind a change that stands in line behind an index."""
    many_projects.act("update_field", field="project.starts_on", values={"index": True})
    building = threading.Thread(target=lambda: (finish(), connection.close()))
    waits = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%' AND wait_event = 'virtualxid'"
    with holding(committing_database, "DECLARE old CURSOR FOR SELECT 1") as other:
        building.start()
        until(lambda: other.execute("SELECT pg_stat_clear_snapshot()") and other.execute(waits).fetchone(), seconds=20)
        began = time.monotonic()
        many_projects.act("create_field", object="project", kind="text", key="remark", label="备注")
        assert time.monotonic() - began < 5
    building.join()

    assert "remark" in columns("rec_project")
    assert [state for _, state, _ in steps("ix_project_starts_on_order")] == ["waiting"]
    finish()
    assert [state for _, state, _ in steps("ix_project_starts_on_order")] == ["done"]


def test_statements_prepared_before_a_new_column_go_on_after_it(many_projects: Designer):
    """The driver prepares a statement after five uses; a new catalog makes new statements."""
    for _ in range(8):
        assert many_projects.client.post("records/project/query", {"limit": 1}).status_code == 200
    for number in range(3):
        many_projects.act("create_field", object="project", kind="integer", key=f"n{number}", label="数")
        for _ in range(8):
            (row,) = many_projects.client.post("records/project/query", {"limit": 1}).json()["rows"]
            assert f"n{number}" in row


def test_a_unit_of_work_that_began_before_a_change_sees_the_catalog_it_began_with(many_projects: Designer):
    from tests.support.world import actor, workspace

    began, changed, seen = threading.Event(), threading.Event(), []

    def report() -> None:
        from guanxi.engine.records import reads

        with work(workspace(), actor("administrator"), via="api") as ctx:
            began.set()
            changed.wait(20)
            seen.append(sorted(reads.page(ctx, "project", reads.Query(limit=1)).rows[0]))
        connection.close()

    reader = threading.Thread(target=report)
    reader.start()
    began.wait(20)
    many_projects.act("create_field", object="project", kind="text", key="remark", label="备注")
    changed.set()
    reader.join()

    assert "remark" not in seen[0]
    assert "name" in seen[0]


def test_a_catalog_that_changes_while_it_is_read_is_read_again(many_projects: Designer):
    """Its statements see what is committed between them: half of it must not be kept as the version before."""
    from guanxi.engine.objects import catalog
    from tests.support.world import actor, workspace

    def change() -> None:
        many_projects.act("create_field", object="project", kind="text", key="remark", label="备注")
        connection.close()

    class Interrupted:
        """The cursor; the catalog is changed once, after its objects were read."""

        def __init__(self, cursor: Any) -> None:
            self.cursor, self.reads = cursor, 0

        def execute(self, statement: str, *params: Any) -> Any:
            if "FROM sys_field" in statement:
                self.reads += 1
                if self.reads == 1:
                    other = threading.Thread(target=change)
                    other.start()
                    other.join()
            return self.cursor.execute(statement, *params)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.cursor, name)

    with work(workspace(), actor("administrator"), via="api") as ctx:
        schema, began = ctx.workspace.schema, ctx.snapshot.version
        catalog.forget(schema)
        interrupted = Interrupted(ctx.cursor)
        found = catalog.snapshot(interrupted, schema, began)  # type: ignore[arg-type]
        (now,) = ctx.run("SELECT version FROM sys_catalog")

    assert interrupted.reads == 2
    assert "remark" in found.objects["project"].fields
    assert began < found.version == now[0]


def test_a_dropped_column_goes_out_of_sight_first_and_waits_for_old_readers(
    many_projects: Designer, finish, committing_database: str
):
    many_projects.act("archive_field", field="project.phase", confirm=True)
    many_projects.act("drop_field", field="project.phase", confirm=True)
    assert "phase" not in many_projects.fields("project")

    with holding(committing_database, "SELECT phase FROM rec_project LIMIT 1"):
        began = time.monotonic()
        finish()
        assert time.monotonic() - began < 5
        assert "phase" in columns("rec_project")
        assert many_projects.client.post("records/project/query", {"limit": 1}).status_code == 200
    finish()

    assert "phase" not in columns("rec_project")
