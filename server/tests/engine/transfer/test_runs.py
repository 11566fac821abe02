"""Dry run, bad rows, match keys, cancel, resume after a kill, undo: what an import promises beside the happy path."""

import csv
import io
import threading
import time
from uuid import UUID

import pytest
from django.db import connection

from guanxi.app.areas import registry
from guanxi.engine.context import work
from guanxi.engine.transfer.imports import run as runs
from guanxi.engine.transfer.imports import service
from guanxi.infra.errors import Conflict
from tests.engine.transfer.conftest import Importer
from tests.support import world
from tests.support.clients import Client

HEADER = "名称,外部编号,行业,网站,员工人数\n"
COMPANIES = HEADER + "华信科技,C1,保险,https://huaxin.example.com,120\n天成贸易,C2,零售,,35\n远山咨询,C3,金融,,8\n"


def mapping(me, one, **changes):
    found = me.preview(one["id"])
    return [{**entry, **changes.get(entry["column"], {})} for entry in found["proposal"]]


def companies(me, text=COMPANIES, encoding="utf-8", **settings):
    one = me.upload("company", text.encode(encoding))
    me.map(one["id"], mapping(me, one), **settings)
    return one["id"]


def run_of(me, id_):
    """The queued run itself, to be taken step by step."""
    assert me.client.post(f"imports/{id_}/run").status_code == 202
    ((_, payload),) = me.queued
    workspace, actor = runs.acting(payload["workspace"], UUID(payload["member"]))
    return runs.Run(workspace, actor, UUID(id_), UUID(payload["change_set"]), payload["language"])


def imported(me):
    """The change sets that imports have left."""
    return [one for one in me.client.get("change-sets").json()["change_sets"] if one["via"] == "import"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_real_files(importer, encoding):
    me = importer("administrator")
    done = me.run(companies(me, encoding=encoding))
    assert done["counts"]["create"] == 3
    assert {row["name"] for row in me.rows("company", "name")} == {"华信科技", "天成贸易", "远山咨询"}


def test_a_dry_run_tells_all_and_changes_nothing(importer):
    me = importer("administrator")
    text = (
        HEADER + "甲公司,D1,保险,,1\n乙公司,D2,没有这个行业,,2\n,D3,零售,,3\n丁公司,D1,零售,,4\n戊公司,D5,零售,,很多\n"
    )
    id_ = companies(me, text, match=["external_id"], mode="upsert")
    checked = me.rehearse(id_)
    assert checked["state"] == "checked"
    assert checked["counts"] == {"create": 1, "update": 1, "skip": 0, "error": 3, "unlinked": 0}
    assert checked["progress"] == {"done": 5, "total": 5}
    assert {(error["column"], error["code"], error["first_row"]) for error in checked["errors"]} == {
        ("行业", "fields.unknown_option", 3),
        ("名称", "fields.required", 4),
        ("员工人数", "fields.not_a_number", 6),
    }
    assert me.count("company") == 0
    assert imported(me) == []
    done = me.run(id_)
    assert done["counts"] == checked["counts"]
    assert me.count("company") == 1


def test_a_dry_run_draws_no_numbers(importer):
    me = importer("administrator")
    before = me.client.post("records/opportunity", {"values": {"name": "零号"}}).json()["number"]
    one = me.upload("opportunity", "商机名称\n一号\n二号\n".encode())
    me.map(one["id"], [{"column": "商机名称", "field": "name"}])
    me.rehearse(one["id"])
    me.run(one["id"])
    numbers = sorted(int(row["number"].removeprefix("OPP-")) for row in me.rows("opportunity", "number"))
    first = int(before.removeprefix("OPP-"))
    assert numbers == [first, first + 1, first + 2]


def test_bad_rows_come_back_as_a_file(importer):
    me = importer("administrator")
    text = HEADER + '甲公司,E1,保险,,1\n"乙,公司",=E2,没有这个行业,,两\n'
    id_ = companies(me, text)
    me.run(id_)
    response = me.client.get(f"imports/{id_}/errors.csv", Accept_Language="en")
    assert response.content.startswith(b"\xef\xbb\xbf")
    header, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert header == ["名称", "外部编号", "行业", "网站", "员工人数", "Row", "Errors"]
    assert row[:3] == ["乙,公司", "'=E2", "没有这个行业"]
    assert row[5] == "3"
    assert "员工人数: “两” is not a number" in row[6]
    (listed,) = me.client.get(f"imports/{id_}/errors").json()["rows"]
    assert listed["row"] == 3
    assert {error["field"] for error in listed["errors"]} == {"industry", "employees"}


def test_upsert_updates_by_key_and_keeps_what_the_file_leaves_empty(importer):
    me = importer("administrator")
    me.run(companies(me))
    text = HEADER + "华信科技集团,C1,,,\n新来的,C9,零售,,1\n"
    done = me.run(companies(me, text, match=["external_id"], mode="upsert"))
    assert done["counts"] == {"create": 1, "update": 1, "skip": 0, "error": 0, "unlinked": 0}
    (row,) = me.rows("company", "name", "employees", where={"field": "external_id", "op": "eq", "value": "C1"})
    assert (row["name"], row["employees"]) == ("华信科技集团", 120)


def test_update_alone_refuses_the_unknown(importer):
    me = importer("administrator")
    me.run(companies(me))
    done = me.run(companies(me, HEADER + "华信,C1,,,\n谁,C7,,,\n", match=["external_id"], mode="update"))
    assert done["counts"]["update"] == 1
    assert [error["code"] for error in done["errors"]] == ["transfer.no_match"]
    assert me.count("company") == 3


def test_create_skips_what_the_key_finds(importer):
    me = importer("administrator")
    me.run(companies(me))
    done = me.run(companies(me, COMPANIES + "第四家,C4,,,\n", match=["external_id"], mode="create"))
    assert done["counts"] == {"create": 1, "update": 0, "skip": 3, "error": 0, "unlinked": 0}


@pytest.mark.parametrize(("mode", "made", "codes"), [("upsert", 1, []), ("update", 0, ["transfer.no_match"])])
def test_a_hidden_record_is_neither_changed_nor_told_about(importer, mode, made, codes):
    boss, me = importer("administrator"), importer("salesperson")
    boss.run(companies(boss))
    done = me.run(companies(me, HEADER + "我的公司,C1,,,\n", match=["external_id"], mode=mode))
    assert [error["code"] for error in done["errors"]] == codes
    assert me.count("company") == made
    assert "华信科技" in {row["name"] for row in boss.rows("company", "name")}


def test_references_that_name_nothing_or_too_much(importer):
    me = importer("administrator")
    me.run(companies(me, HEADER + "同名公司,F1,,,\n同名公司,F2,,,\n"))
    text = "姓名,公司\n张三,同名公司\n李四,没有的公司\n王五,\n"
    one = me.upload("contact", text.encode())
    me.map(one["id"], mapping(me, one))
    done = me.run(one["id"])
    assert done["counts"]["create"] == 1
    assert {error["code"] for error in done["errors"]} == {"transfer.relation_ambiguous", "transfer.relation_not_found"}


def test_missing_records_are_created_once(importer):
    me = importer("administrator")
    text = "姓名,公司\n张三,新公司\n李四,新公司\n王五,另一家\n"
    one = me.upload("contact", text.encode())
    me.map(one["id"], mapping(me, one, 公司={"relation": {"by": "title", "create_missing": True}}))
    assert me.rehearse(one["id"])["counts"]["create"] == 3
    assert me.count("company") == 0
    assert me.run(one["id"])["counts"]["create"] == 3
    assert sorted(row["name"] for row in me.rows("company", "name")) == ["另一家", "新公司"]


def test_rows_of_a_file_refer_to_each_other_in_any_order(importer):
    me = importer("administrator")
    text = "名称,上级公司\n子公司,母公司\n母公司,\n孙公司,子公司\n孤儿,不存在\n"
    one = me.upload("company", text.encode())
    me.map(one["id"], mapping(me, one))
    done = me.run(one["id"])
    assert (done["counts"]["create"], done["counts"]["error"]) == (3, 1)
    parents = {row["name"]: row["parent"] and row["parent"]["title"] for row in me.rows("company", "name", "parent")}
    assert parents == {"子公司": "母公司", "母公司": None, "孙公司": "子公司"}


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


PAST = [
    {"column": "名称", "field": "name"},
    {"column": "编号", "field": "external_id"},
    {"column": "创建日期", "field": "created_at"},
]


def with_past(me, text, **settings):
    one = me.upload("company", ("名称,编号,创建日期\n" + text).encode())
    me.map(one["id"], PAST, **settings)
    return me.run(one["id"])


def test_records_keep_their_past_and_the_log_says_when_they_were_imported(importer):
    me = importer("administrator")
    done = with_past(me, "老客户,P1,2019-03-01\n")
    (row,) = me.rows("company", "created_at")
    assert row["created_at"] == "2019-02-28T16:00:00Z"
    assert me.client.get(f"change-sets/{done['change_set']}").json()["at"] > "2020"
    (told,) = me.client.get(f"records/company/{row['id']}/timeline?kinds=change").json()["items"]
    assert told["at"] > "2020"


def test_one_impossible_past_does_not_hold_back_the_others(importer):
    me = importer("administrator")
    text = "甲,P1,1200-01-01\n乙,P2,0001-01-01\n丙,P3,9999-12-31\n丁,P4,1969-12-31\n戊,P5,2019-03-01\n"
    done = with_past(me, text)
    assert done["state"] == "done"
    assert (done["counts"]["create"], done["counts"]["error"]) == (3, 2)
    assert {error["code"] for error in done["errors"]} == {"fields.moment_out_of_range"}


def test_a_row_that_the_database_refuses_does_not_hold_back_the_others(importer, monkeypatch):
    me = importer("administrator")
    create = runs.writes.create

    def refusing(ctx, object_key, rows):
        if any(row["name"] == "天成贸易" for row in rows):
            ctx.run("SELECT 'x'::uuid")
        return create(ctx, object_key, rows)

    monkeypatch.setattr(runs.writes, "create", refusing)
    done = me.run(companies(me))
    assert (done["state"], done["counts"]["create"], done["counts"]["error"]) == ("done", 2, 1)
    assert [(error["code"], error["first_row"]) for error in done["errors"]] == [("transfer.row_impossible", 3)]


def test_what_is_there_keeps_its_past(importer):
    me = importer("administrator")
    with_past(me, "甲,P1,2019-03-01\n")
    done = with_past(me, "甲集团,P1,2024-03-01\n乙,P2,2024-03-01\n", match=["external_id"], mode="upsert")
    assert (done["counts"]["create"], done["counts"]["update"], done["counts"]["error"]) == (1, 1, 0)
    past = {row["name"]: row["created_at"][:4] for row in me.rows("company", "name", "created_at")}
    assert past == {"甲集团": "2019", "乙": "2024"}
    one = me.upload("company", "名称,编号,创建日期\n甲,P1,2024-03-01\n".encode())
    body = {"mapping": PAST, "match": ["external_id"], "mode": "update"}
    refused = me.client.put(f"imports/{one['id']}/mapping", body)
    assert [error["code"] for error in refused.json()["fields"]] == ["transfer.history_of_new_records"]


def test_rights(importer):
    me, other = importer("administrator"), importer("read_only")
    id_ = companies(me)
    refused = other.client.django.post(f"{other.client.base}/imports", {"object": "company"})
    assert refused.status_code == 400
    for path in (f"imports/{id_}", f"imports/{id_}/preview", f"imports/{id_}/errors.csv"):
        assert other.client.get(path).status_code == 404
    assert other.client.post(f"imports/{id_}/run").status_code == 404
    assert other.client.get("imports").json()["rows"] == []


def test_a_mapping_that_makes_no_sense_names_every_mistake(importer):
    me = importer("administrator")
    one = me.upload("company", COMPANIES.encode())
    refused = me.client.put(
        f"imports/{one['id']}/mapping",
        {
            "mapping": [
                {"column": "名称", "field": "name"},
                {"column": "没有", "field": "website"},
                {"column": "行业", "field": "no_such_field"},
                {"column": "网站", "field": "name"},
                {"column": "员工人数", "field": "parent", "relation": {"by": "shoe_size"}},
            ],
            "mode": "upsert",
        },
    )
    assert refused.status_code == 422
    assert {error["code"] for error in refused.json()["fields"]} == {
        "transfer.unknown_column",
        "transfer.unknown_field",
        "transfer.target_twice",
        "transfer.unknown_key",
        "transfer.match_missing",
    }


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
        during.setattr(runs.undo, "undo", fail)
        one = me.after_jobs(id_)
    assert (one["state"], one["error"]["code"]) == ("cancelled", code)
    assert me.undo(id_)["state"] == "undone"


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
    from dataclasses import asdict

    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.transfer.imports import catching_up

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
