"""Every flow that holds a change is asked about it as it will be written, and none that does not."""

from typing import Any

import pytest

from tests.capabilities.approvals.desk import Desk, node
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client

HUGE = {"op": "update", "fields": ["annual_revenue"], "where": {"where": {"field": "annual_revenue", "op": "gte", "value": 5_000_000}}}  # fmt: skip


def latest(desk: Desk) -> dict[str, Any]:
    return desk.boxes()[0]


def test_a_flow_that_does_not_hold_the_change_cannot_be_chosen(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    easy = desk.another(node("mine", "salesperson"), op="create")
    refused = desk.offer(annual_revenue=2_000_000, params={"flow": easy})
    assert (refused.status_code, refused.json()["code"]) == (409, "approvals.other_flow")
    unneeded = desk.offer(annual_revenue=20)
    assert (unneeded.status_code, unneeded.json()["code"]) == (409, "approvals.not_needed")
    automation.set(easy, state="paused")
    assert desk.offer(annual_revenue=20, params={"flow": easy}).status_code == 404
    assert (desk.boxes(), desk.revenue) == ([], 10)


def test_the_easier_of_two_flows_does_not_speak_for_the_other(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    easy = desk.another(node("mine", "salesperson"), name="简易", op="update")
    first = desk.submit(flow=easy)
    desk.decide("salesperson", first)
    assert desk.revenue == 10
    second = latest(desk)
    assert (second["flow"]["id"], second["state"]) == (desk.flow, "pending")
    told = desk.of("salesperson", first)["notes"][-1]
    assert (told["kind"], told["more"]["to"]["id"]) == ("hand_on", desk.flow)
    busy = desk.sales.patch(f"records/company/{desk.company}", {"values": {"level": "A"}})
    assert busy.json()["code"] == "approvals.needed"
    desk.decide("manager", second["id"])
    assert (desk.state(second["id"]), desk.revenue) == ("approved", 2_000_000)
    assert len(desk.boxes()) == 2


def test_both_ways_are_told_before(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    desk.another(node("board", "administrator"), name="董事会", **HUGE)
    asked = {"flow": desk.flow, "object": "company", "op": "update", "record": desk.company}

    def way(value: int) -> list[tuple[str, str]]:
        answer = desk.sales.post("approvals/rehearsal", {**asked, "values": {"annual_revenue": value}})
        return [(one["flow"]["title"], one["node"]) for one in answer.json()["steps"]]

    assert way(2_000_000) == [("审批", "boss")]
    assert way(9_000_000) == [("审批", "boss"), ("董事会", "board")]


def test_a_decider_who_raises_it_brings_in_the_flow_for_more(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager", rights={"annual_revenue": "edit"}))
    huge = desk.another(node("board", "administrator"), **HUGE)
    approval = desk.submit()
    desk.decide("manager", approval, values={"annual_revenue": 9_000_000})
    assert (desk.revenue, latest(desk)["flow"]["id"]) == (10, huge)
    desk.decide("administrator", latest(desk)["id"])
    assert desk.revenue == 9_000_000


def test_a_decider_is_told_what_cannot_be_written(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager", rights={"annual_revenue": "edit"}))
    approval = desk.submit()
    refused = desk.act("manager", approval, "decide", decision="approve", values={"annual_revenue": "viel"})
    assert refused.status_code == 422, refused.content
    assert (desk.state(approval), desk.revenue) == ("pending", 10)


def test_what_others_allowed_is_asked_again_when_it_is_changed(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    desk.another(node("board", "administrator", rights={"annual_revenue": "edit"}), name="董事会", **HUGE)
    desk.decide("manager", desk.submit(8_000_000))
    desk.decide("administrator", latest(desk)["id"], values={"annual_revenue": 9_000_000})
    assert (desk.revenue, latest(desk)["flow"]["id"], len(desk.boxes())) == (10, desk.flow, 3)
    desk.decide("manager", latest(desk)["id"])
    assert (desk.revenue, len(desk.boxes())) == (9_000_000, 3)


def test_who_submits_more_again_is_held_by_the_flow_for_more(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    huge = desk.another(node("board", "administrator"), **HUGE)
    approval = desk.submit()
    desk.act("manager", approval, "return", to="start", comment="多写点")
    again = {"approval": approval, "values": {"annual_revenue": 7_000_000}}
    assert desk.sales.post("actions/approvals/resubmit", {"params": again}).status_code == 200
    automation.round()
    desk.decide("manager", approval)
    assert (desk.revenue, latest(desk)["flow"]["id"]) == (10, huge)


def test_what_is_submitted_twice_is_one_approval(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"), op="create", fields=None)
    new = {"params": {"flow": desk.flow, "object": "company", "op": "create", "key": "k1",
                      "values": {"name": "新大公司", "annual_revenue": 3_000_000}}}  # fmt: skip
    ids = {desk.sales.post("actions/approvals/submit", new).json()["result"]["approval"] for _ in range(2)}
    assert len(ids) == 1 == len(desk.boxes())
    other = Client.signed_in_as("colleague").post("actions/approvals/submit", new)
    assert other.status_code == 200, other.content
    assert other.json()["result"]["approval"] not in ids
    automation.round()
    (approval,) = ids
    desk.decide("manager", approval)
    there = {"field": "name", "op": "eq", "value": "新大公司"}
    assert automation.admin.post("records/company/count", {"where": there}).json()["count"] == 1


def test_a_second_change_is_refused_before_it_is_tried(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    desk.submit()
    refused = desk.offer(annual_revenue="viel")
    assert (refused.status_code, refused.json()["code"]) == (409, "approvals.being_decided")


@pytest.mark.parametrize(("value", "asked"), [(2_000_000, "boss"), (9_000_000, "board")])
def test_branches_go_by_the_record_as_it_would_be(automation: Automation, value: int, asked: str) -> None:
    when = {"where": {"field": "annual_revenue", "op": "gt", "value": 5_000_000}}
    branch = {"id": "b", "kind": "branch", "next": {"huge": "board", "else": "boss"},
              "settings": {"branches": [{"port": "huge", "when": when}]}}  # fmt: skip
    desk = Desk(automation, branch, node("boss", "manager"), node("board", "administrator"))
    assert {one["node"] for one in desk.of("salesperson", desk.submit(value))["tasks"]} == {asked}


def test_branches_of_a_creation_go_by_what_would_be_made(automation: Automation) -> None:
    when = {"where": {"field": "annual_revenue", "op": "gt", "value": 5_000_000}}
    branch = {"id": "b", "kind": "branch", "next": {"huge": "board"},
              "settings": {"branches": [{"port": "huge", "when": when}]}}  # fmt: skip
    desk = Desk(automation, branch, node("board", "administrator"), op="create", fields=None)
    new = {
        "flow": desk.flow,
        "object": "company",
        "op": "create",
        "values": {"name": "巨", "annual_revenue": 9_000_000},
    }
    approval = desk.sales.post("actions/approvals/submit", {"params": new}).json()["result"]["approval"]
    automation.round()
    assert (desk.state(approval), desk.of("administrator", approval)["task"] is not None) == ("pending", True)
