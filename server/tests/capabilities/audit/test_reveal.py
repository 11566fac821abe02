"""Looking at a value that a role masks: with a reason, within one's reach, and noted without the value."""

import json
from typing import Any

import pytest

from tests.support.clients import Client

PHONE, MAIL = "13912345678", "wang.fang@huaxin.cn"
REASON = "客户要求回电"


@pytest.fixture
def contact(give, client) -> dict[str, Any]:
    """A contact of the salesperson; readers see its phone masked and may look at it, and its mail masked for good."""
    fields = {"phone": "reveal", "mail": "masked", "remark": "hidden"}
    give("read_only", {"objects": {"contact": {"read": "all", "fields": fields}}, "system": []})
    return client("salesperson").make("contact", name="王芳", phone=PHONE, mail=MAIL)


def reveal(client: Client, record: str, field: str, reason: str | None = REASON) -> Any:
    params = {"object": "contact", "record": record, "field": field}
    return client.post("actions/records/reveal-value", {"params": params | ({"reason": reason} if reason else {})})


def test_it_is_told_with_a_reason_and_noted_without_the_value(contact, client, entries, facts):
    reader = client("read_only")
    assert PHONE not in reader.get(f"records/contact/{contact['id']}").content.decode()

    answer = reveal(reader, contact["id"], "phone")

    (found,) = entries("reveal")
    assert answer.status_code == 200, answer.content.decode()
    assert PHONE in answer.json()["result"]["value"].replace(" ", "")
    assert (found["by"]["title"], found["record"]["title"]) == ("read_only", "王芳")
    assert (facts(found)["reason"], facts(found)["key"]) == (REASON, "phone")
    assert found["says"] == "查看了联系人“王芳”的电话"
    assert PHONE not in json.dumps(found)
    history = client("salesperson").get(f"records/contact/{contact['id']}/timeline").json()["items"]
    assert (history[0]["op"], history[0]["by"]["title"]) == ("reveal", "read_only")


@pytest.mark.parametrize("reason", [None, "  "])
def test_without_a_reason_nothing_is_told(reason, contact, client, entries):
    answer = reveal(client("read_only"), contact["id"], "phone", reason)

    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "records.reason_needed")
    assert PHONE not in answer.content.decode()
    assert entries("reveal") == []


@pytest.mark.parametrize(
    ("field", "status", "code"),
    [("mail", 403, "records.masked_by_role"), ("remark", 400, "query.unknown_field"), ("name", 400, "records.not_hidden"),
     ("nonsense", 400, "query.unknown_field")],
)  # fmt: skip
def test_what_the_role_does_not_let_be_looked_at_stays_masked(field, status, code, contact, client, entries):
    answer = reveal(client("read_only"), contact["id"], field)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert MAIL not in answer.content.decode()
    assert entries("reveal") == []


def test_a_record_out_of_reach_is_none(give, client, entries):
    fields = {"phone": "reveal"}
    give("salesperson", {"objects": {"contact": {"create": True, "read": "own", "fields": fields}}, "system": []})
    other = client("manager").make("contact", name="李雷", phone=PHONE)

    answer = reveal(client("salesperson"), other["id"], "phone")

    assert (answer.status_code, answer.json()["code"]) == (404, "records.not_found")
    assert entries("reveal") == []


def test_what_is_not_masked_needs_no_looking_at(contact, client):
    assert reveal(client("manager"), contact["id"], "phone").json()["code"] == "records.not_hidden"


def test_nothing_is_noted_where_there_is_nothing_to_see(contact, client, entries):
    empty = client("salesperson").make("contact", name="李雷")

    answer = reveal(client("read_only"), empty["id"], "phone")

    assert answer.json()["result"] == {"value": None}
    assert entries("reveal") == []
