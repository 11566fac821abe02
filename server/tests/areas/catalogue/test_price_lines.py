"""Prices asked for over HTTP: with their reasons, by those who see products and customers, many at once."""

from datetime import timedelta
from typing import Any

import pytest

from guanxi.infra.database.cursor import RecordCursor
from guanxi.kit import clock
from tests.support.clients import Client


def priced(client: Client, *lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = client.post("actions/catalogue/price-lines", {"params": {"lines": list(lines), **more}})
    assert answer.status_code == 200, answer.content
    return answer.json()["result"]


@pytest.fixture
def admin(database: None) -> Client:
    return Client.signed_in_as("administrator")


@pytest.fixture
def sales(database: None) -> Client:
    return Client.signed_in_as("salesperson")


def test_the_best_price_and_its_reason(admin: Client, sales: Client) -> None:
    product = admin.make("product", name="网关", unit="台", price={"amount": "6800", "currency": "CNY"})["id"]
    tiers = [
        {"values": {"product": product, "from_quantity": "0", "price": "6500"}},
        {"values": {"product": product, "from_quantity": "10", "price": "6000.5"}},
    ]
    book = admin.make("price_book", name="A 级客户", levels=["A"], region="44", prices=tiers)
    mine = sales.make("company", name="粤动", level="A", address={"province": "广东省", "city": "深圳市"})["id"]
    other = sales.make("company", name="沪上", level="A", address={"province": "上海市"})["id"]

    few, many = priced(sales, {"product": product}, {"product": product, "quantity": "12"}, company=mine)["lines"]
    assert (few["price"], few["from_quantity"], few["source"]) == ("6500", "0", "book")
    assert (many["price"], many["from_quantity"], many["book"]) == (
        "6000.5",
        "10",
        {"id": book["id"], "title": "A 级客户"},
    )
    assert (few["unit"]["title"], few["name"]) == ("台", "网关")
    (elsewhere,) = priced(sales, {"product": product}, company=other)["lines"]
    assert (elsewhere["price"], elsewhere["source"]) == ("6800", "product")


def test_a_missing_price_and_a_missing_rate_say_what_to_add(admin: Client) -> None:
    free = admin.make("product", name="待定")["id"]
    listed = admin.make("product", name="网关", price={"amount": "6800", "currency": "CNY"})["id"]
    lines = [{"product": free}, {"product": listed}]

    none, dollars = priced(admin, *lines, currency="USD", day="2026-05-01")["lines"]
    assert (none["code"], none["price"]) == ("catalogue.no_price", None)
    assert (dollars["code"], dollars["message"]) == (
        "catalogue.rate_missing", "缺少 2026-05-01 的 USD 对 CNY 汇率，请添加当天或更早生效的汇率。",
    )  # fmt: skip
    admin.make("currency_rate", currency="USD", rate="7.1", valid_from="2026-05-01")
    assert priced(admin, *lines, currency="USD", day="2026-05-01")["lines"][1]["price"] == "957.75"
    assert priced(admin, *lines, currency="USD", day="2026-04-30")["lines"][1]["code"] == "catalogue.rate_missing"


def test_what_is_not_seen_is_not_priced(admin: Client, sales: Client) -> None:
    product = admin.make("product", name="网关", price="1")["id"]
    theirs = admin.make("company", name="别人的")["id"]
    body = {"params": {"lines": [{"product": product}], "company": theirs}}

    assert sales.post("actions/catalogue/price-lines", body).status_code == 404
    assert admin.post("actions/catalogue/price-lines", body).status_code == 200
    gone = {"params": {"lines": [{"product": theirs}]}}
    assert admin.post("actions/catalogue/price-lines", gone).status_code == 404


def test_cost_is_told_by_right(admin: Client, sales: Client) -> None:
    product = admin.make("product", name="网关", price="10", cost="6")["id"]

    assert admin.get(f"records/product/{product}").json()["cost"]["amount"] == "6"
    assert "cost" not in sales.get(f"records/product/{product}").json()
    assert sales.post("records/product/query", {"select": ["cost"]}).status_code == 400
    assert sales.post("records/price_book", {"values": {"name": "自定"}}).status_code == 403


def test_five_hundred_lines_take_as_many_statements_as_one(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    products = [admin.make("product", name=f"产品{n}", price=str(n))["id"] for n in range(3)]
    begins = (clock.now() - timedelta(days=3)).date().isoformat()
    prices = [{"values": {"product": one, "price": "5"}} for one in products[:2]]
    admin.make("price_book", name="全部", valid_from=begins, prices=prices)
    sent: list[str] = []
    execute = RecordCursor.execute

    def count(self: RecordCursor, query: Any, *args: Any, **settings: Any) -> Any:
        sent.append(query)
        return execute(self, query, *args, **settings)

    monkeypatch.setattr(RecordCursor, "execute", count)
    priced(admin, *[{"product": one} for one in products])
    few = len(sent)
    found = priced(admin, *[{"product": products[n % 3]} for n in range(500)])["lines"]

    assert [one["price"] for one in found[:3]] == ["5", "5", "2"]
    assert len(sent) == 2 * few


@pytest.mark.parametrize(
    ("object_key", "values", "code"),
    [
        ("price_book", {"name": "x", "valid_from": "2026-05-02", "valid_to": "2026-05-01"}, "catalogue.ends_before_it_begins"),
        ("currency_rate", {"currency": "USD", "rate": "0", "valid_from": "2026-05-01"}, "catalogue.rate_above_zero"),
        ("currency_rate", {"currency": "CNY", "rate": "1", "valid_from": "2026-05-01"}, "catalogue.own_currency"),
    ],
)  # fmt: skip
def test_bad_prices_are_refused(admin: Client, object_key: str, values: dict[str, Any], code: str) -> None:
    refused = admin.post(f"records/{object_key}", {"values": values})

    assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, code)
    assert admin.post(f"records/{object_key}/count").json()["count"] == 0


def test_bundles_consist_of_what_is_no_bundle(admin: Client) -> None:
    part = admin.make("product", name="网关", price="10")["id"]
    bundle = admin.make(
        "product", name="套装", kind="bundle", bundle_components=[{"values": {"component": part, "quantity": "3"}}]
    )["id"]

    assert priced(admin, {"product": bundle})["lines"][0]["price"] == "30"
    inner = {"values": {"bundle": bundle, "component": bundle, "quantity": "1"}}
    assert admin.post("records/product_component", inner).json()["fields"][0]["code"] == "catalogue.bundle_in_bundle"
    outer = {"values": {"bundle": part, "component": part, "quantity": "1"}}
    assert admin.post("records/product_component", outer).json()["fields"][0]["code"] == "catalogue.not_a_bundle"
    assert admin.patch(f"records/product/{bundle}", {"values": {"kind": "goods"}}).status_code == 422
    assert admin.patch(f"records/product/{part}", {"values": {"kind": "bundle"}}).status_code == 422


def test_only_who_configures_sets_limits(admin: Client) -> None:
    manager = Client.signed_in_as("manager")
    assert manager.post("records/discount_limit", {"values": {"name": "x", "percent": 50}}).status_code == 403
    assert admin.make("discount_limit", name="x", percent=50)["percent"] == "50"
