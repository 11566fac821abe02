"""How decisions at the nodes of a flow go, told to those who look after automation."""

from tests.capabilities.approvals.desk import Desk, node
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client


def test_the_figures_of_each_node(automation: Automation) -> None:
    first = node("first", "manager", following="last", limit={"amount": 3, "unit": "hours"})
    desk = Desk(automation, first, node("last", "colleague", limit={"amount": 1, "unit": "days"}))
    hours = (1, 2, 6)
    for one in hours:
        approval = desk.submit()
        automation.later(hours=one)
        desk.decide("manager", approval)
        desk.decide("colleague", approval, "reject")
    waiting = desk.submit()
    desk.decide("manager", waiting)
    automation.later(days=2)
    answer = automation.admin.get(f"flows/{desk.flow}/approvals?days=30")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert [one["node"] for one in told["nodes"]] == ["first", "last"]
    one, other = told["nodes"]
    assert (one["decided"], one["rejected"], one["late"], one["waiting"]) == (4, 0, 1, 0)
    assert (round(one["average_hours"] * 4), round(one["median_hours"] * 2)) == (9, 3)
    assert (other["decided"], other["rejected"], other["waiting"], other["overdue"]) == (3, 3, 1, 1)


def test_others_are_told_nothing_and_nobody_of_endless_times(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    assert Client.signed_in_as("manager").get(f"flows/{desk.flow}/approvals").status_code == 403
    assert automation.admin.get(f"flows/{desk.company}/approvals").status_code == 404
    assert automation.admin.get(f"flows/{desk.flow}/approvals?days=4000").status_code == 400
    assert automation.admin.get(f"flows/{desk.flow}/approvals").json() == {"days": 90, "nodes": []}
