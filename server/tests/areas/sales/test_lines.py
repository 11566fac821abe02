"""Lines of opportunities over HTTP: priced when written, adding up to the amount, kept together."""

from typing import Any

import pytest

from tests.support.clients import Client

Made = dict[str, Any]


@pytest.fixture
def admin(database: None) -> Client:
    return Client.signed_in_as("administrator")


@pytest.fixture
def sales(database: None) -> Client:
    return Client.signed_in_as("salesperson")


@pytest.fixture
def gateway(admin: Client) -> Made:
    """A product of 100 yuan with 13 % of tax, at a cost of 60."""
    where = {"field": "percent", "op": "eq", "value": 13}
    tax = admin.post("records/tax_rate/query", {"where": where}).json()["rows"][0]["id"]
    return admin.make("product", name="网关", unit="台", price="100", cost="60", tax_rate=tax)


def line(product: Made | None = None, **values: Any) -> Made:
    return {"values": {**({"product": product["id"]} if product else {}), **values}}


def lines_of(client: Client, deal: Made) -> list[Made]:
    answer = client.post(f"records/opportunity/{deal['id']}/related/line_records", {"sort": [{"field": "position"}]})
    return answer.json()["rows"]


def amount(client: Client, deal: Made) -> Any:
    got = client.get(f"records/opportunity/{deal['id']}").json()
    return got["amount"]["amount"], got["line_count"]


def test_lines_are_priced_and_make_the_amount(sales: Client, gateway: Made) -> None:
    deal = sales.make("opportunity", name="项目", lines=[line(gateway, quantity="3"), line(gateway, discount=10)])
    first, second = lines_of(sales, deal)

    assert (first["name"], first["unit"]["title"], first["tax_percent"]) == ("网关", "台", "13")
    assert (first["list_price"], first["unit_price"], first["price_source"]) == ("100", "100", "product")
    assert (first["total"]["amount"], first["tax"]["amount"], first["net"]["amount"]) == ("300", "34.51", "265.49")
    assert (second["unit_price"], second["total"]["amount"], second["position"]) == ("90", "90", 2)
    assert amount(sales, deal) == ("390", 2)
    assert "margin" not in first


def test_cost_and_margin_are_seen_by_right(admin: Client, sales: Client, gateway: Made) -> None:
    deal = sales.make("opportunity", name="项目", lines=[line(gateway, quantity="3")])

    (told,) = lines_of(admin, deal)
    assert (told["unit_cost"]["amount"], told["margin"]["amount"]) == ("60", "85.49")
    assert lines_of(sales, deal)[0].keys().isdisjoint({"unit_cost", "margin"})


def test_a_unit_price_by_hand_makes_the_discount(sales: Client, gateway: Made) -> None:
    deal = sales.make("opportunity", name="项目", lines=[line(gateway, unit_price="87.5")])
    (one,) = lines_of(sales, deal)
    assert one["discount"] == "12.5"

    change = {"id": one["id"], "rev": one["rev"], "values": {"discount": "100"}}
    sales.patch(f"records/opportunity/{deal['id']}", {"values": {"lines": [change]}})
    (one,) = lines_of(sales, deal)
    assert (one["unit_price"], one["total"]["amount"], amount(sales, deal)) == ("0", "0", ("0", 1))


def test_lines_without_a_product_have_the_price_that_is_told(sales: Client, gateway: Made) -> None:
    sent = [
        line(name="安装", list_price="500"),
        line(name="折让", quantity="-1", unit_price="50"),
        line(gateway, quantity="0"),
    ]
    deal = sales.make("opportunity", name="项目", lines=sent)

    assert [one["total"]["amount"] for one in lines_of(sales, deal)] == ["500", "-50", "0"]
    assert [one["price_source"] for one in lines_of(sales, deal)] == ["manual", "manual", "product"]
    assert amount(sales, deal) == ("450", 3)


def test_less_than_nothing_is_refused_whole(sales: Client) -> None:
    answer = sales.post(
        "records/opportunity", {"values": {"name": "项目", "lines": [line(name="退", unit_price="-5")]}}
    )

    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "catalogue.lines_below_zero")
    assert sales.post("records/opportunity/count").json()["count"] == 0


def test_a_price_that_changed_meanwhile_is_told(admin: Client, sales: Client, gateway: Made) -> None:
    admin.patch(f"records/product/{gateway['id']}", {"values": {"price": "120"}})
    stale = {"name": "项目", "lines": [line(gateway, list_price="100")]}
    answer = sales.post("records/opportunity", {"values": stale})

    error = answer.json()["fields"][0]
    assert (error["field"], error["code"]) == ("lines.0.list_price", "catalogue.price_changed")
    assert (error["params"], sales.post("records/opportunity/count").json()["count"]) == (
        {"now": "120", "seen": "100"},
        0,
    )
    promised = sales.make("opportunity", name="项目", lines=[line(gateway, unit_price="100")])
    assert lines_of(sales, promised)[0]["discount"] == "16.6667"


def test_the_amount_follows_the_lines_and_is_not_typed(sales: Client, gateway: Made) -> None:
    deal = sales.make("opportunity", name="项目", amount="5000")
    assert amount(sales, deal) == ("5000", None)
    one = sales.make("opportunity_line", opportunity=deal["id"], product=gateway["id"], quantity="2")
    assert amount(sales, deal) == ("200", 1)

    typed = sales.patch(f"records/opportunity/{deal['id']}", {"values": {"amount": "1"}})
    assert (typed.status_code, typed.json()["fields"][0]["code"]) == (422, "catalogue.amount_of_lines")
    sales.patch(f"records/opportunity_line/{one['id']}", {"values": {"quantity": "5"}})
    assert amount(sales, deal) == ("500", 1)
    assert sales.delete(f"records/opportunity_line/{one['id']}").status_code == 200
    assert amount(sales, deal) == ("500", 0)
    assert sales.patch(f"records/opportunity/{deal['id']}", {"values": {"amount": "1"}}).status_code == 200


def test_a_discount_on_the_total_is_handed_down_to_the_cent(sales: Client, gateway: Made) -> None:
    sent = [line(name=str(n), unit_price="0.33") for n in range(3)]
    deal = sales.make("opportunity", name="项目", discount="50", lines=sent)
    totals = [one["total"]["amount"] for one in lines_of(sales, deal)]
    assert (totals, amount(sales, deal)) == (["0.16", "0.17", "0.16"], ("0.49", 3))

    sales.patch(f"records/opportunity/{deal['id']}", {"values": {"discount": None, "prices_include_tax": False}})
    assert amount(sales, deal) == ("0.99", 3)


def test_saving_and_undoing_hold_for_the_whole(sales: Client, gateway: Made) -> None:
    deal = sales.make("opportunity", name="项目", amount="7", lines=[line(gateway)])
    (one,) = lines_of(sales, deal)
    edits = [{"id": one["id"], "rev": one["rev"], "delete": True}, line(gateway, quantity="9")]
    saved = sales.patch(f"records/opportunity/{deal['id']}", {"values": {"lines": edits}})
    assert amount(sales, deal) == ("900", 1)

    assert sales.post(f"change-sets/{saved.json()['_change_set']}/undo").status_code == 200
    assert (amount(sales, deal), lines_of(sales, deal)[0]["id"]) == (("100", 1), one["id"])
    gone = sales.delete(f"records/opportunity/{deal['id']}")
    assert sales.post(f"change-sets/{gone.json()['change_set']}/undo").status_code == 200
    assert (amount(sales, deal), len(lines_of(sales, deal))) == (("100", 1), 1)


def test_lines_follow_the_reach_of_their_opportunity(admin: Client, gateway: Made) -> None:
    deal = admin.make("opportunity", name="别人的", lines=[line(gateway)])
    (one,) = lines_of(admin, deal)
    stranger = Client.signed_in_as("salesperson")

    assert stranger.get(f"records/opportunity_line/{one['id']}").status_code == 404
    added = {"opportunity": deal["id"], "product": gateway["id"]}
    assert stranger.post("records/opportunity_line", {"values": added}).status_code in (403, 404, 422)
    assert stranger.patch(f"records/opportunity_line/{one['id']}", {"values": {"quantity": "9"}}).status_code == 404
    assert amount(admin, deal) == ("100", 1)


def test_other_currencies_have_their_own_decimals(admin: Client, sales: Client, gateway: Made) -> None:
    sent = {"name": "中东", "currency": "KWD", "lines": [line(gateway)]}
    assert sales.post("records/opportunity", {"values": sent}).json()["fields"][0]["code"] == "catalogue.rate_missing"

    admin.make("currency_rate", currency="KWD", rate="23.1", valid_from="2020-01-01")
    deal = sales.make("opportunity", **sent)
    got = sales.get(f"records/opportunity/{deal['id']}").json()["amount"]
    assert got == {"amount": "4.329", "currency": "KWD"}
    refused = sales.patch(f"records/opportunity/{deal['id']}", {"values": {"currency": "USD"}})
    assert refused.json()["fields"][0]["code"] == "catalogue.currency_of_lines"


def test_whole_units_are_not_split(sales: Client, gateway: Made) -> None:
    answer = sales.post("records/opportunity", {"values": {"name": "项目", "lines": [line(gateway, quantity="1.5")]}})

    assert answer.json()["fields"][0]["code"] == "catalogue.quantity_digits"
