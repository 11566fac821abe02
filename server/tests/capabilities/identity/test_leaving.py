"""Joining and leaving on a day: the last day counts whole, as it is where the company is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from guanxi.capabilities.identity.leaving import deactivate_leavers_of
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
_TODAY = (datetime.now(UTC) + timedelta(hours=8)).date()


@pytest.fixture
def administrator(client) -> Client:
    """A client of the administrator."""
    return client("administrator")


def _id(name: str) -> str:
    return str(world.membership(name).member_id)


def _set(client: Client, name: str, **values):
    return client.patch(f"records/member/{_id(name)}", {"values": values})


def _member(name: str) -> dict:
    member = world.membership(name).member_id
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        return reads.native(ctx, "member", [member], ("status", "left_on", "joined_on"))[member]


def _night_of(day: date, hour: int = 0) -> datetime:
    """A moment in Shanghai."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=8)


def test_a_member_leaves_when_the_last_day_has_passed(administrator, client):
    last = _TODAY + timedelta(days=3)
    _set(administrator, "salesperson", left_on=str(last))
    salesperson = client("salesperson")

    on_the_day = deactivate_leavers_of(world.workspace(), _night_of(last, 23))
    assert (on_the_day, salesperson.get("me").status_code) == (0, 200)
    after = deactivate_leavers_of(world.workspace(), _night_of(last + timedelta(days=1)))

    assert (after, salesperson.get("me").status_code) == (1, 401)
    assert _member("salesperson") | {} == {"status": "left", "left_on": last, "joined_on": None}


def test_leaving_now_makes_today_the_last_day(administrator):
    administrator.post("actions/identity/deactivate-member", {"params": {"member": _id("salesperson")}})

    assert _member("salesperson")["left_on"] == _TODAY


def test_leaving_later_keeps_the_way_in_open(administrator, client):
    params = {"member": _id("salesperson"), "on": str(_TODAY + timedelta(days=1))}

    administrator.post("actions/identity/deactivate-member", {"params": params})

    assert client("salesperson").get("me").status_code == 200
    assert _member("salesperson")["left_on"] == _TODAY + timedelta(days=1)


def test_a_last_day_in_the_past_deactivates_at_once(administrator, client):
    salesperson = client("salesperson")

    _set(administrator, "salesperson", left_on=str(_TODAY - timedelta(days=1)))

    assert salesperson.get("me").status_code == 401


def test_whoever_comes_back_has_no_last_day(administrator, client):
    administrator.post("actions/identity/deactivate-member", {"params": {"member": _id("salesperson")}})

    params = {"member": _id("salesperson"), "joined_on": str(_TODAY)}
    administrator.post("actions/identity/reactivate-member", {"params": params})

    assert _member("salesperson") == {"status": "active", "left_on": None, "joined_on": _TODAY}
    assert client("salesperson").get("me").status_code == 200


def test_the_last_administrator_stays_and_others_still_go(administrator):
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        ctx.run("UPDATE rec_member SET left_on = '2020-01-01' WHERE name IN ('administrator', 'colleague')")

    assert deactivate_leavers_of(world.workspace(), datetime.now(UTC)) == 1

    assert _member("administrator")["status"] == "active"
    assert _member("colleague")["status"] == "left"


def test_nobody_leaves_before_joining(administrator):
    answer = _set(administrator, "salesperson", joined_on="2026-05-01", left_on="2026-04-30")

    assert answer.json()["fields"][0]["code"] == "identity.leaves_before_joining"
    assert _member("salesperson") == {"status": "active", "left_on": None, "joined_on": None}


def test_nobody_sets_their_own_last_day(client):
    assert _set(client("salesperson"), "salesperson", left_on=str(_TODAY)).status_code == 403
