"""What each step was given and what it gave: kept small, and told to nobody who may not read it where it came from."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from guanxi.capabilities.flows import traces
from tests.capabilities.flows.conftest import Automation, call, rule
from tests.support.clients import Client
from tests.support.receivers import HttpReceiver
from tests.support.roles import trust

CREATED = {"kind": "record.created", "settings": {}}
SECRET = "绝不外传的说明"
CARRY = {
    "kind": "set",
    "settings": {
        "values": {"told": {"text": "{name}好"}, "kept": {"formula": "description"}, "plain": {"value": "常量"}}
    },
}
WRITE = {
    "kind": "record.update",
    "settings": {"values": {"website": {"formula": '"https://example.com/" & name'}, "address": {"data": "kept"}, "level": {"value": "C"}}},
}  # fmt: skip
NOTE = {"kind": "note", "settings": {"body": "{name}：{description}"}}


def steps(client: Client, run: Any) -> dict[str, dict[str, Any]]:
    """What is told of each step of a run that was given something, by its node."""
    answer = client.get(f"flows/runs/{run}")
    assert answer.status_code == 200, answer.content
    return {one["node"]: one["seen"] for one in answer.json()["record_of_steps"] if one["seen"]}


def test_a_run_tells_what_each_step_was_given_and_what_it_gave(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, CARRY, WRITE, NOTE))
    Client.signed_in_as("salesperson").make(name="jia", description=SECRET)
    automation.round()
    (run,) = automation.runs(flow)
    assert run["state"] == "done", run["error"]
    told = steps(automation.admin, run["id"])

    assert told["n1"]["gave"] == {"told": "jia好", "kept": SECRET, "plain": "常量"}
    assert told["n2"]["given"] == {"values": {"website": "https://example.com/jia", "address": SECRET, "level": "C"}}
    assert told["n3"] == {"given": {"body": f"jia：{SECRET}"}, "gave": {}, "hidden": [], "cut": False}


def test_who_may_not_read_a_field_is_told_it_nowhere(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, CARRY, WRITE, NOTE))
    Client.signed_in_as("salesperson").make(name="jia", description=SECRET)
    automation.round()
    (run,) = automation.runs(flow)
    trust(
        "salesperson", "automation", company={"read": "own", "fields": {"description": "hidden", "website": "masked"}}
    )
    answer = Client.signed_in_as("salesperson").get(f"flows/runs/{run['id']}")

    assert SECRET not in answer.content.decode()
    assert "example.com/jia" not in answer.content.decode()  # a field of which only a mask is told
    told = answer.json()
    assert (told["data"], told["hidden"]) == ({"told": "jia好", "plain": "常量"}, ["kept"])
    seen = {one["node"]: one["seen"] for one in told["record_of_steps"]}
    assert seen["n1"]["gave"] == {"told": "jia好", "plain": "常量"}
    assert seen["n2"]["given"] == {"values": {"level": "C"}}
    assert sorted(seen["n2"]["hidden"]) == ["address", "website"]
    assert (seen["n3"]["given"], seen["n3"]["hidden"]) == ({}, ["body"])


def test_who_may_not_see_the_record_is_told_nothing(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, CARRY, NOTE))
    automation.admin.make(name="jia", description=SECRET)
    automation.round()
    (run,) = automation.runs(flow)
    trust("salesperson", "automation")
    answer = Client.signed_in_as("salesperson").get(f"flows/runs/{run['id']}")
    assert SECRET not in answer.content.decode()
    assert all(one["seen"] is None for one in answer.json()["record_of_steps"])


def test_no_error_tells_the_value_that_it_is_about(automation: Automation) -> None:
    bad = {"kind": "record.update", "settings": {"values": {"website": {"data": "kept"}}}}
    flow = automation.flow(rule(CREATED, CARRY, bad))
    Client.signed_in_as("salesperson").make(name="jia", description=SECRET)
    automation.round()
    (run,) = automation.runs(flow)
    assert SECRET in automation.admin.get(f"flows/runs/{run['id']}").json()["error"]["message"]
    trust("salesperson", "automation", company={"read": "own", "fields": {"description": "hidden"}})
    reader = Client.signed_in_as("salesperson")
    for path in (f"flows/runs/{run['id']}", "flows/runs"):
        answer = reader.get(path).content.decode()
        assert SECRET not in answer
        assert "…" in answer


def test_what_is_hidden_stays_when_the_data_is_edited(automation: Automation) -> None:
    bad = {"kind": "record.update", "settings": {"values": {"website": {"data": "told"}}}}
    flow = automation.flow(rule(CREATED, CARRY, bad))
    Client.signed_in_as("salesperson").make(name="jia", description=SECRET)
    automation.round()
    (run,) = automation.runs(flow)
    assert run["state"] == "failed"
    trust(
        "salesperson",
        "automation",
        "roles",
        "configure",
        company={"read": "own", "edit": "own", "fields": {"description": "hidden"}},
    )
    reader = Client.signed_in_as("salesperson")
    asked = {"run": str(run["id"]), "data": {"told": "https://example.com", "kept": "别的"}}
    assert reader.post("actions/flows/edit-data", {"params": asked}).status_code == 200
    assert automation.runs(flow)[0]["data"] == {"told": "https://example.com", "kept": SECRET}
    assert SECRET not in reader.get(f"flows/runs/{run['id']}").content.decode()


def test_secrets_of_a_request_are_not_kept(automation: Automation, receiver: HttpReceiver) -> None:
    host = receiver.address.removeprefix("http://")
    secret = {"name": "crm_token", "host": host, "value": "s3cret"}
    assert automation.admin.post("actions/flows/set-secret", {"params": secret}).status_code == 200
    headers = [{"name": "Authorization", "value": "Bearer ", "secret": "crm_token"}]
    json = {"company": {"text": "{name}"}, "more": {"formula": "description"}}
    flow = automation.flow(rule(CREATED, call(receiver, headers=headers, json=json, **{"as": "answer"})))
    Client.signed_in_as("salesperson").make(name="jia", description=SECRET)
    automation.deliver()
    (run,) = automation.runs(flow)
    answer = automation.admin.get(f"flows/runs/{run['id']}")
    assert "s3cret" not in answer.content.decode()
    asked, answered = (one["seen"] for one in answer.json()["record_of_steps"] if one["seen"])
    assert asked["given"]["headers"]["Authorization"] == "Bearer {crm_token}"
    assert '"jia"' in asked["given"]["body"]
    assert answered["gave"]["answer"]["status"] == 200

    trust("salesperson", "automation", company={"read": "own", "fields": {"description": "hidden"}})
    answer = Client.signed_in_as("salesperson").get(f"flows/runs/{run['id']}")
    assert SECRET not in answer.content.decode()
    asked, answered = (one["seen"] for one in answer.json()["record_of_steps"] if one["seen"])
    assert ("body" in asked["hidden"], answered["hidden"]) == (True, ["answer"])


def test_what_is_long_is_cut_and_says_so() -> None:
    long = traces.kept({"body": "长" * 50_000, "values": {"n": Decimal("1.5"), "id": uuid4()}}, None, None)
    assert long is not None
    assert long["cut"] is True
    assert long["in"]["body"].endswith("…")
    assert long["in"]["values"]["n"] == 1.5
    many = traces.kept(None, {f"name {n}": {"deep": ["x" * 500] * 500} for n in range(500)}, None)
    assert many is not None
    for one in (long, many):
        assert len(traces.orjson.dumps(one)) <= traces.LIMIT + 100
    assert traces.kept({}, {}, None) is None
    assert traces.kept(None, {"big": Decimal(10) ** 30, "odd": Decimal("NaN")}, None) is not None
