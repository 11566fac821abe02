"""Loops over records, flows that start flows, and ways out of steps that fail."""

from typing import Any

from tests.capabilities.flows.conftest import Automation, rule
from tests.support.clients import Client

CREATED = [{"id": "t1", "kind": "record.created", "settings": {}}]
UPDATED = [{"id": "t1", "kind": "record.updated", "settings": {"fields": ["level"]}}]
DONE = {"kind": "record.update", "settings": {"values": {"description": {"value": "完成"}}}}


def marking(value: str) -> dict[str, Any]:
    """Settings of a step that marks its record."""
    return {"kind": "record.update", "settings": {"values": {"description": {"value": value}}}}


def descriptions(object_key: str, *records: dict[str, Any]) -> list[str | None]:
    """What was marked on records."""
    admin = Client.signed_in_as("administrator")
    return [admin.get(f"records/{object_key}/{one['id']}").json()["description"] for one in records]


def loop(settings: dict[str, Any], *body: dict[str, Any]) -> dict[str, Any]:
    """A flow of a company that takes the body for each record, and then marks the company."""
    nodes = [
        {"id": "loop", "kind": "loop", "settings": settings, "next": {"each": body[0]["id"], "done": "done"}},
        *body,
        {"id": "done", **DONE},
    ]
    return {"object": "company", "triggers": UPDATED, "start": "loop", "nodes": nodes}


def level(record: dict[str, Any], value: str) -> None:
    """Set a company's level."""
    sales = Client.signed_in_as("salesperson")
    rev = sales.get(f"records/company/{record['id']}").json()["rev"]
    sales.patch(f"records/company/{record['id']}", {"values": {"level": value}, "rev": rev})


def test_the_steps_of_a_loop_are_about_its_records(automation: Automation) -> None:
    where = {"where": {"field": "name", "op": "ne", "value": "不要"}}
    branch = {
        "id": "b", "kind": "branch", "next": {"first": "one", "else": "other"},
        "settings": {"branches": [{"port": "first", "when": {"where": {"field": "name", "op": "eq", "value": "商机一"}}}]},
    }  # fmt: skip
    body = [branch, {"id": "one", **_next_step("一")}, {"id": "other", **_next_step("别的")}]
    flow = automation.flow(loop({"relation": "opportunities", "where": where}, *body))
    sales = Client.signed_in_as("salesperson")
    company, stranger = sales.make(name="甲"), sales.make(name="乙")
    made = [
        sales.make("opportunity", name=name, company=of["id"])
        for name, of in (("商机一", company), ("商机二", company), ("不要", company), ("商机一", stranger))
    ]
    automation.round()
    level(company, "A")
    automation.round()

    admin = Client.signed_in_as("administrator")
    steps = [admin.get(f"records/opportunity/{one['id']}").json()["next_step"] for one in made]
    assert steps == ["一", "别的", None, None]
    assert descriptions("company", company, stranger) == ["完成", None]
    assert [run["state"] for run in automation.runs(flow)] == ["done"]


def test_a_loop_over_nothing_is_done_at_once_and_one_over_too_much_fails(automation: Automation, monkeypatch) -> None:
    from guanxi.capabilities.flows.kinds import nesting

    monkeypatch.setattr(nesting, "MOST_ENTRIES", 2)
    automation.flow(loop({"relation": "opportunities"}, {"id": "one", **_next_step("一")}))
    over_all = loop({"object": "opportunity"}, {"id": "one", **_next_step("一")})
    flow = automation.flow({**over_all, "nodes": [{**over_all["nodes"][0], "next": {"each": "one", "error": "failed"}},
                            over_all["nodes"][1], {"id": "failed", **marking("太多")}]})  # fmt: skip
    sales = Client.signed_in_as("salesperson")
    company = sales.make(name="甲")
    made = [sales.make("opportunity", name=f"商机{number}") for number in range(3)]
    automation.round()
    level(company, "A")
    automation.round()

    admin = Client.signed_in_as("administrator")
    assert [admin.get(f"records/opportunity/{one['id']}").json()["next_step"] for one in made] == [None] * 3
    (run,) = automation.runs(flow)
    assert (run["state"], run["data"]["error"]["code"]) == ("done", "flows.too_many_entries")
    assert descriptions("company", company)[0] in ("太多", "完成")


def test_a_loop_goes_over_what_the_flows_actor_may_read_alone(automation: Automation) -> None:
    flow = loop({"object": "company"}, {"id": "one", **marking("看见")})
    started = automation.flow({**flow, "object": "opportunity", "triggers": CREATED, "nodes": flow["nodes"][:2]
                               and [{**flow["nodes"][0], "next": {"each": "one"}}, flow["nodes"][1]]}, run_as="starter")  # fmt: skip
    mine = Client.signed_in_as("salesperson").make(name="我的")
    theirs = Client.signed_in_as("other_salesperson").make(name="别人的")
    automation.round()
    Client.signed_in_as("salesperson").make("opportunity", name="商机")
    automation.round()

    assert descriptions("company", mine, theirs) == ["看见", None]
    assert [run["state"] for run in automation.runs(started)] == ["done"]


def test_a_flow_starts_another_one_and_waits_for_its_end(automation: Automation) -> None:
    asked = [{"id": "t1", "kind": "flow", "settings": {}}]
    hour = {"kind": "wait", "settings": {"time": {"amount": 1, "unit": "hours"}}, "next": {"out": "mark"}}
    inner = automation.flow(
        {"object": "company", "triggers": asked, "start": "wait",
         "nodes": [{"id": "wait", **hour}, {"id": "mark", **marking("内")}]}
    )  # fmt: skip
    outer = automation.flow(
        rule({"kind": "record.created", "settings": {}}, {"kind": "flow", "settings": {"flow": inner}}, marking("外"))
    )
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    before = [run["state"] for run in automation.runs(outer)]
    automation.later(hours=1, minutes=1)
    automation.round()

    assert before == ["waiting"]
    assert descriptions("company", company) == ["外"]
    assert [run["state"] for flow in (inner, outer) for run in automation.runs(flow)] == ["done", "done"]


def test_a_flow_that_starts_itself_comes_to_an_end(automation: Automation) -> None:
    triggers = [*CREATED, {"id": "t2", "kind": "flow", "settings": {}}]
    flow = automation.draft({"object": "company", "triggers": triggers, "start": "n1", "nodes": []})
    again = {"id": "n1", "kind": "flow", "settings": {"flow": flow, "wait": False}}
    automation.set(flow, definition={"object": "company", "triggers": triggers, "start": "n1", "nodes": [again]})
    assert automation.admin.post("actions/flows/publish", {"params": {"flow": flow}}).status_code == 200
    Client.signed_in_as("salesperson").make(name="甲")
    automation.round()

    runs = automation.runs(flow)
    assert [run["state"] for run in runs] == ["done"] * 7 + ["failed"]
    assert runs[-1]["error"]["code"] == "flows.too_deep"


def test_a_flow_that_may_not_be_started_like_this_fails_the_step_and_leads_to_its_error_port(automation) -> None:
    closed = automation.flow(rule({"kind": "record.created", "settings": {}}, marking("x"), of="opportunity"))
    start = {"kind": "flow", "settings": {"flow": closed}, "next": {"error": "n2"}}
    flow = automation.flow(rule({"kind": "record.created", "settings": {}}, start, marking("失败")))
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()

    (run,) = automation.runs(flow)
    assert (run["state"], run["data"]["error"]["code"]) == ("done", "flows.not_startable")
    assert automation.runs(closed) == []
    assert descriptions("company", company) == ["失败"]


def _next_step(value: str) -> dict[str, Any]:
    return {"kind": "record.update", "settings": {"values": {"next_step": {"value": value}}}}
