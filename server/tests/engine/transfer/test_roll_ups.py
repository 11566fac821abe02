"""Roll-ups of the records that imported rows belong to: worked out once, and right however the run ends."""

import json
import signal
import subprocess
import sys
from dataclasses import asdict
from uuid import UUID

import pytest

from guanxi.app.areas import registry
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.acting import acting_for
from guanxi.engine.context import work
from guanxi.engine.records import computed, recompute, stale, writes
from guanxi.engine.transfer.imports import catching_up
from guanxi.engine.transfer.imports import run as runs
from tests.engine.transfer.conftest import Importer
from tests.support import world
from tests.support.clients import Client

FIRMS, ROWS, BATCH = 3, 24, 5
WORKER = """
import json, os, signal, sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from guanxi.app.areas import registry
registry()
from guanxi.engine.records import stale
from guanxi.engine.transfer.imports import run
run.BATCH = 5
stale.catch_up = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
run.run_job(json.loads(sys.argv[2]))
"""


@pytest.fixture(autouse=True)
def short_batches(monkeypatch):
    """Runs of several batches."""
    monkeypatch.setattr(runs, "BATCH", BATCH)


@pytest.fixture
def refreshed(monkeypatch):
    """How many companies each statement worked out."""
    found, plain = [], computed.compute

    def counting(ctx, obj, fields, ids):
        if obj.key == "company":
            found.append(len(ids))
        return plain(ctx, obj, fields, ids)

    monkeypatch.setattr(computed, "compute", counting)
    return found


def opened():
    return work(world.workspace(), SYSTEM, via="system")


def opportunities(me) -> str:
    """An import of opportunities of three companies, mapped."""
    for number in range(FIRMS):
        me.client.make("company", name=f"第{number}公司")
    rows = "".join(f"商机{n},第{n % FIRMS}公司,10\n" for n in range(ROWS))
    one = me.upload("opportunity", f"商机名称,公司,金额\n{rows}".encode())
    entries = [
        {"column": column, "field": field}
        for column, field in zip(one["columns"], ("name", "company", "amount"), strict=True)
    ]
    me.map(one["id"], entries)
    return one["id"]


def run_of(me, id_):
    assert me.client.post(f"imports/{id_}/run").status_code == 202
    ((_, payload),) = me.queued
    workspace, actor = acting_for(payload)
    return runs.Run(workspace, actor, UUID(id_), UUID(payload["change_set"]), payload["language"])


def counts(me) -> list[int]:
    return [row["open_opportunities"] for row in sorted(me.rows("company", "name", "open_opportunities"), key=str)]


def marks() -> int:
    with opened() as ctx:
        ((found,),) = ctx.run("SELECT count(*) FROM sys_stale")
        return found


def wrong() -> dict[str, int]:
    """What is not right, marked or not."""
    with opened() as ctx:
        ctx.run("DELETE FROM sys_stale")
        return recompute.verify(ctx).wrong


def test_parents_are_worked_out_once_when_all_rows_are_in(importer, refreshed):
    me = importer("administrator")
    id_ = opportunities(me)
    refreshed.clear()

    done = me.run(id_)

    assert (done["state"], done["counts"]["create"]) == ("done", ROWS)
    assert set(refreshed) == {FIRMS}
    assert len(refreshed) <= 2  # values of the same companies in the order of what they need
    assert counts(me) == [ROWS // FIRMS] * FIRMS
    assert (marks(), wrong()) == (0, {})


def test_taking_an_import_back_works_them_out_once(importer, refreshed):
    me = importer("administrator")
    id_ = opportunities(me)
    me.run(id_)
    refreshed.clear()

    assert me.undo(id_)["state"] == "undone"

    assert set(refreshed) == {FIRMS}
    assert len(refreshed) <= 2
    assert counts(me) == [0] * FIRMS
    assert (marks(), wrong()) == (0, {})


def test_a_dry_run_marks_nothing(importer):
    me = importer("administrator")
    assert me.rehearse(opportunities(me))["counts"]["create"] == ROWS
    assert (marks(), counts(me)) == (0, [0] * FIRMS)


def test_a_run_that_is_cancelled_leaves_them_right(importer):
    me = importer("administrator")
    id_ = opportunities(me)
    run = run_of(me, id_)
    assert run.step()
    assert run.step()
    assert (marks(), sum(counts(me))) == (FIRMS, 0)
    me.client.post(f"imports/{id_}/cancel")

    assert me.after_jobs(id_)["state"] == "cancelled"

    assert sum(counts(me)) == BATCH
    assert (marks(), wrong()) == (0, {})


def test_a_run_that_fails_leaves_them_right(importer, monkeypatch):
    me = importer("administrator")
    run = run_of(me, opportunities(me))
    assert run.step()
    assert run.step()
    monkeypatch.setattr(runs.staging, "mark", lambda *_: 1 / 0)

    run.to_the_end()

    assert sum(counts(me)) == BATCH
    assert (marks(), wrong()) == (0, {})


def test_a_run_that_is_given_up_is_looked_after(importer):
    me = importer("administrator")
    id_ = opportunities(me)
    run = run_of(me, id_)
    assert run.step()
    assert run.step()
    with opened() as ctx:
        ctx.run("UPDATE sys_import SET updated_at = updated_at - interval '2 hours'")
        payload = {"workspace": asdict(ctx.workspace), "import": id_}

    catching_up.catch_up_job(payload)

    assert sum(counts(me)) == BATCH
    assert (marks(), wrong()) == (0, {})


def test_other_writes_work_a_marked_parent_out_and_what_was_marked_later_stays(importer):
    me = importer("administrator")
    run = run_of(me, opportunities(me))
    assert run.step()
    assert run.step()
    with opened() as ctx:
        assert recompute.verify(ctx).wrong == {}  # what waits is known to wait
        (company, *_) = [id_ for (id_,) in ctx.run("SELECT id FROM rec_company ORDER BY name")]
    me.client.make("opportunity", name="手工", company=str(company), amount={"amount": "1", "currency": "CNY"})

    first, *rest = counts(me)
    assert (first, rest) == (BATCH // FIRMS + 2, [0] * (FIRMS - 1))
    assert marks() == FIRMS - 1
    assert run.step()
    assert marks() == FIRMS
    run.to_the_end()
    assert counts(me) == [ROWS // FIRMS + 1, *[ROWS // FIRMS] * (FIRMS - 1)]
    assert (marks(), wrong()) == (0, {})


def test_a_worker_killed_before_they_are_worked_out_is_taken_over(committing_database, queued):
    registry()
    me = Importer(Client.signed_in_as("administrator"), queued)
    id_ = opportunities(me)
    assert me.client.post(f"imports/{id_}/run").status_code == 202
    ((_, payload),) = queued

    killed = subprocess.run(
        [sys.executable, "-c", WORKER, committing_database, json.dumps(payload)], check=False, timeout=120
    )

    assert killed.returncode == -signal.SIGKILL
    assert me.count("opportunity") == ROWS
    assert (marks(), sum(counts(me))) == (FIRMS, 0)
    assert me.after_jobs(id_)["state"] == "done"
    assert counts(me) == [ROWS // FIRMS] * FIRMS
    assert (marks(), wrong()) == (0, {})


def test_marks_of_what_is_gone_are_forgotten(ctx):
    (company,) = writes.create(ctx, "company", [{"name": "甲"}])
    ctx.run(
        "INSERT INTO sys_stale VALUES ('nothing', $1, '{x}', $2), ('company', $1, '{x,open_amount}', $2)",
        [company, ctx.now],
    )

    while stale.catch_up(ctx, ctx.now):
        pass

    assert ctx.run("SELECT count(*) FROM sys_stale WHERE at <= $1", [ctx.now]) == [(0,)]
