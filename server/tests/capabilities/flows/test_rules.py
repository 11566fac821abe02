"""What flows do when records change."""

import pytest

from tests.capabilities.flows.conftest import Automation, rule
from tests.support import world
from tests.support.clients import Client
from tests.support.roles import trust

LEVEL_A = {"where": {"field": "level", "op": "eq", "value": "A"}}
MARK = {"kind": "record.update", "settings": {"values": {"description": {"text": "{name} 已标记"}}}}


def test_a_new_record_that_fulfils_the_condition_is_changed(automation: Automation) -> None:
    flow = automation.flow(rule({"kind": "record.created", "settings": {"where": LEVEL_A}}, MARK))
    sales = Client.signed_in_as("salesperson")
    marked, other = sales.make(name="甲公司", level="A"), sales.make(name="乙公司", level="B")
    automation.round()

    assert sales.get(f"records/company/{marked['id']}").json()["description"] == "甲公司 已标记"
    assert sales.get(f"records/company/{other['id']}").json()["description"] is None
    (run,) = automation.runs(flow)
    assert (run["state"], str(run["record"])) == ("done", marked["id"])


def test_a_run_that_fails_is_told_and_goes_on_once_it_is_mended(automation: Automation) -> None:
    broken = {"kind": "record.update", "settings": {"values": {"website": {"text": "{name}"}}}}
    flow = automation.flow(rule({"kind": "record.created"}, broken, MARK))
    sales = Client.signed_in_as("salesperson")
    company = sales.make(name="不是网址")
    automation.round()
    (run,) = automation.runs(flow)
    told = automation.admin.get(f"flows/runs/{run['id']}").json()
    assert (told["state"], told["tokens"][0]["state"]) == ("failed", "failed")
    assert told["error"]["message"]
    assert sales.get(f"records/company/{company['id']}").json()["description"] is None

    token = told["tokens"][0]["id"]
    skipped = automation.admin.post("actions/flows/skip-step", {"params": {"run": str(run["id"]), "token": token}})
    assert skipped.json()["result"] == {"runs": 1}
    automation.round()

    assert sales.get(f"records/company/{company['id']}").json()["description"] == "不是网址 已标记"
    assert [outcome for _, outcome in automation.steps(run["id"])] == ["failed", "skipped", "woken", "done"]


def test_branches_that_run_at_once_meet_and_go_on_together(automation: Automation) -> None:
    def update(text: str, **following: str) -> dict:
        return {"kind": "record.update", "settings": {"values": {"short_name": {"text": text}}}, "next": following}

    nodes = [
        {"id": "split", "kind": "parallel", "settings": {"ways": 2}, "next": {"1": "a", "2": "b"}},
        {"id": "a", **update("甲", out="meet")},
        {"id": "b", "kind": "wait", "settings": {"time": {"amount": 0, "unit": "minutes"}}, "next": {"out": "meet"}},
        {"id": "meet", "kind": "join", "settings": {"mode": "all"}, "next": {"out": "end"}},
        {"id": "end", **MARK},
    ]
    definition = {
        "object": "company",
        "triggers": [{"id": "t", "kind": "record.created"}],
        "start": "split",
        "nodes": nodes,
    }
    flow = automation.flow(definition)
    company = Client.signed_in_as("salesperson").make(name="并行")
    automation.round()

    assert automation.admin.get(f"records/company/{company['id']}").json()["description"] == "并行 已标记"
    (run,) = automation.runs(flow)
    assert run["state"] == "done"
    assert [one for one, outcome in automation.steps(run["id"]) if one == "end" and outcome == "done"] == ["end"]


def test_a_flow_does_not_set_itself_off(automation: Automation) -> None:
    flow = automation.flow(rule({"kind": "record.updated"}, MARK))
    sales = Client.signed_in_as("salesperson")
    company = sales.make(name="甲")
    sales.patch(f"records/company/{company['id']}", {"values": {"level": "B"}})
    automation.round()
    automation.round()
    assert len(automation.runs(flow)) == 1


def test_only_who_manages_automation_touches_flows(automation: Automation) -> None:
    definition = rule({"kind": "record.created"}, MARK)
    flow = automation.draft(definition)
    sales = Client.signed_in_as("salesperson")
    assert sales.post("records/flow", {"values": {"name": "我的", "definition": definition}}).status_code == 404
    assert sales.post("actions/flows/publish", {"params": {"flow": flow}}).status_code == 403
    assert sales.get(f"records/flow/{flow}").status_code == 404
    sales.make(name="甲")
    automation.round()
    assert automation.runs(flow) == []


@pytest.mark.parametrize(("run_as", "state"), [("starter", "failed"), ("system", "done")])
def test_a_run_has_the_rights_of_its_actor_and_no_more(automation: Automation, run_as: str, state: str) -> None:
    """What a person may only read, a flow that acts as that person cannot write."""
    through_parent = {**MARK, "settings": {**MARK["settings"], "through": "parent"}}
    flow = automation.flow(rule({"kind": "record.created"}, through_parent), run_as=run_as)
    parent = automation.admin.make(name="集团")
    seller = str(world.actor("salesperson").member_id)
    automation.admin.post(f"records/company/{parent['id']}/shares", {"member": seller, "level": "read"})
    Client.signed_in_as("salesperson").make(name="分公司", parent=parent["id"])
    automation.round()

    states = {str(run["record"]): run["state"] for run in automation.runs(flow)}
    assert states.pop(parent["id"]) == "done"  # it has no parent that could be written
    assert list(states.values()) == [state]
    told = automation.admin.get(f"records/company/{parent['id']}").json()["description"]
    assert told == ("分公司 已标记" if state == "done" else None)


def test_nobody_says_what_a_flow_does_that_acts_with_more_rights_than_theirs(automation: Automation) -> None:
    """Who looks after automation alone writes flows of their own, never those that act as somebody else."""
    flow = automation.draft(rule({"kind": "record.created"}, MARK), run_as="owner")
    trust("salesperson", "automation", flow={"create": True, "read": "all", "edit": "all"})
    keeper = Client.signed_in_as("salesperson")
    other = rule({"kind": "record.created"}, {"kind": "record.delete"})

    assert keeper.patch(f"records/flow/{flow}", {"values": {"definition": other}}).status_code == 422
    assert keeper.post("actions/flows/publish", {"params": {"flow": flow}}).status_code == 403
    assert keeper.patch(f"records/flow/{flow}", {"values": {"description": "说明"}}).status_code == 200
    assert keeper.post("records/flow", {"values": {"name": "全权", "run_as": "system"}}).status_code == 422
    own = keeper.make("flow", name="我的", definition=other)
    assert keeper.post("actions/flows/publish", {"params": {"flow": own["id"]}}).status_code == 200
    kept = automation.admin.get(f"records/flow/{flow}").json()
    assert (kept["definition"]["nodes"][0]["kind"], kept["state"]) == ("record.update", "draft")
