"""Exports that are held until somebody has approved them."""

from typing import Any

import pytest

from tests.capabilities.approvals.desk import Desk, member, node
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client

ASKED = {"format": "csv", "select": ["name"], "where": {"field": "annual_revenue", "op": "gt", "value": 1}}


@pytest.fixture
def desk(automation: Automation) -> Desk:
    """A company of the salesperson, who may export; more than no record at all waits for the manager."""
    found = Desk(automation, node("boss", "manager"), op="create", fields=None, where=None)
    automation.set(found.flow, state="paused")
    definition = {
        "object": "company",
        "triggers": [{"id": "t", "kind": "approval.export", "settings": {"rows": 0}}],
        "start": "boss",
        "nodes": [node("boss", "manager")],
    }
    found.flow = automation.flow(definition, kind="approval")
    return found


def submitted(desk: Desk, who: str = "administrator", **changes: Any) -> str:
    params = {"flow": desk.flow, "object": "company", "op": "export", "values": {**ASKED, **changes}}
    answer = Client.signed_in_as(who).post("actions/approvals/submit", {"params": params})
    assert answer.status_code == 200, answer.content
    desk.automation.round()
    return answer.json()["result"]["approval"]


def test_an_export_waits_and_is_fetched_once_it_is_approved(desk: Desk) -> None:
    admin = desk.automation.admin
    refused = admin.post("records/company/export", ASKED)
    assert (refused.status_code, refused.json()["code"]) == (409, "approvals.export_needed")
    empty = {**ASKED, "where": {"field": "name", "op": "eq", "value": "-"}}
    assert admin.post("records/company/export", empty).status_code == 200
    approval = submitted(desk)
    told = desk.of("manager", approval)
    assert told["export"] == {"format": "csv", "where": ASKED["where"], "search": None, "fields": ["公司名称"]}
    assert admin.get(f"approvals/{approval}/export").json()["code"] == "approvals.not_approved"
    desk.decide("manager", approval)
    assert "download" in desk.of("administrator", approval)["may"]
    answer = admin.get(f"approvals/{approval}/export")
    assert answer.status_code == 200
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").split()
    assert len(lines) == 2
    assert Client.signed_in_as("manager").get(f"approvals/{approval}/export").status_code == 404
    desk.automation.later(days=8)
    assert admin.get(f"approvals/{approval}/export").json()["code"] == "approvals.export_over"
    assert admin.post("records/company/export", ASKED).status_code == 409


def test_a_rejected_export_is_never_fetched(desk: Desk) -> None:
    approval = submitted(desk)
    desk.decide("manager", approval, "reject")
    assert desk.automation.admin.get(f"approvals/{approval}/export").json()["code"] == "approvals.not_approved"


def test_who_may_not_export_cannot_ask_for_it(desk: Desk) -> None:
    params = {"flow": desk.flow, "object": "company", "op": "export", "values": ASKED}
    answer = Client.signed_in_as("read_only").post("actions/approvals/submit", {"params": params})
    assert answer.status_code == 403
    bad = {**params, "values": {**ASKED, "where": {"field": "nothing", "op": "eq", "value": 1}}}
    assert desk.automation.admin.post("actions/approvals/submit", {"params": bad}).status_code == 400


def test_who_was_asked_before_sees_what_and_strangers_do_not(desk: Desk) -> None:
    approval = submitted(desk)
    desk.act("manager", approval, "transfer", to=member("colleague"))
    assert desk.of("manager", approval)["export"] is not None
    assert Client.signed_in_as("other_salesperson").get(f"approvals/{approval}").status_code == 404
