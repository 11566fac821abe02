"""Notifications: everybody reads and marks their own, and nothing of records that they may not see."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from guanxi.capabilities.notifications import reading
from guanxi.capabilities.notifications.reading import mark_read
from guanxi.capabilities.notifications.telling import Notice, notify
from guanxi.capabilities.notifications.upkeep import KEPT, READ_KEPT, forget_old_of
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.infra.errors import NotAllowed
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


def tell(name: str, title: str, record: str | None = None, **values: str) -> str:
    """Notify a person of the world; the notification's id."""
    about = {"object": "company", "record": UUID(record)} if record else {}
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (id_,) = notify(ctx, [Notice(world.actor(name).member_id, "flow", title, **about, **values)])
    return str(id_)


def titles(client: Client, query: str = "") -> list[str]:
    """Titles of the notifications of a page."""
    return [one["title"] for one in client.get(f"notifications{query}").json()["items"]]


def test_everybody_reads_their_own_latest_first_and_page_by_page() -> None:
    sales = Client.signed_in_as("salesperson")
    for number in range(3):
        tell("salesperson", f"第 {number} 条", link="/x", body="说明")
    tell("colleague", "给别人的")

    first = sales.get("notifications?limit=2").json()
    second = sales.get(f"notifications?limit=2&cursor={first['next_cursor']}").json()

    assert [one["title"] for one in first["items"] + second["items"]] == ["第 2 条", "第 1 条", "第 0 条"]
    assert (first["unread"], second["next_cursor"]) == (3, None)
    newest = first["items"][0]
    assert (newest["kind"], newest["body"], newest["link"], newest["record"]) == ("flow", "说明", "/x", None)
    assert (newest["hidden"], newest["read_at"]) == (False, None)


def test_marking_read_touches_ones_own_alone() -> None:
    sales, colleague = Client.signed_in_as("salesperson"), Client.signed_in_as("colleague")
    mine, theirs = tell("salesperson", "我的"), tell("colleague", "别人的")
    tell("salesperson", "第二条")

    answer = sales.post("notifications/read", {"ids": [mine, theirs]})

    assert answer.json() == {"unread": 1}
    assert titles(sales, "?unread=1") == ["第二条"]
    assert colleague.get("notifications").json()["unread"] == 1
    assert sales.post("notifications/read", {"all": True}).json() == {"unread": 0}
    assert colleague.get("notifications").json()["unread"] == 1
    assert titles(sales) == ["第二条", "我的"]


def test_which_ones_were_read_must_be_said() -> None:
    sales = Client.signed_in_as("salesperson")
    tell("salesperson", "我的")

    for body in ({}, {"all": False}, {"ids": "x"}):
        refused = sales.post("notifications/read", body)
        assert (refused.status_code, refused.json()["code"]) == (400, "notifications.which_ones")
    assert sales.post("notifications/read", {"ids": ["x"]}).status_code == 400
    assert sales.get("notifications").json()["unread"] == 1


def test_of_a_record_out_of_sight_nothing_is_told() -> None:
    sales, colleague = Client.signed_in_as("salesperson"), Client.signed_in_as("colleague")
    company = sales.make(name="华信")["id"]
    tell("salesperson", "华信 需要跟进", company)
    tell("colleague", "华信 需要跟进", company, body="华信", link=f"/company/{company}")

    (seen,) = sales.get("notifications").json()["items"]
    answer = colleague.get("notifications")

    assert seen["record"] == {"object": "company", "id": company, "title": "华信"}
    (hidden,) = answer.json()["items"]
    assert "华信" not in answer.content.decode()
    assert company not in answer.content.decode()
    assert (hidden["hidden"], hidden["body"], hidden["record"], hidden["link"]) == (True, None, None, None)
    assert sales.delete(f"records/company/{company}").status_code == 200
    assert sales.get("notifications").json()["items"][0]["hidden"]


def test_a_page_that_is_no_page_is_refused() -> None:
    sales = Client.signed_in_as("salesperson")

    assert sales.get("notifications?cursor=x").json()["code"] == "query.bad_cursor"
    assert sales.get("notifications?limit=0").json()["code"] == "query.bad_limit"
    assert sales.get("notifications?unred=1").json()["code"] == "query.unknown_key"


def test_old_ones_are_thrown_away() -> None:
    sales = Client.signed_in_as("salesperson")
    old, read, fresh = tell("salesperson", "旧"), tell("salesperson", "读过很久"), tell("salesperson", "新")
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        long_ago = ctx.now - timedelta(days=1)
        ctx.run("UPDATE sys_notification SET created_at = $2 WHERE id = $1", [UUID(old), long_ago - KEPT])
        ctx.run("UPDATE sys_notification SET read_at = $2 WHERE id = $1", [UUID(read), long_ago - READ_KEPT])
    forget_old_of(world.workspace())

    assert [one["id"] for one in sales.get("notifications").json()["items"]] == [fresh]


def test_a_program_that_was_allowed_records_alone_reads_and_marks_none() -> None:
    tell("salesperson", "我的")
    program = replace(world.actor("salesperson"), scopes=frozenset({"*:write"}))

    for call in (lambda ctx: reading.page(ctx, unread=False, limit=5, cursor=None), lambda ctx: mark_read(ctx, None)):
        with pytest.raises(NotAllowed), work(world.workspace(), program, via="api") as ctx:
            call(ctx)
    assert Client.signed_in_as("salesperson").get("notifications").json()["unread"] == 1
