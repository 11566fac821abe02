"""What people get wrong and what goes wrong around a flow: told before, or contained, and nothing else suffers from it."""

from datetime import timedelta
from typing import Any

import pytest

from guanxi.capabilities.flows.matching import DEEPEST
from tests.capabilities.flows.conftest import Automation, Drafts, call, rule
from tests.engine.design.designer import Designer
from tests.support import world
from tests.support.clients import Client
from tests.support.receivers import HttpReceiver

CREATED = {"kind": "record.created", "settings": {}}
DAY = {"kind": "wait", "settings": {"time": {"amount": 1, "unit": "days"}}}


def mark(text: str) -> dict[str, Any]:
    """A step that leaves a word in the record."""
    return {"kind": "record.update", "settings": {"values": {"description": {"value": text}}}}


def whole(*nodes: dict[str, Any], start: str | None = None) -> dict[str, Any]:
    """A definition with its nodes as they are."""
    return {
        "object": "company",
        "triggers": [{"id": "t1", **CREATED}],
        "start": start or nodes[0]["id"],
        "nodes": list(nodes),
    }


def at(id_: str, node: dict[str, Any], **following: str) -> dict[str, Any]:
    """A node with its ways."""
    return {"id": id_, **node, "next": following}


def refused(drafts: Drafts, definition: dict[str, Any], **found: list[str]) -> None:
    """It is told where it is wrong, is kept as a draft, and cannot be published."""
    problems = drafts.admin.post("flows/check", {"definition": definition}).json()["problems"]
    told: dict[str, list[str]] = {}
    for one in problems:
        told.setdefault(one["at"], []).append(one["code"])
    assert told == found
    draft = drafts.draft(definition)
    answer = drafts.admin.post("actions/flows/publish", {"params": {"flow": draft}})
    assert (answer.status_code, answer.json()["code"]) == (409, "flows.not_right")
    assert drafts.admin.get(f"records/flow/{draft}").json()["state"] == "draft"


def test_a_round_without_a_wait(drafts: Drafts) -> None:
    round_ = ["flows.round_without_wait"]
    refused(drafts, whole(at("a", mark("x"), out="b"), at("b", mark("y"), out="a")), a=round_, b=round_)
    refused(drafts, whole(at("a", mark("x"), out="a")), a=round_)
    assert drafts.problems(whole(at("a", mark("x"), out="b"), at("b", DAY, out="a"))) == []


def test_a_step_that_nothing_leads_to(drafts: Drafts) -> None:
    lost = whole(at("a", mark("x")), at("b", mark("y"), out="c"), at("c", mark("z")), start="a")
    refused(drafts, lost, b=["flows.unreachable"], c=["flows.unreachable"])


def test_a_join_at_which_nothing_can_meet(drafts: Drafts) -> None:
    join = {"kind": "join", "settings": {"mode": "all"}}
    refused(drafts, whole(at("a", mark("x"), out="j"), at("j", join)), j=["flows.join_without_fork"])


@pytest.mark.parametrize(("count", "right"), [(1, True), (3, True), (4, False), (9, False)])
def test_a_join_waits_for_no_more_branches_than_there_are(drafts: Drafts, count: int, right: bool) -> None:
    """Three ways, one of which ends before it."""
    split = {"kind": "parallel", "settings": {"ways": 3}}
    join = {"kind": "join", "settings": {"mode": "some", "count": count}}
    nodes = [
        {"id": "p", **split, "next": {"1": "a", "2": "j", "3": "b"}},
        at("a", mark("x"), out="j"),
        at("b", mark("x")),
    ]
    definition = whole(*nodes, at("j", join))
    if right:
        assert drafts.problems(definition) == []
        return
    refused(drafts, definition, j=["flows.join_too_many"])
    told = drafts.admin.post("flows/check", {"definition": definition}).json()["problems"]
    assert [(one["at"], one["setting"]) for one in told] == [("j", "count")]
    assert str(count) in told[0]["says"]
    assert "3" in told[0]["says"]


def test_a_join_that_waits_for_more_than_can_come_goes_on(automation: Automation) -> None:
    """One of two branches ends before the join: the other is not left waiting."""
    split = {"kind": "parallel", "settings": {"ways": 2}}
    join = {"kind": "join", "settings": {"mode": "some", "count": 2}}
    flow = automation.flow(
        whole(
            at("s", split, **{"1": "a", "2": "b"}),
            at("a", mark("甲")),
            at("b", mark("乙"), out="j"),
            at("j", join, out="e"),
            at("e", mark("完")),
        )
    )
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    assert automation.runs(flow)[0]["state"] == "done"
    assert automation.admin.get(f"records/company/{company['id']}").json()["description"] == "完"


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (
            {"kind": "notify", "settings": {"people": [{"kind": "owner"}], "subject": "{no_such}"}},
            "query.unknown_field",
        ),
        ({"kind": "record.update", "settings": {"values": {"description": {"formula": "name +"}}}}, "formula.end"),
        ({"kind": "note", "settings": {"body": "{owner.nothing}"}}, "query.unknown_field"),
    ],
)
def test_a_template_with_an_error(drafts: Drafts, step: dict[str, Any], code: str) -> None:
    problems = drafts.problems(rule(CREATED, step))
    assert len(problems) == 1
    assert problems[0].split(".")[0] == code.split(".", maxsplit=1)[0]


def test_an_answer_of_ten_megabytes_is_not_remembered(automation: Automation, receiver: HttpReceiver) -> None:
    receiver.answer = lambda _: (200, {}, b"x" * 10_000_000)
    step = call(receiver)
    step["settings"]["as"] = "made"
    flow = automation.flow(rule(CREATED, step, mark("完")))
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.deliver()
    (run,) = automation.runs(flow)
    (effect,) = automation.effects()
    assert len(str(run)) + len(str(effect)) < 400_000
    if run["state"] == "done":
        assert run["data"]["made"]["too_long"] is True
        assert automation.admin.get(f"records/company/{company['id']}").json()["description"] == "完"
    else:
        assert run["error"]["code"] == "outbound.too_large"


def test_two_flows_that_undo_each_other_come_to_an_end(automation: Automation) -> None:
    def level(of: str) -> dict[str, Any]:
        return {"where": {"field": "level", "op": "eq", "value": of}}

    def to(value: str) -> dict[str, Any]:
        return {"kind": "record.update", "settings": {"values": {"level": {"value": value}}}}

    saved = {"kind": "record.saved", "settings": {"fields": ["level"]}}
    one = automation.flow(rule({**saved, "settings": {**saved["settings"], "where": level("A")}}, to("B")), name="降")
    other = automation.flow(rule({**saved, "settings": {**saved["settings"], "where": level("B")}}, to("A")), name="升")
    company = Client.signed_in_as("salesperson").make(name="甲", level="A")
    automation.round()
    automation.round()

    assert (len(automation.runs(one)), len(automation.runs(other))) == (1, 1)
    assert automation.admin.get(f"records/company/{company['id']}").json()["level"] == "A"
    history = automation.admin.get(f"records/company/{company['id']}/history").json()
    assert len(str(history)) > 0


def test_two_flows_that_may_set_themselves_off_stop_visibly(automation: Automation) -> None:
    saved = {"kind": "record.saved", "settings": {"fields": ["employees"]}}
    more = {"kind": "record.update", "settings": {"values": {"employees": {"formula": "employees + 1"}}}}
    flows = [automation.flow(rule(saved, more), name=name, own_effects=True) for name in ("一", "二")]
    Client.signed_in_as("salesperson").make(name="甲", employees=1)
    automation.round()
    states = [run["state"] for flow in flows for run in automation.runs(flow)]
    assert "refused" in states
    assert len(states) < 2 ** (DEEPEST + 3)
    errors = [run["error"]["code"] for flow in flows for run in automation.runs(flow) if run["error"]]
    assert set(errors) == {"flows.too_deep"}


def test_a_clock_that_is_put_back_begins_nothing_twice(automation: Automation) -> None:
    settings = {"every": "day", "at": "09:00", "about": "records"}
    flow = automation.flow(rule({"kind": "schedule", "settings": settings}, mark("早")))
    automation.at_local("2027-03-01T08:00")
    automation.round()
    Client.signed_in_as("salesperson").make(name="甲")
    automation.at_local("2027-03-01T09:01")
    automation.round()
    assert len(automation.runs(flow)) == 1
    for minute in ("2027-03-01T08:30", "2027-03-01T09:00", "2027-03-01T09:02"):
        automation.at_local(minute)
        automation.round()
    assert len(automation.runs(flow)) == 1
    automation.at_local("2027-03-02T09:01")
    automation.round()
    assert len(automation.runs(flow)) == 2


def test_a_clock_that_jumps_ahead_wakes_what_waits_once(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, DAY, mark("醒")))
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    automation.later(days=400)
    automation.round()
    automation.ahead -= timedelta(days=400)
    automation.round()
    (run,) = automation.runs(flow)
    assert (run["state"], automation.steps(run["id"])) == ("done", [("n1", "wait"), ("n1", "woken"), ("n2", "done")])
    assert automation.admin.get(f"records/company/{company['id']}").json()["description"] == "醒"


def test_an_approver_who_left_is_not_asked(automation: Automation) -> None:
    ids = {name: str(world.actor(name).member_id) for name in ("colleague", "administrator")}
    people = [{"kind": "member", "members": [ids["colleague"]]}]
    ask = {"kind": "approval.approve", "settings": {"people": people, "mode": "any", "empty": "administrator"}}
    flow = automation.flow(rule(CREATED, ask))
    rev = automation.admin.get(f"records/member/{ids['colleague']}").json()["rev"]
    left = automation.admin.patch(f"records/member/{ids['colleague']}", {"values": {"status": "left"}, "rev": rev})
    assert left.status_code == 200, left.content
    Client.signed_in_as("salesperson").make(name="甲")
    automation.round()

    assert automation.runs(flow)[0]["state"] == "waiting"
    (one,) = automation.admin.get("approvals?box=to_do").json()["approvals"]
    assert [who["id"] for who in one["waits_for"]] == [ids["administrator"]]


def test_a_field_that_goes_takes_only_what_asks_of_it_along(automation: Automation) -> None:
    designer = Designer(automation.admin)
    designer.act("create_field", object="company", kind="integer", key="score", label={"zh-CN": "分", "en": "Score"})
    asks = {"where": {"where": {"field": "score", "op": "gt", "value": 5}}}
    by_trigger = automation.flow(rule({"kind": "record.created", "settings": asks}, mark("x")), name="条件")
    by_step = automation.flow(
        rule(CREATED, {"kind": "record.update", "settings": {"values": {"score": {"value": 1}}}}), name="步骤"
    )
    healthy = automation.flow(rule(CREATED, mark("好")), name="好的")
    sales = Client.signed_in_as("salesperson")
    sales.make(name="先", score=9)
    automation.round()
    used = automation.admin.get("design/usage?object=company&field=score").json()["dependents"]
    assert sorted(one["label"]["zh-CN"] for one in used if one["type"] == "flow") == ["条件", "步骤"]
    designer.act("archive_field", field="company.score", confirm=True)
    company = sales.make(name="后")
    automation.round()

    assert [run["state"] for run in automation.runs(healthy)] == ["done", "done"]
    assert automation.admin.get(f"records/company/{company['id']}").json()["description"] == "好"
    assert [run["state"] for run in automation.runs(by_step)] == ["done", "failed"]
    assert len(automation.runs(by_trigger)) == 1
    lag = {one["name"]: one for one in automation.admin.get("flows/status").json()["consumers"]}["flows"]
    assert (lag["waiting"], lag["held"]) == (0, 0)
    assert "流程“条件”无法再触发，请修改后重新发布" in str(automation.admin.get("notifications").json())


def test_a_trigger_by_time_that_asks_of_a_gone_field_holds_up_no_other(automation: Automation) -> None:
    designer = Designer(automation.admin)
    designer.act("create_field", object="company", kind="integer", key="score", label={"zh-CN": "分", "en": "Score"})
    asks = {"where": {"field": "score", "op": "is_empty"}}
    daily = {"every": "day", "at": "09:00", "about": "records"}
    automation.flow(rule({"kind": "schedule", "settings": {**daily, "where": asks}}, mark("x")), name="坏")
    healthy = automation.flow(rule({"kind": "schedule", "settings": daily}, mark("好")), name="好")
    automation.at_local("2027-03-01T08:00")
    automation.round()
    company = Client.signed_in_as("salesperson").make(name="甲")
    designer.act("archive_field", field="company.score", confirm=True)
    automation.at_local("2027-03-01T09:01")
    automation.round()

    assert [run["state"] for run in automation.runs(healthy)] == ["done"]
    assert automation.admin.get(f"records/company/{company['id']}").json()["description"] == "好"
    assert str(automation.admin.get("notifications").json()).count("流程“坏”无法再触发") == 1


def test_a_run_that_waits_for_a_gone_field_fails_where_everybody_sees_it(automation: Automation) -> None:
    designer = Designer(automation.admin)
    designer.act("create_field", object="company", kind="integer", key="score", label={"zh-CN": "分", "en": "Score"})
    asks = {"where": {"field": "score", "op": "gt", "value": 5}}
    wait = {"kind": "wait_for", "settings": {"for": "holds", "where": asks}}
    flow = automation.flow(rule(CREATED, wait, mark("到")))
    healthy = automation.flow(
        rule({"kind": "record.updated", "settings": {}}, {"kind": "set", "settings": {"values": {"x": {"value": 1}}}})
    )
    sales = Client.signed_in_as("salesperson")
    company = sales.make(name="甲")
    automation.round()
    assert automation.runs(flow)[0]["state"] == "waiting"
    designer.act("archive_field", field="company.score", confirm=True)
    rev = sales.get(f"records/company/{company['id']}").json()["rev"]
    sales.patch(f"records/company/{company['id']}", {"values": {"short_name": "甲"}, "rev": rev})
    automation.round()
    automation.round()

    assert [run["state"] for run in automation.runs(healthy)] == ["done"]
    (run,) = automation.runs(flow)
    assert (run["state"], run["error"]["code"]) == ("failed", "query.unknown_field")


def test_an_approval_that_asks_of_a_gone_field_lets_nothing_past_and_says_which_it_is(automation: Automation) -> None:
    designer = Designer(automation.admin)
    designer.act("create_field", object="company", kind="integer", key="score", label={"zh-CN": "分", "en": "Score"})
    asks = {"where": {"field": "score", "op": "gt", "value": 5}}
    people = [{"kind": "member", "members": [str(world.actor("manager").member_id)]}]
    ask = {"kind": "approval.approve", "settings": {"people": people, "mode": "any"}}
    flow = automation.flow(
        rule({"kind": "approval.before", "settings": {"op": "update", "where": asks}}, ask), name="高分"
    )
    sales = Client.signed_in_as("salesperson")
    company = sales.make(name="甲")
    designer.act("archive_field", field="company.score", confirm=True)
    rev = sales.get(f"records/company/{company['id']}").json()["rev"]
    refused = sales.patch(f"records/company/{company['id']}", {"values": {"short_name": "甲"}, "rev": rev})
    assert (refused.status_code, refused.json()["code"]) == (409, "approvals.not_askable")
    assert "高分" in refused.content.decode()
    assert sales.get(f"records/company/{company['id']}").json()["short_name"] is None

    automation.set(flow, state="paused")
    answer = sales.patch(f"records/company/{company['id']}", {"values": {"short_name": "甲"}, "rev": rev})
    assert answer.status_code == 200
