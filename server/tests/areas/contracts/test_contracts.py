"""Contracts over HTTP: stages, signatures, payment plans, what days bring about, and who may not."""

from datetime import timedelta
from typing import Any

import pytest

from guanxi.areas.contracts.chores import look_after
from guanxi.kit import clock
from tests.areas.contracts.conftest import Desk
from tests.capabilities.flows.conftest import Automation
from tests.capabilities.flows.test_templates import published, superior
from tests.support import world
from tests.support.clients import Client

TODAY = clock.now().date()


def day(days: int) -> str:
    return str(TODAY + timedelta(days))


def part(name: str, percent: str | None = None, amount: str | None = None, **values: Any) -> dict[str, Any]:
    return {"name": name, "percent": percent, "amount": amount, "event": "signing", **values}


def test_a_contract_is_approved_signed_by_both_sides_and_holds(desk: Desk) -> None:
    contract = desk.contract(ends_on=day(300))
    desk.refused("contracts.not_to_be_signed", "contracts/sign-contract", contract=contract, side="ours", person="李总")
    assert desk.act("contracts/submit-contract", contract=contract)["status"] == "approved"
    for values in ({"amount": "9"}, {"ends_on": day(1)}, {"clauses": "<p>x</p>"}, {"name": "x"}):
        answer = desk.sales.patch(f"records/contract/{contract}", {"values": values})
        assert answer.json()["fields"][0]["code"] == "catalogue.document_locked"
    desk.refused("contracts.not_a_draft", "contracts/submit-contract", contract=contract)

    first = desk.act("contracts/sign-contract", contract=contract, side="ours", person="李总", signed_on=day(-3))
    assert first["status"] == "approved"
    desk.refused("contracts.not_to_be_withdrawn", "contracts/withdraw-contract", contract=contract)
    signed = {"contract": contract, "side": "theirs", "person": "王芳", "position": "总经理"}
    desk.refused("contracts.signed_in_future", "contracts/sign-contract", **signed, signed_on=day(2))
    desk.refused("contracts.who_signed", "contracts/sign-contract", contract=contract, side="ours", person="  ")
    assert desk.act("contracts/sign-contract", **signed, signed_on=day(-1))["status"] == "in_force"
    row = desk.seen("contract", contract)
    assert (row["signed_on"], row["starts_on"]) == (day(-1), day(-1))
    rows = desk.rows("contract_signature", "contract", contract, "signed_on")
    assert [(one["side"], one["name"]) for one in rows] == [("ours", "李总"), ("theirs", "王芳")]
    desk.refused("contracts.reason_missing", "contracts/terminate-contract", contract=contract, reason=" ")
    assert desk.act("contracts/terminate-contract", contract=contract, reason="客户停业")["status"] == "terminated"
    desk.refused("contracts.not_to_be_terminated", "contracts/terminate-contract", contract=contract, reason="x")
    assert desk.sales.delete(f"records/contract/{contract}").status_code == 422


def test_what_is_incomplete_is_not_submitted(desk: Desk) -> None:
    without = desk.contract(amount=None)
    desk.refused("contracts.amount_missing", "contracts/submit-contract", contract=without)
    answer = desk.sales.post("records/contract", {"values": {"name": "x", "amount": "1"}})
    assert answer.json()["fields"][0]["code"] == "fields.required"
    answer = desk.sales.post(
        "records/contract", {"values": {"company": desk.company, "starts_on": day(1), "ends_on": day(0)}}
    )
    assert answer.json()["fields"][0]["code"] == "contracts.ends_before_it_begins"
    framework = desk.contract(amount=None, kind="framework")
    assert desk.act("contracts/submit-contract", contract=framework)["status"] == "approved"
    assert desk.act("contracts/withdraw-contract", contract=framework)["status"] == "draft"


def test_a_plan_comes_to_the_contract_to_the_cent(desk: Desk) -> None:
    contract = desk.contract(amount="100.01")
    asked = {"contract": contract, "instalments": [part("首付", "30"), part("尾款", "60")]}
    desk.refused("contracts.plan_short", "contracts/plan-payments", **asked)
    asked["instalments"] = [part("首付", "30"), part("尾款", amount="80")]
    desk.refused("contracts.plan_over", "contracts/plan-payments", **asked)
    for wrong, code in (
        (part("", "100"), "instalment_name"), (part("x"), "percent_or_amount"), (part("x", "100", "1"), "percent_or_amount"),
        (part("x", amount="0.001"), "instalment_amount"), (part("x", "100", event="date"), "due_on_missing"),
    ):  # fmt: skip
        desk.refused(f"contracts.{code}", "contracts/plan-payments", contract=contract, instalments=[wrong])
    thirds = [part("一", "33.3333"), part("二", "33.3333"), part("三", "33.3334", event="delivery", days=15)]
    desk.plan(contract, *thirds)

    rows = desk.rows("contract_instalment", "contract", contract)
    assert [one["amount"]["amount"] for one in rows] == ["33.34", "33.33", "33.34"]
    assert desk.seen("contract", contract)["planned_amount"]["amount"] == "100.01"
    desk.sales.patch(f"records/contract/{contract}", {"values": {"amount": "200"}})
    rows = desk.rows("contract_instalment", "contract", contract)
    assert sum(float(one["amount"]["amount"]) for one in rows) == 200
    desk.plan(contract, part("一", amount="50"), part("二", amount="150"))
    desk.sales.patch(f"records/contract/{contract}", {"values": {"amount": "210"}})
    desk.refused("contracts.plan_short", "contracts/submit-contract", contract=contract)
    answer = desk.admin.patch(f"records/contract_instalment/{rows[0]['id']}", {"values": {"amount": "1"}})
    assert answer.status_code in (404, 409)


def test_instalments_fall_due_are_invoiced_once_and_paid(desk: Desk) -> None:
    contract = desk.contract()
    desk.plan(contract, part("首付", "30"), part("尾款", "70", event="acceptance", days=10))
    first, last = desk.rows("contract_instalment", "contract", contract)
    desk.refused("contracts.not_in_force", "contracts/invoice-instalment", instalment=first["id"])
    assert desk.signed(contract) == "in_force"
    first, last = desk.rows("contract_instalment", "contract", contract)
    assert (first["status"], first["due_on"], last["status"], last["due_on"]) == ("due", day(0), "planned", None)

    look_after(world.workspace())
    look_after(world.workspace())
    first = desk.rows("contract_instalment", "contract", contract)[0]
    invoice = first["invoice"]["id"]
    row = desk.seen("invoice", invoice)
    assert (row["amount"]["amount"], row["status"], row["contract"]["id"]) == ("300", "draft", contract)
    assert len(desk.rows("invoice", "contract", contract, "created_at")) == 1
    desk.refused("contracts.already_invoiced", "contracts/invoice-instalment", instalment=first["id"])
    desk.pay(invoice, "100")
    first = desk.rows("contract_instalment", "contract", contract)[0]
    assert (first["status"], first["paid_amount"]["amount"]) == ("part_paid", "100")
    assert desk.seen("contract", contract)["invoiced_amount"]["amount"] == "300"

    desk.refused("contracts.nothing_waits", "contracts/note-event", contract=contract, event="delivery")
    assert desk.act("contracts/note-event", contract=contract, event="acceptance")["instalments"] == 1
    last = desk.rows("contract_instalment", "contract", contract)[1]
    assert (last["due_on"], last["status"]) == (day(10), "planned")
    other = desk.act("contracts/invoice-instalment", instalment=last["id"])["invoice"]
    desk.pay(other, "700")
    assert desk.rows("contract_instalment", "contract", contract)[1]["status"] == "paid"
    desk.act("billing/cancel-invoice", desk.admin, invoice=other)
    last = desk.rows("contract_instalment", "contract", contract)[1]
    assert (last["status"], last["invoice"]) == ("planned", None)
    desk.act("contracts/terminate-contract", contract=contract, reason="停止合作")
    assert [one["status"] for one in desk.rows("contract_instalment", "contract", contract)] == [
        "part_paid",
        "cancelled",
    ]


def test_a_contract_begins_ends_and_reminds_its_owner_once(desk: Desk) -> None:
    later = desk.contract(starts_on=day(5), ends_on=day(20))
    assert desk.signed(later) == "signed"
    over = desk.contract(starts_on=day(-40), ends_on=day(-1))
    assert desk.signed(over) == "expired"
    for _ in range(2):
        look_after(world.workspace())
    rows = desk.admin.post("records/task/query", {"select": ["subject", "owner", "about"]}).json()["rows"]
    assert [one["about"]["id"] for one in rows] == [later]
    told = [one["title"] for one in desk.sales.get("notifications").json()["items"]]
    assert len([one for one in told if "到期" in one]) == 1
    assert desk.seen("contract", later)["reminded_for"] == day(20)

    renewed = desk.act("contracts/renew-contract", contract=over)["contract"]
    row = desk.seen("contract", renewed)
    assert (row["previous"]["id"], row["status"], row["starts_on"]) == (over, "draft", day(0))
    assert (row["amount"]["amount"], row["ends_on"]) == ("1000", day(39))
    desk.refused("contracts.already_renewed", "contracts/renew-contract", contract=over)
    endless = desk.contract()
    desk.signed(endless)
    desk.refused("contracts.never_ends", "contracts/renew-contract", contract=endless)


def test_nobody_moves_what_is_not_theirs(desk: Desk) -> None:
    contract = desk.contract()
    desk.plan(contract, part("全款", "100"))
    instalment = desk.rows("contract_instalment", "contract", contract)[0]["id"]
    stranger, reader = Client.signed_in_as("other_salesperson"), Client.signed_in_as("read_only")
    calls = {
        "submit-contract": {"contract": contract}, "withdraw-contract": {"contract": contract},
        "sign-contract": {"contract": contract, "side": "ours", "person": "x"},
        "terminate-contract": {"contract": contract, "reason": "x"}, "renew-contract": {"contract": contract},
        "plan-payments": {"contract": contract}, "note-event": {"contract": contract, "event": "delivery"},
        "invoice-instalment": {"instalment": instalment},
    }  # fmt: skip
    for verb, params in calls.items():
        assert desk.asked(f"contracts/{verb}", stranger, **params).status_code == 404, verb
        assert desk.asked(f"contracts/{verb}", reader, **params).status_code == 403, verb
    for object_key in ("contract_instalment", "contract_signature", "contract_line", "contract"):
        assert stranger.post(f"records/{object_key}/query", {}).json()["rows"] == []
    assert desk.seen("contract", contract)["status"] == "draft"
    answer = desk.sales.post(
        "records/contract_signature", {"values": {"name": "x", "contract": contract, "side": "ours"}}
    )
    assert answer.status_code == 403
    answer = desk.admin.post(
        "records/contract_signature", {"values": {"name": "x", "contract": contract, "side": "ours"}}
    )
    assert answer.json()["code"] == "contracts.by_verb"
    assert desk.asked(
        "contracts/sign-contract", contract=contract, side="ours", person="x", picture=instalment
    ).status_code in (404, 409)


@pytest.mark.parametrize(("decision", "stage"), [("approve", "approved"), ("reject", "draft")])
def test_the_shipped_flow_decides_about_contracts(automation: Automation, decision: str, stage: str) -> None:
    published(automation, "contract_approval")
    superior("salesperson", "manager")
    desk = Desk()
    contract = desk.contract()
    assert desk.act("contracts/submit-contract", contract=contract)["status"] == "in_approval"
    automation.round()
    assert desk.sales.patch(f"records/contract/{contract}", {"values": {"amount": "1"}}).status_code == 422
    desk.refused("contracts.not_to_be_signed", "contracts/sign-contract", contract=contract, side="ours", person="x")

    boss = Client.signed_in_as("manager")
    (waiting,) = boss.get("approvals?box=to_do").json()["approvals"]
    task = boss.get(f"approvals/{waiting['id']}").json()["task"]
    boss.post("actions/approvals/decide", {"params": {"task": task, "decision": decision, "comment": "x"}})
    automation.round()
    assert desk.seen("contract", contract)["status"] == stage


def test_what_was_submitted_is_taken_back_with_its_approval(automation: Automation) -> None:
    published(automation, "contract_approval")
    superior("salesperson", "manager")
    desk = Desk()
    contract = desk.contract()
    desk.act("contracts/submit-contract", contract=contract)
    automation.round()
    assert desk.act("contracts/withdraw-contract", contract=contract)["status"] == "draft"
    assert Client.signed_in_as("manager").get("approvals?box=to_do").json()["approvals"] == []
