"""What taking a change back may do, and what it may not."""

from uuid import UUID

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import writes
from guanxi.engine.records.undo import undo as take_back
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


def undo(client: Client, change_set: str, **options):
    return client.post(f"change-sets/{change_set}/undo", options)


def test_a_hand_over_is_taken_back_while_nobody_has_touched_the_record(sales: Client) -> None:
    company = sales.make(name="甲")
    other = str(world.membership("other_salesperson").member_id)
    given = sales.patch(f"records/company/{company['id']}", {"values": {"owner": other}}).json()
    assert sales.get(f"records/company/{company['id']}").status_code == 404

    assert undo(sales, given["_change_set"]).json()["undone"] == 1
    assert sales.get(f"records/company/{company['id']}").json()["owner"]["title"] == "salesperson"


def test_what_the_new_owner_has_changed_stays_with_them(sales: Client) -> None:
    company = sales.make(name="甲")
    other = str(world.membership("other_salesperson").member_id)
    given = sales.patch(f"records/company/{company['id']}", {"values": {"owner": other}}).json()
    theirs = Client.signed_in_as("other_salesperson")
    theirs.patch(f"records/company/{company['id']}", {"values": {"level": "A"}})

    for change_set in (company["_change_set"], given["_change_set"]):
        refused = undo(sales, change_set)
        assert (refused.status_code, refused.json()["code"]) == (409, "records.undo_conflicts")
        assert undo(sales, change_set, skip_conflicts=True).json()["undone"] == 0
    assert theirs.get(f"records/company/{company['id']}").json()["level"] == "A"


def test_undo_gives_nobody_rights_back_that_they_gave_away() -> None:
    boss = Client.signed_in_as("administrator")
    boss_id = str(world.membership("administrator").member_id)
    roles = {r["key"]: r["id"] for r in boss.get("records/role?select=key").json()["rows"]}
    manager = str(world.membership("manager").member_id)
    boss.patch(f"records/member/{manager}", {"values": {"roles": [roles["administrator"]]}})
    lowered = boss.patch(f"records/member/{boss_id}", {"values": {"roles": [roles["salesperson"]]}}).json()

    refused = undo(boss, lowered["_change_set"])

    assert refused.status_code == 409
    assert boss.get("me").json()["roles"] == ["salesperson"]


def test_a_creation_somebody_has_worked_on_is_a_conflict(sales: Client) -> None:
    company = sales.make(name="甲")
    sales.patch(f"records/company/{company['id']}", {"values": {"phone": "13800138000"}})

    preview = undo(sales, company["_change_set"], preview=True).json()

    assert (preview["undone"], [c["id"] for c in preview["conflicts"]]) == (0, [company["id"]])


def test_what_was_restored_by_hand_is_left_alone(sales: Client) -> None:
    one, two = sales.make(name="甲"), sales.make(name="乙")
    gone = sales.post("records/company/bulk", {"op": "delete", "ids": [one["id"], two["id"]]}).json()
    sales.post("records/company/bulk", {"op": "restore", "ids": [one["id"]]})

    answer = undo(sales, gone["change_set"], skip_conflicts=True).json()

    assert (answer["undone"], len(answer["conflicts"])) == (1, 1)
    assert sales.post("records/company/count", {}).json()["count"] == 2


def test_deleting_a_company_gives_its_references_back_when_undone(sales: Client) -> None:
    company = sales.make(name="甲")
    deal = sales.make("opportunity", name="商机", company=company["id"])
    gone = sales.delete(f"records/company/{company['id']}").json()

    undo(sales, gone["change_set"])

    assert sales.get(f"records/opportunity/{deal['id']}").json()["company"]["title"] == "甲"


def test_more_records_than_one_statement_takes_are_deleted_and_come_back(workspace, actor) -> None:
    person = actor("salesperson")
    with work(workspace, person, via="api") as ctx:
        ids = writes.create(ctx, "contact", [{"name": f"联系人{n}"} for n in range(5_001)])
    sales = Client.signed_in_as("salesperson")

    gone = sales.post("records/contact/bulk", {"op": "delete", "all": True})

    assert gone.json()["count"] == len(ids)
    with work(workspace, person, via="undo") as ctx:
        assert take_back(ctx, UUID(gone.json()["change_set"])).undone == len(ids)
    assert sales.post("records/contact/count", {}).json()["count"] == len(ids)


def test_hidden_attendees_stay_when_somebody_else_edits_the_list(workspace, sales: Client) -> None:
    with work(workspace, SYSTEM, via="system") as ctx:
        owner = world.membership("other_salesperson").member_id
        (hidden,) = writes.create(ctx, "contact", [{"name": "看不见", "owner": owner}])
        mine = world.membership("salesperson").member_id
        values = {"subject": "会议", "owner": mine, "attendees": [hidden], "starts_at": "2026-11-21T08:00:00Z"}
        (meeting,) = writes.create(ctx, "meeting", [values])
    own = sales.make("contact", name="看得见")

    answer = sales.patch(f"records/meeting/{meeting}", {"values": {"attendees": [own["id"]]}})

    assert answer.status_code == 200, answer.content
    assert {a["id"] for a in answer.json()["attendees"]} == {own["id"], str(hidden)}
