"""When leads were first followed up after their owner got them: by what, and what leaves it as it is."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from guanxi.areas.sales import following
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.feed.telling import catch_up
from guanxi.engine.records import writes
from guanxi.engine.records.writes import Change
from tests.support import world
from tests.support.clients import Client

LEAD = {"name": "李总", "company_name": "瑞恒精密", "mobile": "13812345678"}
LONG_AGO = datetime(2026, 1, 5, 1, tzinfo=UTC)


@pytest.fixture
def seller(committing_database):
    told()
    return Client.signed_in_as("salesperson")


def told():
    catch_up(world.workspace(), "sales.first_follow_ups")


def first(seller, lead):
    row = seller.get(f"records/lead/{lead}").json()
    return row["first_follow_up_at"], row["response_time"]


def handed_over(lead, days, owner="salesperson"):
    """The lead belongs to somebody since so many days."""
    since = datetime.now(UTC) - timedelta(days=days)
    values = {"owner": str(world.membership(owner).member_id), "owned_since": since.isoformat()}
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        writes.update(ctx, "lead", [Change(UUID(lead), values)])


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("note", {"body": "<p>已联系</p>"}),
        ("call", {"subject": "电话", "started_at": datetime.now(UTC).isoformat()}),
        ("meeting", {"subject": "拜访", "starts_at": "2026-11-20T02:00:00Z"}),
    ],
)
def test_whatever_is_done_about_a_lead_follows_it_up(seller, kind, values):
    lead = seller.make("lead", **LEAD)["id"]
    handed_over(lead, 4)
    told()
    before = first(seller, lead)
    seller.make(kind, about={"object": "lead", "id": lead}, **values)
    told()
    at, took = first(seller, lead)

    assert before == (None, None)
    assert at is not None
    assert timedelta(days=3, hours=23) <= timedelta(seconds=took) < timedelta(days=4, hours=1)


def test_an_open_task_is_no_follow_up_and_a_finished_one_is(seller):
    lead = seller.make("lead", **LEAD)["id"]
    task = seller.make("task", subject="回电", about={"object": "lead", "id": lead})["id"]
    told()
    before = first(seller, lead)
    seller.patch(f"records/task/{task}", {"values": {"status": "done"}})
    told()
    assert before == (None, None)
    assert first(seller, lead)[0] is not None


def test_a_new_owner_begins_anew_and_what_was_answered_stays_so(seller):
    lead = seller.make("lead", **LEAD)["id"]
    note = seller.make("note", body="<p>已联系</p>", about={"object": "lead", "id": lead})["id"]
    told()
    answered = first(seller, lead)
    seller.delete(f"records/note/{note}")
    told()
    kept = first(seller, lead)
    handed_over(lead, -1)
    told()

    assert answered[0] is not None
    assert kept == answered
    assert first(seller, lead) == (None, None)


def test_a_converted_lead_was_followed_up(seller):
    lead = seller.make("lead", **LEAD)["id"]
    answer = seller.post("actions/sales/convert_lead", {"params": {"lead": lead}})
    told()
    assert answer.status_code == 200, answer.content
    assert first(seller, lead)[0] is not None


def test_it_is_nobody_s_change(seller):
    lead = seller.make("lead", **LEAD)
    seller.make("note", body="<p>已联系</p>", about={"object": "lead", "id": lead["id"]})
    told()
    row = seller.get(f"records/lead/{lead['id']}").json()
    assert (row["rev"], row["updated_by"]) == (lead["rev"], lead["updated_by"])
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        assert following.keep(ctx, [lead["id"]]) == 0


def test_who_has_it_from_the_beginning_has_it_since_it_was_made(seller):
    lead = seller.make("lead", **LEAD)
    assert lead["owned_since"] is not None
    with work(world.workspace(), SYSTEM, via="system", now=LONG_AGO) as ctx:
        (old,) = writes.create(ctx, "lead", [{**LEAD, "owner": str(world.membership("salesperson").member_id)}])
    assert seller.get(f"records/lead/{old}").json()["owned_since"] == "2026-01-05T01:00:00Z"


def test_nobody_writes_it_by_hand(seller):
    lead = seller.make("lead", **LEAD)["id"]
    answer = seller.patch(f"records/lead/{lead}", {"values": {"first_follow_up_at": "2026-11-20T02:00:00Z"}})
    assert answer.status_code == 422
    assert first(seller, lead) == (None, None)
