"""The event stream tells each person of changes to records that they may read, and of no others."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections

from guanxi.app.live import Hub, Live
from guanxi.engine.http.shapes.history import LiveChange
from tests.support import world
from tests.support.clients import Client
from tests.support.contract import shape_problems

pytestmark = pytest.mark.committing
QUIET_SECONDS = 0.5


class Page:
    """A page of a person that follows the stream of the workspace."""

    def __init__(self, name: str) -> None:
        self.session = Client.signed_in_as(name).django.cookies["sessionid"].value
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
        """What arrives until nothing more does."""
        found = []
        try:
            while True:
                body = (await asyncio.wait_for(self.sent.get(), QUIET_SECONDS))["body"].decode()
                found.append(json.loads(body.partition("data: ")[2]))
                assert shape_problems(LiveChange, found[-1]) == []
        except TimeoutError:
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
