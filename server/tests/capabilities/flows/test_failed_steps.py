"""Runs of which several steps failed: each is tried again, left out or fed anew by itself; what failed beside it stays."""

from typing import Any
from uuid import UUID

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.capabilities.flows.conftest import Automation
from tests.support import world
from tests.support.clients import Client
from tests.support.roles import trust

TWO_WAYS = {
    "object": "company",
    "triggers": [{"id": "t1", "kind": "record.created", "settings": {}}],
    "start": "n1",
    "nodes": [
        {
            "id": "n1", "kind": "set", "next": {"out": "n2"},
            "settings": {"values": {"site": {"value": "不是网址"}, "level": {"value": "不是级别"}}},
        },
        {"id": "n2", "kind": "parallel", "settings": {"ways": 2}, "next": {"1": "n3", "2": "n4"}},
        {"id": "n3", "kind": "record.update", "next": {"out": "n5"},
         "settings": {"values": {"website": {"data": "site"}}}},
        {"id": "n4", "kind": "record.update", "next": {"out": "n5"},
         "settings": {"values": {"level": {"data": "level"}}}},
        {"id": "n5", "kind": "join", "settings": {"mode": "all"}, "next": {}},
    ],
}  # fmt: skip
GOOD = {"site": "https://example.com/", "level": "C"}


def both_failed(automation: Automation) -> tuple[str, str, UUID, dict[str, int]]:
    """A flow, the company, the run of which two branches failed, and the token of each by its node."""
    flow = automation.flow(TWO_WAYS)
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    (run,) = automation.runs(flow)
    told = automation.admin.get(f"flows/runs/{run['id']}").json()
    assert (run["state"], [one["state"] for one in told["tokens"]]) == ("failed", ["failed"] * 2)
    assert all(one["error"]["message"] for one in told["tokens"])
    return flow, company["id"], run["id"], {one["node"]: one["id"] for one in told["tokens"]}


def ask(client: Client, verb: str, **params: Any) -> Any:
    """Ask for a deed of flows."""
    return client.post(f"actions/flows/{verb}", {"params": params})


def kept(run: UUID) -> list[Any]:
    """Everything that is kept of a run, and what the audit log has of flows."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        return [
            ctx.run(f"SELECT * FROM {table} WHERE {column} = $1 ORDER BY 1, 2", [run])
            for table, column in (("sys_run", "id"), ("sys_token", "run"), ("sys_run_step", "run"))
        ] + ctx.run("SELECT count(*) FROM sys_audit WHERE kind LIKE 'flow%'")


def failed_at(automation: Automation, run: UUID) -> list[str]:
    """The steps at which a run failed and stands."""
    told = automation.admin.get(f"flows/runs/{run}").json()
    return [one["node"] for one in told["tokens"] if one["state"] == "failed"]


def test_one_failed_step_is_tried_again_and_the_other_stays(automation: Automation) -> None:
    flow, company, run, tokens = both_failed(automation)
    answer = ask(automation.admin, "edit-data", run=str(run), data=GOOD, token=tokens["n3"])
    assert (answer.status_code, answer.json()["result"]) == (200, {"runs": 1})
    automation.round()

    record = automation.admin.get(f"records/company/{company}").json()
    assert (record["website"], record["level"]) == ("https://example.com", None)
    (after,) = automation.runs(flow)
    assert (after["state"], failed_at(automation, run)) == ("failed", ["n4"])
    assert after["error"]["code"]  # that of the step that still stands

    assert ask(automation.admin, "retry-step", run=str(run), token=tokens["n4"]).status_code == 200
    automation.round()
    assert automation.runs(flow)[0]["state"] == "done"
    assert automation.runs(flow)[0]["error"] is None
    assert automation.admin.get(f"records/company/{company}").json()["level"] == "C"
    assert automation.steps(run).count(("n4", "again")) == 1
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        noted = ctx.run("SELECT record, member, details FROM sys_audit WHERE kind = 'flow_step_retried'")
    assert noted == [(UUID(flow), world.actor("administrator").member_id, {"run": str(run), "step": "n4"})]


def test_one_failed_step_is_left_out_and_the_other_stays(automation: Automation) -> None:
    flow, _, run, tokens = both_failed(automation)
    assert ask(automation.admin, "skip-step", run=str(run), token=tokens["n4"]).status_code == 200
    automation.round()
    assert failed_at(automation, run) == ["n3"]
    assert automation.runs(flow)[0]["state"] == "failed"
    assert ("n3", "again") not in automation.steps(run)
    assert ask(automation.admin, "skip-step", run=str(run), token=tokens["n3"]).status_code == 200
    automation.round()
    assert automation.runs(flow)[0]["state"] == "done"
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        assert ctx.run("SELECT count(*) FROM sys_audit WHERE kind = 'flow_step_skipped'") == [(2,)]


def test_a_step_that_moved_on_is_left_alone(automation: Automation) -> None:
    _, _, run, tokens = both_failed(automation)
    assert ask(automation.admin, "retry-step", run=str(run), token=tokens["n3"]).status_code == 200
    before = kept(run)
    for verb, more in (("retry-step", {}), ("edit-data", {"data": {}})):
        for token in (tokens["n3"], 1 << 40):
            refused = ask(automation.admin, verb, run=str(run), token=token, **more)
            assert (refused.status_code, refused.json()["code"]) == (409, "flows.step_moved_on")
    for verb in ("retry-step", "skip-step"):
        assert ask(automation.admin, verb, run=str(UUID(int=1)), token=tokens["n4"]).status_code == 404
    assert ask(automation.admin, "skip-step", run=str(run), token=tokens["n3"]).status_code == 409
    assert kept(run) == before


def test_who_could_not_lend_the_rights_of_a_run_does_not_mend_it(automation: Automation) -> None:
    """Somebody may look after automation without having the rights that the run acts with; ending it takes none."""
    flow, company, run, tokens = both_failed(automation)
    trust("salesperson", "automation", flow={"read": "all"})
    sales = Client.signed_in_as("salesperson")
    before = kept(run)
    for verb, params in (
        ("retry-run", {"runs": [str(run)]}),
        ("retry-step", {"run": str(run), "token": tokens["n3"]}),
        ("skip-step", {"run": str(run), "token": tokens["n3"]}),
        ("edit-data", {"run": str(run), "data": GOOD, "token": tokens["n3"]}),
    ):
        refused = ask(sales, verb, **params)
        assert (refused.status_code, refused.json()["code"]) == (403, "flows.system_needs_rights")
    assert sales.get(f"flows/runs/{run}").json()["may_mend"] is False
    assert automation.admin.get(f"flows/runs/{run}").json()["may_mend"] is True
    automation.round()
    assert kept(run) == before
    assert ask(sales, "cancel-runs", runs=[str(run)]).json()["result"] == {"runs": 1}
    assert automation.runs(flow)[0]["state"] == "cancelled"
    assert automation.admin.get(f"records/company/{company}").json()["website"] is None


@pytest.mark.parametrize("verb", ["retry-step", "skip-step", "edit-data"])
def test_who_may_not_mend_changes_nothing(automation: Automation, verb: str) -> None:
    _, _, run, tokens = both_failed(automation)
    more = {"data": GOOD} if verb == "edit-data" else {}
    before = kept(run)
    refused = ask(Client.signed_in_as("salesperson"), verb, run=str(run), token=tokens["n3"], **more)
    assert refused.status_code == 403
    assert kept(run) == before
