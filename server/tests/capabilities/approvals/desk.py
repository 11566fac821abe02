"""A company whose revenue may only be raised once it is approved, and the people around it."""

from decimal import Decimal
from typing import Any

from tests.capabilities.flows.conftest import Automation
from tests.support import world
from tests.support.clients import Client

LARGE = {"where": {"field": "annual_revenue", "op": "gte", "value": 1_000_000}}


def member(name: str) -> str:
    return str(world.membership(name).member_id)


def people(*names: str) -> list[dict[str, Any]]:
    return [{"kind": "member", "members": [member(one) for one in names]}]


def node(id_: str, *names: str, following: str | None = None, **settings: Any) -> dict[str, Any]:
    ways = {"approved": following} if following else {}
    return {
        "id": id_,
        "kind": "approval.approve",
        "settings": {"people": people(*names), "mode": "any", **settings},
        "next": ways,
    }


class Desk:
    """A company whose revenue may only be raised once it is approved."""

    def __init__(self, automation: Automation, *nodes: dict[str, Any], **trigger: Any) -> None:
        self.automation = automation
        self.sales = Client.signed_in_as("salesperson")
        self.company = self.sales.make(name="华信", annual_revenue=10)["id"]
        settings = {"op": "update", "fields": ["annual_revenue"], "where": LARGE, **trigger}
        self.flow = self.another(*nodes, **settings)

    def another(self, *nodes: dict[str, Any], name: str = "审批", run_as: str = "system", **trigger: Any) -> str:
        """One more flow that wants to be asked."""
        definition = {
            "object": "company",
            "triggers": [{"id": "t", "kind": "approval.before", "settings": trigger}],
            "start": nodes[0]["id"],
            "nodes": list(nodes),
        }
        return self.automation.flow(definition, kind="approval", name=name, run_as=run_as)

    def submit(self, value: int = 2_000_000, **params: Any) -> str:
        answer = self.offer(annual_revenue=value, params={"comment": "大客户", **params})
        assert answer.status_code == 200, answer.content
        self.automation.round()
        return answer.json()["result"]["approval"]

    def offer(self, *, params: dict[str, Any] | None = None, **values: Any) -> Any:
        """Submit a change of the company; what is answered."""
        asked = {"flow": self.flow, "object": "company", "op": "update", "record": self.company, "values": values}
        return self.sales.post("actions/approvals/submit", {"params": {**asked, **(params or {})}})

    def boxes(self) -> list[dict[str, Any]]:
        """What the salesperson has submitted, the latest first."""
        return self.sales.get("approvals?box=submitted").json()["approvals"]

    def of(self, name: str, approval: str) -> dict[str, Any]:
        return Client.signed_in_as(name).get(f"approvals/{approval}").json()

    def act(self, name: str, approval: str, verb: str, **params: Any) -> Any:
        task = self.of(name, approval)["task"]
        answer = Client.signed_in_as(name).post(f"actions/approvals/{verb}", {"params": {"task": task, **params}})
        self.automation.round()
        return answer

    def decide(self, name: str, approval: str, decision: str = "approve", **params: Any) -> None:
        answer = self.act(name, approval, "decide", decision=decision, **params)
        assert answer.status_code == 200, answer.content

    @property
    def revenue(self) -> Decimal:
        return Decimal(self.automation.admin.get(f"records/company/{self.company}").json()["annual_revenue"]["amount"])

    def state(self, approval: str) -> str:
        return self.of("salesperson", approval)["state"]
