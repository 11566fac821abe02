"""What flows may ask and tell: nothing that those who write them, or in whose name they act, may not read."""

from typing import Any

import pytest

from tests.capabilities.flows.conftest import Drafts, rule
from tests.support.clients import Client
from tests.support.world import membership

CREATED = {"kind": "record.created", "settings": {}}
OPEN = {"create": True, "read": "all", "edit": "all"}
PHONE = "+8613812345678"


def saying(**value: Any) -> dict[str, Any]:
    """A step that writes a value into the description."""
    return {"kind": "record.update", "settings": {"values": {"description": value}}}


def writer() -> Client:
    """Somebody who manages automation, to whom phones are hidden and revenues masked."""
    admin = Client.signed_in_as("administrator")
    where = {"field": "key", "op": "eq", "value": "salesperson"}
    (role,) = admin.post("records/role/query", {"where": where}).json()["rows"]
    fields = {"phone": "hidden", "annual_revenue": "masked"}
    objects = {"*": OPEN, "company": {**OPEN, "fields": fields}, "contact": OPEN, "opportunity": {"read": "none"}}
    permissions = {"objects": objects, "system": ["automation"]}
    answer = admin.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})
    assert answer.status_code == 200, answer.content
    return Client.signed_in_as("salesperson")


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        (rule(CREATED, saying(formula="phone")), "formula.unknown_name"),
        (rule(CREATED, saying(text="{phone}")), "query.unknown_field"),
        (rule(CREATED, saying(text="{annual_revenue}")), "query.unknown_field"),
        (
            rule({"kind": "record.created", "settings": {"where": {"where": {"field": "phone", "op": "not_empty"}}}},
                 saying(value="有电话")),
            "query.unknown_field",
        ),
        (rule(CREATED, saying(value="x"), of="opportunity"), "flows.unknown_object"),
    ],
)  # fmt: skip
def test_nobody_publishes_a_flow_that_asks_what_they_may_not_read(drafts: Drafts, definition, code):
    limited = writer()
    codes = [one["code"] for one in limited.post("flows/check", {"definition": definition}).json()["problems"]]
    assert code in codes
    assert drafts.problems(definition) == []

    values = {"name": "偷看", "run_as": "owner", "definition": definition}
    flow = limited.post("records/flow", {"values": values}).json()["id"]
    refused = limited.post("actions/flows/publish", {"params": {"flow": flow}})

    assert refused.status_code == 409, refused.content
    assert drafts.admin.get(f"records/flow/{flow}").json()["state"] == "draft"


def test_a_formula_of_a_step_tells_what_the_flows_actor_may_read_and_no_more(automation):
    writer()
    owner = str(membership("salesperson").member_id)
    hidden = automation.flow(rule(CREATED, saying(formula="concat(phone, '!')")), run_as="owner", owner=owner)
    made = automation.admin.make("company", name="远山", phone=PHONE, annual_revenue={"amount": "5", "currency": "CNY"})
    automation.round()

    (run,) = automation.runs(hidden)
    assert run["state"] == "done", run
    assert automation.admin.get(f"records/company/{made['id']}").json()["description"] is None

    automation.set(hidden, state="paused")
    automation.flow(rule(CREATED, saying(formula="concat(name, '!')")), run_as="owner", owner=owner)
    made = automation.admin.make("company", name="近水", phone=PHONE)
    automation.round()
    assert automation.admin.get(f"records/company/{made['id']}").json()["description"] == "近水!"


def test_a_formula_of_a_step_leads_to_no_record_that_the_flows_actor_may_not_see(automation):
    writer()
    admin = automation.admin
    (role,) = admin.post(
        "records/role/query", {"where": {"field": "key", "op": "eq", "value": "salesperson"}, "select": ["permissions"]}
    ).json()["rows"]
    objects = {**role["permissions"]["objects"], "company": {"create": True, "read": "own", "edit": "own"}}
    permissions = {"objects": objects, "system": ["automation"]}
    admin.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})
    owner = str(membership("salesperson").member_id)
    mine = admin.make("company", name="自己的", website="https://mine.example", owner=owner)
    theirs = admin.make("company", name="别人的", website="https://theirs.example")

    step = {"kind": "record.update", "settings": {"values": {"title": {"formula": "company.website"}}}}
    automation.flow(rule(CREATED, step, of="contact"), run_as="owner", owner=owner)
    contacts = [admin.make("contact", name=f"人{one['id'][-2:]}", company=one["id"]) for one in (mine, theirs)]
    automation.round()

    titles = [admin.get(f"records/contact/{one['id']}").json()["title"] for one in contacts]
    assert titles == ["https://mine.example", None]
