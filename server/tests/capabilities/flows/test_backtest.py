"""Flows tried on the past: what would have happened, told without anything happening."""

from typing import Any

from guanxi.capabilities.flows.backtest.running import Asked, Backtest
from guanxi.capabilities.flows.definition import read
from guanxi.capabilities.flows.live import Flow
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.kit.ids import uuid7
from tests.capabilities.flows.conftest import Automation, rule
from tests.support.clients import Client


def tried(automation: Automation, definition: dict[str, Any], days: int = 30) -> dict[str, Any]:
    """The back-test of a definition that is nobody's flow yet, with all rights."""
    flow = Flow(uuid7(), "流程", None, "draft", None, own_effects=False)
    with work(automation.workspace, SYSTEM, via="job", still=True) as ctx:
        return Backtest(ctx, Asked(flow, read(definition)[0], days)).run()


def test_a_record_that_fulfils_the_condition_counts_once_for_each_change(automation: Automation) -> None:
    sales = Client.signed_in_as("salesperson")
    one = sales.make(name="甲", level="A")
    sales.patch(f"records/company/{one['id']}", {"values": {"level": "B"}})
    sales.patch(f"records/company/{one['id']}", {"values": {"level": "A"}})
    where = {"where": {"field": "level", "op": "eq", "value": "A"}}
    mail = {"kind": "mail", "settings": {"people": [{"kind": "owner"}], "subject": "x", "body": "y"}}
    found = tried(automation, rule({"kind": "record.saved", "settings": {"where": where}}, mail))
    assert found["starts"] == 2
