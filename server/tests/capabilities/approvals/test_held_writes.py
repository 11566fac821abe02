"""Writes that are held wherever they come from: flows with all rights, imports, changes of many records."""

from typing import Any

from tests.capabilities.approvals.desk import LARGE, Desk, node
from tests.capabilities.flows.conftest import Automation, rule
from tests.engine.transfer.conftest import Importer
from tests.engine.transfer.lists import HEADER, companies

RAISE = {"values": {"annual_revenue": {"value": 3_000_000}}}
MARKED = {"kind": "record.updated", "settings": {"fields": ["description"]}}


def mark(desk: Desk) -> None:
    answer = desk.sales.patch(f"records/company/{desk.company}", {"values": {"description": "加钱"}})
    assert answer.status_code == 200, answer.content
    desk.automation.round()


def test_a_flow_with_all_rights_is_held_like_everybody(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    flow = automation.flow(rule(MARKED, {"kind": "record.update", "settings": RAISE}))
    mark(desk)
    (run,) = automation.runs(flow)
    assert (run["state"], run["error"]["code"], desk.revenue) == ("failed", "approvals.needed", 10)


def test_the_designer_may_have_a_flow_write_unasked(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    flow = automation.flow(rule(MARKED, {"kind": "record.update", "settings": {**RAISE, "unasked": True}}))
    mark(desk)
    (run,) = automation.runs(flow)
    assert (run["state"], desk.revenue) == ("done", 3_000_000)


def test_a_flow_is_not_asked_about_what_it_does_itself(automation: Automation) -> None:
    step = {"id": "raise", "kind": "record.update", "settings": RAISE, "next": {}}
    desk = Desk(automation, node("boss", "manager"), run_as="owner")
    automation.set(desk.flow, state="paused")
    first = node("boss", "manager")
    first["next"] = {"rejected": "raise"}
    flow = desk.another(first, step, run_as="owner", op="update", fields=["annual_revenue"], where=LARGE)
    approval = desk.submit(flow=flow)
    desk.decide("manager", approval, "reject")
    assert (desk.state(approval), desk.revenue) == ("rejected", 3_000_000)


def test_consequences_are_not_held(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    contact = automation.admin.make("contact", name="王", company=desk.company)["id"]
    definition = {
        "object": "contact",
        "triggers": [{"id": "t", "kind": "approval.before", "settings": {"op": "update"}}],
        "start": "boss",
        "nodes": [node("boss", "manager")],
    }
    automation.flow(definition, kind="approval")
    assert automation.admin.patch(f"records/contact/{contact}", {"values": {"name": "李"}}).status_code == 409
    assert automation.admin.delete(f"records/company/{desk.company}").status_code == 200


def test_a_change_of_many_records_names_the_one_that_is_held_and_changes_none(automation: Automation) -> None:
    big = {"where": {"field": "employees", "op": "gt", "value": 100}}
    desk = Desk(automation, node("boss", "manager"), fields=["description"], where=big)
    held = automation.admin.make(name="大公司", employees=500)["id"]
    answer = automation.admin.post(
        "records/company/bulk", {"op": "update", "ids": [desk.company, held], "values": {"description": "改"}}
    )
    told = answer.json()
    assert (answer.status_code, told["code"], told["params"]["row"]) == (409, "approvals.needed", 1)
    assert "审批" in told["detail"]
    assert [automation.admin.get(f"records/company/{one}").json()["description"] for one in (desk.company, held)] == [
        None
    ] * 2


def test_an_import_leaves_out_what_has_to_be_approved_and_says_so(
    automation: Automation, queued: list[tuple[str, dict[str, Any]]]
) -> None:
    big = {"where": {"field": "employees", "op": "gt", "value": 100}}
    Desk(automation, node("boss", "manager"), op="create", fields=None, where=big)
    me = Importer(automation.admin, queued)
    text = HEADER + "".join(f"公司{n},N{n},零售,,{500 if n in (3, 7) else 5}\n" for n in range(12))
    id_ = companies(me, text)
    for done in (me.rehearse(id_), me.run(id_)):
        assert done["counts"] == {"create": 10, "update": 0, "skip": 0, "error": 2, "unlinked": 0}
        (told,) = done["errors"]
        assert (told["code"], told["count"], told["first_row"]) == ("approvals.needed", 2, 5)
        assert "审批" in told["message"]
    assert {row["name"] for row in me.rows("company", "name")} >= {f"公司{n}" for n in range(12) if n not in (3, 7)}
    assert me.count("company", {"field": "employees", "op": "gt", "value": 100}) == 0
