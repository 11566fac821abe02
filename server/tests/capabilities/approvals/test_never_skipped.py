"""What people decide is not left out by who looks after automation."""

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.capabilities.approvals.desk import Desk, node
from tests.capabilities.flows.conftest import Automation


@pytest.mark.parametrize("kind", ["approval.approve", "approval.handle"])
@pytest.mark.parametrize("port", ["out", "approved"])
def test_a_step_that_people_decide_is_never_skipped(automation: Automation, kind: str, port: str) -> None:
    desk = Desk(automation, {**node("boss", "manager"), "kind": kind})
    approval = desk.submit()
    (run,) = automation.runs(desk.flow)
    told = automation.admin.get(f"flows/runs/{run['id']}").json()
    (token,) = told["tokens"]
    assert (token["state"], told["may_mend"]) == ("waiting", True)
    params = {"run": str(run["id"]), "token": token["id"], "port": port}
    refused = automation.admin.post("actions/flows/skip-step", {"params": params})
    assert (refused.status_code, refused.json()["code"]) == (409, "flows.not_skipped")
    automation.round()
    assert (desk.state(approval), desk.revenue) == ("pending", 10)
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        assert ctx.run("SELECT count(*) FROM sys_audit WHERE kind = 'flow_step_skipped'") == [(0,)]
    kinds = {one["key"]: one for one in automation.admin.get("flows/kinds").json()["steps"]}
    assert [kinds[one]["can_be_skipped"] for one in (kind, "approval.cc", "wait")] == [False, True, True]
