"""What approvals are asked for: entering a stage, a discount above a limit, making and deleting."""

from typing import Any

from tests.capabilities.approvals.desk import Desk, node
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client


def flow(automation: Automation, object_key: str, *triggers: dict[str, Any]) -> str:
    definition = {
        "object": object_key,
        "triggers": [{"id": f"t{n}", "kind": "approval.before", "settings": one} for n, one in enumerate(triggers)],
        "start": "boss",
        "nodes": [node("boss", "manager")],
    }
    return automation.flow(definition, kind="approval")


def test_entering_a_stage(automation: Automation) -> None:
    stages = automation.admin.post("records/stage/query", {"limit": 50, "select": ["name"]}).json()["rows"]
    offer = next(one["id"] for one in stages if one["name"] == "方案报价")
    where = {"where": {"field": "stage", "op": "eq", "value": offer}}
    flow(
        automation,
        "opportunity",
        {"op": "update", "fields": ["stage"], "where": where},
        {"op": "create", "where": where},
    )
    sales = Client.signed_in_as("salesperson")
    deal = sales.make("opportunity", name="仓储项目")["id"]
    refused = sales.patch(f"records/opportunity/{deal}", {"values": {"stage": offer}})
    assert refused.json()["code"] == "approvals.needed"
    assert sales.post("records/opportunity", {"values": {"name": "直接报价", "stage": offer}}).status_code == 409
    params = {"flow": refused.json()["params"]["flow"], "object": "opportunity", "op": "update", "record": deal,
              "values": {"stage": offer}}  # fmt: skip
    approval = sales.post("actions/approvals/submit", {"params": params}).json()["result"]["approval"]
    automation.round()
    manager = Client.signed_in_as("manager")
    task = manager.get(f"approvals/{approval}").json()["task"]
    manager.post("actions/approvals/decide", {"params": {"task": task, "decision": "approve"}})
    automation.round()
    assert sales.get(f"records/opportunity/{deal}").json()["stage"]["id"] == offer
    # In the stage already, other changes are nobody's business.
    assert sales.patch(f"records/opportunity/{deal}", {"values": {"name": "仓储项目二期"}}).status_code == 200


def test_a_discount_above_a_limit(automation: Automation) -> None:
    """The weighted share stands for a discount: any number that is compared, alone or with others, by a formula."""
    when = {"formula": "amount * probability / 100 < amount * 0.8"}
    flow(automation, "opportunity", {"op": "update", "fields": ["probability"], "where": when})
    sales = Client.signed_in_as("salesperson")
    deal = sales.make("opportunity", name="仓储项目", amount={"amount": "1000", "currency": "CNY"})["id"]

    def to(probability: int) -> int:
        return sales.patch(f"records/opportunity/{deal}", {"values": {"probability": probability}}).status_code

    assert (to(90), to(80), to(79)) == (200, 200, 409)


def test_deleting(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"), op="delete", fields=None, where=None)
    assert desk.sales.delete(f"records/company/{desk.company}").json()["code"] == "approvals.needed"
    params = {"flow": desk.flow, "object": "company", "op": "delete", "record": desk.company}
    approval = desk.sales.post("actions/approvals/submit", {"params": params}).json()["result"]["approval"]
    automation.round()
    assert desk.sales.get(f"records/company/{desk.company}").status_code == 200
    desk.decide("manager", approval)
    assert desk.sales.get(f"records/company/{desk.company}").status_code == 404


def test_a_form_is_told_before_it_is_saved(automation: Automation) -> None:
    sales = Client.signed_in_as("salesperson")

    def is_asked() -> bool:
        objects = sales.get("catalog").json()["objects"]
        return next(one["reactive"] for one in objects if one["key"] == "note")

    def told(**values: Any) -> list[str]:
        return [one["code"] for one in sales.post("records/note/draft", {"values": values}).json()["errors"]]

    assert not is_asked()
    where = {"where": {"field": "is_pinned", "op": "eq", "value": True}}
    made = flow(automation, "note", {"op": "create", "where": where})
    assert is_asked()
    assert "approvals.needed" in told(is_pinned=True)
    assert "approvals.needed" not in told(is_pinned=False)
    automation.set(made, state="paused")
    assert not is_asked()
