"""What taking a change back may do, and what it may not."""

from dataclasses import replace
from uuid import UUID

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import undo as undoing
from guanxi.engine.records import writes
from guanxi.engine.records.undo import undo as take_back
from tests.support import world
from tests.support.clients import Client
from tests.support.roles import allow

pytestmark = pytest.mark.usefixtures("database")


def undo(client: Client, change_set: str, **options):
    return client.post(f"change-sets/{change_set}/undo", options)


def test_a_hand_over_is_taken_back_while_nobody_has_touched_the_record(sales: Client) -> None:
    allow("salesperson", transfer=True)
    company = sales.make(name="甲")
    other = str(world.membership("other_salesperson").member_id)
    given = sales.patch(f"records/company/{company['id']}", {"values": {"owner": other}}).json()
    assert sales.get(f"records/company/{company['id']}").status_code == 404

    assert undo(sales, given["_change_set"]).json()["undone"] == 1
    assert sales.get(f"records/company/{company['id']}").json()["owner"]["title"] == "salesperson"


def test_what_the_new_owner_has_changed_stays_with_them(sales: Client) -> None:
    allow("salesperson", transfer=True)
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


def id_of(name: str) -> str:
    """The id of a person of the world."""
    return str(world.membership(name).member_id)


def change_salesperson(**rights) -> None:
    """Have salespeople reach companies otherwise than so far."""
    boss = Client.signed_in_as("administrator")
    rows = boss.post("records/role/query", {"where": {"field": "key", "op": "eq", "value": "salesperson"}}).json()[
        "rows"
    ]
    permissions = rows[0]["permissions"]
    own = permissions["objects"].get("company") or permissions["objects"]["*"]
    permissions["objects"]["company"] = {**own, **rights}
    answer = boss.patch(f"records/role/{rows[0]['id']}", {"values": {"permissions": permissions}})
    assert answer.status_code == 200, answer.content


def still_as_it_was(client: Client, change_set: str, company: dict) -> None:
    """Neither an undo nor what it would do gets further than the person themselves, and nothing is told of the record."""
    conflict = {"object": "company", "id": company["id"], "fields": []}
    preview = undo(client, change_set, preview=True).json()
    assert (preview["undone"], preview["conflicts"]) == (0, [conflict])
    refused = undo(client, change_set)
    assert (refused.status_code, refused.json()["code"]) == (409, "records.undo_conflicts")
    assert undo(client, change_set, skip_conflicts=True).json()["undone"] == 0
    stands = Client.signed_in_as("administrator").get(f"records/company/{company['id']}").json()
    assert (stands["rev"], stands["level"]) == (company["rev"], company["level"])


@pytest.fixture
def shared(sales: Client) -> tuple[dict, dict, Client, str]:
    """A company, its share, somebody who changed it by that share, and their change."""
    company = sales.make(name="甲", level="B")
    to = {"level": "edit", "member": id_of("colleague")}
    (share,) = sales.post(f"records/company/{company['id']}/shares", to).json()["shares"]
    colleague = Client.signed_in_as("colleague")
    changed = colleague.patch(f"records/company/{company['id']}", {"values": {"level": "A"}}).json()
    return changed, share, colleague, changed["_change_set"]


def test_who_lost_a_share_takes_nothing_back_with_it(sales: Client, shared) -> None:
    company, share, colleague, change_set = shared
    sales.delete(f"records/company/{company['id']}/shares/{share['id']}")
    assert colleague.get(f"records/company/{company['id']}").status_code == 404

    still_as_it_was(colleague, change_set, company)


def test_who_only_reads_by_now_takes_nothing_back(sales: Client, shared) -> None:
    company, _, colleague, change_set = shared
    sales.post(f"records/company/{company['id']}/shares", {"level": "read", "member": id_of("colleague")})
    assert colleague.patch(f"records/company/{company['id']}", {"values": {"level": "C"}}).status_code == 403

    still_as_it_was(colleague, change_set, company)


def test_who_lost_a_share_is_not_told_what_others_have_changed_since(sales: Client, shared) -> None:
    company, share, colleague, change_set = shared
    sales.delete(f"records/company/{company['id']}/shares/{share['id']}")
    later = sales.patch(f"records/company/{company['id']}", {"values": {"level": "C"}}).json()

    still_as_it_was(colleague, change_set, later)
    sales.delete(f"records/company/{company['id']}")
    assert undo(colleague, change_set, preview=True).json()["conflicts"][0]["fields"] == []


@pytest.mark.parametrize("gone", [{"read": "none", "edit": "none"}, {"edit": "none"}])
def test_who_lost_a_right_takes_nothing_back(sales: Client, gone) -> None:
    company = sales.make(name="甲", level="B")
    changed = sales.patch(f"records/company/{company['id']}", {"values": {"level": "A"}}).json()
    change_salesperson(**gone)

    still_as_it_was(sales, changed["_change_set"], changed)


def test_who_may_no_longer_restore_takes_no_deletion_back(sales: Client) -> None:
    company = sales.make(name="甲")
    gone = sales.delete(f"records/company/{company['id']}").json()
    change_salesperson(restore=False)

    assert undo(sales, gone["change_set"]).status_code == 409
    assert sales.get(f"records/company/{company['id']}").status_code == 404


def test_who_lost_a_role_takes_nothing_back_and_no_consequence_either(sales: Client) -> None:
    boss = Client.signed_in_as("administrator")
    company = sales.make(name="甲")
    deal = sales.make("opportunity", name="商机", company=company["id"])
    gone = sales.delete(f"records/company/{company['id']}").json()
    roles = {r["key"]: r["id"] for r in boss.get("records/role?select=key").json()["rows"]}
    boss.patch(f"records/member/{id_of('salesperson')}", {"values": {"roles": [roles["read_only"]]}})

    assert undo(sales, gone["change_set"], skip_conflicts=True).json()["undone"] == 0
    assert boss.get(f"records/opportunity/{deal['id']}").json()["company"] is None


@pytest.mark.parametrize("level", ["hidden", "masked", "read"])
def test_a_field_that_is_nobodys_to_edit_any_more_is_not_taken_back(sales: Client, level: str) -> None:
    company = sales.make(name="甲", level="B")
    changed = sales.patch(f"records/company/{company['id']}", {"values": {"level": "A"}}).json()
    change_salesperson(fields={"level": level})
    assert sales.patch(f"records/company/{company['id']}", {"values": {"level": "B"}}).status_code == 422

    still_as_it_was(sales, changed["_change_set"], changed)


def test_a_hidden_field_is_not_told_to_have_changed_since(sales: Client) -> None:
    company = sales.make(name="甲", level="B", phone="13800138001")
    values = {"level": "A", "phone": "13800138002"}
    changed = sales.patch(f"records/company/{company['id']}", {"values": values}).json()
    theirs = Client.signed_in_as("administrator")
    theirs.patch(f"records/company/{company['id']}", {"values": {"level": "C", "phone": "13800138003"}})
    change_salesperson(fields={"level": "hidden"})

    (conflict,) = undo(sales, changed["_change_set"], preview=True).json()["conflicts"]
    assert conflict["fields"] == ["phone"]


def test_giving_away_is_not_taken_back_where_the_way_to_it_is_gone(sales: Client, workspace) -> None:
    allow("salesperson", transfer=True)
    company = sales.make(name="甲", level="B")
    with work(workspace, SYSTEM, via="system") as ctx:
        people = {"member": UUID(id_of("salesperson")), "delegate": UUID(id_of("colleague"))}
        (standing_in,) = writes.create(ctx, "delegation", [{**people, "begins_on": ctx.today, "ends_on": ctx.today}])
    colleague = Client.signed_in_as("colleague")
    to = {"values": {"owner": id_of("other_salesperson"), "level": "C"}}
    given = colleague.patch(f"records/company/{company['id']}", to).json()
    with work(workspace, SYSTEM, via="system") as ctx:
        writes.delete(ctx, "delegation", [standing_in])
    stands = Client.signed_in_as("administrator").get(f"records/company/{company['id']}").json()

    still_as_it_was(colleague, given["_change_set"], stands)


def test_giving_away_is_not_taken_back_through_a_field_that_is_hidden_by_now(sales: Client) -> None:
    allow("salesperson", transfer=True)
    company = sales.make(name="甲", level="B")
    values = {"owner": id_of("other_salesperson"), "level": "A"}
    given = sales.patch(f"records/company/{company['id']}", {"values": values}).json()
    stands = Client.signed_in_as("administrator").get(f"records/company/{company['id']}").json()
    change_salesperson(fields={"level": "hidden"})

    still_as_it_was(sales, given["_change_set"], stands)


def test_a_key_takes_back_no_more_than_it_may_write(sales: Client, workspace, actor) -> None:
    company = sales.make(name="甲", level="B")
    changed = sales.patch(f"records/company/{company['id']}", {"values": {"level": "A"}}).json()
    narrowed = replace(actor("salesperson"), objects={}, roles=(), role_ids=(), key="同步程序")

    with work(workspace, narrowed, via="undo") as ctx:
        done = take_back(ctx, UUID(changed["_change_set"]), skip_conflicts=True)

    assert (done.undone, done.conflicts) == (0, [{"object": "company", "id": company["id"], "fields": []}])
    assert sales.get(f"records/company/{company['id']}").json()["level"] == "A"


def test_references_of_others_come_back_with_what_was_deleted(sales: Client, workspace) -> None:
    company = sales.make(name="甲")
    with work(workspace, SYSTEM, via="system") as ctx:
        values = {"name": "别人的", "company": UUID(company["id"]), "owner": UUID(id_of("other_salesperson"))}
        (deal,) = writes.create(ctx, "opportunity", [values])
    gone = sales.delete(f"records/company/{company['id']}").json()

    assert undo(sales, gone["change_set"]).status_code == 200
    theirs = Client.signed_in_as("administrator").get(f"records/opportunity/{deal}").json()
    assert theirs["company"]["title"] == "甲"


def test_very_many_creations_are_taken_back_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "AT_ONCE", 3)
    lists = []
    plainly = writes.delete
    monkeypatch.setattr(writes, "delete", lambda ctx, key, ids: lists.append((key, len(ids))) or plainly(ctx, key, ids))
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (company,) = writes.create(ctx, "company", [{"name": "甲"}])
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        writes.create(ctx, "opportunity", [{"name": f"商机{n}", "company": company} for n in range(8)])
        writes.create(ctx, "company", [{"name": f"{n}"} for n in range(5)])
        made = ctx.change_set
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        assert take_back(ctx, made).undone == 13
        left = ctx.run("SELECT name FROM rec_company WHERE deleted_at IS NULL")
        assert (left, ctx.run("SELECT 1 FROM rec_opportunity WHERE deleted_at IS NULL")) == ([("甲",)], [])
    # Companies refer to companies: those go as one list.
    assert lists == [("company", 5), ("opportunity", 3), ("opportunity", 3), ("opportunity", 2)]
