"""People, a customer, and what they do with contracts."""

from typing import Any

import pytest

from tests.capabilities.flows.conftest import automation
from tests.support.clients import Client

__all__ = ["automation"]
Made = dict[str, Any]


class Desk:
    """A salesperson, and an administrator who sees everything."""

    def __init__(self) -> None:
        self.admin = Client.signed_in_as("administrator")
        self.sales = Client.signed_in_as("salesperson")
        self.company = self.sales.make("company", name="云山制造")["id"]

    def asked(self, verb: str, client: Client | None = None, **params: Any) -> Any:
        return (client or self.sales).post(f"actions/{verb}", {"params": params})

    def act(self, verb: str, client: Client | None = None, **params: Any) -> Made:
        answer = self.asked(verb, client, **params)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["result"]

    def refused(self, code: str, verb: str, client: Client | None = None, **params: Any) -> None:
        body = self.asked(verb, client, **params).json()
        assert [one["code"] for one in body.get("fields") or []] or [body["code"]] == [code], body
        assert code in ([one["code"] for one in body.get("fields") or []] or [body["code"]]), body

    def contract(self, amount: str | None = "1000", **values: Any) -> str:
        given = {"name": "年度服务", "company": self.company, "amount": amount, **values}
        return self.sales.make("contract", **{key: one for key, one in given.items() if one is not None})["id"]

    def seen(self, object_key: str, record: str) -> Made:
        return self.admin.get(f"records/{object_key}/{record}").json()

    def rows(self, object_key: str, field: str, record: str, sort: str = "position") -> list[Made]:
        query = {"where": {"field": field, "op": "eq", "value": record}, "sort": [{"field": sort, "dir": "asc"}]}
        answer = self.admin.post(f"records/{object_key}/query", query)
        assert answer.status_code == 200, answer.content
        return answer.json()["rows"]

    def plan(self, contract: str, *parts: Made) -> None:
        self.act("contracts/plan-payments", contract=contract, instalments=list(parts))

    def signed(self, contract: str, **params: Any) -> str:
        """Have it approved and signed by both sides; its stage then."""
        self.act("contracts/submit-contract", contract=contract)
        self.act("contracts/sign-contract", contract=contract, side="ours", person="李总", **params)
        return self.act("contracts/sign-contract", contract=contract, side="theirs", person="王芳", **params)["status"]

    def pay(self, invoice: str, amount: str) -> None:
        self.act("billing/issue-invoice", self.admin, invoice=invoice)
        company = self.seen("invoice", invoice)["company"]["id"]
        items = [{"invoice": invoice, "amount": amount}]
        self.act("billing/record-payment", self.admin, company=company, amount=amount, items=items)


@pytest.fixture
def desk(database: None) -> Desk:
    return Desk()
