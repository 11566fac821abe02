"""Approvals as people meet them: a change is held, decided about by those it concerns, and then holds or does not."""

from typing import Any

import psycopg
import pytest
from django.db import connection

from guanxi.capabilities.flows.waking import CHANNEL
from guanxi.infra.database.address import conninfo
from tests.capabilities.approvals.desk import Desk, member, node
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client


def test_a_change_is_held_until_it_is_approved(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    refused = desk.sales.patch(f"records/company/{desk.company}", {"values": {"annual_revenue": 2_000_000}})
    assert (refused.status_code, refused.json()["code"]) == (409, "approvals.needed")
    assert desk.sales.patch(f"records/company/{desk.company}", {"values": {"annual_revenue": 20}}).status_code == 200

    approval = desk.submit()
    assert desk.revenue == 20
    held = desk.of("manager", approval)["held"]
    assert [(one["field"], one["before"], one["after"]) for one in held] == [
        ("annual_revenue", "¥20.00", "¥2,000,000.00")
    ]
    busy = desk.sales.patch(f"records/company/{desk.company}", {"values": {"level": "A"}})
    assert busy.json()["code"] == "approvals.being_decided"

    desk.decide("manager", approval, comment="同意")
    assert (desk.state(approval), desk.revenue) == ("approved", 2_000_000)
    assert [one["kind"] for one in desk.of("salesperson", approval)["notes"]] == ["start", "approve", "finish"]
    assert desk.of("manager", approval)["held"][0]["before"] == "¥20.00"


def test_what_is_rejected_is_not_written(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    desk.decide("manager", approval, "reject", comment="太高")
    assert (desk.state(approval), desk.revenue) == ("rejected", 10)
    assert desk.sales.patch(f"records/company/{desk.company}", {"values": {"level": "A"}}).status_code == 200


def test_nobody_else_decides_or_reads(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    task = desk.of("manager", approval)["task"]
    for name in ("salesperson", "colleague", "read_only", "administrator"):
        answer = Client.signed_in_as(name).post(
            "actions/approvals/decide", {"params": {"task": task, "decision": "approve"}}
        )
        assert answer.status_code == 404, (name, answer.content)
    assert Client.signed_in_as("other_salesperson").get(f"approvals/{approval}").status_code == 404
    assert (desk.state(approval), desk.revenue) == ("pending", 10)


def test_two_in_turn_then_a_second_node(automation: Automation) -> None:
    first = node("first", "manager", "colleague", following="last", mode="in_turn")
    desk = Desk(automation, first, node("last", "administrator"))
    approval = desk.submit()
    assert desk.of("colleague", approval)["task"] is None
    desk.decide("manager", approval)
    desk.decide("colleague", approval)
    assert desk.state(approval) == "pending"
    desk.decide("administrator", approval)
    assert (desk.state(approval), desk.revenue) == ("approved", 2_000_000)


def test_a_task_is_passed_on_and_somebody_is_asked_before(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    assert desk.act("manager", approval, "transfer", to=member("colleague"), comment="出差").status_code == 200
    assert desk.of("manager", approval)["task"] is None
    added = desk.act("colleague", approval, "add", people=[member("administrator")], when="before")
    assert added.status_code == 200, added.content
    assert desk.of("colleague", approval)["task"] is None
    desk.decide("administrator", approval)
    assert desk.state(approval) == "pending"
    desk.decide("colleague", approval)
    assert desk.state(approval) == "approved"


def test_it_is_sent_back_to_the_submitter_who_changes_and_submits_it_again(automation: Automation) -> None:
    desk = Desk(automation, node("first", "colleague", following="last"), node("last", "manager"))
    approval = desk.submit()
    desk.decide("colleague", approval)
    assert desk.act("manager", approval, "return", to="start", comment="说明原因").status_code == 200
    assert desk.state(approval) == "returned"
    again = {"approval": approval, "values": {"annual_revenue": 1_500_000}, "comment": "改了"}
    assert desk.sales.post("actions/approvals/resubmit", {"params": again}).status_code == 200
    automation.round()
    desk.decide("colleague", approval)
    desk.decide("manager", approval)
    assert (desk.state(approval), desk.revenue) == ("approved", 1_500_000)


def test_it_is_sent_back_to_an_earlier_node_whose_people_decide_again(automation: Automation) -> None:
    desk = Desk(automation, node("first", "colleague", following="last"), node("last", "manager"))
    approval = desk.submit()
    desk.decide("colleague", approval)
    assert [one["id"] for one in desk.of("manager", approval)["returnable"]] == ["first"]
    assert desk.act("manager", approval, "return", to="first", comment="再看看").status_code == 200
    desk.decide("colleague", approval)
    desk.decide("manager", approval)
    assert desk.state(approval) == "approved"
    rounds = [(one["node"], one["round"], one["state"]) for one in desk.of("salesperson", approval)["tasks"]]
    assert rounds == [
        ("first", 1, "approved"),
        ("last", 1, "returned"),
        ("first", 2, "approved"),
        ("last", 2, "approved"),
    ]


def test_it_is_withdrawn_and_urged_by_its_submitter_alone(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    urge = {"params": {"approval": approval}}
    assert desk.sales.post("actions/approvals/urge", urge).status_code == 200
    assert desk.sales.post("actions/approvals/urge", urge).status_code == 429
    assert Client.signed_in_as("manager").post("actions/approvals/withdraw", urge).status_code == 403
    assert desk.sales.post("actions/approvals/withdraw", urge).status_code == 200
    automation.round()
    assert (desk.state(approval), desk.revenue) == ("withdrawn", 10)
    assert desk.of("manager", approval)["task"] is None
    assert desk.submit() != approval


@pytest.mark.parametrize(
    ("empty", "state"), [("approve", "approved"), ("reject", "rejected"), ("administrator", "pending")]
)
def test_nobody_is_found(automation: Automation, empty: str, state: str) -> None:
    nobody = {**node("boss"), "settings": {"people": [{"kind": "superior"}], "mode": "any", "empty": empty}}
    desk = Desk(automation, nobody)
    approval = desk.submit()
    assert desk.state(approval) == state
    assert desk.revenue == (2_000_000 if state == "approved" else 10)


def test_nobody_changes_what_is_being_decided_about(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    desk.submit()
    other = {"values": {"owner": member("other_salesperson")}}
    given = automation.admin.patch(f"records/company/{desk.company}", other)
    assert given.json()["code"] == "approvals.being_decided"


def test_a_rejection_that_leads_on_still_rejects(automation: Automation) -> None:
    mark = {
        "id": "mark",
        "kind": "record.update",
        "settings": {"values": {"description": {"value": "被驳回"}}},
        "next": {},
    }
    first = node("first", "manager")
    first["next"] = {"rejected": "mark"}
    desk = Desk(automation, first, mark)
    approval = desk.submit()
    desk.decide("manager", approval, "reject")
    assert (desk.state(approval), desk.revenue) == ("rejected", 10)
    assert desk.sales.get(f"records/company/{desk.company}").json()["description"] == "被驳回"


def test_the_way_is_told_before(automation: Automation) -> None:
    branch = {
        "id": "b", "kind": "branch", "next": {"huge": "board", "else": "boss"},
        "settings": {"branches": [{"port": "huge", "when": {"where": {"field": "annual_revenue", "op": "gt", "value": 5_000_000}}}]},
    }  # fmt: skip
    desk = Desk(automation, branch, node("boss", "manager"), node("board", "administrator", following="boss"))

    def way(value: int) -> list[str]:
        asked = {"flow": desk.flow, "object": "company", "op": "update", "record": desk.company,
                 "values": {"annual_revenue": value}}  # fmt: skip
        answer = desk.sales.post("approvals/rehearsal", asked)
        assert answer.status_code == 200, answer.content
        return [one["node"] for one in answer.json()["steps"]]

    assert way(2_000_000) == ["boss"]
    assert way(9_000_000) == ["board", "boss"]
    assert desk.revenue == 10
    assert desk.sales.get("approvals?box=submitted").json()["approvals"] == []


def test_parallel_ways_are_told_before_what_follows_their_meeting(automation: Automation) -> None:
    split = {"id": "split", "kind": "parallel", "settings": {"ways": 2}, "next": {"1": "price", "2": "law"}}
    meet = {"id": "meet", "kind": "join", "settings": {"mode": "all"}, "next": {"out": "last"}}
    desk = Desk(
        automation,
        split,
        node("price", "manager", following="meet"),
        node("law", "administrator", following="terms"),
        node("terms", "colleague", following="meet"),
        meet,
        node("last", "manager"),
    )
    asked = {"flow": desk.flow, "object": "company", "op": "update", "record": desk.company,
             "values": {"annual_revenue": 2_000_000}}  # fmt: skip
    steps = desk.sales.post("approvals/rehearsal", asked).json()["steps"]
    assert [one["node"] for one in steps] == ["price", "law", "terms", "last"]


def test_the_history_names_people_and_nodes(automation: Automation) -> None:
    desk = Desk(automation, node("first", "colleague", following="last"), node("last", "manager"))
    approval = desk.submit()
    desk.act("colleague", approval, "transfer", to=member("administrator"))
    desk.decide("administrator", approval)
    desk.act("manager", approval, "add", people=[member("colleague")], when="with")
    desk.act("manager", approval, "return", to="start", comment="再看看")
    told = {one["kind"]: one["more"] for one in desk.of("salesperson", approval)["notes"]}
    assert told["transfer"]["to"]["id"] == member("administrator")
    assert told["transfer"]["to"]["title"] == Client.signed_in_as("administrator").get("me").json()["member"]["name"]
    assert [one["id"] for one in told["add_with"]["people"]] == [member("colleague")]
    assert told["return"]["to"]["id"] == "start"


def test_values_are_told_as_records_hold_them_to_those_alone_who_may_change_them(automation: Automation) -> None:
    first = node("first", "colleague", following="last", rights={"annual_revenue": "edit"})
    desk = Desk(automation, first, node("last", "manager"))
    approval = desk.submit()

    def value(name: str) -> Any:
        (held,) = desk.of(name, approval)["held"]
        return held["right"], held["value"]

    assert value("colleague") == ("edit", {"amount": "2000000", "currency": "CNY"})
    assert value("salesperson") == ("read", None)
    desk.decide("colleague", approval, values={"annual_revenue": {"amount": "3000000", "currency": "CNY"}})
    assert value("manager") == ("read", None)
    desk.act("manager", approval, "return", to="start", comment="降一点")
    assert value("salesperson") == ("edit", {"amount": "3000000", "currency": "CNY"})
    assert value("manager") == ("read", None)


def test_each_box_is_counted(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()

    def counts(name: str) -> dict[str, int]:
        return Client.signed_in_as(name).get("approvals").json()["counts"]

    assert counts("manager") == {"to_do": 1, "done": 0, "submitted": 0, "copied": 0}
    assert counts("salesperson") == {"to_do": 0, "done": 0, "submitted": 1, "copied": 0}
    desk.decide("manager", approval)
    assert counts("manager") == {"to_do": 0, "done": 1, "submitted": 0, "copied": 0}
    assert counts("other_salesperson") == dict.fromkeys(("to_do", "done", "submitted", "copied"), 0)


def test_what_is_done_is_worked_off_at_once(automation: Automation) -> None:
    desk = Desk(automation, node("first", "manager", following="last"), node("last", "colleague"))
    with psycopg.connect(conninfo(connection.settings_dict), autocommit=True) as worker:
        worker.execute(f"LISTEN {CHANNEL}")

        def woken() -> bool:
            return bool(list(worker.notifies(timeout=0.2)))

        approval = desk.submit()
        assert woken()
        desk.decide("manager", approval)
        assert woken()
        desk.act("colleague", approval, "return", to="first", comment="再看看")
        assert woken()
        desk.act("manager", approval, "return", to="start", comment="改一改")
        woken()
        desk.sales.post("actions/approvals/resubmit", {"params": {"approval": approval}})
        assert woken()
