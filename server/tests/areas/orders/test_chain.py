"""From an opportunity to cash over HTTP: order, shipments and invoices in parts, and what is refused on the way."""

from typing import Any

import pytest

from tests.support.clients import Client

Made = dict[str, Any]


@pytest.fixture
def admin(database: None) -> Client:
    return Client.signed_in_as("administrator")


def do(client: Client, verb: str, **params: Any) -> Made:
    answer = client.post(f"actions/{verb}", {"params": params})
    assert answer.status_code == 200, answer.content
    return answer.json()["result"]


def refused(client: Client, verb: str, status: int, code: str, **params: Any) -> None:
    answer = client.post(f"actions/{verb}", {"params": params})
    body = answer.json()
    assert (answer.status_code, [one["code"] for one in body.get("fields") or []] or [body["code"]]) == (status, [code])


def rows(client: Client, object_key: str, field: str, record: str) -> list[Made]:
    where = {"field": field, "op": "eq", "value": record}
    answer = client.post(
        f"records/{object_key}/query", {"where": where, "sort": [{"field": "created_at", "dir": "asc"}]}
    )
    return answer.json()["rows"]


def state(client: Client, order: str) -> str:
    return client.get(f"records/sales_order/{order}").json()["status"]


@pytest.fixture
def order(admin: Client) -> str:
    """A confirmed order of 10 gateways at 100 and 3 hours of service at 50."""
    company = admin.make("company", name="华东机械")
    goods = admin.make("product", name="网关", price="100")
    service = admin.make("product", name="安装", price="50", kind="service")
    deal = admin.make(
        "opportunity", name="改造", company=company["id"],
        lines=[{"values": {"product": goods["id"], "quantity": "10"}}, {"values": {"product": service["id"], "quantity": "3"}}],
    )  # fmt: skip
    made = do(admin, "orders/order-opportunity", opportunity=deal["id"])["order"]
    assert do(admin, "orders/confirm-order", order=made)["status"] == "confirmed"
    return made


def line_ids(client: Client, order: str) -> tuple[str, str]:
    found = {one["name"]: one["id"] for one in rows(client, "order_line", "order", order)}
    return found["网关"], found["安装"]


def quantities(client: Client, order: str) -> list[tuple[Any, ...]]:
    keys = ("shipped_quantity", "invoiced_quantity", "cancelled_quantity")
    return [tuple(one[key] for key in keys) for one in rows(client, "order_line", "order", order)]


def test_an_order_has_the_prices_that_were_promised_and_is_locked(admin, order):
    row = admin.get(f"records/sales_order/{order}").json()
    assert (row["amount"]["amount"], row["line_count"]) == ("1150", 2)
    goods, _ = line_ids(admin, order)
    assert admin.patch(f"records/order_line/{goods}", {"values": {"quantity": "1"}}).status_code == 422
    refused(admin, "orders/confirm-order", 409, "orders.not_a_draft", order=order)
    assert do(admin, "orders/reopen-order", order=order)["status"] == "draft"
    assert admin.patch(f"records/order_line/{goods}", {"values": {"quantity": "11"}}).status_code == 200
    refused(admin, "orders/pick-shipment", 409, "orders.not_confirmed", order=order)


def test_parts_are_shipped_and_invoiced_until_nothing_is_left(admin, order):
    goods, service = line_ids(admin, order)
    part = {"line": goods, "quantity": "4"}
    picked = do(admin, "orders/pick-shipment", order=order, parts=[part])
    assert (picked["status"], picked["order_status"]) == ("picking", "confirmed")
    refused(admin, "orders/reopen-order", 409, "orders.already_begun", order=order)
    refused(
        admin,
        "orders/pick-shipment",
        422,
        "orders.more_than_left",
        order=order,
        parts=[{"line": goods, "quantity": "7"}],
    )
    refused(
        admin,
        "orders/pick-shipment",
        422,
        "orders.not_to_ship",
        order=order,
        parts=[{"line": service, "quantity": "1"}],
    )
    sent = do(admin, "orders/send-shipment", shipment=picked["shipment"], carrier="自送", tracking_number="A-OK")
    assert sent["order_status"] == "part_shipped"
    assert quantities(admin, order)[0][0] == "4"
    tracked = do(admin, "orders/track-shipment", shipment=picked["shipment"])
    assert tracked["status"] == "delivered"

    invoice = do(admin, "orders/invoice-order", order=order, of="shipped")["invoice"]
    row = admin.get(f"records/invoice/{invoice}").json()
    assert (row["amount"]["amount"], row["order"]["id"], row["line_count"]) == ("550", order, 2)
    assert [one[1] for one in quantities(admin, order)] == ["4", "3"]
    do(admin, "billing/issue-invoice", invoice=invoice)

    rest = do(admin, "orders/pick-shipment", order=order)
    assert do(admin, "orders/send-shipment", shipment=rest["shipment"])["order_status"] == "part_invoiced"
    last = do(admin, "orders/invoice-order", order=order)["invoice"]
    assert state(admin, order) == "done"
    refused(admin, "orders/invoice-order", 409, "orders.nothing_left", order=order)

    do(admin, "billing/cancel-invoice", invoice=invoice)
    assert state(admin, order) == "part_invoiced"
    assert admin.delete(f"records/invoice/{last}").status_code == 200
    assert state(admin, order) == "shipped"


def test_the_rest_is_cancelled_after_a_part_was_shipped(admin, order):
    goods, _ = line_ids(admin, order)
    picked = do(admin, "orders/pick-shipment", order=order, parts=[{"line": goods, "quantity": "6"}])
    do(admin, "orders/send-shipment", shipment=picked["shipment"])
    waiting = do(admin, "orders/pick-shipment", order=order)
    assert do(admin, "orders/cancel-rest", order=order)["status"] == "shipped"
    assert admin.get(f"records/shipment/{waiting['shipment']}").json()["status"] == "cancelled"
    assert quantities(admin, order) == [("6", "0", "4"), ("0", "0", "3")]
    do(admin, "orders/invoice-order", order=order)
    assert state(admin, order) == "done"
    refused(admin, "orders/cancel-rest", 409, "orders.nothing_left", order=order)


def test_an_order_that_nothing_came_of_is_cancelled_whole(admin, order):
    assert do(admin, "orders/cancel-rest", order=order)["status"] == "cancelled"
    refused(admin, "orders/pick-shipment", 409, "orders.not_confirmed", order=order)


def test_a_cancelled_shipment_is_shipped_again(admin, order):
    picked = do(admin, "orders/pick-shipment", order=order)
    refused(admin, "orders/pick-shipment", 409, "orders.nothing_left", order=order)
    do(admin, "orders/send-shipment", shipment=picked["shipment"])
    assert do(admin, "orders/cancel-shipment", shipment=picked["shipment"])["order_status"] == "confirmed"
    refused(admin, "orders/send-shipment", 409, "orders.shipment_state", shipment=picked["shipment"])
    again = do(admin, "orders/pick-shipment", order=order)
    sent = do(admin, "orders/send-shipment", shipment=again["shipment"], carrier="顺丰")
    assert sent["order_status"] == "shipped"
    refused(admin, "orders/track-shipment", 409, "orders.carrier_unknown", shipment=again["shipment"])
    assert admin.delete(f"records/shipment/{again['shipment']}").status_code == 409


def test_no_more_is_invoiced_than_was_ordered_unless_it_is_allowed(admin, order):
    goods, _ = line_ids(admin, order)
    asked = {"order": order, "parts": [{"line": goods, "quantity": "11"}]}
    refused(admin, "orders/invoice-order", 422, "orders.more_than_left", **asked)
    invoice = do(admin, "orders/invoice-order", order=order)["invoice"]
    line = next(one for one in rows(admin, "invoice_line", "invoice", invoice) if one["name"] == "网关")
    answer = admin.patch(f"records/invoice_line/{line['id']}", {"values": {"quantity": "10.5"}})
    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "orders.more_than_left")
    admin.patch(f"records/sales_order/{order}", {"values": {"allow_more": True}})
    assert admin.patch(f"records/invoice_line/{line['id']}", {"values": {"quantity": "10.5"}}).status_code == 200


def test_nobody_ships_or_invoices_what_is_not_theirs(admin, order):
    stranger = Client.signed_in_as("other_salesperson")
    reader = Client.signed_in_as("read_only")
    for verb in ("pick-shipment", "invoice-order", "cancel-rest", "reopen-order"):
        assert stranger.post(f"actions/orders/{verb}", {"params": {"order": order}}).status_code == 404, verb
        assert reader.post(f"actions/orders/{verb}", {"params": {"order": order}}).status_code == 403, verb
    assert stranger.get(f"records/sales_order/{order}").status_code == 404
    assert rows(stranger, "order_line", "order", order) == []
