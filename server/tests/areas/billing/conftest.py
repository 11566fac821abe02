"""Companies that owe, and the invoices and payments of the tests."""

from collections.abc import Callable
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
def company(sales: Client) -> Made:
    return sales.make("company", name="华东机械")


@pytest.fixture
def issued(admin: Client, company: Made) -> Callable[..., Made]:
    """Makes an issued invoice of the company."""

    def make(amount: Any = "100", issued_on: str = "2026-03-01", due_on: str | None = None, **values: Any) -> Made:
        made = admin.make("invoice", company=company["id"], amount=amount, **values)
        answer = admin.post(
            "actions/billing/issue-invoice",
            {"params": {"invoice": made["id"], "issued_on": issued_on, "due_on": due_on or issued_on}},
        )
        assert answer.status_code == 200, answer.content
        return admin.get(f"records/invoice/{made['id']}").json()

    return make


@pytest.fixture
def paid(admin: Client, company: Made) -> Callable[..., Made]:
    """Makes a payment of the company."""

    def make(amount: Any = "100", paid_on: str = "2026-03-10", **values: Any) -> Made:
        return admin.make("payment", **{"company": company["id"], "amount": amount, "paid_on": paid_on, **values})

    return make
