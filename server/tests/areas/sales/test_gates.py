"""Gates of stages: one rule for forms, the API and imports; what is missing is named, ticks are kept with who and when."""

import threading
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.sales.rules import gates, moves
from guanxi.areas.sales.rules.gates import Gate
from guanxi.areas.sales.rules.stages import Stage
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads, undo, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import Conflict, Invalid
from tests.support import world


@pytest.fixture
def admin(client):
    """The administrator's client."""
    return client("administrator")


@pytest.fixture
def seller(client):
    """The salesperson's client."""
    return client("salesperson")


@pytest.fixture
def stages(admin):
    """The stages of the default pipeline by name."""
    rows = admin.post("records/stage/query", {"select": ["name"], "limit": 50}).json()["rows"]
    return {row["name"]: row["id"] for row in rows}


@pytest.fixture
def gate(admin, stages):
    """A function that sets the gate of a stage."""

    def put(name, **values):
        answer = admin.patch(f"records/stage/{stages[name]}", {"values": values})
        assert answer.status_code == 200, answer.content
        return answer.json()

    return put


@pytest.fixture
def member():
    """A function from the name of a person of the world to their id."""
    return lambda name: str(world.membership(name).member_id)


def deal(who, **values):
    return who.make("opportunity", **{"name": "仓储项目", **values})


def move(who, record, stage, **values):
    return who.patch(f"records/opportunity/{record['id']}", {"values": {"stage": stage, **values}})


def refused(answer):
    assert answer.status_code == 422, answer.content
    return [(one["field"], one["code"]) for one in answer.json()["fields"]]


def told(who, record, stage):
    answer = who.get(f"opportunities/{record['id']}/gates")
    assert answer.status_code == 200, answer.content
    return next(one for one in answer.json()["stages"] if one["id"] == stage)


def test_fields_are_asked_for_and_named(seller, gate, stages):
    gate("方案报价", entry_fields=["amount", "expected_close_on", "tags"])
    record = deal(seller)
    target = stages["方案报价"]

    answer = move(seller, record, target, expected_close_on="2026-12-31")

    assert refused(answer) == [("amount", "sales.gate_field"), ("tags", "sales.gate_field")]
    assert answer.json()["fields"][0]["message"] == "进入“方案报价”前请填写预计金额。"
    assert told(seller, record, target)["missing"] == ["amount", "expected_close_on", "tags"]
    tag = seller.make("tag", name="重点")["id"]
    kept = move(
        seller, record, target, expected_close_on="2026-12-31", amount={"amount": "0", "currency": "CNY"}, tags=[tag]
    )
    assert kept.json()["stage"]["id"] == target


def test_what_was_filled_in_before_counts(seller, gate, stages):
    gate("方案报价", entry_fields=["tags", "amount"])
    tag = seller.make("tag", name="重点")["id"]
    record = deal(seller, tags=[tag], amount={"amount": "100", "currency": "CNY"})

    assert move(seller, record, stages["方案报价"]).status_code == 200


def test_a_checklist_is_ticked_off_by_somebody_at_some_time(client, seller, gate, stages, member):
    keys = [one["key"] for one in gate("方案报价", checklist=[
        {"name": "确认预算"}, {"name": "拜访决策人"}, {"name": "发送案例", "required": False},
    ])["checklist"]]  # fmt: skip
    record = deal(seller)
    target = stages["方案报价"]

    assert refused(move(seller, record, target)) == [("stage", "sales.gate_checklist")]
    done = {"params": {"opportunity": record["id"], "stage": target, "items": keys[:2]}}
    assert seller.post("actions/sales/check-items", done).json()["result"] == {"changed": 2}
    assert seller.post("actions/sales/check-items", done).json()["result"] == {"changed": 0}

    items = told(seller, record, target)["items"]
    assert [(one["done"], one["required"]) for one in items] == [(True, True), (True, True), (False, False)]
    assert items[0]["by"]["id"] == member("salesperson")
    assert items[0]["at"] is not None
    back = {"params": {**done["params"], "items": keys[:1], "done": False}}
    assert seller.post("actions/sales/check-items", back).json()["result"] == {"changed": 1}
    assert refused(move(seller, record, target)) == [("stage", "sales.gate_checklist")]
    seller.post("actions/sales/check-items", done)
    assert move(seller, record, target).status_code == 200


def test_ticks_are_for_those_who_may_edit(client, seller, gate, stages):
    (item,) = gate("方案报价", checklist=[{"name": "确认预算"}])["checklist"]
    record = deal(seller)
    done = {"params": {"opportunity": record["id"], "stage": stages["方案报价"], "items": [item["key"]]}}

    assert client("other_salesperson").post("actions/sales/check-items", done).status_code == 404
    assert client("read_only").post("actions/sales/check-items", done).status_code in (403, 404)
    unknown = {"params": {**done["params"], "items": ["nothing"]}}
    assert seller.post("actions/sales/check-items", unknown).status_code == 422
    values = {"opportunity": record["id"], "stage": stages["方案报价"], "item": item["key"], "name": "x"}
    assert seller.post("records/stage_check", {"values": values}).status_code in (403, 422)
    assert told(seller, record, stages["方案报价"])["items"][0]["done"] is False


def test_a_gate_is_told_to_nobody_who_may_not_see_the_opportunity(client, seller):
    record = deal(seller)

    assert client("other_salesperson").get(f"opportunities/{record['id']}/gates").status_code == 404
    assert seller.get(f"opportunities/{uuid4()}/gates").status_code == 404


def test_a_hidden_field_is_not_named(client, admin, seller, gate, stages):
    (role,) = admin.post("records/role/query", {"where": {"field": "key", "op": "eq", "value": "salesperson"}}).json()[
        "rows"
    ]
    permissions = role["permissions"]
    own = permissions["objects"].get("opportunity") or permissions["objects"]["*"]
    permissions["objects"]["opportunity"] = {**own, "fields": {"next_step": "hidden"}}
    answer = admin.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})
    assert answer.status_code == 200, answer.content
    gate("方案报价", entry_fields=["next_step"])
    record = deal(seller)

    answer = move(seller, record, stages["方案报价"])

    assert refused(answer) == [("stage", "sales.gate_hidden_field")]
    assert "next_step" not in answer.content.decode()
    found = told(seller, record, stages["方案报价"])
    assert (found["fields"], found["missing"], found["hidden"]) == ([], [], 1)


MOVES = [
    # from, to, gates, code
    ("初步接触", "商务谈判", {"方案报价": {"may_skip": False}}, "sales.gate_not_skipped"),
    ("初步接触", "方案报价", {"方案报价": {"may_skip": False}}, None),
    ("方案报价", "商务谈判", {"方案报价": {"may_skip": False}}, None),
    ("初步接触", "赢单", {"合同审批": {"may_skip": False}}, "sales.gate_not_skipped"),
    ("初步接触", "输单", {"合同审批": {"may_skip": False}}, None),
    ("商务谈判", "需求确认", {"需求确认": {"may_go_back": False}}, "sales.gate_no_way_back"),
    ("输单", "需求确认", {"需求确认": {"may_go_back": False}}, "sales.gate_no_way_back"),
    ("商务谈判", "需求确认", {}, None),
    ("初步接触", "商务谈判", {"商务谈判": {"entered_from": ["方案报价"]}}, "sales.gate_not_from"),
    ("方案报价", "商务谈判", {"商务谈判": {"entered_from": ["方案报价"]}}, None),
    ("商务谈判", "需求确认", {"需求确认": {"entry_fields": ["amount"]}}, None),
    ("输单", "赢单", {"赢单": {"entry_fields": ["next_step"]}}, "sales.gate_field"),
]


@pytest.mark.parametrize(("start", "end", "settings", "code"), MOVES)
def test_moves(records, start, end, settings, code):
    record = records.new("opportunity", name="仓储项目", stage=records.stage(start), loss_reason="price")
    for name, values in settings.items():
        records.set("stage", records.stage(name), **values)

    if code is None:
        records.set("opportunity", record, stage=records.stage(end), loss_reason="price")
        assert records.get("opportunity", record, "stage") == records.stage(end)
        return
    with pytest.raises(Invalid) as caught:
        records.set("opportunity", record, stage=records.stage(end), loss_reason="price")
    assert [error.code for error in caught.value.fields] == [code]
    assert records.get("opportunity", record, "stage") == records.stage(start)


def test_new_ones_are_judged_too(records):
    records.set("stage", records.stage("商务谈判"), entered_from=["方案报价"])
    records.set("stage", records.stage("需求确认"), entry_fields=["amount"])

    for stage, code in (("商务谈判", "sales.gate_not_to_begin"), ("需求确认", "sales.gate_field")):
        with pytest.raises(Invalid) as caught:
            records.new("opportunity", name="新的", stage=records.stage(stage))
        assert [error.code for error in caught.value.fields] == [code]
    assert records.all("opportunity") == []


def test_imports_get_the_same_verdict_but_for_the_past(workspace, actor, records_of):
    with work(workspace, actor("administrator"), via="ui") as ctx:
        known = records_of(ctx)
        known.set("stage", known.stage("方案报价"), entry_fields=["amount"])
    with work(workspace, actor("administrator"), via="import") as ctx:
        known = records_of(ctx)
        with pytest.raises(Invalid) as caught:
            writes.create(ctx, "opportunity", [{"name": "甲"}, {"name": "乙", "stage": known.stage("方案报价")}])
        assert [(one.field, one.code, one.row) for one in caught.value.fields] == [("amount", "sales.gate_field", 1)]
        past = datetime(2025, 3, 1, tzinfo=UTC).isoformat()
        known.new("opportunity", name="丙", stage=known.stage("方案报价"), created_at=past)


def test_an_undo_passes_every_gate(workspace, actor, records_of):
    with work(workspace, actor("administrator"), via="ui") as ctx:
        known = records_of(ctx)
        record = known.new("opportunity", name="仓储项目", stage=known.stage("商务谈判"))
    with work(workspace, actor("administrator"), via="ui") as ctx:
        records_of(ctx).set("opportunity", record, stage=records_of(ctx).stage("赢单"))
        moved = ctx.change_set
    with work(workspace, actor("administrator"), via="ui") as ctx:
        known = records_of(ctx)
        known.set("stage", known.stage("商务谈判"), may_go_back=False, entry_fields=["amount"])
        undo.undo(ctx, moved)
        assert known.get("opportunity", record, "stage") == known.stage("商务谈判")


BAD = [
    ({"entry_fields": "amount"}, "sales.gate_fields_are_a_list"),
    ({"entry_fields": ["nothing"]}, "sales.gate_unknown_field"),
    ({"entry_fields": ["status"]}, "sales.gate_unknown_field"),
    ({"entry_fields": ["weighted_amount"]}, "sales.gate_unknown_field"),
    ({"checklist": {"name": "x"}}, "sales.checklist_is_a_list"),
    ({"checklist": [{"name": " "}]}, "sales.checklist_is_a_list"),
    ({"checklist": [{"name": "x", "required": "yes"}]}, "sales.checklist_is_a_list"),
    ({"checklist": [{"name": "x"}] * 51}, "sales.checklist_is_a_list"),
    ({"entered_from": ["没有的阶段"]}, "sales.gate_unknown_stage"),
    ({"entered_from": ["方案报价"]}, "sales.gate_unknown_stage"),
    ({"entered_from": "方案报价"}, "sales.gate_names_are_a_list"),
]


@pytest.mark.parametrize(("values", "code"), BAD)
def test_gates_that_mean_nothing_are_refused(records, values, code):
    with pytest.raises(Invalid) as caught:
        records.set("stage", records.stage("方案报价"), **values)
    assert caught.value.fields[0].code == code


def test_names_in_gates_follow_the_stages(records):
    records.set("stage", records.stage("商务谈判"), entered_from=["方案报价", "需求确认"])

    records.set("stage", records.stage("方案报价"), name="报价")
    assert records.get("stage", records.stage("商务谈判"), "entered_from") == ["报价", "需求确认"]
    records.delete("stage", records.stage("报价"))
    assert records.get("stage", records.stage("商务谈判"), "entered_from") == ["需求确认"]


def test_of_two_who_move_at_once_one_is_told(committing_database):
    workspace = world.workspace()
    with work(workspace, SYSTEM, via="system") as ctx:
        (record,) = writes.create(ctx, "opportunity", [{"name": "仓储项目"}])
        ids = reads.ids(ctx, "stage", {"field": "name", "op": "in", "value": ["方案报价", "商务谈判"]})
        rev = reads.get(ctx, "opportunity", record)["rev"]
    admin = world.actor("administrator")
    barrier = threading.Barrier(2)
    won, lost = [], []

    def go(stage):
        try:
            barrier.wait()
            with work(workspace, admin, via="ui") as ctx:
                writes.update(ctx, "opportunity", [Change(record, {"stage": str(stage)}, rev)])
            won.append(stage)
        except Conflict as told:
            lost.append((told.code, told.params["current"]["stage"]["id"]))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(stage,)) for stage in ids]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(won) == 1
    assert lost == [("records.stale", str(won[0]))]


def stage_of(place, category, gate):
    return Stage(uuid4(), PIPELINE, f"阶段{place}", place, Decimal(0), category, gate=gate)


PIPELINE = uuid4()
GATES = st.builds(Gate, may_skip=st.booleans(), may_go_back=st.booleans())


@given(st.lists(GATES, min_size=2, max_size=6), st.data())
def test_every_pipeline_can_be_walked_step_by_step_and_lost_from_anywhere(some, data):
    line = [stage_of(place, "open", gate) for place, gate in enumerate(some)]
    won, lost = stage_of(90, "won", Gate()), stage_of(91, "lost", Gate())
    every = [*line, won, lost]

    steps = [None, *line, won]
    assert all(moves.barred(every, a, b) is None for a, b in pairwise(steps))
    here = data.draw(st.sampled_from(line))
    assert moves.barred(every, here, lost) is None
    there = data.draw(st.sampled_from(line))
    between = line[line.index(here) + 1 : line.index(there)]
    if line.index(there) > line.index(here):
        assert (moves.barred(every, here, there) is None) == all(one.gate.may_skip for one in between)


@given(
    st.lists(st.fixed_dictionaries({"name": st.text(min_size=1, max_size=5)}, optional={"key": st.text(max_size=3)}))
)
def test_items_of_a_checklist_have_keys_of_their_own(items):
    made = gates.keyed(items, iter(f"made-{n}" for n in range(1000)))

    assert len({one["key"] for one in made}) == len(items)
    assert all(one["key"] for one in made)
