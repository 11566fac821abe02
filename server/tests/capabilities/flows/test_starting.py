"""Flows that somebody asks for, and the switch for all of them."""

import json
from typing import Any

from django.test import Client as DjangoClient

from guanxi.capabilities.flows import calling
from guanxi.capabilities.flows.upkeep import forget_ended_of
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.infra.http.limits import Buckets
from tests.capabilities.flows.conftest import Automation, rule
from tests.support.clients import Client

MARK = {"kind": "record.update", "settings": {"values": {"description": {"value": "标记"}}}}
NAMED = {
    "kind": "record.create", "settings": {"object": "company", "values": {"name": {"data": "body.name"}}}
}  # fmt: skip


def press(client: Client, flow: str, *records: str, via: str = "ui", of: str = "company") -> Any:
    """Start a flow for records."""
    params = {"flow": flow, "object": of, "records": list(records)}
    return client.post("actions/flows/start", {"params": params}, X_Guanxi_Via=via)


def description(record: dict[str, Any]) -> str | None:
    """What was marked on a company."""
    return Client.signed_in_as("administrator").get(f"records/company/{record['id']}").json()["description"]


def test_whoever_may_edit_a_record_starts_a_flow_on_it(automation: Automation) -> None:
    flow = automation.flow(rule({"kind": "manual", "settings": {"label": {"zh-CN": "标记", "en": "Mark"}}}, MARK))
    sales = Client.signed_in_as("salesperson")
    company = sales.make(name="甲")
    shown = sales.get("flows/buttons/company").json()["buttons"]
    begun = press(sales, flow, company["id"])
    automation.round()

    assert shown == [{"flow": flow, "name": "流程", "label": {"zh-CN": "标记", "en": "Mark"}, "questions": []}]
    assert begun.status_code == 200
    assert description(company) == "标记"
    (run,) = automation.runs(flow)
    assert [str(run["id"])] == begun.json()["result"]["runs"]


def test_others_start_nothing_on_it(automation: Automation) -> None:
    flow = automation.flow(rule({"kind": "manual", "settings": {}}, MARK))
    mine = Client.signed_in_as("salesperson").make(name="甲")
    unseen = press(Client.signed_in_as("other_salesperson"), flow, mine["id"])
    read_only = press(Client.signed_in_as("read_only"), flow, mine["id"])
    stranger = press(Client.signed_in_as("stranger"), flow, mine["id"])
    another = press(Client.signed_in_as("salesperson"), flow, mine["id"], of="opportunity")
    none = press(Client.signed_in_as("salesperson"), flow)
    automation.round()

    assert [one.status_code for one in (unseen, read_only, stranger, another, none)] == [404, 403, 404, 400, 400]
    assert automation.runs(flow) == []
    assert description(mine) is None


def test_a_button_may_be_for_some_roles_alone(automation: Automation) -> None:
    flow = automation.flow(rule({"kind": "manual", "settings": {"roles": "manager, administrator"}}, MARK))
    sales, manager = Client.signed_in_as("salesperson"), Client.signed_in_as("manager")
    company = sales.make(name="甲")
    refused, begun = press(sales, flow, company["id"]), press(manager, flow, company["id"])

    assert (refused.status_code, begun.status_code) == (404, 200)
    assert sales.get("flows/buttons/company").json()["buttons"] == []
    assert len(manager.get("flows/buttons/company").json()["buttons"]) == 1
    assert len(automation.runs(flow)) == 1


def test_a_flow_for_programs_has_no_button(automation: Automation) -> None:
    flow = automation.flow(rule({"kind": "api", "settings": {}}, MARK))
    sales = Client.signed_in_as("salesperson")
    company = sales.make(name="甲")

    assert sales.get("flows/buttons/company").json()["buttons"] == []
    assert press(sales, flow, company["id"]).status_code == 404
    assert press(sales, flow, company["id"], via="api").status_code == 200
    automation.set(flow, state="paused")
    assert press(sales, flow, company["id"], via="api").status_code == 404


class Hook:
    """The web hook of a flow."""

    def __init__(self, automation: Automation, flow: str) -> None:
        answer = automation.admin.post("actions/flows/renew-hook", {"params": {"flow": flow, "trigger": "t1"}})
        assert answer.status_code == 200, answer.content
        self.path = answer.json()["result"]["path"]

    def call(self, body: Any, **headers: str) -> Any:
        """Call it as another system does, without a session."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        outside = DjangoClient(enforce_csrf_checks=True, raise_request_exception=False)
        return outside.post(self.path, data, content_type="application/json", headers=named)


HOOK = {"kind": "webhook", "settings": {}}


def test_another_system_starts_a_flow_with_what_it_sends(automation: Automation) -> None:
    flow = automation.flow(rule(HOOK, NAMED))
    hook = Hook(automation, flow)
    first = hook.call({"name": "来自网址"}, Idempotency_Key="1")
    again = hook.call({"name": "来自网址"}, Idempotency_Key="1")
    automation.round()

    assert (first.status_code, again.status_code) == (202, 202)
    assert again.json() == {"run": None}
    (run,) = automation.runs(flow)
    assert (str(run["id"]), run["state"]) == (first.json()["run"], "done")
    query = {"where": {"field": "name", "op": "eq", "value": "来自网址"}}
    assert len(automation.admin.post("records/company/query", query).json()["rows"]) == 1


def test_a_wrong_address_and_a_body_that_is_none_start_nothing(automation: Automation, monkeypatch) -> None:
    flow = automation.flow(rule(HOOK, NAMED))
    hook = Hook(automation, flow)
    old = hook.path
    hook = Hook(automation, flow)
    path, right = hook.path, hook.call
    answers = []
    for wrong in (old, path + "x", path.replace("acme", "globex"), "/hooks/x", "/hooks/acme."):
        hook.path = wrong
        answers.append(hook.call({}).status_code)
    hook.path = path
    bad, big = right(b"{"), right(b'"' + b"x" * 1_100_000 + b'"')
    got = DjangoClient().get(path)
    automation.set(flow, state="paused")
    paused = right({})

    assert answers == [404] * 5
    assert (bad.status_code, big.status_code, got.status_code, paused.status_code) == (400, 429, 405, 404)
    assert automation.runs(flow) == []
    monkeypatch.setattr(calling, "BUCKETS", Buckets(lambda: 0.0))
    monkeypatch.setattr(calling, "CALLS_A_MINUTE", 1)
    assert [right({}).status_code for _ in range(3)][-1] == 429


def test_only_who_manages_automation_makes_addresses_and_stops_everything(database, client) -> None:
    sales = client("salesperson")
    nothing = "01900000-0000-7000-8000-000000000001"
    renewed = sales.post("actions/flows/renew-hook", {"params": {"flow": nothing, "trigger": "t1"}})
    answers = [renewed, *(sales.post(f"actions/flows/{verb}", {"params": {}}) for verb in ("stop-all", "resume-all"))]

    assert [one.status_code for one in answers] == [403] * 3
    unpublished = client("administrator").post(
        "actions/flows/renew-hook", {"params": {"flow": nothing, "trigger": "t1"}}
    )
    assert (unpublished.status_code, unpublished.json()["code"]) == (409, "flows.publish_hook_first")


def test_what_is_set_off_while_everything_is_stopped_is_done_when_it_goes_on(automation: Automation) -> None:
    flow = automation.flow(rule({"kind": "record.created", "settings": {}}, MARK))
    assert automation.admin.post("actions/flows/stop-all", {"params": {}}).json()["result"] == {"stopped": True}
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    stopped, states = description(company), [run["state"] for run in automation.runs(flow)]
    automation.admin.post("actions/flows/resume-all", {"params": {}})
    automation.round()

    assert (stopped, states) == (None, ["running"])
    assert description(company) == "标记"
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        kinds = ctx.run("SELECT kind FROM sys_audit WHERE kind LIKE 'flows_%' ORDER BY seq")
    assert kinds == [("flows_stopped",), ("flows_resumed",)]


def test_ended_runs_are_thrown_away_after_ninety_days_and_others_stay(automation: Automation) -> None:
    ended = automation.flow(rule({"kind": "record.created", "settings": {}}, MARK))
    wait = {"kind": "wait", "settings": {"time": {"amount": 5000, "unit": "days"}}}
    waiting = automation.flow(rule({"kind": "record.created", "settings": {}}, wait))
    Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    automation.later(days=89)
    early = forget_ended_of(automation.workspace)
    automation.later(days=2)
    count = forget_ended_of(automation.workspace)

    assert (early, count) == (0, 1)
    assert automation.runs(ended) == []
    assert [run["state"] for run in automation.runs(waiting)] == ["waiting"]


def test_a_flow_that_is_none_is_not_started(database, client) -> None:
    company = client("salesperson").make(name="甲")

    assert press(client("salesperson"), "01900000-0000-7000-8000-000000000001", company["id"]).status_code == 404
