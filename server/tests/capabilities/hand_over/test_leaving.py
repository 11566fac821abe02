"""Leaving: what is held goes to others, positions and delegations end, waiting work goes on, and the way in is closed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from guanxi.infra.jobs import enqueue, waiting
from tests.capabilities.hand_over.conftest import act, member, ok, remains_of, snapshot
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
_TODAY = (datetime.now(UTC) + timedelta(hours=8)).date()
_LATER = str(_TODAY + timedelta(days=30))


def _leave(client: Client, **more):
    asked = {
        "member": member("salesperson"), "rest": [member("colleague")], "shares": "move", "positions": "end",
        "delegations": "end", "leave": True, **more,
    }  # fmt: skip
    return act(client, "run", **asked)


@pytest.fixture
def placed(administrator, held):
    """Positions and delegations of the leaver: begun, and still to begin."""
    (south,) = administrator.post(
        "records/department/query", {"where": {"field": "name", "op": "eq", "value": "south"}}
    ).json()["rows"]
    me = member("salesperson")
    administrator.make("position", member=me, department=south["id"], ends_on=_LATER)
    administrator.make("delegation", member=me, delegate=member("colleague"), begins_on=str(_TODAY), ends_on=_LATER)
    soon = str(_TODAY + timedelta(days=5))
    administrator.make("delegation", member=member("manager"), delegate=me, begins_on=soon, ends_on=_LATER)
    return held


def test_nothing_of_the_leaver_remains_and_the_way_in_is_closed(administrator, placed):
    leaver = Client.signed_in_as("salesperson")

    done = ok(_leave(administrator))

    assert (done["state"], done["leave"]) == ("done", True)
    assert leaver.get("me").status_code == 401
    assert remains_of("salesperson") == {}
    row = administrator.get(f"records/member/{member('salesperson')}").json()
    assert (row["status"], row["left_on"]) == ("left", str(_TODAY))
    positions = administrator.post("records/position/query", {"select": ["ends_on"]}).json()["rows"]
    assert [one["ends_on"] for one in positions] == [str(_TODAY)]
    delegations = administrator.post("records/delegation/query", {"select": ["ends_on"]}).json()["rows"]
    assert [one["ends_on"] for one in delegations] == [str(_TODAY)]


def test_undoing_it_lets_them_in_again_with_all_they_had(administrator, placed):
    before = snapshot()
    done = ok(_leave(administrator))

    undone = ok(act(administrator, "undo", hand_over=done["id"]))

    assert undone["conflicts"] == []
    assert snapshot() == before
    assert Client.signed_in_as("salesperson").get("me").status_code == 200


def test_the_last_administrator_stays_with_all_they_have(administrator):
    administrator.make("company", name="管理员的客户")
    before = snapshot()

    for verb in ("check", "run"):
        answer = act(administrator, verb, member=member("administrator"), rest=[member("manager")], leave=True)
        assert (answer.status_code, answer.json()["code"]) == (409, "identity.last_administrator")

    assert snapshot() == before
    assert administrator.get("me").status_code == 200


def test_who_leaves_keeps_nothing(administrator, placed):
    answer = _leave(administrator, keep="read")

    assert answer.json()["fields"][0]["code"] == "hand_over.leaver_keeps_nothing"


def test_shares_need_somebody_to_go_to(administrator, placed):
    answer = _leave(administrator, rest=[])

    assert answer.json()["fields"][0]["code"] == "hand_over.receiver_of_shares"


def test_somebody_who_holds_nothing_leaves_all_the_same(administrator):
    done = ok(act(administrator, "run", member=member("other_salesperson"), leave=True))

    assert (done["state"], done["parts"]) == ("done", [])
    assert Client.signed_in_as("other_salesperson").get("me").status_code == 401


def test_waiting_work_goes_on_in_the_name_of_the_receiver(administrator, placed):
    workspace = world.workspace().id
    imported = "01900000-0000-7000-8000-0000000000aa"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ws_{workspace}.sys_import (id, object, file, file_name, size, reading, columns, rows_total, state,"
            " language, created_by, created_at, updated_at) VALUES (%s, 'company', 'f', 'f.csv', 1, '{}', '{}', 0,"
            " 'running', 'en', %s, now(), now())",
            [imported, member("salesperson")],
        )
    payload = {"workspace": workspace, "member": member("salesperson"), "import": imported}
    enqueue("transfer.import", {**payload, "change_set": imported, "language": "en"})
    enqueue("transfer.import", {**payload, "workspace": workspace + 1000})
    before = waiting.of_member(workspace, world.membership("salesperson").member_id)
    found = administrator.get(f"members/{member('salesperson')}/holdings").json()
    assert found["jobs"] == 1

    done = ok(_leave(administrator))

    assert done["jobs"] == 1
    of = world.membership
    moved = waiting.of_member(workspace, of("colleague").member_id)
    assert {number: {**job, "member": member("salesperson")} for number, job in moved.items()} == before
    assert waiting.of_member(workspace, of("salesperson").member_id) == {}
    assert len(waiting.of_member(workspace + 1000, of("salesperson").member_id)) == 1
    assert administrator.get(f"imports/{imported}").json()["created_by"] == member("colleague")
    ok(act(administrator, "undo", hand_over=done["id"]))
    assert waiting.of_member(workspace, of("salesperson").member_id) == before
    assert administrator.get(f"imports/{imported}").json()["created_by"] == member("salesperson")


def test_it_is_in_the_audit_log(administrator, placed):
    done = ok(_leave(administrator))

    (entry,) = administrator.get("audit?kinds=hand_over").json()["items"]
    assert entry["change_set"] == done["change_set"]
    assert "salesperson" in entry["says"]
    assert "colleague" in entry["says"]


@pytest.fixture
def leads(administrator, held) -> str:
    """A department that the leaver heads; one of their people, from ``held``, is the colleague."""
    (south,) = administrator.post(
        "records/department/query", {"where": {"field": "name", "op": "eq", "value": "south"}}
    ).json()["rows"]
    administrator.patch(f"records/department/{south['id']}", {"values": {"head": member("salesperson")}})
    administrator.patch(f"records/member/{member('salesperson')}", {"values": {"manager": member("manager")}})
    return south["id"]


@pytest.mark.parametrize(
    "splits", [(), ({"part": "department.head", "take": False}, {"part": "member.manager", "take": False})]
)
def test_what_the_leaver_led_and_nobody_was_given_is_shown_and_led_by_nobody_who_left(administrator, leads, splits):
    before = snapshot()
    asked = {"rest": [], "shares": "end", "splits": list(splits)}

    for done in (
        ok(act(administrator, "check", member=member("salesperson"), leave=True, **asked)),
        ok(_leave(administrator, **asked)),
    ):
        told = {one["part"]: one for one in done["parts"]}
        assert [(one["member"], one["count"]) for one in told["department.head"]["to"]] == [(None, 1)]
        assert [(one["member"]["title"], one["count"]) for one in told["member.manager"]["to"]] == [("manager", 1)]
        assert (told["department.head"]["left"], told["member.manager"]["left"]) == (0, 0)

    assert administrator.get(f"records/department/{leads}").json()["head"] is None
    assert administrator.get(f"records/member/{member('colleague')}").json()["manager"]["id"] == member("manager")
    ok(act(administrator, "undo", hand_over=done["id"]))
    assert snapshot() == before
