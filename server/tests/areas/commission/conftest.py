"""A plan of October 2026 for two salespeople, what was sold, and runs that are worked out at once."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from guanxi.areas.commission import runs
from guanxi.infra.jobs.registry import jobs
from tests.support import world
from tests.support.clients import Client

TIERS = [{"from": "0", "to": "100000", "rate": "5"}, {"from": "100000", "rate": "8"}]


@pytest.fixture
def admin(database: None) -> Client:
    return Client.signed_in_as("administrator")


@pytest.fixture
def finance(database: None) -> Client:
    return Client.signed_in_as("administrator")


@pytest.fixture
def member() -> Callable[[str], str]:
    return lambda name: str(world.membership(name).member_id)


@pytest.fixture
def do() -> Callable[..., Any]:
    """Somebody runs a verb; its answer."""

    def run(who: str, verb: str, **params: Any) -> Any:
        return Client.signed_in_as(who).post(f"actions/commission/{verb}", {"params": params})

    return run


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Jobs that were queued, instead of a worker."""
    found: list[tuple[str, Any]] = []
    monkeypatch.setattr(runs, "enqueue", lambda name, payload: found.append((name, json.loads(json.dumps(payload)))))
    return found


@pytest.fixture
def plan(admin: Client, do: Callable[..., Any], member: Callable[[str], str]) -> Callable[..., str]:
    """Makes a plan in use for two salespeople."""

    def make(components: Any = None, **values: Any) -> str:
        definition = {"components": components or [{"name": "回款提成", "basis": "invoiced", "tiers": TIERS}]}
        asked = {
            "name": "销售提成", "valid_from": "2026-01-01", "definition": definition,
            "members": [member("salesperson"), member("colleague")], **values,
        }  # fmt: skip
        made = str(admin.make("commission_plan", **asked)["id"])
        answer = do("administrator", "activate-plan", plan=made)
        assert answer.status_code == 200, answer.content
        return made

    return make


@pytest.fixture
def invoice(admin: Client) -> Callable[..., str]:
    """Makes an issued invoice of somebody."""

    def make(who: str, amount: str, day: str) -> str:
        company = Client.signed_in_as(who).make("company", name=f"客户 {who} {day}")["id"]
        owner = str(world.membership(who).member_id)
        made = str(admin.make("invoice", company=company, amount=amount, owner=owner)["id"])
        params = {"invoice": made, "issued_on": day, "due_on": day}
        assert admin.post("actions/billing/issue-invoice", {"params": params}).status_code == 200
        return made

    return make


@pytest.fixture
def calculated(do: Callable[..., Any], queued: list[tuple[str, Any]]) -> Callable[..., str]:
    """Has a period worked out, the way a worker does."""

    def run(day: str) -> str:
        answer = do("administrator", "calculate-run", day=day)
        assert answer.status_code == 200, answer.content
        name, payload = queued.pop()
        jobs()[name].handler(payload)
        return str(answer.json()["result"]["run"])

    return run
