"""A worker that changes the schema dies at any step: another takes over, and nothing stays half done."""

import os
import signal
import subprocess
import sys

import psycopg
import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.engine.design.behind import SCHEMA, columns, holding, until
from tests.engine.design.designer import Designer
from tests.support import world

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


@pytest.mark.parametrize(("kind", "after"), [("convert", 0), ("convert", 3), ("index", 0), ("convert_flip", 0)])
def test_a_worker_killed_at_any_step_of_a_conversion_is_taken_over(
    many_projects: Designer, finish, committing_database: str, kind: str, after: int
):
    many_projects.act("create_field", object="project", kind="text", key="size", label="规模", values={"index": True})
    finish()
    rows = many_projects.client.post("records/project/query", {"limit": 200, "select": ["name"]}).json()["rows"]
    changes = [{"id": row["id"], "values": {"size": str(place)}} for place, row in enumerate(rows)]
    assert many_projects.client.post("records/project/bulk", {"op": "update", "records": changes}).status_code == 200
    many_projects.act("convert_field", field="project.size", kind="integer")

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run(
        [sys.executable, "-c", WORKER, committing_database, kind, str(after)], env=environment, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    many_projects.client.patch(f"records/project/{rows[0]['id']}", {"values": {"name": "还能用"}})
    until(lambda: finish() or many_projects.fields("project")["size"]["kind"] == "integer")

    assert many_projects.count("project", {"field": "size", "op": "not_empty"}) == 200
    assert many_projects.client.get(f"records/project/{rows[7]['id']}").json()["size"] == 7
    assert many_projects.object("project")["steps"] == []
    assert not [name for name in columns("rec_project") if "__next" in name]


@pytest.mark.parametrize(("kind", "after"), [("drop", 0), ("search", 0), ("replace_options", 0)])
def test_a_worker_killed_after_a_batch_leaves_nothing_half_done(
    many_projects: Designer, finish, committing_database: str, kind: str, after: int
):
    options = many_projects.fields("project")["phase"]["settings"]["options"]
    if kind == "drop":
        many_projects.act("archive_field", field="project.starts_on", confirm=True)
        many_projects.act("drop_field", field="project.starts_on", confirm=True)
    elif kind == "search":
        many_projects.act("update_field", field="project.name", values={"searchable": False})
    else:
        many_projects.act(
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

    until(lambda: finish() or many_projects.object("project")["steps"] == [])

    assert many_projects.client.post("records/project/query", {"limit": 1}).status_code == 200
    if kind == "drop":
        assert "starts_on" not in columns("rec_project")
    if kind == "replace_options":
        assert many_projects.count("project", {"field": "phase", "op": "eq", "value": "done"}) == 300


def test_an_index_left_invalid_by_a_crash_is_built_again(many_projects: Designer, finish, committing_database: str):
    from tests.conftest import SERVER

    many_projects.act("update_field", field="project.starts_on", values={"index": True})
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
    assert many_projects.object("project")["steps"] == []


def test_a_unique_index_that_cannot_be_built_is_told(many_projects: Designer, finish):
    """Two writers may pass each other while the index is being built; whoever configures is told."""
    many_projects.act("create_field", object="project", kind="text", key="code", label="代号", values={"unique": True})
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        ctx.run("UPDATE rec_project SET code = 'same' WHERE id IN (SELECT id FROM rec_project LIMIT 2)")

    finish()

    (step,) = many_projects.object("project")["steps"]
    assert (step["state"], step["field"]) == ("failed", "code")
    assert "duplicate" in step["error"] or "UniqueViolation" in step["error"]
