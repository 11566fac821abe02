"""The generic record API, from outside."""

import pytest

from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


def test_a_record_is_created_with_owner_revision_and_titles(sales: Client) -> None:
    company = sales.make(name="深圳市华信科技有限公司", tags=["VIP"])

    assert company["rev"] == 1
    assert company["name"] == "深圳市华信科技有限公司"
    assert company["owner"]["title"] == "salesperson"
    assert sales.get(f"records/company/{company['id']}").json()["_rights"] == {"edit": True, "delete": True}


def test_every_wrong_value_is_named_in_the_callers_language(sales: Client) -> None:
    answer = sales.post("records/company", {"values": {"mail": "no", "nonsense": 1}}, Accept_Language="en")

    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == "request.invalid"
    assert {f["field"] for f in problem["fields"]} == {"mail", "nonsense"}
    assert all(f["message"] and f["message"] != f["code"] for f in problem["fields"])


def test_a_required_field_is_asked_for(sales: Client) -> None:
    answer = sales.post("records/company", {"values": {"short_name": "x"}})

    assert answer.status_code == 422
    assert [(f["field"], f["code"]) for f in answer.json()["fields"]] == [("name", "fields.required")]


def test_a_stale_save_gets_both_versions_and_changes_nothing(sales: Client) -> None:
    company = sales.make(name="旧名")
    first = sales.patch(f"records/company/{company['id']}", {"values": {"name": "新名"}, "rev": 1})
    second = sales.patch(f"records/company/{company['id']}", {"values": {"name": "我的"}, "rev": 1})

    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["code"] == "records.stale"
    assert second.json()["params"]["current"]["name"] == "新名"
    assert second.json()["params"]["yours"] == {"name": "我的"}
    assert sales.get(f"records/company/{company['id']}").json()["name"] == "新名"


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ({}, "query.bad_filter"),
        ({"field": "nope", "op": "eq", "value": 1}, "query.unknown_field"),
        ({"field": "name", "op": "resembles", "value": "x"}, "query.unknown_operator"),
        ({"field": "name", "op": "eq"}, "query.value_missing"),
        ({"and": []}, "query.bad_filter"),
        ({"field": "name", "op": "eq", "value": "x", "or": []}, "query.bad_filter"),
        ({"field": "founded_year", "op": "gt", "value": "many"}, "query.bad_value"),
        ({"has": "nothing"}, "query.unknown_relation"),
        ([], "query.bad_filter"),
        ("name", "query.bad_filter"),
    ],
)
def test_a_filter_that_is_not_understood_is_refused(sales: Client, where, code: str) -> None:
    answer = sales.post("records/company/query", {"where": where})

    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_an_unknown_key_of_a_query_is_refused(sales: Client) -> None:
    answer = sales.post("records/company/query", {"filter": {"field": "name", "op": "eq", "value": "x"}})

    assert (answer.status_code, answer.json()["code"]) == (400, "query.unknown_key")


def test_filters_reach_over_relations_without_multiplying_rows(sales: Client) -> None:
    company = sales.make(name="华信", tags=["VIP"])
    for name in ("甲", "乙"):
        sales.make("opportunity", name=name, company=company["id"], amount="100")
    other = sales.make(name="别家")
    sales.make("opportunity", name="丙", company=other["id"])

    has = {"has": "opportunities", "where": {"field": "amount", "op": "gte", "value": 100}}
    companies = sales.post("records/company/query", {"select": ["name"], "where": has}).json()["rows"]
    over = {"field": "company.tags", "op": "has_any", "value": ["VIP"]}
    opportunities = sales.post("records/opportunity/query", {"where": over, "select": ["name", "company.name"]}).json()

    assert [row["name"] for row in companies] == ["华信"]
    assert {row["name"] for row in opportunities["rows"]} == {"甲", "乙"}
    assert {row["company.name"] for row in opportunities["rows"]} == {"华信"}


def test_groups_add_up_to_the_totals(sales: Client) -> None:
    for name, amount in (("甲", "100.50"), ("乙", "200"), ("丙", None)):
        sales.make("opportunity", name=name, amount=amount)

    body = {"by": [{"field": "stage"}], "aggregates": [{"fn": "sum", "field": "amount"}]}
    answer = sales.post("records/opportunity/group", body).json()

    assert answer["totals"] == {"count": 3, "values": [{"amount": "300.50", "currency": "CNY"}]}
    assert [group["count"] for group in answer["groups"]] == [3]
    assert answer["groups"][0]["keys"][0]["title"]


@pytest.mark.parametrize(
    "other",
    [
        {"sort": [{"field": "name", "dir": "desc"}]},
        {"sort": [{"field": "created_at"}]},
        {"where": {"field": "name", "op": "eq", "value": "甲"}},
        {"search": "甲"},
    ],
)
def test_a_cursor_leads_through_the_pages_of_its_own_question_alone(sales: Client, other) -> None:
    for name in ("甲", "乙", "丙"):
        sales.make(name=name)
    asked = {"select": ["name"], "sort": [{"field": "name"}], "limit": 1}
    cursor = sales.post("records/company/query", asked).json()["next_cursor"]

    following = sales.post("records/company/query", {**asked, "select": ["owner"], "limit": 2, "cursor": cursor})
    answer = sales.post("records/company/query", {**asked, **other, "cursor": cursor})
    elsewhere = sales.post("records/contact/query", {**asked, "cursor": cursor})

    assert following.status_code == 200
    assert [(one.status_code, one.json()["code"]) for one in (answer, elsewhere)] == [(400, "query.bad_cursor")] * 2


@pytest.mark.parametrize(
    "which",
    [{}, {"where": None}, {"where": None, "search": ""}, {"all": False}, {"all": "yes"}, {"all": True, "search": "甲"}],
)
def test_a_bulk_operation_on_everything_has_to_be_said(sales: Client, which) -> None:
    for name in ("甲", "乙"):
        sales.make(name=name)

    refused = sales.post("records/company/bulk", {"op": "delete", **which})
    left = sales.post("records/company/count", {}).json()["count"]
    done = sales.post("records/company/bulk", {"op": "delete", "all": True}).json()

    assert (refused.status_code, left, done["count"]) == (400, 2, 2)


def test_a_bulk_edit_is_one_change_set_that_can_be_undone(sales: Client) -> None:
    ids = [sales.make(name=f"公司{n}", level="A")["id"] for n in range(3)]

    done = sales.post("records/company/bulk", {"op": "update", "ids": ids, "values": {"level": "C"}}).json()
    undone = sales.post(f"change-sets/{done['change_set']}/undo", {})

    assert done["count"] == 3
    assert undone.json()["undone"] == 3
    assert {sales.get(f"records/company/{i}").json()["level"] for i in ids} == {"A"}
    again = sales.post(f"change-sets/{done['change_set']}/undo", {})
    assert (again.status_code, again.json()["code"]) == (409, "records.already_undone")


def test_undo_leaves_what_was_changed_since(sales: Client) -> None:
    company = sales.make(name="甲", level="A")
    set_ = sales.patch(f"records/company/{company['id']}", {"values": {"level": "B"}}).json()["_change_set"]
    sales.patch(f"records/company/{company['id']}", {"values": {"level": "C"}})

    refused = sales.post(f"change-sets/{set_}/undo", {})

    assert (refused.status_code, refused.json()["code"]) == (409, "records.undo_conflicts")
    assert refused.json()["params"]["conflicts"][0]["fields"] == ["level"]
    assert sales.get(f"records/company/{company['id']}").json()["level"] == "C"


def test_a_deleted_record_is_gone_from_every_read_and_comes_back_by_undo(sales: Client) -> None:
    company = sales.make(name="珠海远大")
    removed = sales.delete(f"records/company/{company['id']}").json()

    assert sales.get(f"records/company/{company['id']}").status_code == 404
    assert sales.post("records/company/count", {}).json() == {"count": 0, "exact": True}
    assert sales.get("search?q=远大").json()["hits"] == []

    sales.post(f"change-sets/{removed['change_set']}/undo", {})

    assert sales.get(f"records/company/{company['id']}").json()["name"] == "珠海远大"
    assert [h["title"] for h in sales.get("search?q=远大").json()["hits"]] == ["珠海远大"]


def test_upsert_updates_what_matches_and_creates_the_rest(sales: Client) -> None:
    sales.make(name="甲", external_id="1")

    body = {
        "match": ["external_id"],
        "records": [{"external_id": "1", "name": "甲二"}, {"external_id": "2", "name": "乙"}],
    }
    answer = sales.post("records/company/upsert", body).json()

    assert (answer["created"], answer["updated"]) == (1, 1)
    rows = sales.get("records/company?select=name&sort=name").json()["rows"]
    assert {row["name"] for row in rows} == {"甲二", "乙"}


def test_the_timeline_tells_who_changed_what_in_words(sales: Client) -> None:
    company = sales.make(name="甲", level="A")
    sales.patch(f"records/company/{company['id']}", {"values": {"level": "B"}})
    sales.make("note", body="<p>电话跟进</p>", about={"object": "company", "id": company["id"]})

    items = sales.get(f"records/company/{company['id']}/timeline").json()["items"]

    assert [item["type"] for item in items].count("activity") == 1
    changed = next(item for item in items if item["type"] == "change" and item["op"] == "update")
    assert changed["by"]["title"] == "salesperson"
    assert changed["fields"][0]["old_value"] == "A"
    assert changed["fields"][0]["new"]


def test_the_catalog_and_the_openapi_document_name_only_what_may_be_read(sales: Client) -> None:
    catalog = sales.get("catalog")
    spec = sales.get("openapi.json").json()

    assert {o["key"] for o in catalog.json()["objects"]} >= {"company", "contact", "opportunity", "task"}
    assert spec["openapi"] == "3.1.0"
    assert {"/records/company/{id}", "/imports/{id}", "/me", "/files/{id}"} <= set(spec["paths"])
    assert "/records/company/export" not in spec["paths"], "this role may not export"
    assert sales.get("catalog", If_None_Match=catalog["ETag"]).status_code == 304


def test_records_are_named_by_their_ids_in_a_filter(sales: Client) -> None:
    one, two = sales.make(name="甲"), sales.make(name="乙")
    sales.make(name="丙")

    where = {"field": "id", "op": "in", "value": [one["id"], two["id"]]}
    rows = sales.post("records/company/query", {"select": ["name"], "where": where}).json()["rows"]

    assert {row["name"] for row in rows} == {"甲", "乙"}


def test_groups_of_a_choice_come_in_the_order_of_its_options(sales: Client) -> None:
    for level in ("D", "A", None, "B"):
        sales.make(name="甲", level=level)

    groups = sales.post("records/company/group", {"by": [{"field": "level"}]}).json()["groups"]

    assert [group["keys"] for group in groups] == [["A"], ["B"], ["D"], [None]]


def test_part_of_a_phone_is_found_however_it_is_written(sales: Client) -> None:
    sales.make("contact", name="甲", mobile="13800138000")

    where = {"field": "mobile", "op": "contains", "value": "138 0013"}

    assert sales.post("records/contact/count", {"where": where}).json()["count"] == 1


def test_every_item_of_one_instant_is_on_the_timeline_once(sales: Client) -> None:
    company = sales.make(name="甲")
    about = {"object": "company", "id": company["id"]}
    notes = [{"values": {"body": f"<p>{n}</p>", "about": about}} for n in range(30)]
    assert sales.post("records/note/bulk", {"op": "create", "records": notes}).status_code == 200

    seen, cursor = [], ""
    while cursor is not None:
        page = sales.get(f"records/company/{company['id']}/timeline?limit=7&cursor={cursor}").json()
        seen += [item["record"]["id"] for item in page["items"] if item["type"] == "activity"]
        cursor = page["next_cursor"] and page["next_cursor"].replace("+", "%2B")

    assert len(seen) == len(set(seen)) == 30


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("count", {"wheer": None}),
        ("count", {"search": 5}),
        ("group", {"by": [], "havin": 1}),
        ("bulk", {"op": "delete", "where": None, "serach": "x"}),
        ("query", {"cursor": "WzAsW10sInh4Il0"}),
        ("query", {"where": {"field": "name", "op": "contains", "value": "a\0b"}}),
        ("query", {"expand": {"contacts": ["select"]}}),
        ("query", {"expand": {"contacts": {"cursor": "x"}}}),
        ("query", {"select": ["name"] * 300}),
        ("upsert", {"match": ["name"], "records": [], "dry": True}),
    ],
)
def test_what_a_caller_got_wrong_is_a_400_and_changes_nothing(sales: Client, path: str, body: dict) -> None:
    sales.make(name="甲")

    answer = sales.post(f"records/company/{path}", body)

    assert answer.status_code == 400, answer.content
    assert sales.post("records/company/count", {}).json()["count"] == 1


def test_only_an_import_says_where_a_record_comes_from(sales: Client) -> None:
    boss = Client.signed_in_as("administrator")
    refused = boss.post("records/company", {"values": {"name": "甲", "created_at": "2001-01-01T00:00:00Z"}})

    assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "fields.read_only")


def test_a_month_that_came_unannounced_gets_its_partition_later(ctx) -> None:
    from datetime import UTC, datetime

    from guanxi.engine.objects.ddl.runner import ensure_partitions

    ctx.run(
        "INSERT INTO sys_change (at, change_set, via, object, record, op, rev, diff)"
        " VALUES ('2031-03-05', gen_random_uuid(), 'api', 'company', gen_random_uuid(), 'create', 1, '{}')"
    )

    ensure_partitions(ctx.cursor, datetime(2031, 3, 10, tzinfo=UTC))

    assert ctx.run("SELECT count(*) FROM sys_change_2031_03") == [(1,)]


def test_different_currencies_are_never_added_up(sales: Client) -> None:
    def money(amount: str, currency: str) -> dict[str, str]:
        return {"amount": amount, "currency": currency}

    for name, amount in (("甲", money("100", "USD")), ("乙", money("20", "USD")), ("丙", money("7", "CNY"))):
        sales.make("opportunity", name=name, amount=amount)
    asked = [{"fn": fn, "field": "amount"} for fn in ("sum", "count_values", "max")]
    one = {"field": "amount", "op": "gt", "value": "10"}

    alone = sales.post("records/opportunity/group", {"by": [], "aggregates": asked, "where": one}).json()["totals"]
    together = sales.post("records/opportunity/group", {"by": [], "aggregates": asked}).json()["totals"]
    staged = sales.post("records/opportunity/group", {"by": [{"field": "stage"}], "aggregates": asked}).json()

    assert alone["values"] == [money("120.00", "USD"), 2, money("100.00", "USD")]
    both = [[money("7.00", "CNY"), money("120.00", "USD")], 3, [money("7.00", "CNY"), money("100.00", "USD")]]
    assert together["values"] == staged["totals"]["values"] == staged["groups"][0]["values"] == both
