"""Targets over HTTP: set, handed down, imported; reached or not; and whose business they are."""

import pytest

from tests.engine.transfer.conftest import importer, queued  # noqa: F401 - fixtures
from tests.support.clients import Client


def targets(who, **asked):
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    answer = Client.signed_in_as(who).get(f"targets?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def row_of(page, id_):
    return next(row for row in page["rows"] if row["place"]["id"] == id_)


@pytest.fixture
def set_(do, today):
    """A function by which somebody sets targets."""

    def run(who, *items, **params):
        return do(who, "set-targets", day=today.isoformat(), items=list(items), **params)

    return run


def test_a_manager_sets_targets_and_sees_what_was_reached(set_, won, department, member):
    east = department("east")
    answer = set_(
        "manager", {"department": east, "goal": "1000"}, {"person": member("salesperson"), "goal": "600.50"},
        {"person": member("colleague"), "goal": "300"},
    )  # fmt: skip
    assert answer.json()["result"] == {"created": 3, "changed": 0, "removed": 0}
    won("salesperson", "300.25")

    page = targets("manager", department=east)
    assert page["node"]["target"] == "1000.00"
    assert (page["node"]["handed_down"], page["node"]["left"]) == ("900.50", "99.50")
    assert (page["node"]["actual"], page["node"]["attainment"]) == ("300.25", "30.0")
    mine = row_of(page, member("salesperson"))
    assert (mine["target"], mine["actual"], mine["attainment"]) == ("600.50", "300.25", "50.0")
    won("salesperson", "400")
    mine = row_of(targets("manager", department=east), member("salesperson"))
    assert (mine["gap"], page["node"]["gap"]) == ("-99.75", "699.75")


def test_setting_again_changes_and_emptying_takes_away(set_, member):
    who = member("salesperson")
    set_("manager", {"person": who, "goal": "600"})
    assert set_("manager", {"person": who, "goal": "700"}).json()["result"] == {
        "created": 0,
        "changed": 1,
        "removed": 0,
    }
    record = targets("manager", person=who)["node"]["record"]
    entries = Client.signed_in_as("manager").get(f"records/sales_target/{record}/timeline").json()["items"]
    assert len(entries) >= 2
    assert set_("manager", {"person": who, "goal": None}).json()["result"] == {"created": 0, "changed": 0, "removed": 1}
    assert targets("manager", person=who)["node"]["target"] is None


def test_a_salesperson_reads_their_own_alone_and_sets_none(set_, won, department, member):
    set_(
        "manager", {"department": department("east"), "goal": "900"}, {"person": member("salesperson"), "goal": "500"},
        {"person": member("colleague"), "goal": "400"},
    )  # fmt: skip
    won("colleague", "123.45")
    own = targets("salesperson")
    assert (own["node"]["place"]["id"], own["node"]["target"]) == (member("salesperson"), "500.00")
    page = targets("salesperson", department=department("east"))
    assert page["node"]["target"] is None
    assert (page["node"]["whole"], page["node"]["actual"], page["node"]["attainment"]) == (False, "0.00", None)
    assert (own["node"]["gap"], page["node"]["gap"]) == ("500.00", None)
    assert [row["place"]["id"] for row in page["rows"]] == [member("salesperson")]
    assert "123.45" not in str(page)
    assert "123.45" not in str(targets("salesperson", company=1))
    refused = set_("salesperson", {"person": member("salesperson"), "goal": "1"})
    assert (refused.status_code, refused.json()["code"]) == (403, "actions.not_allowed")
    assert targets("salesperson")["node"]["target"] == "500.00"


def test_a_manager_sets_nothing_outside_of_their_departments(set_, department, member, admin):
    for item in ({"department": department("head")}, {"person": member("administrator")}, {}):
        refused = set_("manager", {**item, "goal": "5"})
        assert (refused.status_code, refused.json()["code"]) == (403, "forecast.outside_of_tree"), item
    made = set_("administrator", {"department": department("head"), "goal": "5"})
    assert made.status_code == 200
    (one,) = admin.get("records/sales_target").json()["rows"]
    assert Client.signed_in_as("manager").get(f"records/sales_target/{one['id']}").status_code == 404


def test_the_company_is_handed_down_by_last_quarter_to_the_cent(set_, do, won, department, quarter, member):
    before = quarter.before().begins.isoformat()
    won("salesperson", "200", closed_on=before)
    won("other_salesperson", "100", closed_on=before)
    sales = department("sales")
    set_("administrator", {"department": sales, "goal": "100.01"})
    asked = {"day": quarter.begins.isoformat(), "department": sales}
    answer = do("administrator", "propose-targets", **asked, method="last_period").json()["result"]
    by_id = {item["place"]["id"]: (item["goal"], item["last"]) for item in answer["items"]}
    assert (by_id[department("east")], by_id[department("south")]) == (("66.67", "200.00"), ("33.34", "100.00"))
    alike = do("manager", "propose-targets", **asked, method="equal", total="10").json()["result"]
    assert sorted(item["goal"] for item in alike["items"]) == ["2.50"] * 4
    nothing = do("manager", "propose-targets", **{**asked, "department": department("east")}, method="equal")
    assert (nothing.status_code, nothing.json()["fields"][0]["code"]) == (422, "forecast.nothing_to_share")


def test_counts_payments_and_products(set_, won, admin, member, today):
    who = member("salesperson")
    product = admin.make("product", name="网关", price="10")["id"]
    with_lines = won("salesperson", "1", lines=[{"values": {"product": product, "quantity": "3", "unit_price": "10"}}])
    won("salesperson", "70", product=product)
    won("salesperson", "500")
    assert (
        Client.signed_in_as("salesperson").get(f"records/opportunity/{with_lines['id']}").json()["amount"] is not None
    )
    company = Client.signed_in_as("salesperson").make("company", name="华东")["id"]
    paid = {"company": company, "owner": who, "paid_on": today.isoformat()}
    admin.make("payment", amount="80", **paid)
    set_("manager", {"person": who, "goal": "4"}, measure="won_count")
    set_("manager", {"person": who, "goal": "100"}, measure="received_amount")
    set_("manager", {"person": who, "goal": "200"}, product=product)

    counted = targets("manager", person=who, measure="won_count")["node"]
    assert (counted["target"], counted["actual"], counted["attainment"]) == ("4", "3", "75.0")
    received = targets("manager", person=who, measure="received_amount")["node"]
    assert (received["target"], received["actual"], received["attainment"]) == ("100.00", "80.00", "80.0")
    of_product = targets("manager", person=who, product=product)["node"]
    assert (of_product["target"], of_product["actual"], of_product["attainment"]) == ("200.00", "100.00", "50.0")
    assert targets("manager", person=who)["node"]["target"] is None


def test_other_currencies_count_by_their_rate_and_are_named_without_one(won, admin, member):
    won("salesperson", {"amount": "100", "currency": "USD"})
    assert targets("manager")["missing_rates"] == ["USD"]
    admin.make("currency_rate", currency="USD", rate="7.1", valid_from="2020-01-01")
    found = targets("manager", person=member("salesperson"))
    assert (found["missing_rates"], found["node"]["actual"]) == ([], "710.00")


def test_targets_that_make_no_sense_are_refused(admin, member, department, today):
    base = {"period": "quarter", "starts_on": today.isoformat(), "measure": "won_amount", "amount": "5"}
    product = admin.make("product", name="网关")["id"]
    category = admin.make("product_category", name="硬件")["id"]
    cases = [
        ({"person": member("manager"), "department": department("east")}, "department", "forecast.one_of_both"),
        ({"amount": None}, "amount", "forecast.amount_needed"),
        ({"amount": {"amount": "5", "currency": "USD"}}, "amount", "forecast.own_currency"),
        ({"measure": "won_count", "amount": None}, "quantity", "forecast.quantity_needed"),
        ({"product": product, "category": category}, "category", "forecast.product_or_category"),
        ({"measure": "received_amount", "product": product}, "product", "forecast.received_of_product"),
    ]
    for values, field, code in cases:
        answer = admin.post("records/sales_target", {"values": {**base, **values}})
        (error,) = answer.json()["fields"]
        assert (answer.status_code, error["field"], error["code"]) == (422, field, code), values
    made = admin.make("sales_target", **base)
    assert made["starts_on"].endswith("-01")
    again = admin.post("records/sales_target", {"values": {**base, "amount": "6"}})
    assert again.json()["fields"][0]["code"] == "forecast.target_exists"
    assert admin.post("records/sales_target/count", {"where": None}).json()["count"] == 1


def test_the_target_of_a_department_belongs_to_its_head(set_, admin, department, member):
    east = department("east")
    set_("manager", {"department": east, "goal": "900"})
    assert targets("salesperson", department=east)["node"]["target"] is None
    admin.patch(f"records/department/{east}", {"values": {"head": member("salesperson")}})
    assert targets("salesperson", department=east)["node"]["target"] == "900.00"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("period=week", "period"),
        ("day=soon", "day"),
        ("measure=sum", "measure"),
        ("department=01900000-0000-7000-8000-000000000001", "department"),
    ],
)
def test_what_is_not_understood_is_refused(admin, query, field):
    answer = admin.get(f"targets?{query}")
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, field)


def test_targets_are_imported_with_a_reason_for_each_that_is_not(importer, member, quarter):  # noqa: F811 - a fixture
    day = quarter.begins.replace(day=15).isoformat()
    rows = [
        ("成员", "部门", "周期", "开始日期", "指标", "目标金额", "目标数量"),
        ("salesperson", "", "季度", day, "赢单金额", "1200.50", ""),
        ("", "east", "季度", day, "赢单数量", "", "8"),
        ("colleague", "", "季度", day, "赢单金额", "", ""),
        ("colleague", "east", "季度", day, "赢单金额", "5", ""),
        ("nobody-there", "", "季度", day, "赢单金额", "5", ""),
    ]
    done = importer("administrator").proposed("sales_target", "\n".join(",".join(row) for row in rows).encode())
    assert done["counts"]["create"] == 2, done
    assert {(one["code"], one["first_row"]) for one in done["errors"]} >= {
        ("forecast.amount_needed", 4), ("forecast.one_of_both", 5),
    }  # fmt: skip
    assert targets("manager", person=member("salesperson"))["node"]["target"] == "1200.50"
    again = importer("administrator").proposed("sales_target", "\n".join(",".join(row) for row in rows[:2]).encode())
    assert (again["counts"]["create"], again["errors"][0]["code"]) == (0, "forecast.target_exists")


def test_targets_of_a_category_count_its_products_and_those_within(set_, won, admin, member):
    above = admin.make("product_category", name="设备")
    within = admin.make("product_category", name="机床", parent=above["id"])
    product = admin.make("product", name="五轴机床", code="M5", category=within["id"])
    who = member("salesperson")
    won("salesperson", "300", product=product["id"])
    won("salesperson", "40")
    assert set_("manager", {"person": who, "goal": "600"}, category=above["id"]).json()["result"]["created"] == 1
    page = targets("salesperson", person=who, category=above["id"])
    assert (page["node"]["target"], page["node"]["actual"]) == ("600.00", "300.00")
