"""Weekly snapshots, the waterfall between them, and the errors of past forecasts."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from guanxi.areas.forecast import snapshots
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads
from tests.support import roles, world
from tests.support.clients import Client


@pytest.fixture
def taken(today):
    """A function that takes a snapshot as if it was so many days ago; how many opportunities had changed."""

    def take(days_ago=0):
        with work(world.workspace(), SYSTEM, via="job") as ctx:
            then = replace(ctx, now=ctx.now - timedelta(days=days_ago))
            kept = snapshots.keep_batch(then)
            snapshots.record(then)
            return kept

    return take


def waterfall(who, **asked):
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    answer = Client.signed_in_as(who).get(f"forecast/waterfall?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def steps(told):
    return {one["step"]: one["amount"] for one in told["steps"] if one["count"]}


def test_a_snapshot_keeps_what_changed_and_nothing_twice(deal, taken, admin, database):
    first = deal("salesperson", "100")
    deal("colleague", "50")
    assert taken(14) == 2
    assert taken(7) == 0
    Client.signed_in_as("salesperson").patch(f"records/opportunity/{first['id']}", {"values": {"amount": "120"}})
    assert taken() == 1
    where = {"field": "opportunity", "op": "eq", "value": first["id"]}
    rows = admin.post(
        "records/forecast_snapshot/query", {"where": where, "sort": [{"field": "valid_from", "dir": "asc"}]}
    )
    kept = rows.json()["rows"]
    assert [Decimal(row["amount"]["amount"]) for row in kept] == [100, 120]
    assert (kept[0]["valid_to"], kept[1]["valid_to"]) == (kept[1]["valid_from"], None)


def test_the_chore_does_a_week_once(deal, database):
    deal("salesperson", "100")
    assert snapshots.take(world.workspace()) == 1
    deal("salesperson", "200")
    assert snapshots.take(world.workspace()) == 0
    with work(world.workspace(), SYSTEM, via="job") as ctx:
        assert len(reads.ids(ctx, "forecast_snapshot", None)) == 1


def test_the_waterfall_of_a_quarter_closes(deal, won, stage, taken, today, quarter, department, member, admin):
    sales = Client.signed_in_as("salesperson")

    def change(one, **values):
        answer = sales.patch(f"records/opportunity/{one['id']}", {"values": values})
        assert answer.status_code == 200, answer.content

    following = quarter.before(-1).begins.isoformat()
    grows, shrinks, goes, comes, wins, loses, vanishes, leaves = (
        deal("salesperson", "100", **({"expected_close_on": following} if place == 3 else {})) for place in range(8)
    )
    taken(0)
    since = today.isoformat()
    change(grows, amount="130.05")
    change(shrinks, amount="60")
    change(goes, expected_close_on=following)
    change(comes, expected_close_on=today.isoformat())
    change(wins, stage=stage("赢单"), amount="110", closed_on=today.isoformat())
    change(loses, stage=stage("输单"), loss_reason="price")
    sales.delete(f"records/opportunity/{vanishes['id']}")
    admin.patch(f"records/opportunity/{leaves['id']}", {"values": {"owner": member("other_salesperson")}})
    deal("salesperson", "40")
    asked = {"department": department("east"), "since": since}
    told = waterfall("manager", **asked)
    assert steps(told) == {
        "new": "40.00", "pulled_in": "100.00", "up": "40.05", "down": "-40.00", "won": "-110.00", "lost": "-100.00",
        "pushed_out": "-100.00", "handed_on": "-100.00",
    }  # fmt: skip
    # What was deleted is left out of both days.
    assert (told["opening"], told["closing"]) == ("600.00", "330.05")
    total = Decimal(told["opening"]) + sum(Decimal(one["amount"]) for one in told["steps"])
    assert total == Decimal(told["closing"])
    (new,) = next(one for one in told["steps"] if one["step"] == "new")["deals"]
    assert new["opportunity"]["title"] == "salesperson 40"


def test_nobody_reads_snapshots_of_what_they_do_not_see(deal, taken, department):
    deal("colleague", "7777")
    taken()
    for who in ("salesperson", "other_salesperson"):
        text = str(waterfall(who, company=1)) + str(waterfall(who, department=department("east")))
        assert "7777" not in text
        assert Client.signed_in_as(who).get("records/forecast_snapshot").status_code == 404
        assert Client.signed_in_as(who).get("records/forecast_record").status_code == 404
        errors = Client.signed_in_as(who).get(f"forecast/errors?department={department('east')}").json()
        assert errors == {**errors, "whole": False, "periods": [], "methods": []}


AMOUNTS = {"forecast_snapshot": "amount", "forecast_record": "weighted"}


HISTORY = {key: {"read": "all", "export": True} for key in AMOUNTS}
EVERYTHING = {"*": {"read": "all", "export": True}}


@pytest.mark.parametrize("reads_all", [HISTORY, EVERYTHING], ids=["named", "everything"])
def test_what_is_kept_from_somebody_of_a_deal_is_kept_of_its_history(deal, taken, reads_all):
    made = deal("salesperson", "100")
    taken()
    reader = Client.signed_in_as("read_only")
    deals = {"read": "all", "export": True}
    roles.only("read_only", opportunity=deals, **reads_all)

    def told(key):
        obj = next(one for one in reader.get("catalog").json()["objects"] if one["key"] == key)
        fields = {one["key"] for one in obj["fields"]}
        row = reader.post(f"records/{key}/query", {"limit": 1}).json()["rows"][0]
        ways = {
            "catalog": AMOUNTS[key] in fields,
            "list": AMOUNTS[key] in row,
            "record": AMOUNTS[key] in reader.get(f"records/{key}/{row['id']}").json(),
            "filter": reader.post(
                f"records/{key}/query", {"where": {"field": AMOUNTS[key], "op": "not_empty"}}
            ).status_code == 200,
            "sum": reader.post(
                f"records/{key}/group", {"by": [{"field": "owner"}], "aggregates": [{"fn": "sum", "field": AMOUNTS[key]}]}
            ).status_code == 200,
            "through the deal": reader.get(
                f"records/opportunity/{made['id']}/related/forecast_snapshots?select=name,amount"
            ).status_code == 200 if key == "forecast_snapshot" else None,
        }  # fmt: skip
        return ways, reader.post(f"records/{key}/query", {"limit": 1}).content

    for key in AMOUNTS:
        ways, _ = told(key)
        assert all(one is not False for one in ways.values()), (key, ways)
    roles.only("read_only", opportunity={**deals, "fields": {"amount": "hidden"}}, **reads_all)
    for key in AMOUNTS:
        ways, content = told(key)
        assert not any(ways.values()), (key, ways)
        assert b'"100' not in content


def test_a_rule_that_leaves_deals_out_leaves_nothing_of_their_history(deal, taken, admin):
    deal("salesperson", "100")
    taken()
    admin.make(
        "access_rule", name="只看大单", object="opportunity", effect="restricts", active=True, for_everyone=True,
        where={"field": "amount", "op": "gt", "value": 1000},
    )  # fmt: skip
    roles.trust("read_only", forecast_snapshot={"read": "all"})
    rows = Client.signed_in_as("read_only").post("records/forecast_snapshot/query", {}).json()["rows"]
    assert rows
    assert all("amount" not in row for row in rows)


def test_past_forecasts_are_held_against_what_came(deal, won, taken, quarter, today, stage, member):
    before = quarter.before()
    days = (today - before.ends).days + 10
    deal("salesperson", "100", expected_close_on=before.ends.isoformat(), stage=stage("合同审批"))
    taken(days)
    won("salesperson", "80", closed_on=before.ends.isoformat())

    told = Client.signed_in_as("salesperson").get("forecast/errors").json()
    assert told["whole"] is True
    past = next(one for one in told["periods"] if one["period"]["name"] == before.name)
    assert (past["over"], past["came"]) == (True, "80.00")
    (week,) = past["weeks"]
    assert (week["forecast"], week["weighted"]) == ("100.00", "90.00")
    assert (week["off"]["forecast"], week["off"]["weighted"]) == ("25.0", "12.5")
    by_method = {one["method"]: (one["weeks"], one["off"], one["lean"]) for one in told["methods"]}
    assert by_method["weighted"] == (1, "12.5", "12.5")


def test_days_in_the_wrong_order_are_refused(admin, today):
    answer = admin.get(f"forecast/waterfall?since={today}&until=2020-01-01")
    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "forecast.ends_early")
    assert admin.get("forecast/waterfall").json()["since"] is None
