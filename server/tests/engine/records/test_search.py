"""Search answers what lists answer, for every reader and every way access can come."""

import random
from uuid import UUID

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads, search, writes
from tests.support import world

pytestmark = pytest.mark.usefixtures("database")

READERS = ("administrator", "manager", "salesperson", "colleague", "other_salesperson", "read_only")
OBJECTS = ("company", "contact", "opportunity", "task")


@pytest.fixture
def records(workspace, actor) -> None:
    """Companies of everybody with contacts, opportunities and tasks of anybody, some shared, some handed over."""
    chance = random.Random(7)  # noqa: S311 - rows, not secrets
    members = [actor(name).member_id for name in READERS]
    with work(workspace, SYSTEM, via="system") as ctx:
        companies = writes.create(
            ctx, "company", [{"name": f"华信科技{n}", "owner": chance.choice(members)} for n in range(20)]
        )
        children = [(chance.choice(companies), chance.choice(members), n) for n in range(30)]
        writes.create(ctx, "contact", [{"name": f"华信{n}", "company": c, "owner": o} for c, o, n in children])
        writes.create(ctx, "opportunity", [{"name": f"华信项目{n}", "company": c, "owner": o} for c, o, n in children])
        about = [{"object": "company", "id": c} for c, _, _ in children]
        writes.create(
            ctx, "task",
            [{"subject": f"回访华信{n}", "about": a, "owner": o} for a, (_, o, n) in zip(about, children, strict=True)],
        )  # fmt: skip
        for company in companies[:6]:
            writes.update(ctx, "company", [writes.Change(company, {"owner": chance.choice(members)})])
        for company in companies[6:9]:
            ctx.run(
                "INSERT INTO sys_share (object, record, member) VALUES ('company', $1, $2)",
                [company, actor("other_salesperson").member_id],
            )
        writes.delete(ctx, "company", companies[15:17])


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("owners_in_index", [0, 12])
def test_it_finds_exactly_what_the_lists_show(workspace, actor, name: str, owners_in_index: int, monkeypatch) -> None:
    monkeypatch.setattr(search, "OWNERS_IN_INDEX", owners_in_index)
    with work(workspace, actor(name), via="api") as ctx:
        for key in OBJECTS:
            title = ctx.snapshot.object(key).title
            where = {"field": title, "op": "contains", "value": "华信"}
            listed = set(reads.ids(ctx, key, where))
            found = {hit.id for hit in search.find(ctx, "华信", (key,), limit=100)}
            searched = {UUID(row["id"]) for row in reads.page(ctx, key, reads.Query(search="华信", limit=200)).rows}
            assert found == listed, key
            assert searched == listed, key


def test_another_workspace_finds_nothing(workspace, records) -> None:
    row = world.membership(world.STRANGER)
    assert row.workspace.slug != workspace.slug
    from tests.support.clients import Client

    stranger = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE)
    assert stranger.get("search?q=华信").json()["hits"] == []


def test_what_activities_are_about_is_found_before_them(workspace, actor) -> None:
    with work(workspace, actor("salesperson"), via="api") as ctx:
        writes.create(ctx, "company", [{"name": "杭州华信科技"}])
        writes.create(ctx, "task", [{"subject": "回访华信"}])
        writes.create(ctx, "note", [{"body": "见了华信的人"}])
        titles = [hit.title for hit in search.find(ctx, "华信")]
        writes.create(ctx, "task", [{"subject": "华信"}])
        named = [hit.title for hit in search.find(ctx, "华信")]

    assert titles[0] == "杭州华信科技"
    assert named[:2] == ["华信", "杭州华信科技"]
