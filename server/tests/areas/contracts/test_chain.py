"""From an accepted quote to contracts, orders and invoices: in parts, never more than there was, down payments deducted."""

import threading
from decimal import Decimal

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.actions import run
from guanxi.engine.context import work
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import Refusal
from tests.areas.contracts.conftest import Desk, Made
from tests.support import world
from tests.support.clients import Client


@pytest.fixture
def quote(desk: Desk) -> str:
    """An accepted quote: 10 gateways at 90 of 100, a heading, training nobody chose, 3 hours at 50, 13 % and 6 %, 10 % off."""
    rates = {one["percent"]: one["id"] for one in desk.admin.post("records/tax_rate/query", {}).json()["rows"]}
    goods = desk.admin.make("product", name="网关", price="100")["id"]
    lines = [
        {"kind": "heading", "name": "硬件"},
        {"product": goods, "quantity": "10", "discount": 10, "tax_rate": rates["13"]},
        {"name": "培训", "list_price": "300", "optional": True},
        {"name": "安装", "list_price": "50", "quantity": "3", "tax_rate": rates["6"]},
    ]
    made = desk.sales.make(
        "quote", name="网关项目", company=desk.company, discount=10, lines=[{"values": one} for one in lines]
    )["id"]
    desk.act("quotes/record-answer", quote=made, answer="accepted")
    return made


def line(desk: Desk, object_key: str, field: str, record: str, name: str) -> Made:
    return next(one for one in desk.rows(object_key, field, record) if one["name"] == name)


def amount(desk: Desk, object_key: str, record: str) -> str:
    return desk.seen(object_key, record)["amount"]["amount"]


def test_a_quote_becomes_a_contract_and_that_becomes_orders(desk: Desk, quote: str) -> None:
    contract = desk.act("contracts/contract-quote", quote=quote)["contract"]
    row = desk.seen("contract", contract)
    assert (row["amount"]["amount"], row["name"], row["quote"]["id"]) == ("945", "网关项目", quote)
    lines = desk.rows("contract_line", "contract", contract)
    assert [(one["kind"], one["name"], one["quantity"]) for one in lines] == [
        ("heading", "硬件", "0"), ("item", "网关", "10"), ("item", "安装", "3"),
    ]  # fmt: skip
    assert (lines[1]["unit_price"], lines[1]["discount"], lines[1]["tax_percent"]) == ("90", "10", "13")
    assert line(desk, "quote_line", "quote", quote, "网关")["converted_quantity"] == "10"
    desk.refused("catalogue.nothing_left", "orders/order-quote", quote=quote)
    desk.refused("orders.contract_not_holding", "orders/order-contract", contract=contract)

    desk.signed(contract)
    parts = [{"line": lines[1]["id"], "quantity": "4"}]
    first = desk.act("orders/order-contract", contract=contract, parts=parts)["order"]
    assert (amount(desk, "sales_order", first), desk.seen("sales_order", first)["contract"]["id"]) == ("324", contract)
    more = [{"line": lines[1]["id"], "quantity": "6.5"}]
    desk.refused("catalogue.more_than_left", "orders/order-contract", contract=contract, parts=more)
    ordered = desk.rows("order_line", "order", first)[0]
    answer = desk.sales.patch(f"records/order_line/{ordered['id']}", {"values": {"quantity": "11"}})
    assert answer.json()["fields"][0]["code"] == "catalogue.more_than_left"
    rest = desk.act("orders/order-contract", contract=contract)["order"]
    assert amount(desk, "sales_order", rest) == "621"
    desk.refused("catalogue.nothing_left", "orders/order-contract", contract=contract)

    desk.act("orders/confirm-order", order=rest)
    desk.act("orders/cancel-rest", order=rest)
    assert line(desk, "contract_line", "contract", contract, "网关")["converted_quantity"] == "4"
    assert desk.sales.delete(f"records/sales_order/{first}").status_code == 200
    assert line(desk, "contract_line", "contract", contract, "网关")["converted_quantity"] == "0"
    desk.act("contracts/terminate-contract", contract=contract, reason="重新商定")
    assert line(desk, "quote_line", "quote", quote, "网关")["converted_quantity"] == "0"
    assert amount(desk, "sales_order", desk.act("orders/order-quote", quote=quote)["order"]) == "945"


def test_only_what_was_accepted_goes_on_and_only_by_those_who_see_it(desk: Desk, quote: str) -> None:
    draft = desk.sales.make("quote", company=desk.company, lines=[{"values": {"name": "x", "list_price": "1"}}])["id"]
    desk.refused("contracts.quote_not_accepted", "contracts/contract-quote", quote=draft)
    desk.refused("orders.quote_not_accepted", "orders/order-quote", quote=draft)
    stranger, reader = Client.signed_in_as("other_salesperson"), Client.signed_in_as("read_only")
    for verb in ("contracts/contract-quote", "orders/order-quote"):
        assert desk.asked(verb, stranger, quote=quote).status_code == 404
        assert desk.asked(verb, reader, quote=quote).status_code == 403
    desk.refused(
        "catalogue.not_of_document", "orders/order-quote", quote=quote,
        parts=[{"line": desk.rows("quote_line", "quote", draft)[0]["id"], "quantity": "1"}],
    )  # fmt: skip


def test_an_amount_is_ordered_in_parts(desk: Desk) -> None:
    contract = desk.contract(amount="1000")
    desk.signed(contract)
    first = desk.act("orders/order-contract", contract=contract, amount="400")["order"]
    desk.refused("orders.above_contract", "orders/order-contract", contract=contract, amount="600.01")
    placed = desk.rows("order_line", "order", first)[0]
    answer = desk.sales.patch(f"records/order_line/{placed['id']}", {"values": {"quantity": "3"}})
    assert answer.json()["fields"][0]["code"] == "orders.above_contract"
    rest = desk.act("orders/order-contract", contract=contract)["order"]
    assert amount(desk, "sales_order", rest) == "600"
    desk.refused("catalogue.nothing_left", "orders/order-contract", contract=contract)


def test_a_down_payment_is_taken_off_by_later_invoices(desk: Desk, quote: str) -> None:
    order = desk.act("orders/order-quote", quote=quote)["order"]
    desk.refused("orders.not_confirmed", "orders/invoice-down-payment", order=order, percent="30")
    desk.act("orders/confirm-order", order=order)
    desk.refused("orders.percent_or_amount", "orders/invoice-down-payment", order=order)
    desk.refused("orders.above_order", "orders/invoice-down-payment", order=order, amount="945.01")
    ahead = desk.act("orders/invoice-down-payment", order=order, percent="30")["invoice"]
    assert amount(desk, "invoice", ahead) == "283.5"
    assert {one["tax_percent"] for one in desk.rows("invoice_line", "invoice", ahead)} == {"13", "6"}
    desk.act("billing/issue-invoice", desk.admin, invoice=ahead)

    goods = line(desk, "order_line", "order", order, "网关")["id"]
    part = [{"line": goods, "quantity": "2"}]
    first = desk.act("orders/invoice-order", order=order, parts=part)["invoice"]
    assert amount(desk, "invoice", first) == "0"
    last = desk.act("orders/invoice-order", order=order)["invoice"]
    assert Decimal(amount(desk, "invoice", last)) == Decimal(945) - Decimal("283.5")
    assert desk.asked("billing/cancel-invoice", desk.admin, invoice=ahead).json()["code"] == "billing.deducted"
    assert desk.admin.delete(f"records/invoice/{last}").status_code == 200
    again = desk.act("orders/invoice-order", order=order)["invoice"]
    assert Decimal(amount(desk, "invoice", again)) == Decimal(945) - Decimal("283.5")
    desk.refused("orders.nothing_left", "orders/invoice-down-payment", order=order, percent="1")


def test_instalments_of_a_contract_are_taken_off_its_orders(desk: Desk, quote: str) -> None:
    contract = desk.act("contracts/contract-quote", quote=quote)["contract"]
    plan = [
        {"name": "首付", "percent": "30", "event": "signing"},
        {"name": "尾款", "percent": "70", "event": "delivery"},
    ]
    desk.plan(contract, *plan)
    desk.signed(contract)
    first, last = desk.rows("contract_instalment", "contract", contract)
    desk.act("contracts/invoice-instalment", instalment=first["id"])
    order = desk.act("orders/order-contract", contract=contract)["order"]
    desk.act("orders/confirm-order", order=order)
    invoice = desk.act("orders/invoice-order", order=order)["invoice"]
    assert Decimal(amount(desk, "invoice", invoice)) == Decimal("661.5")
    assert desk.seen("contract", contract)["invoiced_amount"]["amount"] == "945"
    desk.refused("contracts.invoiced_above", "contracts/invoice-instalment", instalment=last["id"])


def test_two_people_convert_at_once(committing_database) -> None:
    from django.db import connection

    workspace = world.workspace()
    with work(workspace, SYSTEM, via="system") as ctx:
        (company,) = writes.create(ctx, "company", [{"name": "华东机械"}])
        lines = [{"values": {"name": "网关", "quantity": "10", "list_price": "100"}}]
        (quote,) = writes.create(ctx, "quote", [{"company": str(company), "lines": lines}])
        run(ctx, "quotes.record_answer", {"quote": quote, "answer": "accepted"})
        (row,) = reads.ids(ctx, "quote_line", {"field": "quote", "op": "eq", "value": str(quote)})
    actor = world.actor("administrator")
    barrier = threading.Barrier(4)
    won, refused, wrong = [], [], []

    def convert(verb: str) -> None:
        try:
            barrier.wait()
            with work(workspace, actor, via="api") as ctx:
                run(ctx, verb, {"quote": quote, "parts": [{"line": row, "quantity": "6"}]})
            won.append(verb)
        except Refusal as error:
            refused.append(error.fields[0].code if hasattr(error, "fields") else error.code)
        except BaseException as error:  # noqa: BLE001 - told below
            wrong.append(error)
        finally:
            connection.close()

    verbs = ["orders.order_quote", "contracts.contract_quote"] * 2
    threads = [threading.Thread(target=convert, args=(one,)) for one in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert len(won) == 1
    assert refused == ["catalogue.more_than_left"] * 3
    with work(workspace, SYSTEM, via="system") as ctx:
        kept = reads.native(ctx, "quote_line", [row], ("converted_quantity",))
    assert kept[row]["converted_quantity"] == Decimal(6)
