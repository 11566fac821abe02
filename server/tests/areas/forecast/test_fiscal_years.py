"""A year that does not begin in January: in targets, forecasts, filters and figures by quarter and year."""

import pytest

from tests.support.clients import Client


@pytest.fixture
def april(admin):
    """The workspace's years begin in April."""
    assert admin.patch("workspace", {"fiscal_month": 4}).json()["fiscal_month"] == 4


@pytest.mark.parametrize(
    ("unit", "day", "begins", "ends", "name"),
    [
        ("quarter", "2026-05-20", "2026-04-01", "2026-06-30", "FY2027-Q1"),
        ("year", "2026-03-31", "2025-04-01", "2026-03-31", "FY2026"),
        ("month", "2026-03-31", "2026-03-01", "2026-03-31", "2026-03"),
    ],
)
def test_forecasts_go_by_it(april, admin, unit, day, begins, ends, name):
    period = admin.get(f"forecast?period={unit}&day={day}").json()["period"]
    assert (period["begins"], period["ends"], period["name"]) == (begins, ends, name)


def test_targets_go_by_it(april, do, member):
    who = member("salesperson")
    answer = do("manager", "set-targets", day="2027-02-10", period="year", items=[{"person": who, "goal": "900"}])
    assert answer.status_code == 200, answer.content
    page = Client.signed_in_as("salesperson").get("targets?period=year&day=2026-04-01").json()
    assert (page["node"]["target"], page["period"]["name"]) == ("900.00", "FY2027")
    (row,) = Client.signed_in_as("manager").get("records/sales_target").json()["rows"]
    assert (row["starts_on"], row["name"]) == ("2026-04-01", "salesperson · FY2027")


@pytest.mark.parametrize(
    ("bucket", "keys"), [("quarter", ["2026-01-01", "2026-04-01"]), ("year", ["2025-04-01", "2026-04-01"])]
)
def test_figures_by_quarter_and_year_go_by_it(april, deal, bucket, keys):
    for day in ("2026-03-31", "2026-04-01", "2026-06-30"):
        deal("salesperson", "100", expected_close_on=day)
    body = {"by": [{"field": "expected_close_on", "bucket": bucket}]}
    groups = Client.signed_in_as("salesperson").post("records/opportunity/group", body).json()["groups"]
    assert [(one["keys"][0], one["count"]) for one in groups] == [(keys[0], 1), (keys[1], 2)]


@pytest.mark.parametrize("first", [1, 2, 4, 12])
def test_this_year_of_a_filter_goes_by_it(admin, deal, today, first):
    assert admin.patch("workspace", {"fiscal_month": first}).status_code == 200
    begins = today.replace(year=today.year if today.month >= first else today.year - 1, month=first, day=1)
    inside = deal("salesperson", "100", expected_close_on=begins.isoformat())
    deal("salesperson", "100", expected_close_on=begins.replace(year=begins.year + 1).isoformat())
    where = {"field": "expected_close_on", "op": "within", "value": {"period": "this_year"}}
    rows = Client.signed_in_as("salesperson").post("records/opportunity/query", {"where": where}).json()["rows"]
    assert [row["id"] for row in rows] == [inside["id"]]


@pytest.mark.parametrize("value", [0, 13, "4", True, None, 1.5])
def test_a_month_that_is_none_is_refused(admin, value):
    answer = admin.patch("workspace", {"fiscal_month": value})
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "fiscal_month"
