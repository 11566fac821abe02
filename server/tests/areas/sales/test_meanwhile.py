"""What happens to deals and leads while somebody is at work on them: others move them, or their owner leaves."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from guanxi.areas.sales.assigning import acceptance, giving
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import Conflict
from tests.support import world
from tests.support.clients import Client

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def stages():
    rows = Client.signed_in_as("administrator").get("records/stage").json()["rows"]
    return {row["name"]: row["id"] for row in rows}


def test_whoever_moves_a_deal_second_is_told_where_it_stands(database):
    mine, boss = Client.signed_in_as("salesperson"), Client.signed_in_as("manager")
    deal, (_, first, second, *_) = mine.make("opportunity", name="两个人"), stages().values()

    def move(who, stage):
        return who.patch(f"records/opportunity/{deal['id']}", {"values": {"stage": stage}, "rev": deal["rev"]})

    assert move(boss, first).status_code == 200
    answer = move(mine, second)
    assert (answer.status_code, answer.json()["code"]) == (409, "records.stale")
    assert mine.get(f"records/opportunity/{deal['id']}").json()["stage"]["id"] == first
    (change,) = Client.signed_in_as("administrator").get("records/stage_change").json()["rows"]
    assert change["opportunity"]["id"] == deal["id"]


def test_of_many_who_move_a_deal_at_once_one_does(committing_database):
    from django.db import connection

    workspace, actor = world.workspace(), world.actor("manager")
    deal, places = Client.signed_in_as("manager").make("opportunity", name="同时"), [*stages().values()][1:5]
    barrier, moved, told, wrong = threading.Barrier(len(places)), [], [], []

    def move(stage):
        try:
            barrier.wait()
            with work(workspace, actor, via="api") as ctx:
                change = writes.Change(UUID(deal["id"]), {"stage": stage}, deal["rev"])
                writes.update(ctx, "opportunity", [change])
            moved.append(stage)
        except Conflict as error:
            told.append(error.code)
        except BaseException as error:  # noqa: BLE001 - told below
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=move, args=(stage,)) for stage in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (wrong, told, len(moved)) == ([], ["records.stale"] * (len(places) - 1), 1)
    with work(workspace, SYSTEM, via="system") as ctx:
        row = reads.native(ctx, "opportunity", [UUID(deal["id"])], ("stage",))[UUID(deal["id"])]
        assert str(row["stage"]) == moved[0]
        assert len(reads.ids(ctx, "stage_change", None)) == 1


@pytest.fixture
def leaver(database):
    """The salesperson, to whom a lead was just given that they have not accepted, and who holds another one."""
    admin = Client.signed_in_as("administrator")
    member = {name: str(world.membership(name).member_id) for name in ("salesperson", "colleague", "manager")}
    open_one = Client.signed_in_as("salesperson").make("lead", name="在跟")["id"]
    admin.make(
        "assignment_rule", name="规则", members=[member["salesperson"]], accept_minutes=30, mode="round_robin",
    )  # fmt: skip
    waiting = admin.make("lead", name="待接受", owner=None)["id"]
    with work(world.workspace(), SYSTEM, via="system", now=NOW) as ctx:
        giving.assign(ctx, [UUID(waiting)])
    return admin, member, open_one, waiting


def test_open_leads_of_who_leaves_go_to_the_receiver_and_new_ones_never_to_the_leaver(leaver):
    admin, member, *leads = leaver
    params = {"member": member["salesperson"], "rest": [member["colleague"]], "leave": True}
    answer = admin.post("actions/hand-over/run", {"params": params})
    assert answer.status_code == 200, answer.content
    assert [admin.get(f"records/lead/{one}").json()["owner"]["title"] for one in leads] == ["colleague"] * 2

    acceptance.expire(world.workspace(), NOW + timedelta(hours=1))
    assert admin.get(f"records/lead/{leads[1]}").json()["owner"]["title"] == "colleague"
    states = [one["state"] for one in admin.get(f"leads/{leads[1]}/assignments").json()["given"]]
    assert states == ["replaced"]

    new = admin.make("lead", name="新线索", owner=None)["id"]
    with work(world.workspace(), SYSTEM, via="system", now=NOW) as ctx:
        giving.assign(ctx, [UUID(new)])
    assert admin.get(f"records/lead/{new}").json()["owner"] is None
