"""Changing the schema of a workspace in which others work: nobody waits, nothing is half done, whatever dies."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.objects.ddl import runner
from guanxi.engine.objects.ddl.plan import Plan
from tests.engine.design.designer import Designer
from tests.engine.design.test_conversion import columns
from tests.support import world
from tests.support.clients import Client

SCHEMA = "ws_1"
WORKER = """
import json, os, signal, sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from guanxi.app.areas import registry
registry()
from guanxi.engine.design import converting, steps
from guanxi.engine.objects.ddl import runner
from tests.support import world
kind, after = sys.argv[2], int(sys.argv[3])
converting.BATCH = 50
seen = 0
original = runner._run
def counted(cursor, step, functions, report):
    if step.kind == kind and kind in runner.STATEMENTS:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(cursor, step, functions, report)
runner._run = counted
function = steps._functions.get(kind)
def dying(ctx, step):
    global seen
    more = function(ctx, step)
    seen += 1
    if seen > after:
        os.kill(os.getpid(), signal.SIGKILL)
    return more
if function:
    steps._functions[kind] = dying
steps.run(world.workspace())
"""


@contextmanager
def holding(name: str, statement: str):
    """Somebody else's long transaction on the database."""
    from tests.conftest import SERVER

    with psycopg.connect(SERVER.conninfo(name)) as other:
        other.execute(f"SET search_path = {SCHEMA}")
        other.execute(statement)
        yield other
        other.rollback()


@pytest.fixture
def projects(committing: Designer, finish) -> Designer:
    committing.project()
    rows = [{"values": {"name": f"第{n}项", "phase": "new"}} for n in range(300)]
    assert committing.client.post("records/project/bulk", {"op": "create", "records": rows}).status_code == 200
    finish()
    return committing


def test_a_reader_behind_a_long_report_hardly_waits_and_the_change_is_made_when_it_ends(
    projects: Designer, committing_database: str
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
        projects.act("create_field", object="project", kind="text", key="remark", label="备注")
        took = time.monotonic() - began
        ends.join()
    stop.set()
    reader.join()

    assert took >= 1.2
    assert "remark" in projects.fields("project")
    assert len(waits) > 5
    assert max(waits) < 0.8, sorted(waits)[-5:]


def test_a_report_that_does_not_end_leaves_everything_as_it_was(
    projects: Designer, committing_database: str, monkeypatch
):
    monkeypatch.setattr(runner, "PATIENCE_SECONDS", 0.6)

    with holding(committing_database, "SELECT count(*) FROM rec_project"):
        refused = projects.refused("create_field", object="project", kind="text", key="remark", label="备注")

    assert (refused["status"], refused["code"]) == (409, "design.table_busy")
    assert "remark" not in columns("rec_project")
    projects.act("create_field", object="project", kind="text", key="remark", label="备注")


def test_a_change_stands_in_line_a_little_longer_when_nothing_else_helps(
    projects: Designer, committing_database: str, monkeypatch
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
        projects.act("create_field", object="project", kind="text", key="remark", label="备注")
    finally:
        stop.set()
        for reader in readers:
            reader.join()

    assert "remark" in columns("rec_project")


def test_an_index_being_built_that_waits_for_a_change_does_not_hold_it_up(
    projects: Designer, finish, committing_database: str
):
    """Building waits for older transactions and holds the table meanwhile; the older one may want that very table."""
    projects.act("update_field", field="project.starts_on", values={"index": True})
    building = threading.Thread(target=lambda: (finish(), connection.close()))
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        ctx.run("LOCK TABLE rec_project IN ROW EXCLUSIVE MODE")
        building.start()
        _until(lambda: ctx.run("SELECT 1 FROM pg_locks WHERE locktype = 'virtualxid' AND NOT granted"), seconds=20)
        began = time.monotonic()
        runner.apply(ctx.cursor, Plan(instant=["ALTER TABLE rec_project ADD COLUMN remark text"]))
        assert time.monotonic() - began < 10
    building.join()

    assert "remark" in columns("rec_project")
    ((kind, state, error),) = steps("ix_project_starts_on_order")
    assert (kind, state, error) == ("index", "waiting", None)
    finish()
    assert [state for _, state, _ in steps("ix_project_starts_on_order")] == ["done"]


def test_statements_prepared_before_a_new_column_go_on_after_it(projects: Designer):
    """The driver prepares a statement after five uses; a new catalog makes new statements."""
    for _ in range(8):
        assert projects.client.post("records/project/query", {"limit": 1}).status_code == 200
    for number in range(3):
        projects.act("create_field", object="project", kind="integer", key=f"n{number}", label="数")
        for _ in range(8):
            (row,) = projects.client.post("records/project/query", {"limit": 1}).json()["rows"]
            assert f"n{number}" in row


def test_a_unit_of_work_that_began_before_a_change_sees_the_catalog_it_began_with(projects: Designer):
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
    projects.act("create_field", object="project", kind="text", key="remark", label="备注")
    changed.set()
    reader.join()

    assert "remark" not in seen[0]
    assert "name" in seen[0]


def test_a_catalog_that_changes_while_it_is_read_is_read_again(projects: Designer):
    """Its statements see what is committed between them: half of it must not be kept as the version before."""
    from guanxi.engine.objects import catalog
    from tests.support.world import actor, workspace

    def change() -> None:
        projects.act("create_field", object="project", kind="text", key="remark", label="备注")
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
    projects: Designer, finish, committing_database: str
):
    projects.act("archive_field", field="project.phase", confirm=True)
    projects.act("drop_field", field="project.phase", confirm=True)
    assert "phase" not in projects.fields("project")

    with holding(committing_database, "SELECT phase FROM rec_project LIMIT 1"):
        began = time.monotonic()
        finish()
        assert time.monotonic() - began < 5
        assert "phase" in columns("rec_project")
        assert projects.client.post("records/project/query", {"limit": 1}).status_code == 200
    finish()

    assert "phase" not in columns("rec_project")


def steps(name: str) -> list[tuple[str, str, str | None]]:
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        return ctx.run("SELECT kind, state, error FROM sys_ddl_step WHERE name LIKE $1 ORDER BY id", [name])


@pytest.mark.parametrize(("kind", "after"), [("convert", 0), ("convert", 3), ("index", 0), ("convert_flip", 0)])
def test_a_worker_killed_at_any_step_of_a_conversion_is_taken_over(
    projects: Designer, finish, committing_database: str, kind: str, after: int
):
    projects.act("create_field", object="project", kind="text", key="size", label="规模", values={"index": True})
    finish()
    rows = projects.client.post("records/project/query", {"limit": 200, "select": ["name"]}).json()["rows"]
    changes = [{"id": row["id"], "values": {"size": str(place)}} for place, row in enumerate(rows)]
    assert projects.client.post("records/project/bulk", {"op": "update", "records": changes}).status_code == 200
    projects.act("convert_field", field="project.size", kind="integer")

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run(
        [sys.executable, "-c", WORKER, committing_database, kind, str(after)], env=environment, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    projects.client.patch(f"records/project/{rows[0]['id']}", {"values": {"name": "还能用"}})
    _until(lambda: finish() or projects.fields("project")["size"]["kind"] == "integer")

    assert projects.count("project", {"field": "size", "op": "not_empty"}) == 200
    assert projects.client.get(f"records/project/{rows[7]['id']}").json()["size"] == 7
    assert projects.object("project")["steps"] == []
    assert not [name for name in columns("rec_project") if "__next" in name]


@pytest.mark.parametrize(("kind", "after"), [("drop", 0), ("search", 0), ("replace_options", 0)])
def test_a_worker_killed_after_a_batch_leaves_nothing_half_done(
    projects: Designer, finish, committing_database: str, kind: str, after: int
):
    options = projects.fields("project")["phase"]["settings"]["options"]
    if kind == "drop":
        projects.act("archive_field", field="project.starts_on", confirm=True)
        projects.act("drop_field", field="project.starts_on", confirm=True)
    elif kind == "search":
        projects.act("update_field", field="project.name", values={"searchable": False})
    else:
        projects.act(
            "update_field",
            field="project.phase",
            values={"settings": {"options": options[1:]}},
            replace_options={"new": "done"},
        )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run(
        [sys.executable, "-c", WORKER, committing_database, kind, str(after)], env=environment, check=False
    )
    assert killed.returncode == -signal.SIGKILL

    _until(lambda: finish() or projects.object("project")["steps"] == [])

    assert projects.client.post("records/project/query", {"limit": 1}).status_code == 200
    if kind == "drop":
        assert "starts_on" not in columns("rec_project")
    if kind == "replace_options":
        assert projects.count("project", {"field": "phase", "op": "eq", "value": "done"}) == 300


def _until(condition, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_an_index_left_invalid_by_a_crash_is_built_again(projects: Designer, finish, committing_database: str):
    from tests.conftest import SERVER

    projects.act("update_field", field="project.starts_on", values={"index": True})
    name = "ix_project_starts_on_order"
    with psycopg.connect(SERVER.conninfo(committing_database), autocommit=True) as other:
        other.execute(f"SET search_path = {SCHEMA}")
        with holding(committing_database, "LOCK TABLE rec_project IN ROW EXCLUSIVE MODE"):
            other.execute("SET statement_timeout = '300ms'")
            with pytest.raises(psycopg.errors.QueryCanceled):
                other.execute(
                    f'CREATE INDEX CONCURRENTLY "{name}" ON rec_project (starts_on, id) WHERE deleted_at IS NULL'
                )
        valid = f"SELECT indisvalid FROM pg_index WHERE indexrelid = '{SCHEMA}.{name}'::regclass"
        assert other.execute(valid).fetchone() == (False,)

        finish()

        assert other.execute(valid).fetchone() == (True,)
    assert projects.object("project")["steps"] == []


def test_a_unique_index_that_cannot_be_built_is_told(projects: Designer, finish):
    """Two writers may pass each other while the index is being built; whoever configures is told."""
    projects.act("create_field", object="project", kind="text", key="code", label="代号", values={"unique": True})
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        ctx.run("UPDATE rec_project SET code = 'same' WHERE id IN (SELECT id FROM rec_project LIMIT 2)")

    finish()

    (step,) = projects.object("project")["steps"]
    assert (step["state"], step["field"]) == ("failed", "code")
    assert "duplicate" in step["error"] or "UniqueViolation" in step["error"]


def test_columns_dropped_long_ago_count_until_the_table_is_full(projects: Designer, finish):
    """Each add and drop uses a column up for ever; what does not fit any more is refused before anything is done."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        for start in range(0, 1560, 130):
            names = [f"gone_{n}" for n in range(start, start + 130)]
            ctx.run("ALTER TABLE rec_project " + ", ".join(f"ADD COLUMN {name} int" for name in names))
            ctx.run("ALTER TABLE rec_project " + ", ".join(f"DROP COLUMN {name}" for name in names))
    left = projects.object("project")["columns_left"]
    assert 10 < left < 40

    fields = [
        {"op": "field.create", "object": "project", "kind": "integer", "values": {"label": f"数{n}"}}
        for n in range(left + 1)
    ]
    refused = projects.refused("apply", changes=fields)
    projects.act("apply", changes=fields[:left])

    assert (refused["code"], refused["params"]["limit"]) == ("design.too_many_columns", 1600)
    assert projects.object("project")["columns_left"] == 0
    assert (
        projects.refused("create_field", object="project", kind="text", label="x")["code"] == "design.too_many_columns"
    )
    projects.client.make("project", name="还能写", shu0=1)


def test_fields_come_and_go_many_times(projects: Designer, finish):
    for number in range(12):
        made = projects.act(
            "create_field",
            object="project",
            kind="money",
            label=f"第{number}轮",
            values={"settings": {"currency": "CNY"}},
        )
        (id_,) = made["created"]
        projects.act("archive_field", field=id_)
        projects.act("drop_field", field=id_, confirm=True)
    finish()

    assert {name for name in columns("rec_project") if name.startswith("di")} == set()
    assert projects.count("project") == 300


def test_two_administrators_at_once_change_one_thing_each_or_one_is_told(committing: Designer):
    committing.project()
    both, answers = threading.Barrier(2), []

    def change(icon: str) -> None:
        mine = Designer(Client.signed_in_as("administrator"))
        both.wait()
        answers.append(
            mine.send(
                "update_object", object="project", values={"icon": icon, "color": "red"}, expected={"icon": "box"}
            )
        )
        connection.close()

    threads = [threading.Thread(target=change, args=(icon,)) for icon in ("rocket", "flag")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200, 409]
    (refused,) = [answer.json() for answer in answers if answer.status_code == 409]
    assert (refused["code"], refused["params"]["attribute"]) == ("design.changed_meanwhile", "icon")
    assert refused["params"]["by"] == "administrator"
    assert committing.catalog("project")["icon"] == refused["params"]["now"]
    assert len(committing.changes()) == 2


def test_two_administrators_adding_the_same_field_get_one_field(committing: Designer):
    committing.project()
    both, answers = threading.Barrier(2), []

    def add() -> None:
        mine = Designer(Client.signed_in_as("administrator"))
        both.wait()
        answers.append(mine.send("create_field", object="project", kind="text", key="remark", label="备注"))
        connection.close()

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert "remark" in columns("rec_project")


@pytest.mark.slow
def test_fifty_workspaces_are_upgraded_one_transaction_each(committing_empty_database: str, monkeypatch):
    """All of them in one transaction would need more locks than a server has."""
    from django.db import transaction

    from guanxi.app import installation
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.engine.objects.install import create_schema, install
    from guanxi.infra.database.cursor import cursor
    from tests.support import kinds_workspace as parts

    def shipped(fields: int) -> list:
        made = []
        for number in range(6):
            key = f"thing{number}"
            own = [parts._field(key, "name", "text")]
            own += [
                parts._field(key, f"f{n}", "lookup", index=True, settings={"target": "thing0"}) for n in range(fields)
            ]
            made.append(parts._object(key, own))
        return made

    def counted(own, definitions) -> bool:
        changed = install(own, definitions)
        locks.append(own.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()").fetchone()[0])
        return changed

    locks: list[int] = []
    for number in range(50):
        with transaction.atomic():
            row = Workspace.objects.create(
                slug=f"many{number}", name="x", language="en", time_zone="UTC", currency="CNY"
            )
            create_schema(cursor(), row.schema)
            install(cursor(), shipped(2))
    monkeypatch.setattr(installation, "definitions", lambda: shipped(3))
    monkeypatch.setattr(installation, "install", counted)

    installation.upgrade_workspaces()

    (room,) = cursor().execute("SELECT current_setting('max_locks_per_transaction')::int").fetchone()
    assert len(locks) == 50
    assert max(locks) < room
    for row in Workspace.objects.all():
        named = cursor().execute(
            "SELECT count(*) FROM pg_indexes WHERE schemaname = $1 AND indexname LIKE 'ix_%f2_order'", [row.schema]
        )
        assert named.fetchone() == (6,)
        waiting = cursor().execute(f"SELECT count(*) FROM {row.schema}.sys_ddl_step WHERE state <> 'done'")
        assert waiting.fetchone() == (0,)
