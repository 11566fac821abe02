"""The team of an opportunity: who joins reaches it, who leaves does not, and revenue splits make up the whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.sales.rules import splits
from tests.support import world

DONE = {"amount": {"amount": "200", "currency": "CNY"}}


@pytest.fixture
def seller(client):
    """The salesperson's client."""
    return client("salesperson")


@pytest.fixture
def deal(seller):
    """The id of an opportunity of 200 yuan."""
    return seller.make("opportunity", name="仓储项目", **DONE)["id"]


def member(name):
    return str(world.membership(name).member_id)


def line(who, share=None, **values):
    split = {} if share is None else {"split_type": "revenue", "percent": str(share)}
    return {"values": {"member": member(who), **split, **values}}


def put(who, deal, *lines):
    return who.patch(f"records/opportunity/{deal}", {"values": {"team": list(lines)}})


def team(who, deal):
    where = {"field": "opportunity", "op": "eq", "value": deal}
    rows = who.post(
        "records/opportunity_member/query", {"where": where, "sort": [{"field": "created_at", "dir": "asc"}]}
    )
    return rows.json()["rows"]


def sees(client, name, deal):
    return client(name).get(f"records/opportunity/{deal}").status_code == 200


def test_who_joins_reaches_it_until_they_leave(client, seller, deal):
    assert not sees(client, "other_salesperson", deal)

    assert put(seller, deal, line("other_salesperson", role="presales")).status_code == 200
    assert sees(client, "other_salesperson", deal)
    (row,) = team(seller, deal)
    edit = {"values": {"next_step": "x"}}
    assert client("other_salesperson").patch(f"records/opportunity/{deal}", edit).status_code == 403
    assert put(seller, deal, {"id": row["id"], "values": {"access": "edit"}}).status_code == 200
    assert client("other_salesperson").patch(f"records/opportunity/{deal}", edit).status_code == 200
    assert put(seller, deal, {"id": row["id"], "delete": True}).status_code == 200
    assert not sees(client, "other_salesperson", deal)


def test_an_undo_takes_the_access_back(client, seller, deal):
    answer = put(seller, deal, line("other_salesperson"))

    undone = seller.post(f"change-sets/{answer.json()['_change_set']}/undo", {})

    assert undone.status_code == 200, undone.content
    assert not sees(client, "other_salesperson", deal)


def test_a_share_by_hand_stays(client, seller, deal):
    body = {"member": member("other_salesperson"), "level": "read"}
    seller.post(f"records/opportunity/{deal}/shares", body)
    put(seller, deal, line("other_salesperson"))
    (row,) = team(seller, deal)

    put(seller, deal, {"id": row["id"], "delete": True})

    assert sees(client, "other_salesperson", deal)


def test_who_has_it_by_a_share_alone_lets_nobody_in(client, seller, deal):
    put(seller, deal, line("other_salesperson", access="edit"))

    answer = put(client("other_salesperson"), deal, line("colleague"))

    assert answer.status_code == 403, answer.content
    assert not sees(client, "colleague", deal)


SPLITS = [
    ([60, 40], 200), ([100], 200), ([60], 422), ([60, 50], 422), ([Decimal("33.33"), Decimal("66.67")], 200),
]  # fmt: skip


@pytest.mark.parametrize(("percents", "status"), SPLITS)
def test_revenue_adds_up(seller, deal, percents, status):
    names = ("salesperson", "colleague", "other_salesperson")

    answer = put(seller, deal, *(line(name, percent) for name, percent in zip(names, percents, strict=False)))

    assert answer.status_code == status, answer.content
    if status == 422:
        assert [one["code"] for one in answer.json()["fields"]] == ["sales.splits_not_whole"]
        assert team(seller, deal) == []
    else:
        assert sum(Decimal(row["amount"]["amount"]) for row in team(seller, deal)) == 200


def test_lines_change_together_and_overlays_come_on_top(seller, deal):
    assert put(seller, deal, line("salesperson", 100)).status_code == 200
    (own,) = team(seller, deal)
    overlay = {"values": {"member": member("manager"), "split_type": "overlay", "percent": "150"}}
    assert put(seller, deal, overlay).status_code == 422  # a percentage is at most 100
    overlay["values"]["percent"] = "80"

    answer = put(seller, deal, {"id": own["id"], "values": {"percent": "70"}}, line("colleague", 30), overlay)

    assert answer.status_code == 200, answer.content
    assert sorted(Decimal(row["amount"]["amount"]) for row in team(seller, deal)) == [60, 140, 160]
    alone = seller.patch(f"records/opportunity_member/{own['id']}", {"values": {"percent": "50"}})
    assert alone.status_code == 422


@pytest.mark.parametrize("again", [{}, {"split_type": "overlay", "percent": "10"}])
def test_a_member_is_named_once(seller, deal, again):
    answer = put(seller, deal, line("colleague"), line("colleague", **again))

    assert answer.status_code == 422
    assert team(seller, deal) == []


def test_a_percentage_is_of_some_kind_and_a_line_stays_with_its_member(seller, deal):
    assert put(seller, deal, line("colleague", percent="10")).status_code == 422
    assert put(seller, deal, line("colleague")).status_code == 200
    (row,) = team(seller, deal)

    answer = put(seller, deal, {"id": row["id"], "values": {"member": member("manager")}})

    assert [one["code"] for one in answer.json()["fields"]] == ["sales.member_stays"]


def test_who_must_not_see_the_opportunity_sees_and_changes_nothing_of_its_team(client, seller, deal):
    put(seller, deal, line("colleague", 100))
    (row,) = team(seller, deal)
    other = client("other_salesperson")

    assert team(other, deal) == []
    assert other.get(f"records/opportunity_member/{row['id']}").status_code == 404
    assert other.patch(f"records/opportunity_member/{row['id']}", {"values": {"percent": "1"}}).status_code == 404
    added = {"opportunity": deal, "member": member("other_salesperson"), "access": "edit"}
    assert other.post("records/opportunity_member", {"values": added}).status_code in (403, 404, 422)
    assert not sees(client, "other_salesperson", deal)


def test_who_hands_it_over_stays_in_the_team(client, deal):
    boss = client("manager")
    put(boss, deal, line("salesperson"), line("colleague"))

    handed = boss.patch(f"records/opportunity/{deal}", {"values": {"owner": member("other_salesperson")}})

    assert handed.status_code == 200, handed.content
    assert sees(client, "salesperson", deal)
    assert {row["name"] for row in team(client("other_salesperson"), deal)} == {"salesperson", "colleague"}


def merged(who, stays, *others):
    params = {"object": "opportunity", "record": stays, "others": list(others)}
    return who.post("actions/records/merge-records", {"params": params})


def shares(who, deal):
    return {row["name"]: (row["split_type"], row["percent"]) for row in team(who, deal)}


@pytest.mark.parametrize(
    ("own", "brought", "left"),
    [
        ([("salesperson", 100)], [("colleague", 60), ("other_salesperson", 40)],
         {"salesperson": "100", "colleague": None, "other_salesperson": None}),
        ([], [("colleague", 60), ("other_salesperson", 40)], {"colleague": "60", "other_salesperson": "40"}),
        ([("colleague", None)], [("colleague", 60), ("other_salesperson", 40)],
         {"colleague": None, "other_salesperson": None}),
        ([("colleague", 100)], [("colleague", 100)], {"colleague": "100"}),
    ],
)  # fmt: skip
def test_two_teams_become_one(client, seller, deal, own, brought, left):
    goes = seller.make("opportunity", name="仓储项目二期", **DONE)["id"]
    put(seller, deal, *(line(*one) for one in own))
    assert put(seller, goes, *(line(*one) for one in brought)).status_code == 200
    before = shares(seller, deal), shares(seller, goes)

    answer = merged(seller, deal, goes)

    assert answer.status_code == 200, answer.content
    assert {name: kind and percent for name, (kind, percent) in shares(seller, deal).items()} == left
    assert all(sees(client, name, deal) for name, _ in brought)
    undone = seller.post(f"change-sets/{answer.json()['change_set']}/undo", {})
    assert undone.status_code == 200, undone.content
    assert (shares(seller, deal), shares(seller, goes)) == before
    if own == []:
        assert not sees(client, "other_salesperson", deal)
    assert sees(client, brought[0][0], goes)


def test_who_came_over_leaves_like_the_others(client, seller, deal):
    goes = seller.make("opportunity", name="仓储项目二期", **DONE)["id"]
    put(seller, goes, line("other_salesperson"))
    assert merged(seller, deal, goes).status_code == 200
    (row,) = team(seller, deal)

    assert put(seller, deal, {"id": row["id"], "delete": True}).status_code == 200

    assert not sees(client, "other_salesperson", deal)


@given(st.lists(st.tuples(st.sampled_from(["revenue", "overlay", None]), st.decimals(0, 100, places=2)), max_size=6))
def test_only_revenue_counts(some):
    total = sum((percent for kind, percent in some if kind == "revenue"), Decimal(0))
    is_any = any(kind == "revenue" for kind, _ in some)

    assert splits.revenue(some) == (total if is_any and total != 100 else None)
