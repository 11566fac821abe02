"""Computed fields through the designer's door: made on records that are there, refused where they make no sense."""

from typing import Any

import pytest

from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


def create(client: Client, object_key: str, key: str, kind: str, settings: dict[str, Any], **values: Any) -> Any:
    """The answer to making a field."""
    params = {"object": object_key, "key": key, "kind": kind, "label": {"zh-CN": key, "en": key}}
    return client.post(
        "actions/design/create-field", {"params": {**params, "values": {"settings": settings, **values}}}
    )


def formula(expression: str, result: str = "number", **more: Any) -> dict[str, Any]:
    """Settings of a formula."""
    return {"expression": expression, "result": result, **more}


def roll(function: str = "count", **more: Any) -> dict[str, Any]:
    """Settings of a roll-up of opportunities on companies."""
    return {"object": "opportunity", "by": "company", "function": function, **more}


@pytest.mark.parametrize(
    ("object_key", "kind", "settings", "code"),
    [
        ("opportunity", "formula", formula("amount +"), "formula.unfinished"),
        ("opportunity", "formula", formula("("*9000), "formula.unfinished"),
        ("opportunity", "formula", formula("预计金额 * 2"), "formula.unknown_name"),
        ("opportunity", "formula", formula("name * 2"), "formula.wrong_type"),
        ("opportunity", "formula", formula("name", "date"), "formula.wrong_type"),
        ("opportunity", "formula", formula("company", "record"), "fields.setting_missing"),
        ("opportunity", "formula", formula("company", "record", target="contact"), "formula.wrong_type"),
        ("opportunity", "formula", formula("probe + 1"), "formula.cycle"),
        ("opportunity", "formula", formula("attachments"), "formula.kind_not_usable"),
        ("opportunity", "formula", formula("1", "number", decimals=11), "fields.setting_number"),
        ("opportunity", "formula", formula("1", "nothing"), "fields.setting_choice"),
        ("opportunity", "lookup_value", {"path": "company"}, "formula.bad_path"),
        ("opportunity", "lookup_value", {"path": "company.gone"}, "formula.path_leads_nowhere"),
        ("opportunity", "lookup_value", {"path": "name.x"}, "formula.path_leads_nowhere"),
        ("opportunity", "lookup_value", {"path": "company.attachments"}, "formula.path_leads_nowhere"),
        ("company", "roll_up", {"object": "opportunity", "function": "count"}, "formula.roll_up_way"),
        ("company", "roll_up", roll(field="amount"), "formula.roll_up_field"),
        ("company", "roll_up", roll("sum"), "formula.roll_up_field"),
        ("company", "roll_up", roll("sum", field="name"), "formula.roll_up_kind"),
        ("company", "roll_up", roll("sum", field="gone"), "design.unknown_field"),
        ("contact", "roll_up", roll(), "formula.roll_up_no_way"),
        ("company", "roll_up", roll(where={"field": "company.name", "op": "not_empty"}), "formula.roll_up_filter"),
        ("company", "roll_up", roll(where={"field": "owner", "op": "eq", "value": "@me"}), "formula.roll_up_filter"),
        ("company", "roll_up", roll(where={"field": "status", "op": "is_odd"}), "query.unknown_operator"),
        ("company", "roll_up", roll(where={"field": "closed_on", "op": "within", "value": {"period": "today"}}), "formula.roll_up_filter"),
        ("company", "roll_up", roll(function="product"), "fields.setting_choice"),
        ("company", "last_activity", {"moments": {"company": "created_at"}}, "formula.no_activities"),
        ("pipeline", "last_activity", {}, "formula.no_activities"),
        ("company", "roll_up", {"object": "company", "by": "parent", "function": "sum", "field": "probe"}, "formula.cycle"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(object_key: str, kind: str, settings: dict[str, Any], code: str) -> None:
    administrator = Client.signed_in_as("administrator")

    answer = create(administrator, object_key, "probe", kind, settings)

    assert answer.status_code == 422, answer.content
    assert code in {one["code"] for one in answer.json()["fields"]}
    assert "probe" not in administrator.get(f"records/{object_key}?limit=1").content.decode()


def test_a_circle_over_several_fields_is_told_with_its_path() -> None:
    administrator = Client.signed_in_as("administrator")
    assert create(administrator, "opportunity", "first_", "formula", formula("amount")).status_code in (200, 422)
    assert create(administrator, "opportunity", "one", "formula", formula("amount", "money")).status_code == 200
    assert create(administrator, "opportunity", "two", "formula", formula("one * 2", "money")).status_code == 200

    params = {"field": "opportunity.one", "values": {"settings": formula("two + 1", "money")}}
    refused = administrator.post("actions/design/update-field", {"params": params})

    assert refused.status_code == 422
    (error, *_) = [one for one in refused.json()["fields"] if one["code"] == "formula.cycle"]
    assert "opportunity.one → opportunity.two → opportunity.one" in error["message"]


def test_what_a_formula_names_is_held_back() -> None:
    administrator = Client.signed_in_as("administrator")
    assert create(administrator, "company", "grade", "text", {}).status_code == 200
    assert create(administrator, "opportunity", "grade_", "lookup_value", {"path": "company.grade"}).status_code in (
        200,
        422,
    )
    assert (
        create(administrator, "opportunity", "told", "formula", formula('company.grade & "!"', "text")).status_code
        == 200
    )

    refused = administrator.post(
        "actions/design/archive-field", {"params": {"field": "company.grade", "confirm": True}}
    )

    assert refused.status_code in (409, 422), refused.content
    usage = administrator.get("design/usage?object=company&field=grade").json()
    assert "told" in str(usage)


def test_a_default_formula_is_checked() -> None:
    administrator = Client.signed_in_as("administrator")

    for default, code in (
        ({"formula": "TODAY() +"}, "formula.unfinished"), ({"formula": "name"}, "formula.wrong_type"),
        ({"formula": "probe + 1"}, "formula.default_own"), ({"formula": 3}, "formula.empty"), ({"x": 1}, "fields.not_a_date"),
    ):  # fmt: skip
        answer = create(administrator, "opportunity", "probe", "date", {}, default=default)
        assert answer.status_code == 422, (default, answer.content)
        assert code in {one["code"] for one in answer.json()["fields"]}, answer.json()
    assert (
        create(administrator, "opportunity", "probe", "date", {}, default={"formula": "TODAY() + 30"}).status_code
        == 200
    )
    made = administrator.post("records/opportunity", {"values": {"name": "有默认值"}}).json()
    assert made["probe"]
