"""Tasks are given only to people who can decide them, and by who looks after automation to somebody else."""

from typing import Any

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.capabilities.approvals.desk import Desk, member, node
from tests.capabilities.flows.conftest import Automation
from tests.support import world
from tests.support.clients import Client


def reassign(name: str, task: str, to: str) -> Any:
    params = {"task": task, "to": to, "comment": "休假"}
    return Client.signed_in_as(name).post("actions/approvals/reassign", {"params": params})


def waits_for(desk: Desk, approval: str) -> list[str]:
    return [one["id"] for one in desk.of("salesperson", approval)["waits_for"]]


@pytest.mark.parametrize("verb", ["transfer", "add"])
def test_neither_the_submitter_nor_who_cannot_sign_in_is_given_a_task(automation: Automation, verb: str) -> None:
    desk = Desk(automation, node("boss", "manager"))
    paper = automation.admin.make("member", name="无账号")["id"]
    approval = desk.submit()
    for whom, code in ((paper, "approvals.no_sign_in"), (member("salesperson"), "approvals.not_the_submitter")):
        params = {"to": whom} if verb == "transfer" else {"people": [whom], "when": "after"}
        refused = desk.act("manager", approval, verb, **params)
        assert (refused.status_code, refused.json()["code"]) == (400, code)
        assert whom in desk.of("manager", approval)["not_askable"]
    assert member("colleague") not in desk.of("manager", approval)["not_askable"]
    assert (waits_for(desk, approval), desk.revenue) == ([member("manager")], 10)


def test_who_looks_after_automation_gives_a_task_that_is_stuck_to_somebody_else(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager", "colleague", mode="in_turn"))
    approval = desk.submit()
    first, second = (one["id"] for one in desk.of("manager", approval)["tasks"])
    for name in ("salesperson", "colleague"):
        assert reassign(name, first, member("read_only")).status_code == 403
    for whom, code in (
        ("salesperson", "approvals.not_the_submitter"),
        ("colleague", "approvals.asked_already"),
    ):
        assert reassign("administrator", first, member(whom)).json()["code"] == code
    assert waits_for(desk, approval) == [member("manager")]
    assert "reassign" not in desk.of("manager", approval)["may"]
    assert "reassign" in desk.of("administrator", approval)["may"]

    assert reassign("administrator", second, member("other_salesperson")).status_code == 200
    assert waits_for(desk, approval) == [member("manager")]
    assert reassign("administrator", first, member("read_only")).status_code == 200
    assert waits_for(desk, approval) == [member("read_only")]
    assert reassign("administrator", first, member("read_only")).json()["code"] == "approvals.decided_already"
    note = desk.of("salesperson", approval)["notes"][-1]
    assert (note["kind"], note["more"]["instead_of"]["id"]) == ("transfer", member("manager"))
    assert desk.act("manager", approval, "decide", decision="approve").status_code != 200
    desk.decide("read_only", approval)
    desk.decide("other_salesperson", approval)
    assert (desk.state(approval), desk.revenue) == ("approved", 2_000_000)
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        noted = ctx.run("SELECT member, record FROM sys_audit WHERE kind = 'approval_reassigned'")
    assert [(str(who), str(about)) for who, about in noted] == [(member("administrator"), desk.company)] * 2


def test_nobody_reassigns_what_they_submitted_themselves(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    desk.sales = automation.admin
    approval = desk.submit()
    task = desk.of("manager", approval)["task"]
    refused = reassign("administrator", task, member("colleague"))
    assert (refused.status_code, refused.json()["code"]) == (403, "approvals.reassign_own")
    assert "reassign" not in desk.of("administrator", approval)["may"]
    assert [one["id"] for one in desk.of("manager", approval)["waits_for"]] == [member("manager")]
