"""Who may say whose a record is: its owner and those above, not whoever may edit it."""

from datetime import timedelta

import pytest

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import writes
from tests.support import world
from tests.support.clients import Client
from tests.support.roles import allow

OTHER = "other_salesperson"


@pytest.fixture(autouse=True)
def may_hand_over(database) -> None:
    """Salespeople of these tests have the right; the tests ask of what."""
    allow("salesperson", transfer=True)


def member(name: str) -> str:
    return str(world.membership(name).member_id)


def owner(company: str) -> str:
    return Client.signed_in_as("administrator").get(f"records/company/{company}").json()["owner"]["title"]


@pytest.fixture
def shared(client) -> str:
    """A colleague's company that is shared with the salesperson for editing."""
    admin = client("administrator")
    made = admin.make(name="别人的", owner=member(OTHER))["id"]
    share = admin.post(f"records/company/{made}/shares", {"level": "edit", "member": member("salesperson")})
    assert share.status_code == 200, share.content
    return made


@pytest.mark.parametrize("to", ["salesperson", "colleague"])
def test_who_edits_by_a_share_neither_takes_nor_gives_a_record(client, shared, to):
    sales = client("salesperson")

    one = sales.patch(f"records/company/{shared}", {"values": {"owner": member(to)}})
    many = sales.post("records/company/bulk", {"op": "update", "ids": [shared], "values": {"owner": member(to)}})

    assert sales.patch(f"records/company/{shared}", {"values": {"level": "A"}}).status_code == 200
    assert (one.status_code, one.json()["fields"][0]["code"]) == (422, "records.transfer_without_standing")
    assert many.status_code == 422
    assert owner(shared) == OTHER


def test_nor_what_stands_below_a_shared_record(client, shared):
    contact = client("administrator").make("contact", name="下级", company=shared, owner=member(OTHER))["id"]
    sales = client("salesperson")

    assert sales.patch(f"records/contact/{contact}", {"values": {"title": "总监"}}).status_code == 200
    refused = sales.patch(f"records/contact/{contact}", {"values": {"owner": member("salesperson")}})
    assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "records.transfer_without_standing")


@pytest.fixture
def opened(client) -> str:
    """A colleague's company that an access rule opens to everybody for editing."""
    admin = client("administrator")
    made = admin.make(name="公开编辑", owner=member(OTHER))["id"]
    admin.make(
        "access_rule", name="大家可编辑", object="company", effect="opens", level="edit", active=True, for_everyone=True,
        where={"field": "name", "op": "eq", "value": "公开编辑"},
    )  # fmt: skip
    return made


def test_nor_who_edits_by_a_rule(client, opened):
    made, sales = opened, client("salesperson")

    assert sales.patch(f"records/company/{made}", {"values": {"level": "A"}}).status_code == 200
    assert sales.patch(f"records/company/{made}", {"values": {"owner": member("salesperson")}}).status_code == 422
    upsert = {"match": ["name"], "records": [{"name": "公开编辑", "owner": member("salesperson")}]}
    sales.post("records/company/upsert", upsert)
    assert owner(made) == OTHER


def test_who_edits_by_a_rule_alone_does_not_share_on(client, opened):
    sales, where = client("salesperson"), f"records/company/{opened}/shares"

    refused = sales.post(where, {"level": "edit", "member": member("colleague")})

    assert sales.patch(f"records/company/{opened}", {"values": {"level": "A"}}).status_code == 200
    assert (refused.status_code, refused.json()["code"]) == (403, "records.share_not_allowed")
    assert {key: sales.get(where).json()[key] for key in ("may_share", "shares")} == {"may_share": False, "shares": []}
    assert client(OTHER).post(where, {"level": "read", "member": member("colleague")}).status_code == 200


@pytest.fixture
def stood_in_for(client, workspace) -> str:
    """A company of a colleague for whom the salesperson stands in today."""
    made = client("administrator").make(name="委托的", owner=member(OTHER))["id"]
    with work(workspace, SYSTEM, via="system") as ctx:
        today = ctx.today
        writes.create(
            ctx,
            "delegation",
            [{
                "member": world.membership(OTHER).member_id, "delegate": world.membership("salesperson").member_id,
                "begins_on": today, "ends_on": today + timedelta(days=2),
            }],
        )  # fmt: skip
    return made


def test_who_stands_in_gives_but_keeps_nothing(client, stood_in_for):
    sales = client("salesperson")
    mine = member("salesperson")

    taken = sales.patch(f"records/company/{stood_in_for}", {"values": {"owner": mine}})
    share = sales.post(f"records/company/{stood_in_for}/shares", {"level": "edit", "member": mine})
    hand_over = sales.post(
        "actions/hand-over/check", {"params": {"member": member(OTHER), "splits": [], "rest": [mine]}}
    )

    assert (taken.status_code, taken.json()["fields"][0]["code"]) == (422, "records.transfer_without_standing")
    assert (share.status_code, share.json()["code"]) == (403, "records.share_not_allowed")
    assert hand_over.status_code in {403, 422}, hand_over.content
    assert owner(stood_in_for) == OTHER
    given = sales.patch(f"records/company/{stood_in_for}", {"values": {"owner": member("colleague")}})
    assert given.status_code == 200, given.content


def test_without_the_right_nobody_gives_their_own_or_makes_one_for_others(client):
    allow("salesperson", transfer=False)
    sales = client("salesperson")
    made = sales.make(name="自己的")["id"]

    given = sales.patch(f"records/company/{made}", {"values": {"owner": member("colleague")}})
    for_others = sales.post("records/company", {"values": {"name": "给同事的", "owner": member("colleague")}})

    for refused in (given, for_others):
        assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "records.transfer_not_allowed")
    assert owner(made) == "salesperson"


def test_who_stands_above_takes_and_gives(client):
    made = client("administrator").make(name="组内的", owner=member("salesperson"))["id"]

    assert (
        client("manager").patch(f"records/company/{made}", {"values": {"owner": member("manager")}}).status_code == 200
    )
