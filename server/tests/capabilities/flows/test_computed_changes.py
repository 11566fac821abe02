"""What the product works out itself, such as a grade, is nobody's change: only who asks about that field is told."""

from typing import Any

import pytest

from guanxi.engine.feed.telling import catch_up
from tests.capabilities.flows.conftest import Automation
from tests.support import world
from tests.support.clients import Client

GRADE = {"fields": ["grade"]}
IS_GRADED = {"where": {"field": "grade", "op": "not_empty"}}
MARK = {"id": "m", "kind": "record.update", "settings": {"values": {"need": {"value": "触发"}}}}


def flow_of_leads(kind: str, settings: dict[str, Any], *before: dict[str, Any]) -> dict[str, Any]:
    """A flow that marks leads, after other steps."""
    nodes = [*before, MARK]
    return {
        "object": "lead",
        "triggers": [{"id": "t1", "kind": kind, "settings": settings}],
        "start": nodes[0]["id"],
        "nodes": nodes,
    }


def need_once_graded(automation: Automation) -> str | None:
    """How a lead is marked that was made, told of, graded, and told of again."""
    lead = Client.signed_in_as("salesperson").make("lead", name="张总", company_name="甲公司")
    automation.round()
    catch_up(world.workspace(), "sales.grades")
    automation.round()
    row = Client.signed_in_as("administrator").get(f"records/lead/{lead['id']}").json()
    assert row["grade"]
    return row["need"]


@pytest.mark.parametrize(
    ("kind", "settings", "need"),
    [
        ("record.updated", {}, None),
        ("record.updated", GRADE, "触发"),
        ("record.entered", {"where": IS_GRADED}, "触发"),
    ],
)
def test_a_grade_sets_off_only_flows_that_ask_about_it(
    automation: Automation, kind: str, settings: dict[str, Any], need: str | None
) -> None:
    automation.flow(flow_of_leads(kind, settings))
    assert need_once_graded(automation) == need


@pytest.mark.parametrize(("fields", "need"), [({}, None), (GRADE, "触发")])
def test_whoever_waits_for_a_change_is_not_woken_by_a_grade(
    automation: Automation, fields: dict[str, Any], need: str | None
) -> None:
    settings = {"for": "changed", **fields, "time": {"amount": 3, "unit": "days"}}
    wait = {"id": "w", "kind": "wait_for", "settings": settings, "next": {"out": "m"}}
    automation.flow(flow_of_leads("record.created", {}, wait))
    assert need_once_graded(automation) == need
