"""Clients of the world, its departments and people, and opportunities on days of this quarter."""

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guanxi.areas.forecast.rules.periods import Period, period_of
from guanxi.kit import clock
from tests.support import world
from tests.support.clients import Client


@pytest.fixture
def today(database: None) -> date:
    return clock.today(ZoneInfo(world.workspace().time_zone))


@pytest.fixture
def quarter(today: date) -> Period:
    return period_of("quarter", today)


@pytest.fixture
def admin(database: None) -> Client:
    return Client.signed_in_as("administrator")


@pytest.fixture
def department(admin: Client) -> Callable[[str], str]:
    """The id of a department of the world."""
    rows = admin.post("records/department/query", {"select": ["name"]}).json()["rows"]
    return lambda name: next(row["id"] for row in rows if row["name"] == name)


@pytest.fixture
def member() -> Callable[[str], str]:
    """The id of a person of the world."""
    return lambda name: str(world.membership(name).member_id)


@pytest.fixture
def stage(admin: Client) -> Callable[[str], str]:
    """The id of a stage of the standard pipeline."""
    rows = admin.get("records/stage").json()["rows"]
    return lambda name: next(row["id"] for row in rows if row["name"] == name)


@pytest.fixture
def deal(today: date) -> Callable[..., dict[str, Any]]:
    """Makes an opportunity of somebody that is expected today."""

    def make(who: str, amount: Any, **values: Any) -> dict[str, Any]:
        named = {"name": f"{who} {amount}", "amount": amount, "expected_close_on": today.isoformat(), **values}
        return Client.signed_in_as(who).make("opportunity", **named)

    return make


@pytest.fixture
def won(deal: Callable[..., dict[str, Any]], stage: Callable[[str], str], today: date) -> Callable[..., dict[str, Any]]:
    """Makes an opportunity that somebody won today."""

    def make(who: str, amount: Any, **values: Any) -> dict[str, Any]:
        return deal(who, amount, **{"stage": stage("赢单"), "closed_on": today.isoformat(), **values})

    return make


@pytest.fixture
def do() -> Callable[..., Any]:
    """Somebody runs a verb; its answer."""

    def run(who: str, verb: str, **params: Any) -> Any:
        return Client.signed_in_as(who).post(f"actions/forecast/{verb}", {"params": params})

    return run
