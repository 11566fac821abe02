"""A worker killed in the middle of an import: nothing is lost, nothing is written twice."""

import json
import subprocess
import sys
import time
from uuid import UUID

from django.db import connection

from tests.engine.transfer.conftest import Importer
from tests.support.clients import Client

ROWS = 6000
WORKER = """
import json, sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from guanxi.app.areas import registry
registry()
from guanxi.engine.transfer.imports import run
run.BATCH = 100
run.run_job(json.loads(sys.argv[2]))
"""


def test_the_import_resumes_where_the_last_batch_ended(committing_database, queued):
    from guanxi.app.areas import registry

    registry()
    me = Importer(Client.signed_in_as("administrator"), queued)
    text = "名称,外部编号\n" + "".join(f"第{number}公司,K{number}\n" for number in range(ROWS))
    one = me.upload("company", text.encode())
    me.map(one["id"], me.preview(one["id"])["proposal"])
    assert me.client.post(f"imports/{one['id']}/run").status_code == 202
    ((name, payload),) = queued
    worker = subprocess.Popen([sys.executable, "-c", WORKER, committing_database, json.dumps(payload)])
    try:
        deadline = time.monotonic() + 60
        while me.client.get(f"imports/{one['id']}").json()["progress"]["done"] < 300:
            assert worker.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
    finally:
        worker.kill()
        worker.wait()
    half = me.client.get(f"imports/{one['id']}").json()
    assert half["state"] == "running"
    assert 0 < half["progress"]["done"] < ROWS
    assert me.count("company") == half["progress"]["done"]
    assert name == "transfer.import"
    done = me.after_jobs(one["id"])
    assert (done["state"], done["counts"]["create"], me.count("company")) == ("done", ROWS, ROWS)
    groups = me.client.post("records/company/group", {"by": [{"field": "external_id"}], "limit": 1}).json()
    assert groups["totals"]["count"] == ROWS
    change_set = me.client.get(f"change-sets/{done['change_set']}").json()
    assert change_set["counts"]["company.create"] == ROWS
    assert me.undo(one["id"])["state"] == "undone"
    assert me.count("company") == 0


def test_batches_do_not_wait_for_the_disk_and_the_end_does(committing_database, queued, monkeypatch):
    from guanxi.app.areas import registry
    from guanxi.engine.acting import acting_for
    from guanxi.engine.transfer.imports import run as runs

    registry()
    me = Importer(Client.signed_in_as("administrator"), queued)
    one = me.upload("company", "名称\n华信\n天成\n".encode())
    me.map(one["id"], me.preview(one["id"])["proposal"])
    assert me.client.post(f"imports/{one['id']}/run").status_code == 202
    ((_, payload),) = queued
    workspace, actor = acting_for(payload)
    run = runs.Run(workspace, actor, UUID(one["id"]), UUID(payload["change_set"]), payload["language"])
    waits: dict[str, str] = {}

    def watch(name: str) -> None:
        plain = getattr(run, name)

        def call(ctx, *rest):
            answer = plain(ctx, *rest)
            ((waits[name],),) = ctx.run("SHOW synchronous_commit")
            return answer

        monkeypatch.setattr(run, name, call)

    for name in ("_stage", "_rows", "_links", "_finish"):
        watch(name)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    run.to_the_end()
    assert waits == {"_stage": "on", "_rows": "off", "_links": "off", "_finish": "on"}
