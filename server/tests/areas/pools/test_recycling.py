"""What goes back into a pool and when, once; whom it is told; and what a rule would do before it is saved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guanxi.areas.pools import moving
from guanxi.areas.pools.recycling import recycle
from tests.support import world

DAYS = 10


@pytest.fixture
def rule(made, pool):
    """Leads that nobody has followed up for ten days go; the owner is told three days before."""
    return made(
        "recycle_rule", name="十天未跟进", pool=pool["id"], field="last_activity_at", days=DAYS, warn_days=3,
        where={"field": "status", "op": "ne", "value": "converted"},
    )  # fmt: skip


@pytest.fixture
def owned(client):
    """A function that makes a lead of the salesperson's."""
    seller = client("salesperson")
    return lambda **values: seller.make("lead", **{"name": "王芳", **values})["id"]


def after(days):
    return timezone.now() + timedelta(days=days)


def history(client, lead, who="administrator"):
    return [(s["kind"], s["reason"]) for s in client(who).get(f"records/lead/{lead}/pool").json()["history"]]


def test_what_nobody_follows_up_goes_once(client, admin, rule, owned, pool, member):
    lead, converted = owned(), owned(status="new")
    followed = owned()
    workspace = world.workspace()

    assert recycle(workspace, now=after(DAYS - 1)) == 0
    client("salesperson").make("note", body="<p>电话沟通</p>", about={"object": "lead", "id": followed})
    admin.patch(f"records/lead/{converted}", {"values": {"owner": None}})
    assert recycle(workspace, now=after(DAYS + 0.01)) >= 1
    assert recycle(workspace, now=after(DAYS + 0.02)) == 0

    row = admin.get(f"records/lead/{lead}").json()
    assert (row["owner"], row["pool"]["id"]) == (None, pool["id"])
    assert row["former_owner"]["id"] == member("salesperson")
    assert [one for one in history(client, lead) if one[0] == "recycled"] == [("recycled", "十天未跟进")]


def test_a_new_owner_has_all_the_days(client, admin, rule, owned, member):
    lead = owned()
    admin.patch(f"records/lead/{lead}", {"values": {"owner": member("colleague")}})
    told = client("colleague").get(f"records/lead/{lead}/pool").json()

    assert told["recycling"]["rule"] == "十天未跟进"
    assert told["recycling"]["pool"] == "华东公海"
    assert told["recycling"]["days"] in (DAYS - 1, DAYS)


def test_the_owner_is_warned_once(client, rule, owned):
    lead = owned()
    workspace = world.workspace()

    for hours in (0, 1, 24):
        recycle(workspace, now=after(DAYS - 2) + timedelta(hours=hours))

    told = client("salesperson").get("notifications").json()["items"]
    assert [one["record"]["id"] for one in told if one["kind"] == "pools"] == [lead]
    assert "华东公海" in told[0]["title"]
    assert [kind for kind, _ in history(client, lead)] == ["warned"]


def test_a_crash_between_batches_repeats_nothing(client, admin, rule, owned, monkeypatch):
    leads = [owned(name=f"客户{n}") for n in range(3)]
    monkeypatch.setattr("guanxi.areas.pools.recycling.MOST", 1)
    taken, real = [], moving.take

    def failing(ctx, obj, held, steps):
        taken.append(len(steps))
        real(ctx, obj, held, steps)
        if len(taken) == 2:
            raise RuntimeError("the machine stops here")

    monkeypatch.setattr(moving, "take", failing)
    with pytest.raises(RuntimeError):
        recycle(world.workspace(), now=after(DAYS + 1))
    lying = [one for one in leads if admin.get(f"records/lead/{one}").json()["pool"]]
    assert len(lying) == 1

    assert recycle(world.workspace(), now=after(DAYS + 1)) == 2

    assert all([k for k, _ in history(client, one)].count("recycled") == 1 for one in leads)


def test_a_rule_is_thought_of_before_it_is_saved(client, admin, pool, owned, member):
    leads = {owned(name=f"客户{n}") for n in range(3)}
    closed = owned(status="unqualified")
    asked = {
        "pool": pool["id"], "days": 5, "days_ahead": 6, "where": {"field": "status", "op": "eq", "value": "new"},
    }  # fmt: skip

    answer = admin.post("pools/foreseen", asked)

    told = answer.json()
    assert answer.status_code == 200, answer.content
    assert (told["now"], told["count"], told["already"], told["spared"]) == (0, 3, 0, 0)
    assert [(one["owner"]["id"], one["count"]) for one in told["owners"]] == [(member("salesperson"), 3)]
    assert {one["record"]["id"] for one in told["records"]} == leads
    assert closed not in str(told)
    assert all(admin.get(f"records/lead/{one}").json()["pool"] is None for one in leads)
    at_once = admin.post("pools/foreseen", {**asked, "days": 0}).json()
    assert at_once["now"] == 3
    assert all(history(client, one) == [] for one in leads)


@pytest.mark.parametrize("who", ["salesperson", "manager"])
def test_only_who_configures_thinks_of_rules(client, pool, who):
    answer = client(who).post("pools/foreseen", {"pool": pool["id"], "days": 5})

    assert (answer.status_code, answer.json()["code"]) == (403, "pools.configure_right_needed")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"field": "name"}, "pools.no_date_field"),
        ({"field": "converted_at"}, "pools.index_needed"),
        ({"warn_days": 10}, "pools.warned_too_early"),
        ({"where": {"field": "nothing", "op": "eq", "value": 1}}, "query.unknown_field"),
    ],
)
def test_a_rule_that_means_nothing_is_refused(admin, rule, values, code):
    answer = admin.patch(f"records/recycle_rule/{rule['id']}", {"values": values})

    assert code in answer.content.decode()
    assert admin.get(f"records/recycle_rule/{rule['id']}").json()["rev"] == rule["rev"]


def test_history_is_for_those_who_see_the_record(client, lying, claim):
    lead = lying()
    claim("salesperson", lead)

    assert [kind for kind, _ in history(client, lead, "salesperson")] == ["claimed", "released"]
    assert client("colleague").get(f"records/lead/{lead}/pool").status_code == 404


def test_own_pools_say_what_is_left(client, lying, claim, pool):
    lead = lying()
    lying()
    claim("salesperson", lead)

    (told,) = client("salesperson").get("pools").json()["pools"]

    assert (told["id"], told["count"], told["claims_left"], told["claims_per_day"]) == (pool["id"], 1, 2, 3)
    assert "mobile" in told["keeps"]
    assert "company_name" not in told["keeps"]
    assert client("other_salesperson").get("pools").json() == {"pools": []}
