"""Nodes at which the submitter says who decides."""

from typing import Any

import pytest

from tests.capabilities.approvals.desk import Desk, member, node
from tests.capabilities.flows.conftest import Automation, rule
from tests.support.clients import Client

CHOSEN = {"people": [{"kind": "chosen"}]}


@pytest.fixture
def desk(automation: Automation) -> Desk:
    return Desk(automation, node("first", following="last", **CHOSEN), node("last", "manager"))


def offered(desk: Desk, *names: str) -> Any:
    place = f"{desk.flow}/first"
    return desk.offer(annual_revenue=2_000_000, params={"chosen": {place: [member(one) for one in names]}})


def test_whom_the_submitter_chose_is_asked(desk: Desk) -> None:
    asked = {"flow": desk.flow, "object": "company", "op": "update", "record": desk.company, "values": {"annual_revenue": 2_000_000}}  # fmt: skip
    steps = desk.sales.post("approvals/rehearsal", asked).json()["steps"]
    assert [(one["node"], one["choose"]) for one in steps] == [("first", True), ("last", False)]
    assert (steps[0]["people"], steps[0]["automatic"]) == ([], None)
    approval = offered(desk, "colleague").json()["result"]["approval"]
    desk.automation.round()
    desk.decide("colleague", approval)
    desk.decide("manager", approval)
    assert (desk.state(approval), desk.revenue) == ("approved", 2_000_000)


@pytest.mark.parametrize(
    ("names", "code"), [((), "approvals.choose_people"), (("salesperson",), "approvals.not_yourself")]
)
def test_somebody_else_has_to_be_chosen(desk: Desk, names: tuple[str, ...], code: str) -> None:
    refused = offered(desk, *names)
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert desk.boxes() == []


def test_somebody_who_left_cannot_be_chosen(desk: Desk) -> None:
    admin = desk.automation.admin
    colleague = admin.get(f"records/member/{member('colleague')}").json()
    admin.patch(f"records/member/{colleague['id']}", {"values": {"status": "left"}, "rev": colleague["rev"]})
    assert offered(desk, "colleague").json()["code"] == "approvals.not_here"
    assert desk.boxes() == []


def test_who_cannot_decide_is_not_offered(desk: Desk) -> None:
    paper = desk.automation.admin.make("member", name="无账号")["id"]
    asked = {"flow": desk.flow, "object": "company", "op": "update", "record": desk.company, "values": {"annual_revenue": 2_000_000}}  # fmt: skip
    told = desk.sales.post("approvals/rehearsal", asked).json()["not_askable"]
    assert {paper, member("salesperson")} <= set(told)
    assert not {member("colleague"), member("manager")} & set(told)
    refused = desk.offer(
        annual_revenue=2_000_000, params={"chosen": {f"{desk.flow}/first": [member("colleague"), paper]}}
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "approvals.no_sign_in")
    assert desk.boxes() == []


def test_nobody_is_named_where_nobody_is_chosen(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    asked = {"flow": desk.flow, "object": "company", "op": "update", "record": desk.company, "values": {"annual_revenue": 2_000_000}}  # fmt: skip
    assert desk.sales.post("approvals/rehearsal", asked).json()["not_askable"] == []


def test_nobody_submits_what_other_steps_do(automation: Automation) -> None:
    told = {"kind": "notify", "settings": {"people": [{"kind": "chosen"}], "text": "x"}}
    trigger = {"kind": "record.created", "settings": {}}
    assert "flows.bad_people" in automation.problems(rule(trigger, told))


def test_who_makes_flows_is_told_who_could_never_decide(automation: Automation) -> None:
    paper = automation.admin.make("member", name="无账号")["id"]
    told = automation.admin.get("approvals/not-askable").json()["members"]
    assert paper in told
    assert not {member("colleague"), member("salesperson")} & set(told)
    assert Client.signed_in_as("salesperson").get("approvals/not-askable").status_code == 403
