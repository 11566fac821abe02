"""Discounts above somebody's limit wait for an approval, whichever way they are written; nothing of them is kept before."""

from typing import Any

import pytest

from tests.capabilities.approvals.desk import node
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client
from tests.support.roles import trust

Made = dict[str, Any]


class Shop:
    """A product of 100, a limit of 10 % for salespeople and of 30 % for everybody else, and the flow that asks."""

    def __init__(self, automation: Automation) -> None:
        self.automation = automation
        self.admin, self.sales = automation.admin, Client.signed_in_as("salesperson")
        self.product = self.admin.make("product", name="网关", price="100")["id"]
        roles = self.admin.post("records/role/query", {"select": ["key"], "limit": 50}).json()["rows"]
        role = {one["key"]: one["id"] for one in roles}
        self.admin.make("discount_limit", name="销售", role=role["salesperson"], percent=10)
        self.admin.make("discount_limit", name="经理", role=role["manager"], percent=30)
        where = {"where": {"field": "discount_excess", "op": "gt", "value": 0}}
        trigger = {"op": "update", "fields": ["discount_excess"], "where": where}
        definition = {
            "object": "opportunity",
            "triggers": [{"id": "t", "kind": "approval.before", "settings": trigger}],
            "start": "boss",
            "nodes": [node("boss", "manager")],
        }
        self.flow = automation.flow(definition, kind="approval")
        self.deal = self.sales.make("opportunity", name="项目")["id"]

    def line(self, discount: int, **more: Any) -> Made:
        return {"values": {"product": self.product, "discount": discount, **more}}

    def save(self, client: Client, *lines: Made, **values: Any) -> Any:
        return client.patch(f"records/opportunity/{self.deal}", {"values": {"lines": list(lines), **values}})

    def seen(self) -> tuple[Any, ...]:
        deal = self.sales.get(f"records/opportunity/{self.deal}").json()
        return deal["line_count"], deal["amount"] and deal["amount"]["amount"], deal["discount_excess"]

    def lines(self) -> list[Made]:
        path = f"records/opportunity/{self.deal}/related/line_records"
        return self.sales.post(path, {"sort": [{"field": "position"}]}).json()["rows"]

    def submit(self, **values: Any) -> str:
        params = {"flow": self.flow, "object": "opportunity", "op": "update", "record": self.deal, "values": values}
        answer = self.sales.post("actions/approvals/submit", {"params": params})
        assert answer.status_code == 200, answer.content
        self.automation.round()
        return answer.json()["result"]["approval"]

    def decide(self, approval: str, decision: str) -> Made:
        manager = Client.signed_in_as("manager")
        shown = manager.get(f"approvals/{approval}").json()
        manager.post("actions/approvals/decide", {"params": {"task": shown["task"], "decision": decision}})
        self.automation.round()
        return shown


@pytest.fixture
def shop(automation: Automation) -> Shop:
    return Shop(automation)


def test_within_the_limit_nobody_is_asked(shop: Shop) -> None:
    assert shop.save(shop.sales, shop.line(10)).status_code == 200
    assert shop.seen() == (1, "90", "0")


def test_above_it_the_whole_save_waits_and_holds_once_it_is_approved(shop: Shop) -> None:
    lines = [shop.line(0), shop.line(25, quantity="2")]
    refused = shop.save(shop.sales, *lines)
    assert (refused.status_code, refused.json()["code"]) == (409, "approvals.needed")
    assert (refused.json()["params"]["object"], shop.seen()) == ("opportunity", (None, None, None))

    approval = shop.submit(lines=lines)
    assert shop.seen() == (None, None, None)
    shown = shop.decide(approval, "approve")
    assert shop.seen() == (2, "250", "15")
    (told,) = [one for one in shown["held"] if one["field"] == "lines"]
    assert told["after"].splitlines()[1] == "新增明细：产品 网关，数量 2，折扣 25%"


def test_who_decides_is_told_no_more_of_lines_than_they_may_read(shop: Shop) -> None:
    rights = {"create": True, "read": "all", "edit": "all", "fields": {"discount": "hidden"}}
    trust("manager", opportunity_line=rights)

    shown = shop.decide(shop.submit(lines=[shop.line(25, quantity="2")]), "approve")

    (told,) = [one for one in shown["held"] if one["field"] == "lines"]
    assert told["after"] == "新增明细：产品 网关，数量 2"


def test_rejected_discounts_are_not_written(shop: Shop) -> None:
    shop.decide(shop.submit(lines=[shop.line(25)]), "reject")

    assert (shop.seen(), shop.lines()) == ((None, None, None), [])


def test_every_member_has_their_own_limit(shop: Shop) -> None:
    manager = Client.signed_in_as("manager")
    shop.deal = manager.make("opportunity", name="大客户")["id"]

    assert shop.save(manager, shop.line(30)).status_code == 200
    assert shop.save(manager, shop.line(31)).json()["code"] == "approvals.needed"
    assert shop.save(shop.admin, shop.line(90)).status_code == 200


def test_what_was_approved_does_not_wait_again_unless_more_is_given(shop: Shop) -> None:
    shop.decide(shop.submit(lines=[shop.line(25)]), "approve")
    (one,) = shop.lines()

    def change(**values: Any) -> Any:
        (now,) = shop.lines()
        return shop.save(shop.sales, {"id": one["id"], "rev": now["rev"], "values": values}).status_code

    assert change(quantity="3") == 200
    assert shop.seen() == (1, "225", "15")
    assert change(discount=26) == 409
    assert change(unit_price="70") == 409
    assert change(discount=5) == 200
    assert shop.seen() == (1, "285", "0")
    assert change(discount=11) == 409


def test_neither_a_price_nor_the_total_goes_past_the_limit(shop: Shop) -> None:
    assert shop.save(shop.sales, shop.line(0, unit_price="89")).json()["code"] == "approvals.needed"
    assert shop.save(shop.sales, shop.line(0, list_price="1")).json()["fields"][0]["code"] == "catalogue.price_changed"
    assert shop.save(shop.sales, shop.line(6), discount=6).json()["code"] == "approvals.needed"
    assert shop.save(shop.sales, shop.line(6)).status_code == 200
    assert shop.save(shop.sales, discount=6).json()["code"] == "approvals.needed"
    assert shop.seen() == (1, "94", "0")


def test_a_line_by_itself_and_a_new_opportunity_wait_as_well(shop: Shop) -> None:
    values = {"opportunity": shop.deal, "product": shop.product, "discount": 40}
    assert shop.sales.post("records/opportunity_line", {"values": values}).json()["code"] == "approvals.needed"
    new = {"name": "新项目", "lines": [shop.line(40)]}
    assert shop.sales.post("records/opportunity", {"values": new}).json()["code"] == "approvals.needed"

    assert shop.sales.post("records/opportunity/count").json()["count"] == 1
    assert shop.sales.post("records/opportunity_line/count").json()["count"] == 0


def test_lines_are_left_alone_while_their_opportunity_is_decided_about(shop: Shop) -> None:
    shop.submit(lines=[shop.line(25)])

    assert shop.save(shop.sales, shop.line(0)).json()["code"] == "approvals.being_decided"
    single = {"opportunity": shop.deal, "product": shop.product}
    assert shop.sales.post("records/opportunity_line", {"values": single}).json()["code"] == "approvals.being_decided"
    assert shop.lines() == []
