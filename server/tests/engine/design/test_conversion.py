"""Changing the kind of a field: seen before, done beside the work of others, taken back within a day."""

import threading
from datetime import timedelta

import pytest

from tests.engine.design.behind import columns
from tests.engine.design.designer import Designer
from tests.support.clients import Client

TEXTS = ["12", "12.50", "1,200", "约 30", None]


@pytest.fixture
def plan(committing: Designer) -> Designer:
    """An object with texts, some of which are numbers."""
    committing.act(
        "create_object",
        label="计划",
        key="plan",
        fields=[
            {"kind": "text", "key": "name", "label": "名称"},
            {"kind": "text", "key": "size", "label": "规模", "index": True},
        ],
    )
    rows = [{"values": {"name": f"第{n}项", "size": text}} for n, text in enumerate(TEXTS)]
    assert committing.client.post("records/plan/bulk", {"op": "create", "records": rows}).status_code == 200
    return committing


def sizes(designer: Designer) -> list:
    rows = designer.client.post("records/plan/query", {"select": ["size"], "sort": [{"field": "name"}]}).json()["rows"]
    return [row["size"] for row in rows]


def convert(designer: Designer, **more):
    return designer.act("convert_field", field="plan.size", kind="decimal", values={"settings": {"scale": 2}}, **more)


def test_the_preview_counts_and_shows_what_becomes_of_values(plan: Designer):
    found = convert(plan, preview=True)["conversion"]

    assert {name: found[name] for name in ("same", "changed", "failed", "empty", "exact")} == {
        "same": 2, "changed": 1, "failed": 1, "empty": 1, "exact": True,
    }  # fmt: skip
    assert [(sample["before"], sample["after"]) for sample in found["changed_samples"]] == [
        ("12.50", "12.5"),
    ]  # fmt: skip
    (failed,) = found["failed_samples"]
    assert (failed["before"], failed["count"]) == ("约 30", 1)
    assert "约 30" in failed["message"]
    assert plan.fields("plan")["size"]["kind"] == "text"
    assert sizes(plan) == TEXTS


def test_values_that_would_be_lost_need_a_word(plan: Designer):
    refused = plan.refused("convert_field", field="plan.size", kind="decimal")

    assert (refused["code"], refused["params"]["count"]) == ("design.conversion_loses", 1)
    assert "约 30" in refused["detail"]


def test_until_it_is_done_the_field_is_as_it_was_and_what_is_written_counts(plan: Designer, finish):
    convert(plan, confirm=True)
    assert plan.fields("plan")["size"]["kind"] == "text"
    plan.client.make("plan", name="第9项", size="77")

    finish()

    field = plan.fields("plan")["size"]
    assert (field["kind"], field["settings"]) == ("decimal", {"scale": 2})
    assert sizes(plan) == ["12", "12.5", "1200", None, None, "77"]
    where = {"field": "size", "op": "gt", "value": 13}
    assert plan.count("plan", where) == 2
    assert [one["state"] for one in plan.object("plan")["parts"]] == ["active", "active"]
    assert plan.object("plan")["steps"] == []


def test_it_is_taken_back_with_the_values_as_they_were(plan: Designer, finish):
    convert(plan, confirm=True)
    finish()
    rows = plan.client.post("records/plan/query", {"sort": [{"field": "name"}]}).json()["rows"]
    plan.client.patch(f"records/plan/{rows[0]['id']}", {"values": {"size": "99"}})
    plan.client.patch(f"records/plan/{rows[3]['id']}", {"values": {"name": "第3项（改名）"}})

    plan.act("revert_field", field="plan.size")
    finish()

    assert plan.fields("plan")["size"]["kind"] == "text"
    assert sizes(plan) == ["99", "12.50", "1,200", "约 30", None]
    assert plan.object("plan")["columns_left"] == 1600 - len(RECORD) - 1 - 1 - 2
    assert plan.refused("revert_field", field="plan.size")["code"] == "design.nothing_to_revert"


RECORD = "id rev owner via_owner created_at created_by updated_at updated_by deleted_at".split()


def test_a_conversion_that_runs_is_stopped_without_a_trace(plan: Designer, finish):
    convert(plan, confirm=True)
    plan.act("revert_field", field="plan.size")

    finish()

    assert plan.fields("plan")["size"]["kind"] == "text"
    assert sizes(plan) == TEXTS
    convert(plan, confirm=True)
    finish()
    assert plan.fields("plan")["size"]["kind"] == "decimal"


def test_after_a_day_the_old_values_are_gone(plan: Designer, finish, monkeypatch):
    from guanxi.engine.design import background
    from guanxi.engine.design.ops import conversion
    from tests.support import world

    convert(plan, confirm=True)
    monkeypatch.setattr("guanxi.engine.design.converting.REVERTIBLE", timedelta(seconds=-1))
    finish()
    refused = plan.refused("revert_field", field="plan.size")

    background.expire_job({"workspace": conversion_workspace(world.workspace())})

    assert refused["code"] == "design.nothing_to_revert"
    assert timedelta(hours=24) == conversion.REVERTIBLE
    assert not [name for name in columns("rec_plan") if "__prev" in name]
    assert sizes(plan)[0] == "12"


def conversion_workspace(workspace) -> dict:
    from dataclasses import asdict

    return asdict(workspace)


@pytest.mark.parametrize("kind", ["lookup", "many_to_many", "auto_number", "file", "text"])
def test_kinds_that_do_not_read_each_other_are_refused(plan: Designer, kind: str):
    refused = plan.refused("convert_field", field="plan.size", kind=kind, confirm=True)

    assert [error["code"] for error in refused["fields"]] == ["design.cannot_convert"]


def test_readers_and_writers_go_on_and_nothing_written_meanwhile_is_lost(
    committing: Designer, finish, committing_database
):
    """Writers change values all the time; what they wrote last is what the converted field holds."""
    from django.db import connection

    committing.act("create_object", label="计划", key="plan", fields=[
        {"kind": "text", "key": "name", "label": "名称"}, {"kind": "text", "key": "size", "label": "规模"},
    ])  # fmt: skip
    rows = [{"values": {"name": str(n), "size": "0"}} for n in range(4000)]
    ids = committing.client.post("records/plan/bulk", {"op": "create", "records": rows}).json()["ids"]
    stop, written, errors = threading.Event(), {}, []

    def write(part: int) -> None:
        client = Client.signed_in_as("administrator")
        number = 0
        while not stop.is_set():
            number += 1
            one = ids[(number * 7 + part * 311) % 1000]
            answer = client.patch(f"records/plan/{one}", {"values": {"size": str(number)}})
            if answer.status_code == 200:
                written.setdefault(one, set()).add(str(number))
            elif answer.status_code != 409:
                errors.append(answer.content)
            if client.post("records/plan/query", {"limit": 5}).status_code != 200:
                errors.append("read")
        connection.close()

    threads = [threading.Thread(target=write, args=(part,)) for part in range(3)]
    for thread in threads:
        thread.start()
    try:
        committing.act("convert_field", field="plan.size", kind="integer", confirm=True)
        while committing.fields("plan")["size"]["kind"] == "text":
            finish()
    finally:
        stop.set()
        for thread in threads:
            thread.join()

    assert errors == []
    assert written
    after = {one: committing.client.get(f"records/plan/{one}").json()["size"] for one in ids[:50]}
    for one, size in after.items():
        assert str(size) in written.get(one, {"0"})
    history = committing.client.get(f"records/plan/{ids[0]}/timeline").json()["items"]
    latest = next((f["new"] for item in history for f in item["fields"] if f["field"] == "size"), "0")
    assert str(after[ids[0]]) == latest.replace(",", "")


@pytest.fixture
def codes(committing: Designer) -> Designer:
    """Unique texts, two of which are the same number."""
    committing.act("create_object", label="计划", key="plan", fields=[
        {"kind": "text", "key": "name", "label": "名称"},
        {"kind": "text", "key": "size", "label": "规模", "unique": True},
    ])  # fmt: skip
    committing.client.make("plan", name="甲", size="1")
    return committing


def test_unique_values_that_become_the_same_are_counted_and_refused(codes: Designer):
    codes.client.make("plan", name="乙", size="1.0")

    found = convert(codes, preview=True)["conversion"]
    refused = codes.refused(
        "convert_field", field="plan.size", kind="decimal", values={"settings": {"scale": 2}}, confirm=True
    )

    assert (found["same"], found["changed"], found["failed"]) == (1, 0, 1)
    (error,) = refused["fields"]
    assert (error["code"], error["params"]["count"]) == ("design.duplicates", 1)
    assert "1.0 → 1" in error["params"]["examples"]
    assert codes.fields("plan")["size"]["kind"] == "text"


def test_a_conversion_whose_values_turn_out_twice_is_never_put_in_place(codes: Designer, finish):
    convert(codes, confirm=True)
    codes.client.make("plan", name="乙", size="1.0")

    for _ in range(3):
        finish()

        field = codes.fields("plan")["size"]
        assert (field["kind"], field["unique"]) == ("text", True)
        assert sorted(sizes(codes)) == ["1", "1.0"]
    assert "failed" in [one["state"] for one in codes.object("plan")["steps"]]
    codes.act("revert_field", field="plan.size")
    finish()
    assert codes.object("plan")["steps"] == []
    assert codes.client.post("records/plan", {"values": {"name": "丙", "size": "1"}}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("formula", {"expression": "1", "result": "number"}),
        ("lookup_value", {"path": "created_by.name"}),
        ("roll_up", {"object": "contact", "by": "company", "function": "count"}),
        ("last_activity", {}),
        ("button", {}),
        ("sub_table", {}),
    ],
)
def test_nothing_is_converted_to_what_nobody_writes(plan: Designer, kind: str, settings: dict):
    refused = plan.refused("convert_field", field="plan.size", kind=kind, values={"settings": settings}, confirm=True)

    assert [error["code"] for error in refused["fields"]] == ["design.cannot_convert"]


@pytest.mark.parametrize(("before", "after"), [("12", "很多"), ("很多", "12")])
def test_what_the_converted_field_does_not_take_is_a_conflict_to_take_back(
    plan: Designer, finish, before: str, after: str
):
    one = plan.client.make("plan", name="第9项", size=before)
    written = plan.client.patch(f"records/plan/{one['id']}", {"values": {"size": after}}).json()
    convert(plan, confirm=True)
    finish()
    held = plan.client.get(f"records/plan/{one['id']}").json()["size"]

    preview = plan.client.post(f"change-sets/{written['_change_set']}/undo", {"preview": True})
    refused = plan.client.post(f"change-sets/{written['_change_set']}/undo", {})

    assert preview.json()["conflicts"] == [{"object": "plan", "id": one["id"], "fields": ["size"]}]
    assert (refused.status_code, refused.json()["code"]) == (409, "records.undo_conflicts")
    assert plan.client.get(f"records/plan/{one['id']}").json()["size"] == held
