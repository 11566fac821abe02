"""Calls of every address of flows and approvals, and the flows that they are about."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows.backtest import store
from guanxi.capabilities.flows.backtest.running import Asked, Backtest
from guanxi.capabilities.flows.definition import read
from guanxi.capabilities.flows.executor import work_off
from guanxi.capabilities.flows.live import live
from guanxi.capabilities.flows.runs import Begin, begin
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.support import world
from tests.support.clients import Client


class FlowSamples:
    """Flows, what they have done, and what they ask of people."""

    client: Client
    company: dict[str, Any]

    def published(self) -> str:
        """A published flow of companies, as its id."""
        definition = {
            "object": "company",
            "triggers": [{"id": "t1", "kind": "record.created", "settings": {}}],
            "start": "n1",
            "nodes": [{"id": "n1", "kind": "stop", "settings": {}, "next": {}}],
        }
        flow = self.client.make("flow", name="新客户", run_as="system", definition=definition)["id"]
        assert self.client.post("actions/flows/publish", {"params": {"flow": flow}}).status_code == 200
        return flow

    def backtested(self) -> str:
        """A back-test that was done, as its address."""
        flow = self.published()
        made = self.client.post(f"flows/{flow}/backtests", {"days": 7}).json()
        with work(world.workspace(), world.actor("administrator"), via="job") as ctx:
            one = store.get(ctx, UUID(made["id"]))
            asked = Asked(live(ctx).flows[UUID(flow)], read(one.asks["definition"])[0], 7)
            store.end(ctx, one.id, "done", Backtest(ctx, asked).run())
        return f"flows/backtests/{made['id']}"

    def tried(self) -> Any:
        """A draft tried on the company."""
        values = {"level": {"value": "C"}}
        nodes = [{"id": "n1", "kind": "record.update", "settings": {"values": values}, "next": {}}]
        trigger = {"id": "t1", "kind": "record.created", "settings": {}}
        definition = {"object": "company", "triggers": [trigger], "start": "n1", "nodes": nodes}
        asked = {"definition": definition, "record": self.company["id"]}
        return self.client.post(f"flows/{self.published()}/try", asked)

    def run_of_flow(self) -> str:
        """A run that has begun, as its address."""
        flow = UUID(self.published())
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            asked = Begin(live(ctx).flows[flow], "sample", {}, "company", UUID(self.company["id"]))
            (run,) = begin(ctx, [asked])
        return f"flows/runs/{run}"

    def held(self) -> dict[str, Any]:
        """A change that a flow wants to be asked about."""
        boss = {"kind": "member", "members": [str(world.actor("manager").member_id)]}
        definition = {
            "object": "company",
            "triggers": [{"id": "t1", "kind": "approval.before", "settings": {"op": "update", "fields": ["level"]}}],
            "start": "n1",
            "nodes": [
                {"id": "n1", "kind": "approval.approve", "settings": {"people": [boss], "mode": "any"}, "next": {}}
            ],
        }
        flow = self.client.make("flow", name="定级", run_as="system", definition=definition)["id"]
        assert self.client.post("actions/flows/publish", {"params": {"flow": flow}}).status_code == 200
        return {
            "flow": flow,
            "object": "company",
            "op": "update",
            "record": self.company["id"],
            "values": {"level": "C"},
        }

    def submitted(self) -> str:
        """An approval, as its id."""
        answer = self.client.post("actions/approvals/submit", {"params": self.held()})
        assert answer.status_code == 200, answer.content
        return answer.json()["result"]["approval"]

    def allowed_export(self) -> str:
        """An export that was approved, as the id of its approval."""
        flow = self.held()["flow"]
        params = {"flow": flow, "object": "company", "op": "export", "values": {"format": "csv", "select": ["name"]}}
        before = self.client.get(f"records/flow/{flow}").json()
        definition = before["definition"] | {"triggers": [{"id": "t1", "kind": "approval.export", "settings": {}}]}
        self.client.patch(f"records/flow/{flow}", {"values": {"definition": definition}, "rev": before["rev"]})
        assert self.client.post("actions/flows/publish", {"params": {"flow": flow}}).status_code == 200
        answer = self.client.post("actions/approvals/submit", {"params": params})
        assert answer.status_code == 200, answer.content
        approval = answer.json()["result"]["approval"]
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            ctx.run(
                "UPDATE sys_approval SET state = 'approved', ended_at = $2 WHERE id = $1", [UUID(approval), ctx.now]
            )
        return approval

    def asked_form(self) -> str:
        """A form that waits to be filled in, as its address."""
        boss = {"kind": "member", "members": [str(world.actor("administrator").member_id)]}
        questions = [{"name": "budget", "label": "预算", "kind": "number"}]
        settings = {"title": "补充", "people": [boss], "questions": questions, "as": "form"}
        definition = {
            "object": "company",
            "triggers": [{"id": "t1", "kind": "record.created", "settings": {}}],
            "start": "n1",
            "nodes": [{"id": "n1", "kind": "form", "settings": settings, "next": {}}],
        }
        flow = self.client.make("flow", name="补充资料", run_as="system", definition=definition)["id"]
        assert self.client.post("actions/flows/publish", {"params": {"flow": flow}}).status_code == 200
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            begin(ctx, [Begin(live(ctx).flows[UUID(flow)], "sample", {}, "company", UUID(self.company["id"]))])
        work_off(world.workspace())
        (form,) = self.client.get("flows/forms").json()["forms"]
        return f"flows/forms/{form['id']}"

    def secret(self) -> None:
        """Keep a secret of flows."""
        params = {"name": "crm_token", "host": "api.example.com", "value": "s3cret"}
        assert self.client.post("actions/flows/set-secret", {"params": params}).status_code == 200

    def bpmn(self) -> str:
        """A flow as a BPMN file."""
        definition = self.client.get(f"records/flow/{self.published()}").json()["definition"]
        return self.client.post("flows/bpmn/write", {"definition": definition}).json()["xml"]


FLOW_CALLS: dict[str, Callable[[Any], Any]] = {
    "GET approvals": lambda s: [s.submitted(), s.client.get("approvals?box=submitted")][1],
    "GET approvals/not-askable": lambda s: s.client.get("approvals/not-askable"),
    "GET approvals/<id>": lambda s: s.client.get(f"approvals/{s.submitted()}"),
    "GET approvals/<id>/export": lambda s: s.client.get(f"approvals/{s.allowed_export()}/export"),
    "GET flows/<id>/approvals": lambda s: s.client.get(f"flows/{s.published()}/approvals"),
    "POST approvals/rehearsal": lambda s: s.client.post("approvals/rehearsal", s.held()),
    "GET records/<object>/<id>/approvals": lambda s: [s.submitted(), s.client.get(s.record("/approvals"))][1],
    "GET flows/kinds": lambda s: s.client.get("flows/kinds"),
    "POST flows/check": lambda s: s.client.post("flows/check", {"definition": {}}),
    "GET flows/<id>/versions": lambda s: s.client.get(f"flows/{s.published()}/versions"),
    "GET flows/buttons/<object>": lambda s: s.client.get("flows/buttons/company"),
    "GET flows/runs": lambda s: [s.run_of_flow(), s.client.get("flows/runs")][1],
    "GET flows/runs/<id>": lambda s: s.client.get(s.run_of_flow()),
    "POST flows/<id>/backtests": lambda s: s.client.post(f"flows/{s.published()}/backtests", {"days": 7}),
    "GET flows/<id>/backtests": lambda s: [
        f := s.published(),
        s.client.post(f"flows/{f}/backtests", {"days": 7}),
        s.client.get(f"flows/{f}/backtests"),
    ][-1],
    "GET flows/backtests/<id>": lambda s: s.client.get(s.backtested()),
    "POST flows/backtests/<id>/cancel": lambda s: s.client.post(f"{s.backtested()}/cancel"),
    "POST flows/<id>/try": lambda s: s.tried(),
    "GET flows/<id>/migration": lambda s: s.client.get(f"flows/{s.published()}/migration"),
    "GET flows/status": lambda s: [s.run_of_flow(), s.client.get("flows/status")][1],
    "GET flows/secrets": lambda s: [s.secret(), s.client.get("flows/secrets")][1],
    "GET flows/hooks": lambda s: s.client.get("flows/hooks"),
    "GET flows/templates": lambda s: s.client.get("flows/templates"),
    "GET flows/forms": lambda s: [s.asked_form(), s.client.get("flows/forms")][1],
    "GET flows/forms/<id>": lambda s: s.client.get(s.asked_form()),
    "POST flows/bpmn/write": lambda s: s.client.post("flows/bpmn/write", {"definition": {}}),
    "POST flows/bpmn/read": lambda s: s.client.post("flows/bpmn/read", {"xml": s.bpmn()}),
}
