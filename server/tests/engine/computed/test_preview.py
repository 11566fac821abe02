"""Formulas while they are written, over HTTP: values, places of errors, and nothing that the asker may not see."""

from typing import Any

import pytest

from tests.support.clients import Client
from tests.support.designer import apply

pytestmark = pytest.mark.usefixtures("database")


def preview(client: Client, object_key: str, expression: str, **more: Any) -> dict[str, Any]:
    """The answer."""
    answer = client.post(f"records/{object_key}/formula-preview", {"expression": expression, **more})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_value_is_shown_on_a_record_and_over_typed_values() -> None:
    sales = Client.signed_in_as("salesperson")
    company = sales.post("records/company", {"values": {"name": "华信", "level": "A"}}).json()
    record = sales.post(
        "records/opportunity", {"values": {"name": "单", "amount": "1000", "company": company["id"]}}
    ).json()

    shown = preview(sales, "opportunity", "预计金额 × 0.3", record=record["id"])
    assert (shown["value"], shown["text"]) == ({"amount": "300", "currency": "CNY"}, "¥300.00")
    assert (shown["canonical"], shown["display"]) == ("amount × 0.3", "预计金额 × 0.3")
    assert shown["type"] == {"name": "number", "target": None, "currency": "CNY"}
    assert shown["references"] == [{"from": 0, "to": 4, "path": "amount", "label": "预计金额", "kind": "money"}]
    typed = preview(sales, "opportunity", 'company.name & " " & amount', record=record["id"], values={"amount": "7"})
    assert (typed["value"], typed["text"], typed["errors"]) == ("华信 7", "华信 7", [])
    loose = preview(sales, "opportunity", "ROUND(1 / 3, 3)", values={})
    assert (loose["value"], loose["text"]) == ("0.333", "0.333")
    percent = preview(sales, "opportunity", "1 / 3", values={}, result="percent", decimals=1)
    assert percent["text"] == "0.3%"
    mine = preview(sales, "opportunity", "owner", record=record["id"])
    assert (mine["value"]["title"], mine["text"]) == ("salesperson", "salesperson")
    assert preview(sales, "opportunity", "name")["value"] is None


def test_errors_are_told_where_they_are_in_the_askers_language() -> None:
    answer = Client.signed_in_as("salesperson").post(
        "records/opportunity/formula-preview", {"expression": "amount + name"}
    )

    (error,) = answer.json()["errors"]
    assert (error["from"], error["to"], error["code"]) == (9, 13, "formula.wrong_type")
    assert error["message"]
    assert answer.json()["type"] is None


@pytest.mark.parametrize(
    "body",
    [
        {}, {"expression": 3}, {"expression": "1", "values": []}, {"expression": "1", "record": "x"},
        {"expression": "1", "result": "list"}, {"expression": "1", "result": "number", "decimals": 11},
        {"expression": "1", "result": "money", "currency": "XXX"}, {"expression": "1", "more": 1}, {"expression": "1" * 20_001},
    ],
)  # fmt: skip
def test_requests_that_make_no_sense_are_refused(body: dict[str, Any]) -> None:
    assert Client.signed_in_as("salesperson").post("records/opportunity/formula-preview", body).status_code == 400


def test_a_record_that_may_not_be_seen_tells_nothing() -> None:
    """Not as the record itself, not at the end of a path, not through a typed reference."""
    owner, other = Client.signed_in_as("salesperson"), Client.signed_in_as("other_salesperson")
    company = owner.post("records/company", {"values": {"name": "秘密公司", "short_name": "秘密"}}).json()
    seen = other.make("company", name="甲")
    apply(
        {"op": "field.create", "object": "opportunity", "kind": "formula", "key": "firm",
         "values": {"label": "客户名", "settings": {"expression": "company.name", "result": "text"}}},
        {"op": "field.create", "object": "opportunity", "kind": "lookup_value", "key": "firm_name",
         "values": {"label": "客户名称", "settings": {"path": "company.name"}}},
    )  # fmt: skip
    own = other.post("records/opportunity", {"values": {"name": "自己的"}}).json()

    refused = other.post("records/company/formula-preview", {"expression": "name", "record": company["id"]})
    assert refused.status_code == 404
    for more in ({"record": own["id"]}, {}):
        for expression in (
            "company.name", 'company & ""', "LEN(company.short_name)", 'company.name = "秘密公司"',
            "firm", "LEN(firm)", "firm_name", 'firm & ""',
        ):  # fmt: skip
            answer = preview(other, "opportunity", expression, values={"company": company["id"]}, **more)
            assert ([one["code"] for one in answer["errors"]], answer["value"]) == (["formula.hidden_record"], None)
        assert "秘密" not in str({**answer, "canonical": None, "display": None})
        for expression in ("firm", "firm_name"):
            assert preview(other, "opportunity", expression, values={"company": seen["id"]}, **more)["value"] == "甲"


def test_an_object_that_may_not_be_read_cannot_be_named() -> None:
    administrator = Client.signed_in_as("administrator")
    rights = {"objects": {"opportunity": {"create": True, "read": "all"}}}
    role = administrator.post(
        "records/role", {"values": {"name": "只看商机", "key": "deals_only", "permissions": rights}}
    )
    assert role.status_code == 201, role.content
    (member,) = administrator.post(
        "records/member/query", {"where": {"field": "name", "op": "eq", "value": "colleague"}}
    ).json()["rows"]
    assert (
        administrator.patch(f"records/member/{member['id']}", {"values": {"roles": [role.json()["id"]]}}).status_code
        == 200
    )
    narrow = Client.signed_in_as("colleague")

    for expression in ("company.name", "company.名称", 'company & ""', "contact.company.name"):
        answer = preview(narrow, "opportunity", expression, values={})
        assert answer["errors"], expression
        assert answer["references"] == []
    assert narrow.post("records/company/formula-preview", {"expression": "1"}).status_code == 404


def test_the_functions_are_told_in_both_languages() -> None:
    found = Client.signed_in_as("read_only").get("design/functions").json()

    by_name = {one["name"]: one for one in found["functions"]}
    assert by_name["IF"]["signature"] == {
        "zh-CN": "如果(条件, 成立时, [否则])",
        "en": "IF(condition, then, [otherwise])",
    }
    assert all(one["zh"] and one["example"] and all(one["help"].values()) for one in found["functions"])
    assert {one["group"] for one in found["functions"]} == {one["key"] for one in found["groups"]}
