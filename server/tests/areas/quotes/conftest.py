"""People and an opportunity that can be quoted."""

from typing import Any

import pytest

from tests.capabilities.flows.conftest import automation
from tests.support.clients import Client

__all__ = ["automation"]
Made = dict[str, Any]


@pytest.fixture
def admin(database: None) -> Client:
    return Client.signed_in_as("administrator")


@pytest.fixture
def sales(database: None) -> Client:
    return Client.signed_in_as("salesperson")


class Desk:
    """What a salesperson does with quotes."""

    def __init__(self, admin: Client, sales: Client) -> None:
        self.admin, self.sales = admin, sales
        self.product = admin.make("product", name="网关", price="100")["id"]
        self.company = sales.make("company", name="云山制造")["id"]
        lines = [
            {"values": {"product": self.product, "quantity": "3", "discount": 10}},
            {"values": {"name": "安装", "list_price": "500"}},
        ]
        self.deal = sales.make("opportunity", name="网关项目", company=self.company, lines=lines)["id"]

    def quote(self) -> str:
        return self.act("make_quote", opportunity=self.deal)["quote"]

    def act(self, verb: str, client: Client | None = None, **params: Any) -> Any:
        answer = self.asked(verb, client, **params)
        assert answer.status_code == 200, answer.content
        return answer.json()["result"]

    def asked(self, verb: str, client: Client | None = None, **params: Any) -> Any:
        return (client or self.sales).post(f"actions/quotes/{verb.replace('_', '-')}", {"params": params})

    def seen(self, quote: str) -> Made:
        return self.sales.get(f"records/quote/{quote}").json()

    def lines(self, quote: str) -> list[Made]:
        sort = {"sort": [{"field": "position"}]}
        return self.sales.post(f"records/quote/{quote}/related/line_records", sort).json()["rows"]

    def add(self, quote: str, **values: Any) -> Any:
        return self.sales.patch(f"records/quote/{quote}", {"values": {"lines": [{"values": values}]}})


@pytest.fixture
def desk(admin: Client, sales: Client) -> Desk:
    return Desk(admin, sales)
