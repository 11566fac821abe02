"""Quotes over HTTP: made of opportunities, versions and their comparison, states, and what is locked."""

from datetime import timedelta

import pytest

from guanxi.areas.quotes.rules import states
from guanxi.kit import clock
from tests.areas.quotes.conftest import Desk
from tests.capabilities.approvals.desk import node
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client


def test_a_quote_has_what_the_opportunity_has(desk: Desk) -> None:
    quote = desk.seen(desk.quote())

    assert (quote["name"], quote["company"]["title"], quote["status"], quote["version"]) == (
        "网关项目",
        "云山制造",
        "draft",
        1,
    )
    assert quote["number"].startswith("Q20")
    assert quote["number"].endswith("-0001")
    assert quote["amount"]["amount"] == "770"
    first, second = desk.lines(quote["id"])
    assert (first["list_price"], first["discount"], first["unit_price"], first["total"]["amount"]) == (
        "100",
        "10",
        "90",
        "270",
    )
    assert (second["name"], second["unit_price"], second["product"]) == ("安装", "500", None)
    assert "unit_cost" not in first


def test_headings_subtotals_and_optional_lines(desk: Desk) -> None:
    quote = desk.quote()
    assert desk.add(quote, kind="heading", name="软件").status_code == 200
    assert desk.add(quote, name="培训", list_price="300", optional=True).status_code == 200
    assert desk.add(quote, kind="subtotal", name="小计").status_code == 200

    lines = desk.lines(quote)
    assert [one["kind"] for one in lines] == ["item", "item", "heading", "item", "subtotal"]
    assert (lines[3]["total"]["amount"], lines[2]["total"]["amount"], desk.seen(quote)["amount"]["amount"]) == (
        "300",
        "0",
        "770",
    )
    chosen = {"id": lines[3]["id"], "rev": lines[3]["rev"], "values": {"chosen": True}}
    desk.sales.patch(f"records/quote/{quote}", {"values": {"lines": [chosen]}})
    assert desk.seen(quote)["amount"]["amount"] == "1070"


def test_a_currency_is_rounded_by_its_rule(desk: Desk) -> None:
    desk.admin.make("rounding_rule", currency="CNY", digits=0, mode="down")
    too_fine = {"values": {"currency": "JPY", "digits": 2}}
    assert desk.admin.post("records/rounding_rule", too_fine).json()["fields"][0]["code"] == "catalogue.rounding_digits"
    quote = desk.sales.make("quote", company=desk.company, lines=[{"values": {"name": "件", "list_price": "3.99"}}])

    assert (desk.seen(quote["id"])["amount"]["amount"], desk.seen(quote["id"])["name"]) == ("3", "云山制造")


def test_three_decimals_and_a_whole_price_off(desk: Desk) -> None:
    lines = [
        {"values": {"name": "x", "list_price": "1.2345", "quantity": "3"}},
        {"values": {"name": "y", "list_price": "9", "discount": 100}},
    ]
    quote = desk.sales.make("quote", name="科威特", currency="KWD", lines=lines)
    assert desk.seen(quote["id"])["amount"] == {"amount": "3.704", "currency": "KWD"}


def test_what_was_sent_is_changed_by_a_new_version(desk: Desk) -> None:
    old = desk.quote()
    assert desk.act("mark_sent", quote=old) == {"status": "sent"}
    assert desk.add(old, name="x", list_price="1").json()["fields"][0]["code"] == "catalogue.document_locked"
    (first, _) = desk.lines(old)
    direct = desk.sales.patch(f"records/quote_line/{first['id']}", {"rev": first["rev"], "values": {"quantity": "9"}})
    assert direct.json()["fields"][0]["code"] == "catalogue.document_locked"
    for values in ({"discount": 5}, {"valid_until": "2030-01-01"}, {"terms": "x"}):
        assert desk.sales.patch(f"records/quote/{old}", {"values": values}).status_code == 422
    assert desk.sales.delete(f"records/quote/{old}").status_code == 422
    assert desk.sales.patch(f"records/quote/{old}", {"values": {"notes": "内部"}}).status_code == 200
    assert desk.asked("mark_sent", quote=old).json()["code"] == "quotes.not_to_be_sent"

    new = desk.act("new_version", quote=old)["quote"]
    before, after = desk.seen(old), desk.seen(new)
    assert (before["status"], after["status"], after["version"], after["number"]) == (
        "superseded",
        "draft",
        2,
        before["number"],
    )
    assert after["amount"] == before["amount"]
    assert desk.asked("new_version", quote=old).json()["code"] == "quotes.not_superseded"


def test_two_versions_compared(desk: Desk) -> None:
    old = desk.quote()
    new = desk.act("new_version", quote=old)["quote"]
    first, second = desk.lines(new)
    changes = [
        {"id": first["id"], "rev": first["rev"], "values": {"quantity": "5"}},
        {"id": second["id"], "rev": second["rev"], "delete": True},
        {"values": {"name": "培训", "list_price": "300"}},
    ]
    desk.sales.patch(f"records/quote/{new}", {"values": {"lines": changes}})

    told = desk.sales.get(f"quotes/{new}/compared/{old}").json()
    assert (told["before"]["total"], told["after"]["total"]) == ("770", "750")
    found = [(one["change"], one["name"], one["fields"]) for one in told["lines"]]
    assert found == [("changed", "网关", ["quantity", "total"]), ("added", "培训", []), ("removed", "安装", [])]
    stranger = Client.signed_in_as("other_salesperson")
    assert stranger.get(f"quotes/{new}/compared/{old}").status_code == 404


def test_an_accepted_quote_takes_its_opportunity_on(desk: Desk) -> None:
    rows = desk.admin.post("records/stage/query", {"sort": [{"field": "position", "dir": "asc"}]}).json()["rows"]
    fifth = rows[4]
    desk.admin.patch(f"records/stage/{fifth['id']}", {"rev": fifth["rev"], "values": {"after_quote": True}})
    quote = desk.quote()

    desk.act("record_answer", quote=quote, answer="accepted", person="王芳")
    assert desk.sales.get(f"records/opportunity/{desk.deal}").json()["stage"]["id"] == fifth["id"]
    assert desk.seen(quote)["answered_by"] == "王芳"
    assert desk.asked("record_answer", quote=quote, answer="declined").json()["code"] == "quotes.not_to_be_answered"
    assert desk.asked("new_version", quote=quote).json()["code"] == "quotes.not_superseded"


def test_what_was_sold_becomes_what_the_opportunity_is_worth(desk: Desk) -> None:
    deal = desk.sales.make("opportunity", name="无明细的项目", company=desk.company)["id"]
    lines = [
        {"values": {"name": "硬件", "kind": "heading"}},
        {"values": {"product": desk.product, "quantity": "3", "discount": 5}},
        {"values": {"name": "安装", "list_price": "500", "tax_rate": None}},
        {"values": {"name": "培训", "list_price": "300", "optional": True}},
    ]
    quote = desk.sales.make("quote", name="报价", opportunity=deal, lines=lines, discount=10)["id"]
    desk.act("record_answer", quote=quote, answer="accepted", person="王芳")

    seen, sold = desk.sales.get(f"records/opportunity/{deal}").json(), desk.seen(quote)
    assert (seen["amount"], seen["line_count"]) == (sold["amount"], 2)
    assert sold["amount"]["amount"] == "706.5"
    sort = {"sort": [{"field": "position"}]}
    rows = desk.sales.post(f"records/opportunity/{deal}/related/line_records", sort).json()["rows"]
    assert [(one["name"], one["unit_price"]) for one in rows] == [("网关", "95"), ("安装", "500")]


def test_an_opportunity_with_lines_keeps_them(desk: Desk) -> None:
    quote = desk.quote()
    assert desk.add(quote, name="培训", list_price="300").status_code == 200
    before = desk.sales.get(f"records/opportunity/{desk.deal}").json()["amount"]
    desk.act("record_answer", quote=quote, answer="accepted", person="王芳")
    assert desk.sales.get(f"records/opportunity/{desk.deal}").json()["amount"] == before


def test_others_neither_see_nor_move_a_quote(desk: Desk) -> None:
    quote, stranger = desk.quote(), Client.signed_in_as("other_salesperson")

    for verb in ("mark_sent", "new_version"):
        assert desk.asked(verb, stranger, quote=quote).status_code in (403, 404)
    assert desk.asked("make_quote", stranger, opportunity=desk.deal).status_code == 404
    assert stranger.get(f"records/quote/{quote}").status_code == 404
    reader = Client.signed_in_as("read_only")
    assert desk.asked("mark_sent", reader, quote=quote).status_code == 403
    assert desk.seen(quote)["status"] == "draft"


def test_a_discount_above_the_limit_waits_for_its_approval(automation: Automation) -> None:
    desk = Desk(automation.admin, Client.signed_in_as("salesperson"))
    roles = desk.admin.post("records/role/query", {"select": ["key"], "limit": 50}).json()["rows"]
    role = {one["key"]: one["id"] for one in roles}
    desk.admin.make("discount_limit", name="销售", role=role["salesperson"], percent=10)
    where = {"where": {"field": "discount_excess", "op": "gt", "value": 0}}
    trigger = {"op": "update", "fields": ["discount_excess"], "where": where}
    definition = {
        "object": "quote", "start": "boss", "nodes": [node("boss", "manager")],
        "triggers": [{"id": "t", "kind": "approval.before", "settings": trigger}],
    }  # fmt: skip
    automation.flow(definition, kind="approval")
    quote = desk.quote()

    assert desk.add(quote, product=desk.product, discount=25).json()["code"] == "approvals.needed"
    assert desk.add(quote, product=desk.product, discount=10).status_code == 200


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [("draft", "sent", True), ("sent", "accepted", True), ("accepted", "declined", False), ("expired", "accepted", False),
     ("superseded", "sent", False), ("in_approval", "sent", False), ("approved", "sent", True)],
)  # fmt: skip
def test_steps_between_states(before: str, after: str, may: bool) -> None:
    assert states.may_become(before, after) is may


def test_offers_run_out(desk: Desk) -> None:
    from guanxi.areas.quotes.chores import expire_everywhere

    today = clock.now().date()
    quote = desk.quote()
    values = {"issued_on": str(today - timedelta(days=9)), "valid_until": str(today + timedelta(days=1))}
    desk.sales.patch(f"records/quote/{quote}", {"values": values})
    backwards = desk.sales.patch(f"records/quote/{quote}", {"values": {"valid_until": "2020-01-01"}})
    assert backwards.json()["fields"][0]["code"] == "quotes.ends_before_it_begins"
    desk.act("mark_sent", quote=quote)
    expire_everywhere()
    assert desk.seen(quote)["status"] == "sent"
