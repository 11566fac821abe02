"""What flows do when records change."""

from tests.capabilities.flows.conftest import Automation, rule
from tests.support.clients import Client

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
