"""Runs that failed because of what they remember: the data is put right, and they go on; by whom, and what is noted."""

from typing import Any
from uuid import UUID

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.capabilities.flows.conftest import Automation, rule
from tests.support import world
from tests.support.clients import Client
from tests.support.roles import trust

CREATED = {"kind": "record.created", "settings": {}}
SET = {"kind": "set", "settings": {"values": {"site": {"value": "不是网址"}}}}
WRITE = {"kind": "record.update", "settings": {"values": {"website": {"data": "site"}}}}


def edit(client: Client, run: UUID, data: Any) -> Any:
    """Ask for it."""
    return client.post("actions/flows/edit-data", {"params": {"run": str(run), "data": data}})


def failed(automation: Automation, **values: Any) -> tuple[str, dict[str, Any], UUID]:
    """A flow, the company, and its run that failed."""
    flow = automation.flow(rule(CREATED, SET, WRITE), **values)
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    (run,) = automation.runs(flow)
    assert (run["state"], run["data"]) == ("failed", {"site": "不是网址"})
    return flow, company, run["id"]


def test_the_data_is_put_right_and_the_run_goes_on(automation: Automation) -> None:
    flow, company, run = failed(automation)
    answer = edit(automation.admin, run, {"site": "https://example.com/", "more": 1})
    assert (answer.status_code, answer.json()["result"]) == (200, {"runs": 1})
    automation.round()

    (after,) = automation.runs(flow)
    assert (after["state"], after["data"]) == ("done", {"site": "https://example.com/", "more": 1})
    assert automation.admin.get(f"records/company/{company['id']}").json()["website"] == "https://example.com"
    assert [outcome for _, outcome in automation.steps(run)] == ["done", "failed", "edited", "again", "done"]
    told = automation.admin.get(f"flows/runs/{run}").json()["record_of_steps"][2]["note"]
    assert told == {
        "member": str(world.actor("administrator").member_id), "fields": ["more", "site"],
        "before": {"more": None, "site": "不是网址"},
    }  # fmt: skip
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        (noted,) = ctx.run("SELECT record, member, details FROM sys_audit WHERE kind = 'flow_data_edited'")
    assert (noted[0], noted[1]) == (UUID(flow), world.actor("administrator").member_id)
    assert noted[2] == {"run": str(run), "fields": ["more", "site"]}
    assert "不是网址" not in str(noted)


def test_only_a_failed_run_is_edited_and_only_with_an_object(automation: Automation) -> None:
    flow, _, run = failed(automation)
    for data in ([], "x", {"x": "长" * 100_001}):
        assert edit(automation.admin, run, data).status_code in (400, 422)
    assert automation.runs(flow)[0]["data"] == {"site": "不是网址"}
    assert edit(automation.admin, run, {"site": None}).status_code == 200
    automation.round()
    refused = edit(automation.admin, run, {})
    assert (refused.status_code, refused.json()["code"]) == (409, "flows.not_failed")
    assert edit(automation.admin, UUID(int=1), {}).json()["code"] == "flows.no_such_run"


def test_who_may_not_publish_the_flow_does_not_say_what_it_writes(automation: Automation) -> None:
    """Somebody may look after automation without having the rights that the flow acts with."""
    flow, _, run = failed(automation)
    refused = edit(Client.signed_in_as("salesperson"), run, {"site": "https://example.com/"})
    assert refused.status_code == 403
    trust("salesperson", "automation")
    refused = edit(Client.signed_in_as("salesperson"), run, {"site": "https://example.com/"})
    assert (refused.status_code, refused.json()["code"]) == (403, "flows.system_needs_rights")
    (after,) = automation.runs(flow)
    assert (after["state"], after["data"]) == ("failed", {"site": "不是网址"})


def test_who_may_not_see_the_record_does_not_replace_what_they_are_not_told(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, SET, WRITE), run_as="owner")
    Client.signed_in_as("administrator").make(name="甲")
    automation.round()
    (run,) = automation.runs(flow)
    trust("salesperson", "automation", "roles", "configure")
    refused = edit(Client.signed_in_as("salesperson"), run["id"], {})

    assert (refused.status_code, refused.json()["code"]) == (403, "flows.data_hidden")
    assert automation.runs(flow)[0]["data"] == {"site": "不是网址"}


def test_a_run_of_a_former_owner_is_not_the_next_ones_to_feed(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, SET, WRITE), run_as="owner")
    automation.admin.make(name="甲", owner=str(world.actor("salesperson").member_id))
    automation.round()
    (run,) = automation.runs(flow)
    trust("salesperson", "automation", flow={"create": True, "read": "all", "edit": "all"})
    automation.set(flow, owner=str(world.actor("salesperson").member_id))
    refused = edit(Client.signed_in_as("salesperson"), run["id"], {"site": "https://example.com/"})

    assert (refused.status_code, refused.json()["code"]) == (403, "flows.owner_lends_rights")
    assert automation.runs(flow)[0]["data"] == {"site": "不是网址"}
