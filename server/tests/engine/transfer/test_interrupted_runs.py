"""A run that is cancelled, killed, started twice or left behind goes on where it stood, or says what became of it."""

import threading
import time
from dataclasses import asdict
from uuid import UUID

import pytest
from django.db import connection

from guanxi.app.areas import registry
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import writes
from guanxi.engine.transfer.imports import catching_up, service
from guanxi.engine.transfer.imports import run as runs
from tests.engine.transfer.conftest import Importer
from tests.engine.transfer.lists import companies, imported, run_of
from tests.support import world
from tests.support.clients import Client


def test_cancel_between_batches_and_undo_of_the_rest(importer, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 1)
    me = importer("administrator")
    id_ = companies(me)
    run = run_of(me, id_)
    assert run.step()  # staged
    assert run.step()  # first row
    assert me.client.post(f"imports/{id_}/cancel").status_code == 200
    assert not run.step()
    me.queued.clear()
    one = me.client.get(f"imports/{id_}").json()
    assert (one["state"], one["counts"]["create"], me.count("company")) == ("cancelled", 1, 1)
    assert me.undo(id_)["state"] == "undone"
    assert me.count("company") == 0


def leave(name: str) -> None:
    """Somebody leaves, and nobody takes what waits in their name."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        writes.update(ctx, "member", [writes.Change(world.membership(name).member_id, {"status": "left"})])


def test_a_run_whose_starter_has_left_ends_and_somebody_else_goes_on(importer):
    boss, me = importer("administrator"), importer("manager")
    id_ = companies(me)
    assert me.client.post(f"imports/{id_}/run").status_code == 202
    leave("manager")

    failed = boss.after_jobs(id_)

    assert (failed["state"], failed["error"]["code"]) == ("failed", "workspace.no_such_member")
    assert boss.count("company") == 0
    ends = boss.client.get("audit?kinds=import_end").json()["items"]
    assert len(ends) == 1
    assert boss.run(id_)["state"] == "done"
    assert boss.count("company") == 3


def test_an_undo_whose_starter_has_left_changes_nothing(importer):
    boss, me = importer("administrator"), importer("manager")
    id_ = companies(me)
    me.run(id_)
    assert me.client.post(f"imports/{id_}/undo", {}).status_code < 300
    leave("manager")

    kept = boss.after_jobs(id_)

    assert (kept["state"], kept["error"]["code"]) == ("done", "workspace.no_such_member")
    assert (kept["progress"]["done"], boss.count("company")) == (3, 3)
    assert boss.undo(id_)["state"] == "undone"


def test_a_killed_run_goes_on_behind_its_last_batch(importer, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 1)
    me = importer("administrator")
    id_ = companies(me)
    run = run_of(me, id_)
    assert run.step()
    assert run.step()

    class Killed(BaseException):
        pass

    def die(*_):
        raise Killed

    with monkeypatch.context() as during:
        during.setattr(runs.staging, "mark", die)
        with pytest.raises(Killed):
            run.to_the_end()
    assert me.count("company") == 1
    done = me.after_jobs(id_)  # the queue hands the job to the next worker
    assert (done["state"], done["counts"]["create"]) == ("done", 3)
    assert me.count("company") == 3
    (change_set,) = imported(me)
    assert change_set["id"] == done["change_set"]
    assert change_set["counts"]["company.create"] == 3


def test_a_failed_run_can_be_started_again(importer, monkeypatch):
    me = importer("administrator")
    id_ = companies(me)
    with monkeypatch.context() as during:
        during.setattr(runs.staging, "mark", lambda *_: 1 / 0)
        failed = me.run(id_)
    assert (failed["state"], failed["error"]["code"]) == ("failed", "transfer.run_failed")
    assert me.count("company") == 0
    assert me.run(id_)["counts"]["create"] == 3


@pytest.mark.usefixtures("committing_database")
def test_of_two_clicks_on_run_one_runs(queued):
    registry()
    me = Importer(Client.signed_in_as("administrator"), queued)
    id_ = companies(me)
    workspace, actor = world.workspace(), world.actor("administrator")
    states = []

    def second_click() -> None:
        states.append(Client.signed_in_as("administrator").post(f"imports/{id_}/run").status_code)
        connection.close()

    other = threading.Thread(target=second_click)
    with work(workspace, actor, via="ui") as ctx:
        service.run(ctx, UUID(id_))
        other.start()
        time.sleep(0.3)
    other.join(10)
    assert states == [409]
    assert len(queued) == 1


def test_a_run_that_nobody_works_at_any_more_is_told_to_have_failed(importer, workspace):
    me = importer("administrator")
    one = me.upload("company", "名称\n华信\n".encode())
    payload = {"workspace": asdict(workspace), "import": one["id"]}

    def left(age: str) -> dict:
        with work(workspace, SYSTEM, via="job") as ctx:
            ctx.run(
                "UPDATE sys_import SET state = 'running', error = NULL, updated_at = now() - $2::interval WHERE id = $1",
                [one["id"], age],
            )
        catching_up.catch_up_job(payload)
        return me.client.get(f"imports/{one['id']}").json()

    assert left("50 minutes")["state"] == "running"
    given_up = left("2 hours")
    assert (given_up["state"], given_up["error"]["code"]) == ("failed", "transfer.given_up")
