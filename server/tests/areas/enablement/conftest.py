"""People, an opportunity, and what they use to sell."""

from typing import Any

import pytest

from tests.support.clients import Client

Made = dict[str, Any]


class Desk:
    """A salesperson with an opportunity at the second stage, and an administrator who sees everything."""

    def __init__(self) -> None:
        self.admin = Client.signed_in_as("administrator")
        self.sales = Client.signed_in_as("salesperson")
        self.product = self.admin.make("product", name="网关", price="100")["id"]
        self.company = self.sales.make("company", name="云山制造")["id"]
        self.contact = self.sales.make("contact", name="王芳", company=self.company)["id"]
        stages = self.admin.post("records/stage/query", {"sort": [{"field": "position"}]}).json()["rows"]
        self.stages = [one["id"] for one in stages if one["category"] == "open"]
        self.deal = self.sales.make(
            "opportunity", name="网关项目", company=self.company, contact=self.contact, stage=self.stages[1],
            lines=[{"values": {"product": self.product}}],
        )["id"]  # fmt: skip

    def asked(self, verb: str, client: Client | None = None, **params: Any) -> Any:
        return (client or self.sales).post(f"actions/enablement/{verb}", {"params": params})

    def act(self, verb: str, client: Client | None = None, **params: Any) -> Made:
        answer = self.asked(verb, client, **params)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["result"]

    def rows(self, object_key: str, client: Client | None = None, **query: Any) -> list[Made]:
        answer = (client or self.admin).post(f"records/{object_key}/query", query)
        assert answer.status_code == 200, answer.content
        return answer.json()["rows"]


@pytest.fixture
def desk(database: None) -> Desk:
    return Desk()
