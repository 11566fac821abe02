"""The verbs of billing over HTTP: issue, pay, allocate, take back, refund, cancel, write off; and what is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.clients import Client

Made = dict[str, Any]


def do(client: Client, verb: str, **params: Any) -> Made:
    answer = client.post(f"actions/billing/{verb}", {"params": params})
    assert answer.status_code == 200, answer.content
    return answer.json()["result"]


def refused(client: Client, verb: str, status: int, code: str, **params: Any) -> None:
    answer = client.post(f"actions/billing/{verb}", {"params": params})
    body = answer.json()
    codes = [one["code"] for one in body.get("fields") or []] or [body["code"]]
    assert (answer.status_code, codes) == (status, [code]), body


def amounts(client: Client, made: Made, object_key: str = "invoice") -> tuple[Any, ...]:
    row = client.get(f"records/{object_key}/{made['id']}").json()
    keys = ("settled_amount", "credited_amount") if object_key == "invoice" else ("allocated_amount", "refunded_amount")
    return (*(row[key]["amount"] for key in (*keys, "open_amount")), row["status"])


def part(invoice: Made, amount: str) -> Made:
    return {"invoice": invoice["id"], "amount": amount}


def test_an_invoice_is_issued_once_and_stays_as_it_is(admin, company):
    draft = admin.make("invoice", company=company["id"], amount="1130", issued_on="2026-03-01")
    assert draft["status"] == "draft"
    assert do(admin, "issue-invoice", invoice=draft["id"], due_on="2026-03-31")["status"] == "issued"
    made = admin.get(f"records/invoice/{draft['id']}").json()
    assert (made["issued_on"], made["due_on"], made["open_amount"]["amount"]) == ("2026-03-01", "2026-03-31", "1130")

    refused(admin, "issue-invoice", 409, "billing.not_a_draft", invoice=draft["id"])
    for values in ({"amount": "1"}, {"due_on": "2026-05-01"}, {"kind": "credit_note"}):
        assert admin.patch(f"records/invoice/{draft['id']}", {"values": values}).status_code == 422
    assert admin.patch(f"records/invoice/{draft['id']}", {"values": {"note": "已寄出"}}).status_code == 200
    assert admin.delete(f"records/invoice/{draft['id']}").status_code == 409
    assert admin.get(f"records/invoice/{draft['id']}").json()["amount"]["amount"] == "1130"


def test_what_is_not_ready_is_not_issued(admin, company):
    empty = admin.make("invoice", company=company["id"])
    refused(admin, "issue-invoice", 422, "billing.amount_missing", invoice=empty["id"])
    draft = admin.make("invoice", company=company["id"], amount="10")
    late = {"issued_on": "2026-03-02", "due_on": "2026-03-01"}
    refused(admin, "issue-invoice", 422, "billing.due_before_issued", invoice=draft["id"], **late)
    ahead = datetime.now(UTC).date() + timedelta(9)
    refused(admin, "issue-invoice", 422, "billing.issued_in_future", invoice=draft["id"], issued_on=str(ahead))
    dollars = admin.make("invoice", company=company["id"], amount={"amount": "10", "currency": "USD"})
    refused(admin, "issue-invoice", 422, "billing.rate_missing", invoice=dollars["id"], issued_on="2026-03-01")
    nobody = admin.post("records/invoice", {"values": {"amount": "10"}})
    assert nobody.json()["fields"][0]["code"] == "fields.required"
    assert admin.get(f"records/invoice/{draft['id']}").json()["status"] == "draft"


def test_one_payment_settles_several_invoices_oldest_first(admin, issued, paid):
    later, first = issued("300", due_on="2026-05-01"), issued("100", due_on="2026-04-01")
    payment = paid("250")
    made = do(admin, "allocate-payment", payment=payment["id"])["allocations"]

    assert [(one["number"], one["amount"]["amount"]) for one in made] == [
        (first["number"], "100"), (later["number"], "150"),
    ]  # fmt: skip
    assert amounts(admin, first) == ("100", "0", "0", "paid")
    assert amounts(admin, later) == ("150", "0", "150", "part_paid")
    assert amounts(admin, payment, "payment") == ("250", "0", "0", "done")


def test_several_payments_settle_one_invoice_to_the_cent(admin, issued, paid):
    invoice = issued("100")
    for amount, left in (("33.33", "66.67"), ("33.33", "33.34"), ("33.34", "0")):
        do(admin, "allocate-payment", payment=paid(amount)["id"], items=[part(invoice, amount)])
        assert amounts(admin, invoice)[2] == left
    refused(
        admin, "allocate-payment", 409, "billing.item_settled", payment=paid("1")["id"], items=[part(invoice, "0.01")]
    )


@pytest.mark.parametrize(
    ("amount", "status", "code"),
    [("100.01", 409, "billing.item_settled"), ("80.01", 409, "billing.payment_used_up"), ("0", 422, "billing.above_zero"),
     ("-5", 422, "billing.above_zero"), ("1.005", 422, "billing.too_fine")],
)  # fmt: skip
def test_never_more_than_either_has(admin, issued, paid, amount, status, code):
    invoice, payment = issued("100"), paid("80")
    refused(admin, "allocate-payment", status, code, payment=payment["id"], items=[part(invoice, amount)])
    assert amounts(admin, invoice) == ("0", "0", "100", "issued")
    assert amounts(admin, payment, "payment") == ("0", "0", "80", "open")


def test_a_payment_is_recorded_with_what_it_settles_or_not_at_all(admin, company, issued):
    invoice = issued("100")
    asked = {"company": company["id"], "amount": "60", "paid_on": "2026-03-05", "method": "wechat"}
    refused(admin, "record-payment", 409, "billing.payment_used_up", **asked, items=[part(invoice, "61")])
    assert admin.post("records/payment/query", {}).json()["rows"] == []
    proposed = do(admin, "propose-allocation", company=company["id"], amount="60")
    assert (proposed["items"][0]["proposed"]["amount"], proposed["left"]["amount"]) == ("60", "0")

    made = do(admin, "record-payment", **asked, items=[part(invoice, "60")])
    assert made["allocations"][0]["amount"] == {"amount": "60", "currency": "CNY"}
    assert amounts(admin, invoice) == ("60", "0", "40", "part_paid")


def test_an_allocation_is_taken_back_once(admin, issued, paid):
    invoice, payment = issued("100"), paid("100")
    (made,) = do(admin, "allocate-payment", payment=payment["id"])["allocations"]
    values = {"values": {"amount": "1"}}
    assert admin.patch(f"records/payment/{payment['id']}", values).status_code == 422
    assert admin.delete(f"records/payment/{payment['id']}").status_code == 409

    do(admin, "take-back-allocation", allocation=made["allocation"])
    assert amounts(admin, invoice) == ("0", "0", "100", "issued")
    assert amounts(admin, payment, "payment") == ("0", "0", "100", "open")
    assert (
        admin.post("actions/billing/take-back-allocation", {"params": {"allocation": made["allocation"]}}).status_code
        == 404
    )
    assert admin.delete(f"records/payment/{payment['id']}").status_code == 200


def test_refunds_are_never_more_than_is_free(admin, issued, paid):
    invoice, payment = issued("100"), paid("150")
    do(admin, "allocate-payment", payment=payment["id"], items=[part(invoice, "100")])
    refused(admin, "refund-payment", 409, "billing.payment_used_up", payment=payment["id"], amount="50.01")
    refused(admin, "refund-payment", 422, "billing.above_zero", payment=payment["id"], amount="0")
    early = {"payment": payment["id"], "amount": "1", "paid_on": "2026-03-09"}
    refused(admin, "refund-payment", 422, "billing.refund_before_payment", **early)

    first = do(admin, "refund-payment", payment=payment["id"], amount="20", paid_on="2026-03-11")
    assert amounts(admin, payment, "payment") == ("100", "20", "30", "part")
    do(admin, "refund-payment", payment=payment["id"])
    assert amounts(admin, payment, "payment") == ("100", "50", "0", "done")
    refused(admin, "refund-payment", 409, "billing.payment_used_up", payment=payment["id"])
    refused(admin, "refund-payment", 409, "billing.not_received", payment=first["refund"])
    refused(admin, "allocate-payment", 409, "billing.not_received", payment=first["refund"])


def test_an_invoice_is_cancelled_by_a_credit_note(admin, issued, paid):
    invoice, payment = issued("100"), paid("100")
    do(admin, "allocate-payment", payment=payment["id"])
    made = do(admin, "cancel-invoice", invoice=invoice["id"], amount="30", reason="退货")

    assert made["status"] == "part_paid"
    note = admin.get(f"records/invoice/{made['credit_note']}").json()
    assert (note["kind"], note["corrects"]["id"], note["status"]) == ("credit_note", invoice["id"], "paid")
    assert amounts(admin, invoice) == ("0", "30", "70", "part_paid")
    assert amounts(admin, payment, "payment") == ("0", "0", "100", "open")

    do(admin, "allocate-payment", payment=payment["id"])
    assert amounts(admin, invoice) == ("70", "30", "0", "paid")
    refused(admin, "cancel-invoice", 422, "billing.credit_above_invoice", invoice=invoice["id"], amount="70.01")
    assert do(admin, "cancel-invoice", invoice=invoice["id"])["status"] == "cancelled"
    assert amounts(admin, invoice) == ("0", "100", "0", "cancelled")
    refused(admin, "cancel-invoice", 409, "billing.already_cancelled", invoice=invoice["id"])
    refused(admin, "cancel-invoice", 409, "billing.not_an_invoice", invoice=made["credit_note"])
    do(admin, "refund-payment", payment=payment["id"])
    assert amounts(admin, payment, "payment") == ("0", "100", "0", "refunded")


def test_a_credit_note_by_hand_is_set_off_when_it_is_issued(admin, company, issued):
    invoice = issued("100")
    note = admin.make("invoice", kind="credit_note", company=company["id"], corrects=invoice["id"], amount="100.01")
    refused(admin, "issue-invoice", 422, "billing.credit_above_invoice", invoice=note["id"])
    admin.patch(f"records/invoice/{note['id']}", {"values": {"amount": "40"}})
    assert do(admin, "issue-invoice", invoice=note["id"])["status"] == "paid"
    assert amounts(admin, invoice) == ("0", "40", "60", "part_paid")


def test_a_bad_debt_is_written_off_and_thought_better_of(admin, issued, paid):
    invoice = issued("100")
    do(admin, "allocate-payment", payment=paid("40")["id"])
    assert do(admin, "write-off", invoice=invoice["id"], reason="客户破产")["status"] == "bad_debt"
    refused(admin, "write-off", 409, "billing.nothing_open", invoice=invoice["id"])
    assert amounts(admin, invoice) == ("40", "0", "0", "bad_debt")

    assert do(admin, "take-back-write-off", invoice=invoice["id"])["status"] == "part_paid"
    refused(admin, "take-back-write-off", 409, "billing.not_written_off", invoice=invoice["id"])


def test_a_payment_in_another_currency_shows_the_difference(admin, issued, paid):
    admin.make("currency_rate", currency="USD", rate="7.10", valid_from="2026-03-01")
    admin.make("currency_rate", currency="USD", rate="7.20", valid_from="2026-03-05")
    dollars = issued({"amount": "100", "currency": "USD"})
    yuan = issued("360")
    payment = paid({"amount": "150", "currency": "USD"})
    first, second = do(admin, "allocate-payment", payment=payment["id"])["allocations"]

    assert (first["number"], first["amount"]["amount"], first["exchange_difference"]) == (
        dollars["number"], "100", {"amount": "10", "currency": "CNY"},
    )  # fmt: skip
    assert (second["amount"], second["taken"]) == (
        {"amount": "360", "currency": "CNY"}, {"amount": "50", "currency": "USD"},
    )  # fmt: skip
    assert amounts(admin, yuan)[3] == amounts(admin, dollars)[3] == "paid"


def test_only_what_the_company_owes_is_settled(admin, sales, issued, paid):
    invoice = issued("100")
    other = sales.make("company", name="别家")
    theirs = paid("100", company=other["id"])
    refused(admin, "allocate-payment", 409, "billing.other_company", payment=theirs["id"], items=[part(invoice, "1")])
    draft = admin.make("invoice", company=other["id"], amount="5")
    refused(admin, "allocate-payment", 422, "billing.not_owed", payment=theirs["id"], items=[part(draft, "1")])


def test_allocations_are_not_written_by_hand(admin, issued, paid):
    invoice, payment = issued("100"), paid("100")
    (made,) = do(admin, "allocate-payment", payment=payment["id"])["allocations"]
    assert admin.delete(f"records/payment_allocation/{made['allocation']}").status_code == 409
    values = {"invoice": invoice["id"], "payment": payment["id"], "amount": "1", "source_amount": "1"}
    assert admin.post("records/payment_allocation", {"values": values}).status_code in (409, 422)
    assert amounts(admin, invoice)[0] == "100"


def test_salespeople_see_what_their_customers_owe_and_settle_nothing(sales, issued, paid, database):
    invoice, payment = issued("100"), paid("100")
    assert sales.get(f"records/invoice/{invoice['id']}").status_code == 200
    assert sales.get(f"records/payment/{payment['id']}").status_code == 200
    asked = {
        "allocate-payment": {"payment": payment["id"]}, "refund-payment": {"payment": payment["id"]},
        "write-off": {"invoice": invoice["id"]}, "cancel-invoice": {"invoice": invoice["id"]},
        "record-payment": {"company": invoice["company"]["id"], "amount": "1"},
    }  # fmt: skip
    for verb, params in asked.items():
        assert sales.post(f"actions/billing/{verb}", {"params": params}).status_code == 403, verb

    stranger = Client.signed_in_as("other_salesperson")
    assert stranger.get(f"records/invoice/{invoice['id']}").status_code == 404
    assert stranger.get(f"records/payment/{payment['id']}").status_code == 404
    company = invoice["company"]["id"]
    assert stranger.post("actions/billing/propose-allocation", {"params": {"company": company}}).status_code == 404
    assert stranger.post("actions/billing/issue-invoice", {"params": {"invoice": invoice["id"]}}).status_code == 404
