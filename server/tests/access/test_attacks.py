"""What somebody tries who wants to know or do more than they may; each must learn nothing and change nothing."""

import pytest

from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")

NOBODY = "01900000-0000-7000-8000-00000000dead"
PHONE = "+8613812345678"


@pytest.fixture
def administrator(database):
    """Who hands out roles."""
    return Client.signed_in_as("administrator")


@pytest.fixture
def owner(database):
    """Whose company it is."""
    return Client.signed_in_as("salesperson")


@pytest.fixture
def colleague(database):
    """Somebody of the same role who must not see it."""
    return Client.signed_in_as("colleague")


@pytest.fixture
def company(owner):
    """A company that only its owner and those above reach."""
    return owner.make(
        "company", name="机密客户", phone=PHONE, level="A", annual_revenue={"amount": "9", "currency": "CNY"}
    )


@pytest.fixture
def masked(administrator, company):
    """Salespeople read every company, with masked phones and without revenue."""
    rows = administrator.post("records/role/query", {"where": {"field": "key", "op": "eq", "value": "salesperson"}})
    role = rows.json()["rows"][0]
    permissions = role["permissions"]
    permissions["objects"]["company"] = {
        "read": "all", "edit": "own", "create": True, "export": True,
        "fields": {"phone": "masked", "annual_revenue": "hidden"},
    }  # fmt: skip
    answer = administrator.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})
    assert answer.status_code == 200, answer.content


def where(company) -> str:
    return f"records/company/{company['id']}"


class TestIds:
    """Changed and guessed ids."""

    @pytest.mark.parametrize("path", ["", "/timeline", "/shares", "/related/contacts"])
    def test_a_hidden_record_looks_like_none(self, colleague, company, path):
        hidden, none = colleague.get(f"{where(company)}{path}"), colleague.get(f"records/company/{NOBODY}{path}")

        assert (hidden.status_code, hidden.json()["code"]) == (none.status_code, none.json()["code"]) == (
            404, "records.not_found",
        )  # fmt: skip

    def test_ids_of_another_workspace_mean_nothing(self, company):
        stranger = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE)

        assert stranger.get(where(company)).status_code == 404
        assert stranger.patch(where(company), {"values": {"name": "x"}}).status_code == 404
        assert stranger.get(f"/api/v1/{world.WORKSPACE}/{where(company)}").status_code == 404

    def test_a_list_with_one_hidden_id_does_nothing_at_all(self, colleague, owner, company):
        own = colleague.make("company", name="自己的客户")

        answer = colleague.post("records/company/bulk", {"op": "delete", "ids": [own["id"], company["id"]]})

        assert answer.status_code == 404
        assert colleague.get(f"records/company/{own['id']}").status_code == 200
        assert owner.get(where(company)).status_code == 200

    def test_a_change_set_of_somebody_else_cannot_be_undone(self, colleague, owner, company):
        assert owner.patch(where(company), {"values": {"level": "B"}}).status_code == 200
        change_set = owner.get("change-sets").json()["change_sets"][0]["id"]

        assert colleague.post(f"change-sets/{change_set}/undo", {}).status_code == 404
        assert owner.get(where(company)).json()["level"] == "B"


@pytest.mark.usefixtures("masked")
class TestOracles:
    """Learning a value by asking around it."""

    @pytest.mark.parametrize(
        ("field", "code"), [("phone", "query.field_masked"), ("annual_revenue", "query.unknown_field")]
    )
    @pytest.mark.parametrize("way", ["where", "not", "sort", "group", "sum", "has", "far", "export", "count", "draft"])
    def test_a_value_is_not_told_by_comparing(self, colleague, company, field, code, way):
        leaf = {"field": field, "op": "not_empty"}
        asked = {
            "where": ("records/company/query", {"where": leaf}),
            "not": ("records/company/query", {"where": {"not": {"and": [{"or": [leaf]}]}}}),
            "sort": ("records/company/query", {"sort": [{"field": field, "dir": "asc"}]}),
            "group": ("records/company/group", {"by": [{"field": field}]}),
            "sum": ("records/company/group", {"aggregates": [{"fn": "count_values", "field": field}]}),
            "has": ("records/company/query", {"where": {"has": "contacts", "where": {**leaf, "field": f"company.{field}"}}}),
            "far": ("records/contact/query", {"where": {**leaf, "field": f"company.{field}"}}),
            "export": ("records/company/export", {"format": "csv", "where": leaf}),
            "count": ("records/company/count", {"where": leaf}),
            "draft": ("records/company/formula-preview", {"expression": f"{field} & name", "record": company["id"]}),
        }  # fmt: skip
        answer = colleague.post(*asked[way])

        if way == "draft":
            assert answer.status_code != 200 or answer.json()["errors"], answer.content
        else:
            assert (answer.status_code, answer.json()["code"]) == (400, code), answer.content

    @pytest.mark.parametrize("text", ["13812345678", "138123", "5678", "+86 138-1234-5678", "138 1234"])
    def test_search_finds_nobody_by_a_masked_phone(self, colleague, company, text):
        hits = colleague.get(f"search?q={text}").json()["hits"]
        listed = colleague.post("records/company/query", {"search": text}).json()["rows"]

        assert company["id"] not in {hit["id"] for hit in hits} | {row["id"] for row in listed}

    def test_what_is_told_is_the_mask(self, colleague, company):
        answers = [
            colleague.get(where(company)).content.decode(),
            colleague.post("records/company/query", {"select": ["name", "phone"]}).content.decode(),
            b"".join(colleague.post("records/company/export", {"format": "csv"})).decode("utf-8-sig"),
            colleague.get(f"{where(company)}/timeline").content.decode(),
        ]

        assert all("138****5678" in text and "1234567" not in text for text in answers)

    def test_a_hidden_field_is_nowhere(self, colleague, company):
        field = "annual_revenue"

        assert field not in colleague.get(where(company)).json()
        assert field not in colleague.get("catalog").content.decode()
        assert field not in colleague.get("openapi.json").content.decode()
        assert field not in colleague.get(f"{where(company)}/timeline").content.decode()
        assert colleague.post("records/company/query", {"select": [field]}).status_code == 400

    @pytest.mark.parametrize("field", ["phone", "annual_revenue"])
    def test_what_is_not_read_is_not_written_or_matched_by(self, colleague, administrator, company, field):
        own = colleague.make("company", name="自己的客户")
        before = administrator.get(where(company)).json()[field]

        written = colleague.patch(f"records/company/{own['id']}", {"values": {field: None}})
        created = colleague.post("records/company", {"values": {"name": "新客户", field: None}})
        matched = colleague.post("records/company/upsert", {"match": [field], "records": [{field: PHONE, "name": "x"}]})

        assert (written.status_code, created.status_code) == (422, 422)
        assert matched.status_code == 400
        assert administrator.get(where(company)).json()[field] == before


class TestMassAssignment:
    """Values that nobody asked for."""

    def test_nobody_gives_themselves_a_role(self, owner):
        me = world.membership("salesperson").member_id
        roles = Client.signed_in_as("administrator").post("records/role/query", {}).json()["rows"]
        administrator = next(row["id"] for row in roles if row["key"] == "administrator")

        answer = owner.patch(f"records/member/{me}", {"values": {"roles": [administrator]}})

        assert answer.status_code == 403
        assert "administrator" not in owner.get("me").json()["roles"]

    @pytest.mark.parametrize(
        "field", ["created_by", "created_at", "updated_at", "via_owner", "deleted_at", "rev", "id"]
    )
    def test_what_the_system_writes_is_not_taken(self, owner, company, field):
        answer = owner.patch(where(company), {"values": {field: None}})

        assert answer.status_code == 422
        assert owner.get(where(company)).json()["name"] == "机密客户"

    def test_a_record_is_given_away_only_with_the_right_to(self, administrator, owner, company):
        _change_role(administrator, "salesperson", "company", transfer=False)
        colleague_id = str(world.membership("colleague").member_id)

        given = owner.patch(where(company), {"values": {"owner": colleague_id}})
        made = owner.post("records/company", {"values": {"name": "替别人建", "owner": colleague_id}})

        assert (given.status_code, made.status_code) == (422, 422)
        assert owner.get(where(company)).json()["owner"]["id"] == str(world.membership("salesperson").member_id)

    def test_many_records_are_changed_at_once_only_with_the_right_to(self, administrator, owner, company):
        other = owner.make("company", name="第二个")
        _change_role(administrator, "salesperson", "company", bulk=False)

        answer = owner.post(
            "records/company/bulk", {"op": "update", "ids": [company["id"], other["id"]], "values": {"level": "C"}}
        )

        assert (answer.status_code, answer.json()["code"]) == (403, "records.bulk_not_allowed")
        assert owner.get(where(company)).json()["level"] == "A"


class TestStaleRights:
    """What was allowed a moment ago."""

    def test_a_role_taken_away_is_gone_with_the_next_request(self, administrator, owner, company):
        _change_role(administrator, "salesperson", "company", read="none")

        assert owner.get(where(company)).status_code == 404
        assert owner.post("records/company/query", {}).status_code == 404

    def test_a_share_that_has_ended_opens_nothing(self, owner, colleague, company):
        from datetime import UTC, datetime, timedelta

        to = {"member": str(world.membership("colleague").member_id), "level": "edit"}
        until = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
        assert owner.post(f"{where(company)}/shares", {**to, "expires_at": until}).status_code == 200
        assert colleague.get(where(company)).status_code == 200

        from guanxi.engine.context import work

        with work(world.workspace(), world.actor("administrator"), via="system") as ctx:
            ctx.run("UPDATE sys_share SET expires_at = now() - interval '1 minute'")

        assert colleague.get(where(company)).status_code == 404
        assert colleague.get("search?q=机密客户").json()["hits"] == []


class TestRules:
    """Access rules hold always."""

    def test_a_restriction_holds_for_own_and_shared_records_too(self, administrator, owner, company):
        rule = {
            "name": "只看B级", "object": "company", "effect": "restricts", "for_everyone": True,
            "where": {"field": "level", "op": "eq", "value": "B"},
        }  # fmt: skip
        assert administrator.post("records/access_rule", {"values": rule}).status_code == 201

        assert owner.get(where(company)).status_code == 404
        assert owner.post("records/company/count", {}).json()["count"] == 0

    def test_only_who_manages_roles_writes_rules(self, owner):
        rule = {
            "name": "我要看",
            "object": "company",
            "where": {"field": "name", "op": "not_empty"},
            "for_everyone": True,
        }

        answer = owner.post("records/access_rule", {"values": rule})

        assert answer.status_code in (403, 404)

    @pytest.mark.parametrize(
        "where_",
        [None, {}, {"field": "no_such", "op": "eq", "value": 1}, {"field": "level", "op": "like", "value": "A"}],
    )
    def test_a_filter_that_is_not_understood_is_refused(self, administrator, where_):
        rule = {"name": "坏规则", "object": "company", "where": where_, "for_everyone": True}

        assert administrator.post("records/access_rule", {"values": rule}).status_code in (400, 422)
        assert administrator.post("records/access_rule/count", {}).json()["count"] == 0


class TestRequests:
    """Forged requests."""

    def test_a_form_of_another_site_is_refused(self, company):
        from django.test import Client as DjangoClient

        browser = DjangoClient(enforce_csrf_checks=True)
        browser.force_login(world.membership("salesperson").account)
        forged = browser.patch(
            f"/api/v1/{world.WORKSPACE}/{where(company)}", {"values": {"level": "C"}}, content_type="application/json",
            headers={"Origin": "https://evil.example"},
        )  # fmt: skip

        assert forged.status_code == 403

    def test_headers_do_not_make_one_somebody_else(self, colleague, company):
        spoofed = {
            "X_Forwarded_For": "127.0.0.1", "X_Forwarded_User": "administrator@example.com", "X_Original_URL": "/admin",
            "X_HTTP_Method_Override": "DELETE", "X_Session_Token": "administrator",
        }  # fmt: skip
        for name, value in spoofed.items():
            assert colleague.get(where(company), **{name: value}).status_code in (401, 404)


def _change_role(administrator, key: str, object_key: str, **rights) -> None:
    rows = administrator.post("records/role/query", {"where": {"field": "key", "op": "eq", "value": key}}).json()[
        "rows"
    ]
    permissions = rows[0]["permissions"]
    objects = permissions["objects"]
    objects[object_key] = {**objects.get(object_key, objects["*"]), **rights}
    answer = administrator.patch(f"records/role/{rows[0]['id']}", {"values": {"permissions": permissions}})
    assert answer.status_code == 200, answer.content


def test_sums_do_not_tell_of_records_that_a_rule_takes_away(client):
    admin, sales = client("administrator"), client("salesperson")
    company = sales.make(name="本人的公司")["id"]
    sales.make("opportunity", name="绝密项目", company=company, amount={"amount": "123456", "currency": "CNY"})
    assert "open_amount" in sales.get(f"records/company/{company}").json()
    admin.make(
        "access_rule", name="绝密不可见", object="opportunity", effect="restricts", active=True, for_everyone=True,
        except_roles=[],
        where={"not": {"field": "name", "op": "contains", "value": "绝密"}},
    )  # fmt: skip

    row = sales.get(f"records/company/{company}").json()
    asked = {"where": {"field": "open_amount", "op": "eq", "value": 123456}}
    refused = sales.post("records/company/count", asked)

    assert not {"open_amount", "open_opportunities"} & row.keys()
    assert "123456" not in sales.get(f"records/company/{company}").content.decode()
    assert (refused.status_code, refused.json()["code"]) == (400, "query.unknown_field")
