"""What is held is told as far as each may read it; who is asked sees what they decide about."""

from typing import Any

import pytest

from tests.capabilities.approvals.desk import Desk, member, node
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client

PHONE = "+86 138 0013 8000"


@pytest.fixture
def desk(automation: Automation) -> Desk:
    """Salespeople read every company, with masked phones and without revenue."""
    found = Desk(automation, node("boss", "manager", following="told"), _copy("told", "other_salesperson"), fields=None)
    where = {"where": {"field": "key", "op": "eq", "value": "salesperson"}}
    role = automation.admin.post("records/role/query", where).json()["rows"][0]
    permissions = role["permissions"]
    permissions["objects"]["company"] = {
        "read": "all", "edit": "own", "create": True, "fields": {"phone": "masked", "annual_revenue": "hidden"},
    }  # fmt: skip
    answer = automation.admin.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})
    assert answer.status_code == 200, answer.content
    return found


def _copy(id_: str, name: str) -> dict[str, Any]:
    people = [{"kind": "member", "members": [member(name)]}]
    return {"id": id_, "kind": "approval.cc", "settings": {"people": people}, "next": {}}


def held(desk: Desk, name: str, approval: str) -> dict[str, str | None]:
    return {one["field"]: one["after"] for one in desk.of(name, approval)["held"]}


def submitted(desk: Desk) -> str:
    admin = desk.automation.admin
    values = {"annual_revenue": 2_000_000, "phone": PHONE, "description": "大单"}
    params = {"flow": desk.flow, "object": "company", "op": "update", "record": desk.company, "values": values}
    answer = admin.post("actions/approvals/submit", {"params": params})
    assert answer.status_code == 200, answer.content
    desk.automation.round()
    return answer.json()["result"]["approval"]


def test_who_sees_the_record_alone_sees_what_they_may_read_of_it(desk: Desk) -> None:
    approval = submitted(desk)
    found = held(desk, "other_salesperson", approval)
    assert set(found) == {"phone", "description"}
    assert found["description"] == "大单"
    assert "0013" not in (found["phone"] or PHONE)
    assert all(one["value"] is None for one in desk.of("other_salesperson", approval)["held"])


def test_who_is_asked_sees_what_they_decide_about_and_goes_on_seeing_it(desk: Desk) -> None:
    approval = submitted(desk)
    everything = {"annual_revenue", "phone", "description"}
    assert set(held(desk, "manager", approval)) == everything
    desk.act("manager", approval, "transfer", to=member("colleague"))
    assert set(held(desk, "colleague", approval)) == everything
    assert set(held(desk, "manager", approval)) == everything


def test_who_is_copied_sees_what_they_may_read(desk: Desk) -> None:
    approval = submitted(desk)
    desk.decide("manager", approval)
    assert set(held(desk, "other_salesperson", approval)) == {"phone", "description"}


def test_what_a_node_hides_is_hidden_from_its_people(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager", rights={"annual_revenue": "hidden"}))
    approval = desk.submit()
    assert held(desk, "manager", approval) == {}
    desk.decide("manager", approval)
    assert held(desk, "manager", approval) == {}
    assert set(held(desk, "salesperson", approval)) == {"annual_revenue"}


def test_a_stranger_is_told_the_same_as_of_none(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    stranger = Client.signed_in_as("other_salesperson")
    for verb in ("withdraw", "urge", "comment"):
        answers = [
            stranger.post(f"actions/approvals/{verb}", {"params": {"approval": one, "comment": "?"}}).json()
            for one in (approval, desk.company)
        ]
        assert [one["code"] for one in answers] == ["approvals.not_found"] * 2
        assert [one["params"]["id"] for one in answers] == [approval, desk.company]
