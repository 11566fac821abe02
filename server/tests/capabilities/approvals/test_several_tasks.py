"""One person who is asked at two steps at once, people who are away, and values that stay as they are."""

from datetime import UTC, datetime, timedelta

from tests.capabilities.approvals.desk import Desk, member, node
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client


def side_by_side(automation: Automation, *names: str) -> Desk:
    split = {"id": "split", "kind": "parallel", "settings": {"ways": 2}, "next": {"1": "sales", "2": "legal"}}
    meet = {"id": "meet", "kind": "join", "settings": {"mode": "all"}, "next": {}}
    ways = [
        {**node(id_, name, following="meet"), "label": id_.upper()}
        for id_, name in zip(("sales", "legal"), names, strict=True)
    ]
    return Desk(automation, split, *ways, meet)


def test_each_task_has_its_own_row_and_names_its_step(automation: Automation) -> None:
    desk = side_by_side(automation, "manager", "manager")
    approval = desk.submit()
    manager = Client.signed_in_as("manager")
    box = manager.get("approvals?box=to_do").json()
    assert {(one["id"], one["step"]) for one in box["approvals"]} == {(approval, "SALES"), (approval, "LEGAL")}
    assert box["counts"]["to_do"] == 2
    chosen = next(one["task"] for one in box["approvals"] if one["step"] == "LEGAL")
    told = manager.get(f"approvals/{approval}?task={chosen}").json()
    assert (told["task"], told["step"]) == (chosen, "LEGAL")
    assert [one["is_mine"] for one in told["tasks"]] == [True, True]
    assert {(one["node"], *one["beside"]) for one in told["tasks"]} == {("sales", "legal"), ("legal", "sales")}
    asked = {"flow": desk.flow, "object": "company", "op": "update", "record": desk.company}
    way = desk.sales.post("approvals/rehearsal", {**asked, "values": {"annual_revenue": 2_000_000}}).json()["steps"]
    assert [(one["node"], one["beside"]) for one in way] == [("sales", ["legal"]), ("legal", ["sales"])]
    assert [one["is_mine"] for one in desk.of("salesperson", approval)["tasks"]] == [False, False]
    other = Client.signed_in_as("colleague").get(f"approvals/{approval}?task={chosen}").json()
    assert other.get("task") is None

    for one in box["approvals"]:
        params = {"task": one["task"], "decision": "approve"}
        assert manager.post("actions/approvals/decide", {"params": params}).status_code == 200
    automation.round()
    assert manager.get("approvals?box=to_do").json()["approvals"] == []
    assert (desk.state(approval), desk.revenue) == ("approved", 2_000_000)


def test_who_acts_for_somebody_who_is_away_is_told_before_and_meanwhile(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    today = datetime.now(UTC).date()
    automation.admin.make(
        "delegation", member=member("manager"), delegate=member("colleague"),
        begins_on=str(today - timedelta(days=1)), ends_on=str(today + timedelta(days=2)),
    )  # fmt: skip
    asked = {"flow": desk.flow, "object": "company", "op": "update", "record": desk.company}
    (step,) = desk.sales.post("approvals/rehearsal", {**asked, "values": {"annual_revenue": 2_000_000}}).json()["steps"]
    ((person),) = step["people"]
    assert (person["id"], [one["id"] for one in person["stands_in"]]) == (member("manager"), [member("colleague")])
    approval = desk.submit()
    (task,) = desk.of("salesperson", approval)["tasks"]
    assert [one["id"] for one in task["assignee"]["stands_in"]] == [member("colleague")]
    desk.decide("colleague", approval)
    (task,) = desk.of("salesperson", approval)["tasks"]
    assert (task["assignee"]["stands_in"], task["acted_by"]["id"]) == ([], member("colleague"))


def test_what_stays_as_it_is_is_not_told_as_a_change(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    values = {"annual_revenue": 2_000_000, "name": "华信"}
    answer = desk.offer(**values)
    assert answer.status_code == 200, answer.content
    automation.round()
    approval = answer.json()["result"]["approval"]
    assert [one["field"] for one in desk.of("manager", approval)["held"]] == ["annual_revenue"]


def test_nobody_stands_in_for_those_who_judge_what_they_submitted(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    today = datetime.now(UTC).date()
    automation.admin.make(
        "delegation", member=member("manager"), delegate=member("salesperson"),
        begins_on=str(today - timedelta(days=1)), ends_on=str(today + timedelta(days=2)),
    )  # fmt: skip
    approval = desk.submit()
    task = desk.of("manager", approval)["task"]
    sales = Client.signed_in_as("salesperson")
    box = sales.get("approvals?box=to_do").json()
    assert (box["approvals"], box["counts"]["to_do"], desk.of("salesperson", approval).get("task")) == ([], 0, None)

    refused = sales.post("actions/approvals/decide", {"params": {"task": task, "decision": "approve"}})

    assert (refused.status_code, refused.json()["code"]) == (403, "approvals.not_the_submitter")
    assert (desk.state(approval), desk.of("manager", approval)["task"]) == ("pending", task)
