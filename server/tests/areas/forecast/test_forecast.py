"""Forecasts over HTTP: categories, roll-up, adjustments, methods; and that nobody sees what they may not."""

from decimal import Decimal

import pytest

from tests.support.clients import Client


def forecast(who, **asked):
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    answer = Client.signed_in_as(who).get(f"forecast?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def row_of(page, id_):
    return next(row for row in page["rows"] if row["place"]["id"] == id_)


def test_the_category_follows_the_stage_unless_it_was_chosen(deal, stage, admin):
    one = deal("salesperson", "100")
    sales = Client.signed_in_as("salesperson")

    def category():
        return sales.get(f"records/opportunity/{one['id']}").json()["forecast_category"]

    assert category() == "pipeline"
    sales.patch(f"records/opportunity/{one['id']}", {"values": {"stage": stage("合同审批")}})
    assert category() == "commit"
    sales.patch(f"records/opportunity/{one['id']}", {"values": {"forecast_category": "omitted"}})
    sales.patch(f"records/opportunity/{one['id']}", {"values": {"next_step": "等消息"}})
    assert category() == "omitted"
    admin.patch(f"records/stage/{stage('商务谈判')}", {"values": {"forecast_category": "commit"}})
    sales.patch(f"records/opportunity/{one['id']}", {"values": {"stage": stage("商务谈判")}})
    assert category() == "commit"


def test_figures_roll_up_over_the_tree(deal, won, stage, department, member):
    deal("salesperson", "100.10")
    deal("salesperson", "200", stage=stage("合同审批"))
    deal("colleague", "50", stage=stage("方案报价"))
    deal("colleague", "9", forecast_category="omitted")
    deal("other_salesperson", "1000", stage=stage("合同审批"))
    won("salesperson", "300")

    page = forecast("manager", department=department("sales"))
    east = row_of(page, department("east"))
    assert (east["won"], east["commit"], east["best_case"], east["pipeline"], east["omitted"]) == (
        "300.00", "200.00", "50.00", "100.10", "9.00",
    )  # fmt: skip
    assert (east["weighted"], east["computed"], east["forecast"]) == ("515.01", "500.00", "500.00")
    assert (east["count"], east["won_count"]) == (4, 1)
    for key in ("won", "commit", "best_case", "pipeline", "omitted", "weighted", "forecast"):
        assert Decimal(page["node"][key]) == sum(Decimal(row[key]) for row in page["rows"]), key
    people = forecast("manager", department=department("east"))
    assert {row["place"]["id"] for row in people["rows"]} == {member("salesperson"), member("colleague")}
    assert people["node"]["forecast"] == "500.00"
    assert [one["kind"] for one in people["trail"]] == ["company", "department", "department", "department"]
    assert (people["methods"]["weighted"], people["methods"]["run_rate"]) == ("515.01", "300.00")
    assert Decimal(people["methods"]["model"]["low"]) >= 300


def test_only_what_is_expected_within_the_period_counts(deal, quarter):
    deal("salesperson", "100", expected_close_on=quarter.ends.isoformat())
    deal("salesperson", "200", expected_close_on=quarter.before().ends.isoformat())
    deal("salesperson", "400", expected_close_on=None)
    following = (quarter.before(-1)).begins.isoformat()
    deal("salesperson", "800", expected_close_on=following)

    page = forecast("salesperson")
    assert page["node"]["pipeline"] == "100.00"
    assert page["overdue"] == {"count": 2, "amount": "600.00"}
    assert forecast("salesperson", day=following)["node"]["pipeline"] == "800.00"


def test_a_salesperson_sees_their_own_figures_alone(deal, won, department, member):
    deal("salesperson", "100")
    deal("colleague", "7777")
    won("colleague", "8888")
    deal("other_salesperson", "9999")
    for asked in ({}, {"company": 1}, {"department": department("sales")}, {"department": department("east")}):
        text = str(page := forecast("salesperson", **asked))
        assert not any(amount in text for amount in ("7777", "8888", "9999")), asked
        assert page["node"]["pipeline"] == "100.00"
    assert forecast("salesperson")["node"]["whole"] is True
    assert forecast("salesperson", department=department("east"))["node"]["whole"] is False
    other = forecast("salesperson", person=member("colleague"))
    assert (other["node"]["count"], other["node"]["won"], other["node"]["whole"]) == (0, "0.00", False)


def test_who_may_not_read_amounts_is_told_so(admin, deal):
    deal("salesperson", "100")
    query = {"where": {"field": "key", "op": "eq", "value": "salesperson"}}
    (role,) = admin.post("records/role/query", query).json()["rows"]
    permissions = admin.get(f"records/role/{role['id']}").json()["permissions"]
    permissions["objects"]["opportunity"] = {**permissions["objects"]["*"], "fields": {"amount": "hidden"}}
    admin.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})
    sales = Client.signed_in_as("salesperson")
    for address in ("forecast", "forecast/waterfall", "forecast/errors", "targets"):
        answer = sales.get(address)
        assert (answer.status_code, answer.json()["code"]) == (403, "forecast.amounts_hidden"), address


def test_adjustments_stand_over_the_sum_below_and_their_history_is_kept(
    do, deal, stage, admin, department, member, today
):
    deal("salesperson", "100", stage=stage("合同审批"))
    deal("colleague", "50", stage=stage("合同审批"))
    east, sales = department("east"), department("sales")
    admin.patch(f"records/department/{sales}", {"values": {"head": member("manager")}})
    day = {"day": today.isoformat()}

    made = do("salesperson", "adjust-forecast", **day, person=member("salesperson"), amount="80", reason="还没谈妥")
    assert made.json()["result"]["computed"] == "100.00"
    page = forecast("manager", department=east)
    assert (page["node"]["computed"], page["node"]["below"], page["node"]["forecast"]) == ("150.00", "130.00", "130.00")
    do("manager", "adjust-forecast", **day, department=east, amount="120", reason="有一单可能拖期")
    do("manager", "adjust-forecast", **day, department=east, amount="110", reason="又少了一点")
    page = forecast("manager", department=east)
    assert (page["node"]["below"], page["node"]["forecast"]) == ("130.00", "110.00")
    assert [one["amount"] for one in page["history"]] == ["110.00", "120.00"]
    assert page["node"]["adjustment"]["reason"] == "又少了一点"
    assert page["node"]["adjustment"]["by"]["title"] == "manager"
    assert forecast("manager", department=sales)["node"]["below"] == "110.00"
    assert forecast("administrator", company=1)["node"]["forecast"] == "110.00"

    do("manager", "adjust-forecast", **day, department=east, reason="撤回")
    page = forecast("manager", department=east)
    assert (page["node"]["forecast"], page["node"]["adjustment"], len(page["history"])) == ("130.00", None, 3)


def test_only_who_answers_for_a_forecast_adjusts_it(do, admin, department, member, today):
    east = department("east")
    tried = {"day": today.isoformat(), "amount": "5", "reason": "试试"}
    cases = [
        ("salesperson", {"person": member("colleague")}), ("salesperson", {"department": east}), ("salesperson", {}),
        ("manager", {"department": east}), ("manager", {}), ("manager", {"department": department("head")}),
    ]  # fmt: skip
    for who, place in cases:
        answer = do(who, "adjust-forecast", **tried, **place)
        assert (answer.status_code, answer.json()["code"]) == (403, "forecast.not_their_head"), (who, place)
    refused = do("read_only", "adjust-forecast", **tried, person=member("read_only"))
    assert (refused.status_code, refused.json()["code"]) == (403, "actions.not_allowed")
    assert admin.post("records/forecast_adjustment/count", {"where": None}).json()["count"] == 0
    assert do("administrator", "adjust-forecast", **tried, department=east).status_code == 200


def test_adjustments_are_not_read_by_who_they_are_about(do, department, member, today, admin):
    params = {"day": today.isoformat(), "person": member("salesperson"), "amount": "4321", "reason": "保守一些"}
    assert do("administrator", "adjust-forecast", **params).status_code == 200
    assert "4321" not in str(forecast("salesperson"))
    assert Client.signed_in_as("salesperson").get("records/forecast_adjustment").json()["rows"] == []


def test_history_is_not_written_by_hand(do, admin, member, today):
    params = {"day": today.isoformat(), "person": member("salesperson"), "amount": "5", "reason": "试试"}
    made = do("administrator", "adjust-forecast", **params).json()["result"]["adjustment"]
    assert admin.patch(f"records/forecast_adjustment/{made}", {"values": {"amount": "6"}}).status_code in (409, 422)
    assert admin.delete(f"records/forecast_adjustment/{made}").json()["code"] == "forecast.kept_for_good"
    assert admin.get(f"records/forecast_adjustment/{made}").json()["amount"]["amount"] in ("5", "5.00")


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"reason": "  "}, "reason", "forecast.reason_needed"),
        ({"amount": "-1"}, "amount", "forecast.goal_below_zero"),
        ({"amount": "1.234"}, "amount", "forecast.too_fine"),
        (
            {"department": "01900000-0000-7000-8000-000000000001", "person": None},
            "department",
            "forecast.no_such_place",
        ),
    ],
)
def test_adjustments_that_make_no_sense_are_refused(do, member, today, changed, field, code):
    params = {"day": today.isoformat(), "person": member("salesperson"), "amount": "5", "reason": "试试", **changed}
    answer = do("administrator", "adjust-forecast", **params)
    (error,) = answer.json()["fields"]
    assert (answer.status_code, error["field"], error["code"]) == (422, field, code)


def test_the_target_of_the_quarter_stands_beside_the_forecast(do, won, member, today):
    do("manager", "set-targets", day=today.isoformat(), items=[{"person": member("salesperson"), "goal": "400"}])
    won("salesperson", "100")
    node = forecast("salesperson")["node"]
    assert (node["target"], node["attainment"]) == ("400.00", "25.0")
