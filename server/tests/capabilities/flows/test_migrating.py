"""Runs that go on while their flow becomes another: they end with their version, or move by a map that was looked at."""

import time
from typing import Any
from uuid import UUID

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.capabilities.flows.conftest import Automation, rule
from tests.support import world
from tests.support.clients import Client
from tests.support.roles import trust

CREATED = {"kind": "record.created", "settings": {}}
DAY = {"kind": "wait", "settings": {"time": {"amount": 1, "unit": "days"}}}


def mark(text: str) -> dict[str, Any]:
    """A step that leaves a word in the record."""
    return {"kind": "record.update", "settings": {"values": {"description": {"value": text}}}}


def another(automation: Automation, flow: str, definition: dict[str, Any]) -> None:
    """Publish another version."""
    automation.set(flow, definition=definition)
    answer = automation.admin.post("actions/flows/publish", {"params": {"flow": flow}})
    assert answer.status_code == 200, answer.content


def move(client: Client, flow: str, **steps: str) -> Any:
    """Move the runs of the first version."""
    return client.post("actions/flows/move-runs", {"params": {"flow": flow, "version": 1, "steps": steps}})


def description(automation: Automation, company: dict[str, Any]) -> str | None:
    """What was left in a record."""
    return automation.admin.get(f"records/company/{company['id']}").json()["description"]


def test_runs_end_with_the_version_that_they_began_with(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, DAY, mark("旧")))
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    another(automation, flow, rule(CREATED, DAY, mark("新")))
    automation.later(days=2)
    automation.round()
    assert description(automation, company) == "旧"


def test_runs_that_are_moved_go_on_with_the_new_version(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, DAY, mark("旧")))
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    new = rule(CREATED, mark("先"), DAY, mark("新"))
    another(automation, flow, new)

    told = automation.admin.get(f"flows/{flow}/migration").json()
    assert (told["current"], told["version"], told["versions"]) == (2, 1, [{"number": 1, "runs": 1}])
    assert told["nodes"] == [{"node": "n1", "tokens": 1, "choices": ["n2"], "suggested": "n2"}]
    answer = move(automation.admin, flow, n1="n2")
    assert answer.json()["result"] == {"moved": 1, "left": 0}
    assert automation.admin.get(f"flows/{flow}/migration").json()["versions"] == []
    automation.later(days=2)
    automation.round()

    (run,) = automation.runs(flow)
    assert (run["state"], description(automation, company)) == ("done", "新")
    assert automation.steps(run["id"]) == [("n1", "wait"), ("n1", "moved"), ("n2", "woken"), ("n3", "done")]
    told = automation.admin.get(f"flows/runs/{run['id']}").json()
    assert (told["version"], told["record_of_steps"][1]["note"]["from"]) == (2, 1)
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        ((details,),) = ctx.run("SELECT details FROM sys_audit WHERE kind = 'flow_runs_moved'")
    assert details == {"from": 1, "to": 2, "moved": 1, "left": 0, "steps": {"n1": "n2"}}


def test_a_run_moves_whole_or_not_at_all(automation: Automation) -> None:
    """One branch waits at a step that the new version has, the other at one that it has not."""
    split = {"id": "s", "kind": "parallel", "settings": {"ways": 2}, "next": {"1": "a", "2": "b"}}
    waits = [{"id": id_, **DAY, "next": {}} for id_ in ("a", "b")]
    whole = {"object": "company", "triggers": [{"id": "t1", **CREATED}], "start": "s", "nodes": [split, *waits]}
    flow = automation.flow(whole)
    Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    another(automation, flow, {**whole, "start": "a", "nodes": [waits[0]]})

    assert move(automation.admin, flow, a="a").json()["result"] == {"moved": 0, "left": 1}
    automation.later(days=2)
    automation.round()
    (run,) = automation.runs(flow)
    assert run["state"] == "done"
    assert "moved" not in [outcome for _, outcome in automation.steps(run["id"])]


def test_steps_of_another_kind_are_refused_and_nothing_moves(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, DAY, mark("旧")))
    Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    another(automation, flow, rule(CREATED, DAY, mark("新")))
    for steps in ({"n1": "n2"}, {"n1": "no"}, {"no": "n1"}):
        refused = move(automation.admin, flow, **steps)
        assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "flows.cannot_move")
    answer = automation.admin.post("actions/flows/move-runs", {"params": {"flow": flow, "version": 2, "steps": {}}})
    assert answer.json()["code"] == "flows.version_is_current"
    answer = automation.admin.post("actions/flows/move-runs", {"params": {"flow": flow, "version": 9, "steps": {}}})
    assert answer.json()["code"] == "flows.no_such_version"
    assert automation.admin.get(f"flows/{flow}/migration").json()["versions"] == [{"number": 1, "runs": 1}]


def test_an_approval_goes_on_at_its_own_step_alone(automation: Automation) -> None:
    people = [{"kind": "member", "members": [str(world.actor("manager").member_id)]}]
    ask = {"id": "ask", "kind": "approval.approve", "settings": {"people": people, "mode": "any"}, "next": {}}
    whole = {"object": "company", "triggers": [{"id": "t1", **CREATED}], "start": "ask", "nodes": [ask]}
    flow = automation.flow(whole)
    Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    other = {**ask, "id": "other"}
    another(automation, flow, {**whole, "start": "other", "nodes": [other]})
    assert automation.admin.get(f"flows/{flow}/migration").json()["nodes"][0]["choices"] == []
    assert move(automation.admin, flow, ask="other").status_code == 422

    another(
        automation,
        flow,
        {**whole, "nodes": [{**ask, "next": {"approved": "m"}}, {"id": "m", **mark("同意"), "next": {}}]},
    )
    assert move(automation.admin, flow, ask="ask").json()["result"] == {"moved": 1, "left": 0}
    manager = Client.signed_in_as("manager")
    (one,) = manager.get("approvals?box=to_do").json()["approvals"]
    task = manager.get(f"approvals/{one['id']}").json()["task"]
    assert (
        manager.post("actions/approvals/decide", {"params": {"task": task, "decision": "approve"}}).status_code == 200
    )
    automation.round()
    assert automation.runs(flow)[0]["state"] == "done"
    assert [node for node, _ in automation.steps(automation.runs(flow)[0]["id"])][-1] == "m"


def test_who_may_not_publish_the_flow_moves_none_of_its_runs(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, DAY, mark("旧")))
    Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    another(automation, flow, rule(CREATED, DAY, mark("新")))
    sales = Client.signed_in_as("salesperson")
    assert move(sales, flow, n1="n1").status_code == 403
    trust("salesperson", "automation", flow={"create": True, "read": "all", "edit": "all"})
    refused = move(sales, flow, n1="n1")
    assert (refused.status_code, refused.json()["code"]) == (403, "flows.system_needs_rights")
    assert automation.admin.get(f"flows/{flow}/migration").json()["versions"] == [{"number": 1, "runs": 1}]


def test_runs_keep_the_rights_they_began_with_and_move_only_for_who_could_lend_those(automation: Automation) -> None:
    """A flow is given to somebody with fewer rights: what began with all of them is not theirs to lead elsewhere."""
    flow = automation.flow(rule(CREATED, DAY, mark("旧")))
    company = Client.signed_in_as("colleague").make(name="甲")
    automation.round()
    trust("salesperson", "automation", flow={"create": True, "read": "all", "edit": "all"})
    automation.set(flow, run_as="owner", owner=str(world.actor("salesperson").member_id))
    sales = Client.signed_in_as("salesperson")
    rev = sales.get(f"records/flow/{flow}").json()["rev"]
    values = {"definition": rule(CREATED, DAY, mark("新"))}
    assert sales.patch(f"records/flow/{flow}", {"values": values, "rev": rev}).status_code == 200
    assert sales.post("actions/flows/publish", {"params": {"flow": flow}}).status_code == 200

    refused = move(sales, flow, n1="n1")
    assert (refused.status_code, refused.json()["code"]) == (403, "flows.system_needs_rights")
    automation.later(days=2)
    automation.round()
    assert description(automation, company) == "旧"


def test_ten_thousand_runs_are_moved_at_once(automation: Automation) -> None:
    """The others are made as the first one was begun: what is asked here is moving them."""
    flow = automation.flow(rule(CREATED, DAY, mark("旧")))
    Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    (run,) = automation.runs(flow)
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        ctx.run(
            "INSERT INTO sys_run (id, flow, version, object, record, state, actor, path, key, cause, steps, started_at)"
            " SELECT gen_random_uuid(), flow, version, object, record, state, actor, path, 'many ' || n, cause, steps,"
            " started_at FROM sys_run, generate_series(2, 10000) n WHERE id = $1",
            [run["id"]],
        )
        ctx.run(
            "INSERT INTO sys_token (run, node, state, wake_at, port, entered_at) SELECT r.id, t.node, t.state, t.wake_at,"
            " t.port, t.entered_at FROM sys_run r, sys_token t WHERE t.run = $1 AND r.id <> $1 AND r.flow = $2",
            [run["id"], UUID(flow)],
        )
    another(
        automation, flow, rule(CREATED, mark("先"), DAY, {"kind": "set", "settings": {"values": {"x": {"value": 1}}}})
    )
    begun = time.monotonic()
    assert move(automation.admin, flow, n1="n2").json()["result"] == {"moved": 10_000, "left": 0}
    assert time.monotonic() - begun < 20
    automation.later(days=2)
    automation.round()
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        counted = ctx.run("SELECT state, data ->> 'x', count(*) FROM sys_run GROUP BY 1, 2")
    assert counted == [("done", "1", 10_000)]
