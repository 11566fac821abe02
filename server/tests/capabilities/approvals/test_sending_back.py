"""Sending back: where to, what runs beside it, and which decisions still count; adding, passing on, being late."""

from typing import Any

from tests.capabilities.approvals.desk import Desk, member, node
from tests.capabilities.flows.conftest import Automation


def split(*ways: str) -> dict[str, Any]:
    settings = {"ways": len(ways)}
    return {
        "id": "split",
        "kind": "parallel",
        "settings": settings,
        "next": {str(n): way for n, way in enumerate(ways, 1)},
    }


def meet(following: str) -> dict[str, Any]:
    return {"id": "meet", "kind": "join", "settings": {"mode": "all"}, "next": {"out": following}}


def parallel(automation: Automation) -> Desk:
    """Somebody first; then the law beside the price with its terms; then somebody last."""
    return Desk(
        automation,
        node("first", "colleague", following="split"),
        split("price", "law"),
        node("price", "manager", following="terms"),
        node("terms", "colleague", following="meet"),
        node("law", "administrator", following="meet"),
        meet("last"),
        node("last", "manager"),
    )


def returnable(desk: Desk, name: str, approval: str) -> list[str]:
    return [one["id"] for one in desk.of(name, approval)["returnable"]]


def test_one_branch_rejects_for_all(automation: Automation) -> None:
    desk = parallel(automation)
    approval = desk.submit()
    desk.decide("colleague", approval)
    desk.decide("administrator", approval, "reject")
    assert (desk.state(approval), desk.revenue, desk.of("manager", approval)["task"]) == ("rejected", 10, None)


def test_within_a_branch_nobody_else_loses_their_task(automation: Automation) -> None:
    desk = parallel(automation)
    approval = desk.submit()
    desk.decide("colleague", approval)
    desk.decide("manager", approval)
    assert returnable(desk, "colleague", approval) == ["first", "price"]
    desk.act("colleague", approval, "return", to="price", comment="再算")
    assert desk.of("administrator", approval)["task"] is not None
    for name in ("manager", "colleague"):
        desk.decide(name, approval)
    assert (desk.state(approval), desk.of("manager", approval)["task"]) == ("pending", None)
    desk.decide("administrator", approval)
    desk.decide("manager", approval)
    assert (desk.state(approval), desk.revenue) == ("approved", 2_000_000)


def test_before_the_split_every_branch_is_asked_again(automation: Automation) -> None:
    desk = parallel(automation)
    approval = desk.submit()
    desk.decide("colleague", approval)
    desk.decide("administrator", approval)
    assert desk.act("manager", approval, "return", to="law", comment="?").status_code == 400
    assert desk.act("manager", approval, "return", to="first", comment="从头").status_code == 200
    desk.decide("colleague", approval)
    for name in ("administrator", "manager", "colleague", "manager"):
        desk.decide(name, approval)
    assert (desk.state(approval), desk.revenue) == ("approved", 2_000_000)


def test_what_was_decided_behind_the_place_it_is_sent_back_to_counts_no_more(automation: Automation) -> None:
    when = {"where": {"field": "annual_revenue", "op": "gt", "value": 5_000_000}}
    branch = {"id": "b", "kind": "branch", "next": {"huge": "second"},
              "settings": {"branches": [{"port": "huge", "when": when}]}}  # fmt: skip
    second = node("second", "administrator")
    second["next"] = {"rejected": "third"}
    first = node("first", "manager", following="b", rights={"annual_revenue": "edit"})
    desk = Desk(automation, first, branch, second, node("third", "colleague"))
    approval = desk.submit(9_000_000)
    desk.decide("manager", approval)
    desk.decide("administrator", approval, "reject")
    desk.act("colleague", approval, "return", to="first", comment="降价")
    assert desk.of("manager", approval)["task"] is not None
    desk.decide("manager", approval, values={"annual_revenue": 3_000_000})
    assert (desk.state(approval), desk.revenue) == ("approved", 3_000_000)


def test_what_went_by_itself_is_nowhere_to_send_it_back_to(automation: Automation) -> None:
    own = node("own", "salesperson", following="last", itself="approve")
    desk = Desk(automation, own, node("last", "manager"))
    approval = desk.submit()
    assert returnable(desk, "manager", approval) == []
    assert desk.act("manager", approval, "return", to="own", comment="?").status_code == 400


def test_a_task_is_not_passed_on_to_whose_it_is(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    refused = desk.act("manager", approval, "transfer", to=member("manager"))
    assert (refused.status_code, refused.json()["code"]) == (400, "approvals.transfer_to_self")
    assert desk.of("manager", approval)["task"] is not None


def test_in_turn_somebody_added_at_the_same_time_is_heard_before_the_next(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager", "colleague", mode="in_turn"))
    approval = desk.submit()
    desk.act("manager", approval, "add", people=[member("administrator")], when="with")
    desk.decide("manager", approval)
    assert desk.of("colleague", approval)["task"] is None
    desk.decide("administrator", approval)
    desk.decide("colleague", approval)
    assert desk.state(approval) == "approved"


def test_in_turn_somebody_added_after_is_heard_before_the_next(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager", "colleague", mode="in_turn"))
    approval = desk.submit()
    desk.act("manager", approval, "add", people=[member("administrator")], when="after")
    assert (desk.of("manager", approval)["task"], desk.of("colleague", approval)["task"]) == (None, None)
    desk.decide("administrator", approval)
    desk.decide("colleague", approval)
    assert desk.state(approval) == "approved"


def test_a_vote_that_is_won_when_somebody_is_added_after_is_over(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager", "colleague", mode="vote", percent=50))
    approval = desk.submit()
    desk.act("manager", approval, "add", people=[member("administrator")], when="after")
    assert desk.state(approval) == "approved"


def test_who_is_late_counts_as_having_approved_and_is_asked_again_elsewhere(automation: Automation) -> None:
    first = node("first", "manager", following="last", limit={"amount": 1, "unit": "days"}, late="approve")
    desk = Desk(automation, first, node("last", "manager", repeat="approve"))
    approval = desk.submit()
    automation.later(days=2)
    automation.round()
    told = desk.of("manager", approval)
    assert [(one["node"], one["state"], one["acted_by"]) for one in told["tasks"]] == [
        ("first", "approved", None),
        ("last", "open", None),
    ]
    assert [(one["kind"], one["more"]["why"]) for one in told["notes"]] == [("start", None), ("auto_approve", "late")]
