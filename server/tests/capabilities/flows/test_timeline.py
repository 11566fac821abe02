"""What a flow did to a record is told on the record's timeline, by the name of the flow."""

from tests.capabilities.flows.conftest import Automation, rule
from tests.support.clients import Client


def test_a_change_made_by_a_flow_names_it_to_everybody_who_reads_the_record(automation: Automation):
    flow = automation.flow(
        rule(
            {"kind": "record.created", "settings": {}},
            {"kind": "record.update", "settings": {"values": {"description": {"value": "由规则填写"}}}},
        ),
        name="新公司说明",
    )
    seller = Client.signed_in_as("salesperson")
    company = seller.post("records/company", {"values": {"name": "时间线公司"}}).json()["id"]
    automation.round()

    items = seller.get(f"records/company/{company}/timeline?kinds=change").json()["items"]

    by_op = {item["op"]: item for item in items}
    assert by_op["update"]["via"] == "flow"
    assert by_op["update"]["flow"] == {"id": flow, "name": "新公司说明"}
    assert by_op["create"]["flow"] is None
