"""Rules hold for whatever writes a record: forms, the API, lists, matches, the undo; and for nothing that nobody asked."""

from typing import Any

import pytest

from tests.support.clients import Client
from tests.support.designer import apply, component, leaf, refused, rule

WORDS = {"zh-CN": "A 级客户必须写明网站", "en": "Key accounts need a website"}
KEY_ACCOUNT = leaf("level", "eq", "A")


def codes(answer: Any) -> list[tuple[str, str]]:
    """Refused fields with their codes."""
    assert answer.status_code == 422, answer.content.decode()
    return [(one["field"], one["code"]) for one in answer.json()["fields"]]


def test_a_field_is_required_when_its_rule_holds(sales: Client) -> None:
    apply(rule("company", "phone_of_a", "required", ["phone", "website"], KEY_ACCOUNT))

    answer = sales.post("records/company", {"values": {"name": "甲", "level": "A", "phone": "13800138000"}})

    assert codes(answer) == [("website", "rules.required")]
    assert answer.json()["fields"][0]["message"] == "按规则“phone_of_a 组件”，请填写此项。"
    assert sales.post("records/company/count", {"where": None}).json()["count"] == 0
    assert sales.post("records/company", {"values": {"name": "乙", "level": "B"}}).status_code == 201


def test_a_message_of_its_own_is_told_in_the_callers_language(sales: Client) -> None:
    where = {"and": [KEY_ACCOUNT, leaf("website", "is_empty")]}
    apply(rule("company", "site", "invalid", ["website"], where, message=WORDS))

    for language, words in WORDS.items():
        answer = sales.post("records/company", {"values": {"name": "甲", "level": "A"}}, Accept_Language=language)
        (problem,) = answer.json()["fields"]
        assert (problem["field"], problem["code"], problem["message"]) == ("website", "rules.invalid", words)


def test_a_fixed_field_is_judged_by_the_record_as_it_stands(sales: Client) -> None:
    apply(rule("company", "fixed", "read_only", ["name"], KEY_ACCOUNT))
    company = sales.make("company", name="甲", level="B")

    both = sales.patch(f"records/company/{company['id']}", {"values": {"name": "乙", "level": "A"}})
    later = sales.patch(f"records/company/{company['id']}", {"values": {"name": "丙", "level": "B"}})
    same = sales.patch(f"records/company/{company['id']}", {"values": {"name": "乙", "level": "A"}})

    assert both.status_code == 200
    assert codes(later) == [("name", "rules.read_only")]
    assert same.status_code == 200
    assert sales.get(f"records/company/{company['id']}").json()["level"] == "A"


def test_options_are_narrowed_to_what_every_rule_leaves(sales: Client) -> None:
    apply(
        rule("company", "one", "options", ["level"], leaf("type", "eq", "customer"), options=["A", "B"]),
        rule("company", "two", "options", ["level"], leaf("phone", "is_empty"), options=["B", "C"]),
    )

    refusal = sales.post("records/company", {"values": {"name": "甲", "type": "customer", "level": "A"}})

    assert codes(refusal) == [("level", "rules.option")]
    assert refusal.json()["fields"][0]["params"]["allowed"]["zh-CN"].startswith("B")
    assert sales.make("company", name="乙", type="customer", level="B")["level"] == "B"
    assert sales.make("company", name="丙", type="customer", level="A", phone="13800138000")["level"] == "A"


def test_what_is_hidden_is_not_asked_for_and_keeps_its_value(sales: Client) -> None:
    apply(
        rule("company", "asked", "required", ["website"], None),
        rule("company", "shown", "visible", ["website"], KEY_ACCOUNT),
    )

    hidden = sales.make("company", name="甲", level="B", website="a.example.com")
    shown = sales.post("records/company", {"values": {"name": "乙", "level": "A"}})

    assert codes(shown) == [("website", "rules.required")]
    assert hidden["website"]
    changed = sales.patch(f"records/company/{hidden['id']}", {"values": {"name": "丙"}})
    assert changed.json()["website"] == hidden["website"]
    bare = sales.make("company", name="丁", level="B")
    assert codes(sales.patch(f"records/company/{bare['id']}", {"values": {"level": "A"}})) == codes(shown)


def test_what_was_wrong_before_the_rule_hinders_nothing_else(sales: Client) -> None:
    company = sales.make("company", name="甲", level="A")
    apply(rule("company", "site", "required", ["website"], KEY_ACCOUNT))
    address = f"records/company/{company['id']}"

    other = sales.patch(address, {"values": {"name": "乙"}})
    touched = sales.patch(address, {"values": {"level": "B"}})
    back = sales.patch(address, {"values": {"level": "A"}})

    assert other.status_code == 200
    assert touched.status_code == 200
    assert codes(back) == [("website", "rules.required")]


def test_conditions_see_related_records_whoever_writes(sales: Client) -> None:
    company = sales.make("company", name="甲", level="A")
    apply(rule("contact", "mail", "required", ["mail"], leaf("company.level", "eq", "A")))
    manager = Client.signed_in_as("manager")
    contact = sales.make("contact", name="王", company=company["id"], mail="w@example.com")
    assert manager.post("records/contact", {"values": {"name": "李"}}).status_code == 201

    given = sales.patch(f"records/contact/{contact['id']}", {"values": {"mail": None}})

    assert codes(given) == [("mail", "rules.required")]


def test_a_rule_tells_nothing_of_a_record_that_its_writer_may_not_see(sales: Client) -> None:
    company = sales.make("company", name="甲", level="A")
    apply(rule("contact", "mail", "required", ["mail"], leaf("company.level", "eq", "A")))
    stranger = Client.signed_in_as("other_salesperson")

    written = stranger.post("records/contact", {"values": {"name": "王", "company": company["id"]}})
    typed = stranger.post("records/contact/draft", {"values": {"name": "王", "company": company["id"]}})

    assert codes(written) == [("company", "fields.reference_not_found")]
    assert [(one["field"], one["code"]) for one in typed.json()["errors"]] == codes(written)
    assert typed.json()["required"] == {"mail": False}


def test_to_many_references_are_judged_as_they_are_being_written(sales: Client) -> None:
    guest = sales.make("contact", name="王")["id"]
    apply(rule("meeting", "people", "invalid", ["attendees"], leaf("attendees", "is_empty"), message=WORDS))

    values = {"subject": "会", "starts_at": "2026-11-22T09:00:00Z"}
    nobody = sales.post("records/meeting", {"values": values})
    somebody = sales.post("records/meeting", {"values": {**values, "attendees": [guest]}})
    emptied = sales.patch(f"records/meeting/{somebody.json()['id']}", {"values": {"attendees": []}})

    assert codes(nobody) == codes(emptied) == [("attendees", "rules.invalid")]
    assert somebody.status_code == 201


def test_a_condition_may_be_a_formula_over_computed_and_related_values(sales: Client) -> None:
    settings = {"expression": 'IF(level = "A", 2, 1)', "result": "number", "decimals": 0}
    apply(
        {"op": "field.create", "object": "company", "kind": "formula", "key": "weight",
         "values": {"label": "权重", "settings": settings}},
    )  # fmt: skip
    heavy = component(
        "contact", "rule", "mail", effect="required", fields=["mail"], when={"formula": "company.weight > 1"}
    )
    own = component(
        "company", "rule", "site", effect="required", fields=["website"], when={"formula": "weight * 2 = 4"}
    )
    apply(heavy)
    company = sales.make("company", name="甲", level="A")
    apply(own)

    contact = sales.post("records/contact", {"values": {"name": "王", "company": company["id"]}})
    refused_now = sales.post("records/company", {"values": {"name": "乙", "level": "A"}})
    raised = sales.patch(
        f"records/company/{sales.make('company', name='丙', level='B')['id']}", {"values": {"level": "A"}}
    )

    assert codes(contact) == [("mail", "rules.required")]
    assert codes(refused_now) == codes(raised) == [("website", "rules.required")]
    assert sales.patch(f"records/company/{company['id']}", {"values": {"phone": "13800138000"}}).status_code == 200


def test_lists_name_every_row_and_write_none(sales: Client) -> None:
    apply(rule("company", "site", "required", ["website"], KEY_ACCOUNT))
    rows = [{"values": {"name": f"公司{n}", "level": "A" if n % 2 else "B"}} for n in range(6)]

    bulk = sales.post("records/company/bulk", {"op": "create", "records": rows})
    matched = sales.post(
        "records/company/upsert", {"match": ["external_id"], "records": [{"external_id": "x", **rows[1]["values"]}]}
    )

    assert [one["row"] for one in bulk.json()["fields"]] == [1, 3, 5]
    assert codes(matched) == [("website", "rules.required")]
    assert sales.post("records/company/count", {"where": None}).json()["count"] == 0


def test_a_conversion_is_refused_whole_by_a_rule_on_what_it_makes(sales: Client) -> None:
    apply(rule("contact", "mail", "required", ["mail"], None))
    lead = sales.make("lead", name="王", company_name="甲")

    answer = sales.post("actions/sales/convert-lead", {"params": {"lead": lead["id"]}})

    assert codes(answer) == [("mail", "rules.required")]
    assert sales.post("records/company/count", {"where": None}).json()["count"] == 0


def test_ones_last_change_is_taken_back_whatever_the_rules_say_now(sales: Client) -> None:
    company = sales.make("company", name="甲", level="B")
    apply(rule("company", "fixed", "read_only", ["name", "level"], KEY_ACCOUNT))
    address = f"records/company/{company['id']}"
    approved = sales.patch(address, {"values": {"name": "乙", "level": "A"}}).json()

    undone = sales.post(f"change-sets/{approved['_change_set']}/undo", {})

    assert undone.status_code == 200
    assert [sales.get(address).json()[key] for key in ("name", "level")] == ["甲", "B"]


def test_going_back_behind_a_later_change_is_a_change_like_any_other(sales: Client) -> None:
    company = sales.make("company", name="甲", level="B")
    apply(rule("company", "fixed", "read_only", ["name", "level"], KEY_ACCOUNT))
    address = f"records/company/{company['id']}"
    renamed = sales.patch(address, {"values": {"name": "乙"}}).json()
    assert sales.patch(address, {"values": {"level": "A"}}).status_code == 200

    undone = sales.post(f"change-sets/{renamed['_change_set']}/undo", {})

    assert codes(undone) == [("name", "rules.read_only")]
    assert sales.get(address).json()["name"] == "乙"


def test_a_rule_that_is_switched_off_or_archived_asks_nothing(sales: Client) -> None:
    made = apply(rule("company", "site", "required", ["website"], None, active=False))
    assert sales.post("records/company", {"values": {"name": "甲"}}).status_code == 201
    apply({"op": "component.update", "id": made["created"][0], "values": {"active": True}})
    assert codes(sales.post("records/company", {"values": {"name": "乙"}}))

    apply({"op": "component.archive", "id": made["created"][0]})

    assert sales.post("records/company", {"values": {"name": "乙"}}).status_code == 201


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"effect": "explode"}, "components.not_one_of"),
        ({"fields": ["nothing"]}, "components.unknown_field"),
        ({"fields": []}, "components.empty"),
        ({"fields": ["created_at"]}, "components.not_written"),
        ({"when": {"where": {"field": "nothing", "op": "is_empty"}}}, "query.unknown_field"),
        ({"when": {"where": {"field": "level", "op": "gt", "value": 1}}}, "query.unknown_operator"),
        ({"when": {"where": {"field": "level", "op": "eq", "value": "Z"}}}, "query.bad_value"),
        ({"when": {"sometimes": True}}, "components.unknown_attribute"),
        ({"when": {}}, "components.condition_missing"),
        ({"when": {"formula": "level + "}}, "formula.unfinished"),
        ({"when": {"formula": "nothing = 1"}}, "formula.unknown_name"),
        ({"when": {"formula": "CONCAT(name)"}}, "formula.wrong_type"),
        ({"when": {"formula": 7}}, "formula.empty"),
        ({"effect": "invalid", "when": None}, "components.condition_missing"),
        ({"effect": "invalid", "when": {"where": {"field": "level", "op": "is_empty"}}}, "components.words_missing"),
        ({"effect": "options", "options": ["A"]}, "components.not_a_choice"),
        ({"effect": "options", "fields": ["level"], "options": ["Z"]}, "components.unknown_option"),
        ({"effect": "options", "fields": ["level"]}, "components.empty"),
        ({"options": ["A"]}, "components.options_unused"),
        ({"effect": "visible", "fields": ["name"]}, "components.hides_required"),
        ({"message": {"zh-CN": "只有中文"}}, "components.words_missing"),
        ({"surprise": 1}, "components.unknown_attribute"),
        ({"fields": ["website", "website"]}, "components.twice"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_in_words(sales: Client, values: dict[str, Any], code: str) -> None:
    change = rule("company", "bad", "required", ["website"], None)
    change["values"] |= values

    ((found, message),) = refused(change)

    assert found == code
    assert message != code
    assert sales.get("catalog").json()["objects"]
    assert sales.post("records/company", {"values": {"name": "甲"}}).status_code == 201


def test_a_field_that_a_rule_rests_on_is_not_archived(sales: Client) -> None:
    apply({"op": "field.create", "object": "company", "kind": "text", "key": "code_word", "values": {"label": "暗号"}})
    apply(rule("company", "secret", "required", ["website"], leaf("code_word", "not_empty")))

    when = {"formula": 'code_word = "芝麻"'}
    apply(component("company", "rule", "open", effect="required", fields=["website"], when=when))

    answer = Client.signed_in_as("administrator").post(
        "actions/design/archive-field", {"params": {"field": "company.code_word", "confirm": True}}
    )

    assert answer.status_code == 409
    assert {one["key"] for one in answer.json()["params"]["dependents"]} == {"secret", "open"}
    assert sales.make("company", name="甲", code_word="芝麻", website="a.example.com")["code_word"] == "芝麻"
