"""Somebody who leaves with customers, what belongs to them, shares and views, and the verbs of handing over."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from tests.support import world
from tests.support.clients import Client

_WATCHED = ("company", "contact", "opportunity", "task", "note", "view", "member", "department", "stage_change")
_CHANGING = {"rev", "updated_at", "updated_by"}


def member(name: str) -> str:
    """The id of a person of the world."""
    return str(world.membership(name).member_id)


def ok(answer) -> dict[str, Any]:
    """The answer of an action, which must not be refused."""
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["result"]


def act(client: Client, verb: str, **params: Any):
    """Ask for a verb of handing over."""
    return client.post(f"actions/hand-over/{verb}", {"params": params})


@dataclass
class Held:
    """Ids of what the leaver holds, by object."""

    ids: dict[str, list[str]] = field(default_factory=dict)

    def make(self, client: Client, object_key: str, **values: Any) -> str:
        """One more record."""
        id_ = client.make(object_key, **values)["id"]
        self.ids.setdefault(object_key, []).append(id_)
        return id_


@pytest.fixture
def administrator(database) -> Client:
    """A client of the administrator."""
    return Client.signed_in_as("administrator")


@pytest.fixture
def held(database) -> Held:
    """Six customers of the salesperson with contacts, opportunities, tasks and notes, two views, one report."""
    client, made = Client.signed_in_as("salesperson"), Held()
    for number in range(6):
        company = made.make(client, "company", name=f"客户{number}", level="ABC"[number % 3])
        contact = made.make(client, "contact", name=f"联系人{number}", company=company)
        opportunity = made.make(client, "opportunity", name=f"商机{number}", company=company)
        about = {"object": "company", "id": company}
        made.make(client, "task", subject=f"待办{number}", about=about)
        made.make(client, "task", subject=f"已办{number}", about=about, status="done")
        made.make(client, "note", body=f"<p>记录{number}</p>", about={"object": "contact", "id": contact})
        made.make(client, "task", subject=f"跟进{number}", about={"object": "opportunity", "id": opportunity})
    made.make(client, "task", subject="单独的待办")
    for scope in ("private", "shared"):
        config = {"columns": "name"}
        made.make(client, "view", name=f"{scope} view", object="company", scope=scope, config=config)
    boss = Client.signed_in_as("administrator")
    assert (
        boss.patch(f"records/member/{member('colleague')}", {"values": {"manager": member("salesperson")}}).status_code
        == 200
    )
    return made


def snapshot() -> dict[str, Any]:
    """Everything of the workspace that a hand-over touches, as it stands in the tables: records without what every
    write moves on, shares whole, the documents of search."""
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work

    found: dict[str, Any] = {}
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        for key in (*_WATCHED, "position", "delegation"):
            obj = ctx.snapshot.object(key)
            columns = ["id", "rev", "owner", "via_owner", "deleted_at", *(n for f in obj.stored for n, _ in f.columns)]
            kept = [name for name in columns if name not in _CHANGING]
            names = ", ".join(f'"{name}"' for name in kept)
            rows = ctx.run(f'SELECT {names} FROM "{obj.table}" ORDER BY id')
            found[key] = {row[0]: dict(zip(kept, row, strict=True)) for row in rows}
        shares = ctx.run(
            "SELECT id, object, record, member, department, role, level, created_at, created_by, expires_at"
            " FROM sys_share ORDER BY id"
        )
        found["shares"] = shares
        found["search"] = ctx.run("SELECT record, object, title, subtitle, words::text FROM sys_search ORDER BY record")
    return found


def remains_of(name: str) -> dict[str, int]:
    """What still names a person as the one who holds it, by part."""
    from guanxi.capabilities.hand_over import holdings
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.records import reads, share_moves

    giver = UUID(member(name))
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        found = {p.key: len(reads.ids(ctx, p.obj.key, p.of(giver))) for p in holdings.parts(ctx.snapshot)}
        found["shares"] = share_moves.count_received(ctx, giver)
    return {key: count for key, count in found.items() if count}


def owners(object_key: str, ids: list[str]) -> list[str]:
    """Names of the people who own records, in the order of the ids."""
    names = {member(one): one for one in world.PEOPLE}
    client = Client.signed_in_as("administrator")
    rows = [client.get(f"records/{object_key}/{id_}").json() for id_ in ids]
    return [names[row["owner"]["id"]] for row in rows]
