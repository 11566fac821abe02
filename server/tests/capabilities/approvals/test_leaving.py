"""Approvals of somebody who leaves: nothing waits for them, and nothing stays locked."""

from tests.capabilities.approvals.desk import Desk, member, node
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client


def hand_over(automation: Automation, giver: str, to: str) -> dict:
    params = {"member": member(giver), "rest": [member(to)], "leave": True}
    answer = automation.admin.post("actions/hand_over/run", {"params": params})
    assert answer.status_code == 200, answer.content
    automation.round()
    return answer.json()["result"]


def test_the_receiver_decides_what_the_leaver_has_not(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    held = automation.admin.get(f"members/{member('manager')}/holdings").json()
    assert held["approvals"] == 1
    assert hand_over(automation, "manager", "colleague")["approvals"] == 1
    told = desk.of("colleague", approval)
    assert [(one["assignee"]["id"], one["state"]) for one in told["tasks"]] == [
        (member("manager"), "transferred"),
        (member("colleague"), "open"),
    ]
    assert told["notes"][-1]["more"]["instead_of"]["id"] == member("manager")
    desk.decide("colleague", approval)
    assert (desk.state(approval), desk.revenue) == ("approved", 2_000_000)


def test_an_undone_hand_over_gives_the_task_back(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    done = hand_over(automation, "manager", "colleague")
    answer = automation.admin.post("actions/hand_over/undo", {"params": {"hand_over": done["id"]}})
    assert answer.status_code == 200, answer.content
    assert desk.of("colleague", approval)["task"] is None
    assert [one["id"] for one in desk.of("salesperson", approval)["waits_for"]] == [member("manager")]


def test_the_receiver_stands_for_what_the_leaver_submitted(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    desk.act("manager", approval, "return", to="start", comment="?")
    hand_over(automation, "salesperson", "colleague")
    assert "resubmit" in desk.of("colleague", approval)["may"]
    again = {"params": {"approval": approval, "values": {"annual_revenue": 1_500_000}}}
    assert Client.signed_in_as("colleague").post("actions/approvals/resubmit", again).status_code == 200
    automation.round()
    desk.decide("manager", approval)
    assert desk.revenue == 1_500_000


def test_who_leaves_without_a_hand_over_is_stood_in_for_by_their_superior(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "colleague"))
    approval = desk.submit()
    colleague = automation.admin.get(f"records/member/{member('colleague')}").json()
    values = {"status": "left", "manager": member("manager")}
    answer = automation.admin.patch(f"records/member/{colleague['id']}", {"values": values, "rev": colleague["rev"]})
    assert answer.status_code == 200, answer.content
    assert [one["id"] for one in desk.of("salesperson", approval)["waits_for"]] == [member("manager")]


def test_who_looks_after_automation_takes_back_what_nobody_else_can(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    for name, status in (("manager", 403), ("other_salesperson", 404), ("administrator", 200)):
        answer = Client.signed_in_as(name).post("actions/approvals/withdraw", {"params": {"approval": approval}})
        assert answer.status_code == status, (name, answer.content)
    assert desk.sales.patch(f"records/company/{desk.company}", {"values": {"level": "A"}}).status_code == 200
