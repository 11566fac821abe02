"""The event stream tells each person of changes to records that they may read, and of no others."""

import asyncio
import json
import time
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections

from guanxi.app import live
from guanxi.app.live import Hub, Live
from guanxi.capabilities.notifications.telling import Notice, notify
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.http.shapes.history import LiveChange
from guanxi.engine.records import reads, writes
from tests.support import world
from tests.support.browsers import Browser
from tests.support.clients import Client
from tests.support.contract import shape_problems
from tests.support.roles import demand

pytestmark = pytest.mark.committing
QUIET_SECONDS = 0.5


class Page:
    """A page of a person that follows the stream of the workspace."""

    def __init__(self, name: str) -> None:
        self.browser = Browser().signed_in(name)
        assert self.browser.api("GET", "me").status_code == 200
        self.session = self.browser.django.cookies["sessionid"].value
        self.closed = False
        self.reloads = 0
        self.sent: asyncio.Queue[dict] = asyncio.Queue()
        self.left = asyncio.Event()

    async def follow(self, app: Live) -> None:
        """Stay connected until `left` is set."""
        scope = {
            "type": "http", "method": "GET", "path": "/events", "query_string": b"workspace=acme",
            "headers": [(b"cookie", f"sessionid={self.session}".encode())],
        }  # fmt: skip
        await app(scope, self._receive, self.sent.put)

    async def _receive(self) -> dict:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def opened(self) -> None:
        """Wait until the stream has begun."""
        assert (await self.sent.get())["status"] == 200
        await self.sent.get()

    async def changes(self) -> list[dict]:
        """What arrives until nothing more does; notes whether the page is told to reload, and whether the stream ends."""
        found = []
        try:
            while not self.closed:
                message = await asyncio.wait_for(self.sent.get(), QUIET_SECONDS)
                self.closed = not message.get("more_body", False)
                event, _, data = message["body"].decode().partition("data: ")
                self.reloads += event.startswith("event: reset")
                if not event.startswith("event: change"):
                    continue
                found.append(json.loads(data))
                assert shape_problems(LiveChange, found[-1]) == []
        except TimeoutError:
            pass
        return found


@asynccontextmanager
async def following(address: str, pages: list[Page]):
    """The stream with these pages open."""
    hub = Hub()
    listening = asyncio.create_task(hub.listen(address))
    open_pages = [asyncio.create_task(page.follow(Live(hub))) for page in pages]
    for page in pages:
        await page.opened()
    await asyncio.sleep(QUIET_SECONDS)
    try:
        yield
    finally:
        for page in pages:
            page.left.set()
        await asyncio.gather(*open_pages)
        listening.cancel()
        await sync_to_async(connections.close_all)()


def told(server, database: str, names: tuple[str, ...], write, of: str = "company") -> dict[str, list[dict]]:
    """What the persons' pages are told of one object while `write` runs; of the catalog itself with ""."""
    pages = {name: Page(name) for name in names}

    async def run() -> dict[str, list[dict]]:
        async with following(server.conninfo(database), list(pages.values())):
            await sync_to_async(write)()
            changes = {name: await page.changes() for name, page in pages.items()}
        return {name: [one for one in found if one["object"] == of] for name, found in changes.items()}

    return asyncio.run(run())


def told_around(server, database: str, page: Page, turn, write) -> tuple[list[dict], list[dict]]:
    """What the page is told of companies by a write before a turn of things, and by one behind it."""

    async def run() -> tuple[list[dict], list[dict]]:
        async with following(server.conninfo(database), [page]):
            await sync_to_async(write)("此前")
            before = await page.changes()
            await sync_to_async(turn)()
            await sync_to_async(write)("此后")
            after = await page.changes()
        return before, [one for one in after if one["object"] == "company"]

    return asyncio.run(run())


def _sign_out(page: Page) -> None:
    page.browser.allauth("DELETE", "auth/session")


def _end_sessions(page: Page) -> None:
    _of_members("end-sessions")


def _deactivate(page: Page) -> None:
    _of_members("deactivate-member")


def _of_members(verb: str) -> None:
    params = {"member": str(world.membership("salesperson").member_id)}
    answer = Client.signed_in_as("administrator").post(f"actions/identity/{verb}", {"params": params})
    assert answer.status_code == 200, answer.content


def _leave_the_addresses(page: Page) -> None:
    demand(ip_allow=["203.0.113.0/24"])


def _stand_idle(page: Page) -> None:
    demand(idle_minutes=15)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE usersessions_usersession SET last_seen_at = now() - interval '1 hour'")


def _grow_old(page: Page) -> None:
    demand(absolute_hours=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE usersessions_usersession SET created_at = now() - interval '2 hours'")


@pytest.mark.parametrize("end", [_sign_out, _end_sessions, _deactivate, _leave_the_addresses, _stand_idle, _grow_old])
def test_the_stream_ends_with_the_session_and_tells_nothing_behind_it(server, committing_database, end):
    page = Page("salesperson")
    owner = str(world.membership("salesperson").member_id)
    manager = Client.signed_in_as("manager")

    before, after = told_around(
        server, committing_database, page, lambda: end(page), lambda name: manager.make(name=name, owner=owner)
    )

    assert (len(before), after, page.closed) == (1, [], True)


def test_the_stream_ends_without_anything_to_tell(server, committing_database, monkeypatch):
    monkeypatch.setattr(live, "JUDGED_SECONDS", 0.1)
    page = Page("salesperson")

    told_around(server, committing_database, page, lambda: _sign_out(page), lambda _: None)

    assert page.closed


def _may_read(reach: str) -> None:
    """Give salespeople this reach over companies."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (id_,) = reads.ids(ctx, "role", {"field": "key", "op": "eq", "value": "salesperson"})
        permissions = reads.native(ctx, "role", [id_], ("permissions",))[id_]["permissions"]
        objects = permissions["objects"]
        rights = {**objects, "company": {**objects.get("company", objects["*"]), "read": reach}}
        writes.update(ctx, "role", [writes.Change(id_, {"permissions": {**permissions, "objects": rights}})])


def test_rights_that_are_taken_away_hold_at_once(server, committing_database):
    page = Page("salesperson")
    owner = str(world.membership("salesperson").member_id)
    manager = Client.signed_in_as("manager")

    before, after = told_around(
        server, committing_database, page, lambda: _may_read("none"), lambda name: manager.make(name=name, owner=owner)
    )

    assert (len(before), after, page.closed, page.reloads) == (1, [], False, 1)


def test_rights_that_are_given_hold_from_the_next_look_and_the_page_reloads(server, committing_database, monkeypatch):
    monkeypatch.setattr(live, "JUDGED_SECONDS", 0.1)
    page = Page("salesperson")
    manager = Client.signed_in_as("manager")

    def give() -> None:
        _may_read("all")
        time.sleep(QUIET_SECONDS)

    before, after = told_around(server, committing_database, page, give, lambda name: manager.make(name=name))

    assert (before, len(after), page.closed, page.reloads) == ([], 1, False, 1)


def test_a_change_is_told_to_those_who_may_read_the_record(server, committing_database):
    seller = Client.signed_in_as("salesperson")
    made = seller.post("records/company", {"values": {"name": "瑞恒"}}).json()["id"]
    names = ("salesperson", "colleague", "other_salesperson", "manager", "read_only")

    found = told(
        server,
        committing_database,
        names,
        lambda: seller.patch(f"records/company/{made}", {"values": {"name": "瑞恒精密"}}),
    )

    assert {name for name, changes in found.items() if changes} == {"salesperson", "manager", "read_only"}
    (change,) = found["manager"]
    assert (change["type"], change["op"], change["ids"]) == ("change", "update", [made])
    assert change["actor"] == str(world.membership("salesperson").member_id)
    assert "owners" not in change


def test_who_loses_a_record_is_told_and_who_gets_it(server, committing_database):
    manager = Client.signed_in_as("manager")
    owners = {name: str(world.membership(name).member_id) for name in ("salesperson", "other_salesperson")}
    values = {"name": "瑞恒", "owner": owners["salesperson"]}
    made = manager.post("records/company", {"values": values}).json()["id"]

    found = told(
        server,
        committing_database,
        ("salesperson", "colleague", "other_salesperson"),
        lambda: manager.patch(f"records/company/{made}", {"values": {"owner": owners["other_salesperson"]}}),
    )

    assert [[one["ids"] for one in changes] for changes in found.values()] == [[[made]], [], [[made]]]


def test_of_records_of_several_owners_nobody_learns_those_of_others(server, committing_database):
    manager = Client.signed_in_as("manager")
    owners = [str(world.membership(name).member_id) for name in ("salesperson", "other_salesperson")]
    records = [{"values": {"name": owner, "owner": owner}} for owner in owners]

    found = told(
        server,
        committing_database,
        ("salesperson", "colleague", "read_only"),
        lambda: manager.post("records/company/bulk", {"op": "create", "records": records}),
    )

    assert [[len(one["ids"]) for one in changes] for changes in found.values()] == [[0], [], [2]]


def test_more_records_and_owners_than_a_notice_holds_are_told_without_ids(server, committing_database):
    administrator = Client.signed_in_as("administrator")
    people = [{"values": {"name": f"m{number}"}} for number in range(120)]
    members = administrator.post("records/member/bulk", {"op": "create", "records": people}).json()["ids"]
    own = str(world.membership("salesperson").member_id)
    records = [{"values": {"name": owner, "owner": owner}} for owner in [*members, own]]

    found = told(
        server,
        committing_database,
        ("salesperson", "colleague"),
        lambda: administrator.post("records/company/bulk", {"op": "create", "records": records}),
    )

    assert [[one["ids"] for one in changes] for changes in found.values()] == [[[]], []]


def test_with_a_share_only_that_something_changed_is_told(server, committing_database):
    seller = Client.signed_in_as("salesperson")
    made = seller.post("records/company", {"values": {"name": "瑞恒"}}).json()["id"]
    share = f"INSERT INTO {world.workspace().schema}.sys_share (object, record, member) VALUES ('company', %s, %s)"
    with connection.cursor() as cursor:
        cursor.execute(share, [made, world.membership("colleague").member_id])

    found = told(
        server,
        committing_database,
        ("colleague",),
        lambda: seller.patch(f"records/company/{made}", {"values": {"name": "瑞恒精密"}}),
    )

    (change,) = found["colleague"]
    assert (change["ids"], change["actor"], change["change_set"]) == ([], None, None)


def test_every_page_is_told_that_the_catalog_has_changed_and_nothing_more(server, committing_database):
    administrator = Client.signed_in_as("administrator")
    params = {"object": "company", "kind": "text", "label": "机密字段"}

    found = told(
        server,
        committing_database,
        ("salesperson", "read_only"),
        lambda: administrator.post("actions/design/create-field", {"params": params}),
        of="",
    )

    assert {name: [(one["op"], one["ids"], one["actor"]) for one in changes] for name, changes in found.items()} == {
        "salesperson": [("catalog", [], None)], "read_only": [("catalog", [], None)],
    }  # fmt: skip


def test_a_notification_is_told_to_its_member_alone(server, committing_database):
    member = world.membership("salesperson").member_id

    def write() -> None:
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            notify(ctx, [Notice(member, "flow", "请跟进")])

    found = told(server, committing_database, ("salesperson", "colleague", "administrator"), write, "sys_notification")

    assert {name: len(changes) for name, changes in found.items()} == {
        "salesperson": 1, "colleague": 0, "administrator": 0,
    }  # fmt: skip
    (change,) = found["salesperson"]
    assert (change["op"], len(change["ids"])) == ("create", 1)
    assert "to" not in change
