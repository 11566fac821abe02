"""An import is taken back whole, beside what others changed since."""

import pytest

from guanxi.engine.records import long_undo
from guanxi.engine.transfer.imports import run as runs
from guanxi.engine.transfer.imports import taking_back
from guanxi.infra.errors import Conflict
from tests.engine.transfer.lists import HEADER, companies, run_of


def test_undo_restores_everything(importer):
    me = importer("administrator")
    me.run(companies(me))
    text = HEADER + "改名了,C1,零售,,999\n新来的,C9,零售,,1\n"
    id_ = companies(me, text, match=["external_id"], mode="upsert")
    before = {row["id"]: row for row in me.rows("company", "name", "industry", "employees")}
    me.run(id_)
    assert me.count("company") == 4
    asked = me.client.post(f"imports/{id_}/undo", {"preview": True}).json()
    assert (asked["undone"], asked["conflicts"], me.count("company")) == (2, [], 4)
    assert me.undo(id_)["state"] == "undone"
    after = {row["id"]: row for row in me.rows("company", "name", "industry", "employees")}
    assert {key: {**row, "rev": 0} for key, row in after.items()} == {
        key: {**row, "rev": 0} for key, row in before.items()
    }


def test_undo_stops_at_what_others_changed_since(importer):
    me = importer("administrator")
    me.run(companies(me))
    id_ = companies(me, HEADER + "改名了,C1,,,\n", match=["external_id"], mode="upsert")
    me.run(id_)
    (row,) = me.rows("company", where={"field": "external_id", "op": "eq", "value": "C1"})
    me.client.patch(f"records/company/{row['id']}", {"values": {"name": "又改了"}})
    refused = me.client.post(f"imports/{id_}/undo", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "records.undo_conflicts")
    assert me.undo(id_, skip_conflicts=True)["state"] == "undone"
    (row,) = me.rows("company", "name", where={"field": "external_id", "op": "eq", "value": "C1"})
    assert row["name"] == "又改了"


def test_the_undo_is_told_as_it_will_be(importer):
    me = importer("administrator")
    me.run(companies(me))
    id_ = companies(me, HEADER + "改名了,C1,,,\n也改名,C2,,,\n", match=["external_id"], mode="upsert")
    me.run(id_)
    (row,) = me.rows("company", where={"field": "external_id", "op": "eq", "value": "C1"})
    me.client.patch(f"records/company/{row['id']}", {"values": {"name": "又改了"}})
    asked = me.client.post(f"imports/{id_}/undo", {"preview": True, "skip_conflicts": True}).json()
    assert (asked["undone"], len(asked["conflicts"])) == (1, 1)


@pytest.mark.parametrize(
    ("failure", "code"),
    [(ZeroDivisionError, "transfer.undo_failed"), (Conflict("records.already_undone"), "records.already_undone")],
)
def test_an_undo_that_fails_leaves_the_import_as_it_was(importer, monkeypatch, failure, code):
    me = importer("administrator")
    monkeypatch.setattr(runs, "BATCH", 1)
    id_ = companies(me)
    run = run_of(me, id_)
    assert run.step()
    assert run.step()
    me.client.post(f"imports/{id_}/cancel")
    me.after_jobs(id_)
    assert me.client.post(f"imports/{id_}/undo", {}).status_code == 200

    def fail(*_, **__):
        raise failure

    with monkeypatch.context() as during:
        during.setattr(taking_back.undo, "undo", fail)
        one = me.after_jobs(id_)
    assert (one["state"], one["error"]["code"]) == ("cancelled", code)
    assert me.undo(id_)["state"] == "undone"


def test_of_very_many_records_the_job_looks_for_conflicts(importer, monkeypatch):
    monkeypatch.setattr(long_undo, "FROM", 1)
    me = importer("administrator")
    me.run(companies(me))
    id_ = companies(me, HEADER + "改名了,C1,,,\n也改名,C2,,,\n", match=["external_id"], mode="upsert")
    me.run(id_)
    (row,) = me.rows("company", where={"field": "external_id", "op": "eq", "value": "C1"})
    me.client.patch(f"records/company/{row['id']}", {"values": {"name": "又改了"}})

    begun = me.client.post(f"imports/{id_}/undo", {})

    assert begun.status_code == 200
    assert (begun.json()["import"]["state"], begun.json()["import"]["progress"]["done"]) == ("undoing", 0)
    one = me.after_jobs(id_)
    assert (one["state"], one["error"]["code"], one["error"]["params"]["count"]) == (
        "done",
        "records.undo_conflicts",
        1,
    )
    assert one["progress"]["done"] == one["progress"]["total"] == 2
    assert {"又改了", "也改名"} <= {row["name"] for row in me.rows("company", "name")}
    assert me.undo(id_, skip_conflicts=True)["state"] == "undone"
    (row,) = me.rows("company", "name", where={"field": "external_id", "op": "eq", "value": "C1"})
    assert row["name"] == "又改了"


def test_an_undo_that_two_workers_hold_is_done_once(importer):
    me = importer("administrator")
    id_ = companies(me)
    me.run(id_)
    assert me.client.post(f"imports/{id_}/undo", {}).status_code == 200
    me.queued *= 2

    one = me.after_jobs(id_)

    assert (one["state"], one["error"], me.count("company")) == ("undone", None, 0)
