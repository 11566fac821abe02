"""A form asks what follows from what is being typed: the answer is the one that saving would give, and nothing is kept."""

from typing import Any

from tests.support.clients import Client
from tests.support.designer import apply, component, leaf, rule

KEY_ACCOUNT = leaf("level", "eq", "A")


def draft(client: Client, key: str, record: str | None = None, **values: Any) -> dict[str, Any]:
    """The state of a form."""
    answer = client.post(f"records/{key}/draft", {"id": record, "values": values})
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def told(state: dict[str, Any]) -> list[tuple[str, str]]:
    """What stands in the way of saving."""
    return [(one["field"], one["code"]) for one in state["errors"]]


def changes(client: Client) -> int:
    """How many change sets there are for the client."""
    return len(client.get("change-sets").json()["change_sets"])


def test_a_new_record_is_told_its_defaults_and_what_is_missing(sales: Client) -> None:
    state = draft(sales, "company")
    me = sales.get("me").json()["member"]

    assert state["defaults"]["owner"]["id"] == str(me["id"])
    assert told(state) == [("name", "fields.required")]
    assert state["errors"][0]["message"] == "请填写此项。"
    assert (state["visible"], state["options"]) == ({}, {})


def test_it_says_what_rules_show_require_fix_and_leave(sales: Client) -> None:
    apply(
        rule("company", "shown", "visible", ["website"], KEY_ACCOUNT),
        rule("company", "asked", "required", ["website", "phone"], None),
        rule("company", "fixed", "read_only", ["name"], KEY_ACCOUNT),
        rule("company", "left", "options", ["type"], KEY_ACCOUNT, options=["partner", "customer"]),
    )
    company = sales.make("company", name="甲", level="A", phone="13800138000", website="a.example.com")

    typed = draft(sales, "company", name="乙", level="A", type="other")
    plain = draft(sales, "company", name="乙", level="B", phone="13800138001")
    edited = draft(sales, "company", company["id"], level="B", name="丙")

    assert typed["visible"] == {"website": True}
    assert typed["required"] == {"website": True, "phone": True}
    assert typed["read_only"] == {"name": False}
    assert typed["options"] == {"type": ["customer", "partner"]}
    assert told(typed) == [("website", "rules.required"), ("phone", "rules.required"), ("type", "rules.option")]
    assert (plain["visible"], plain["required"]) == ({"website": False}, {"website": False, "phone": True})
    assert (plain["options"], told(plain)) == ({}, [])
    assert edited["read_only"] == {"name": True}
    assert told(edited) == [("name", "rules.read_only")]


def test_what_areas_make_of_the_values_counts_as_it_does_on_saving(sales: Client) -> None:
    lost = Client.signed_in_as("administrator").post("records/stage/query", {"where": leaf("category", "eq", "lost")})
    stage = lost.json()["rows"][0]["id"]
    apply(rule("opportunity", "why", "required", ["next_step"], leaf("status", "eq", "lost")))

    state = sales.post(
        "records/opportunity/draft", {"values": {"name": "甲", "stage": stage}}, X_Guanxi_Via="ui"
    ).json()

    assert state["required"] == {"next_step": True}
    assert told(state) == [("loss_reason", "sales.loss_reason_required"), ("next_step", "rules.required")]


def test_computed_fields_are_worked_out_of_what_is_typed(sales: Client) -> None:
    expected = {"expression": "amount * probability / 100", "result": "money", "currency": "CNY"}
    apply(
        {"op": "field.create", "object": "opportunity", "kind": "formula", "key": "expected",
         "values": {"label": "预计收入", "settings": expected}},
        {"op": "field.create", "object": "opportunity", "kind": "lookup_value", "key": "company_level",
         "values": {"label": "客户级别", "settings": {"path": "company.level"}}},
    )  # fmt: skip
    company = sales.make("company", name="甲", level="A")
    made = sales.make("opportunity", name="乙", amount="1000", probability="50", company=company["id"])

    values = {"name": "丙", "amount": "200", "probability": "10", "company": company["id"]}
    typed = draft(sales, "opportunity", **values)
    edited = draft(sales, "opportunity", made["id"], amount="3000", company=None)
    saved = sales.make("opportunity", **values)
    changed = sales.patch(f"records/opportunity/{made['id']}", {"values": {"amount": "3000", "company": None}}).json()

    for state, row in ((typed, saved), (edited, changed)):
        assert {"expected", "company_level"} <= state["computed"].keys()
        assert state["computed"] == {key: row[key] for key in state["computed"]}
    assert float(edited["computed"]["expected"]["amount"]) == 1500
    assert (typed["computed"]["company_level"], edited["computed"]["company_level"]) == ("A", None)


def test_nothing_of_a_draft_is_kept(sales: Client) -> None:
    company = sales.make("company", name="甲", level="A")
    before = changes(sales)
    first = sales.make("opportunity", name="乙")["number"]
    apply(rule("company", "asked", "required", ["website"], KEY_ACCOUNT))

    draft(sales, "company", company["id"], name="丙", level="B")
    draft(sales, "opportunity", name="丁")

    stored = sales.get(f"records/company/{company['id']}").json()
    assert (stored["name"], stored["rev"]) == ("甲", company["rev"])
    assert sales.post("records/opportunity/count", {"where": None}).json()["count"] == 1
    assert changes(sales) == before + 1
    assert int(sales.make("opportunity", name="戊")["number"][-6:]) == int(first[-6:]) + 1


def test_who_may_not_see_a_record_is_told_nothing_of_it(sales: Client) -> None:
    company = sales.make("company", name="甲", level="A")
    for name, status in (("other_salesperson", 404), ("read_only", 200), ("manager", 200)):
        answer = Client.signed_in_as(name).post("records/company/draft", {"id": company["id"], "values": {}})
        assert answer.status_code == status
    nobody = Client.signed_in_as(None).post("records/company/draft", {"values": {}})
    new = Client.signed_in_as("read_only").post("records/company/draft", {"values": {"name": "乙"}})
    gone = sales.post("records/no_such_object/draft", {"values": {}})

    assert (nobody.status_code, new.status_code, gone.status_code) == (401, 403, 404)


def test_values_that_cannot_be_read_are_refused_and_the_others_judged(sales: Client) -> None:
    apply(rule("company", "asked", "required", ["website"], KEY_ACCOUNT))

    state = draft(sales, "company", name="甲", level="A", phone="x", parent="no id", nothing=1)

    assert set(told(state)) == {
        ("phone", "fields.not_a_phone"), ("parent", "fields.not_a_reference"), ("nothing", "fields.unknown"),
        ("website", "rules.required"),
    }  # fmt: skip


def test_a_taken_value_is_told_while_it_is_typed(sales: Client) -> None:
    values = {"label": "客户编号", "unique": True}
    apply({"op": "field.create", "object": "company", "kind": "text", "key": "customer_code", "values": values})
    sales.make("company", name="甲", customer_code="K1")

    assert told(draft(sales, "company", name="乙", customer_code="K1")) == [("customer_code", "fields.not_unique")]
    assert told(draft(sales, "company", name="乙", customer_code="K2")) == []


def test_types_and_other_choices_narrow_what_can_be_chosen(sales: Client) -> None:
    options = [{"key": key, "label": {"zh-CN": key, "en": key}} for key in ("n1", "n2", "s1")]
    settings = {"options": options, "depends_on": "type", "allowed": {"customer": ["n1", "n2"], "partner": ["s1"]}}
    apply(
        {"op": "field.create", "object": "company", "kind": "choice", "key": "sort",
         "values": {"label": "细分", "settings": settings}},
        component("company", "record_type", "direct", choices={"sort": ["n2", "s1"]}),
    )  # fmt: skip

    customer = draft(sales, "company", name="甲", type="customer", sort="n1")
    nothing = draft(sales, "company", name="甲", type=None, sort="n2")
    open_ = draft(sales, "company", name="甲", type="other", sort="s1")

    assert customer["options"] == {"sort": ["n2"]}
    assert told(customer) == [("sort", "types.option")]
    assert (nothing["options"], told(nothing)) == ({"sort": []}, [("sort", "fields.choose_first")])
    assert (open_["options"], told(open_)) == ({"sort": ["n2", "s1"]}, [])
    refusal = sales.post("records/company", {"values": {"name": "甲", "type": "partner", "sort": "n2"}})
    assert [(one["field"], one["code"]) for one in refusal.json()["fields"]] == [("sort", "fields.not_with")]
    made = sales.make("company", name="甲", type="partner", sort="s1")
    changed = sales.patch(f"records/company/{made['id']}", {"values": {"type": "customer"}})
    assert [(one["field"], one["code"]) for one in changed.json()["fields"]] == [("sort", "fields.not_with")]


def test_a_dependency_that_makes_no_sense_is_refused_in_words(sales: Client) -> None:
    from tests.support.designer import refused

    options = [{"key": "x", "label": {"zh-CN": "甲", "en": "X"}}]
    cases = [
        ({"depends_on": "name"}, "fields.depends_on_choice"),
        ({"depends_on": "sort"}, "fields.depends_in_circle"),
        ({"depends_on": "type", "allowed": {"nobody": ["x"]}}, "fields.depends_option"),
        ({"depends_on": "type", "allowed": {"other": ["y"]}}, "fields.depends_option"),
        ({"depends_on": "type", "allowed": {"other": "x"}}, "fields.setting_object"),
        ({"allowed": {"other": ["x"]}}, "fields.setting_missing"),
    ]
    for more, code in cases:
        settings = {"options": options, **more}
        change = {"op": "field.create", "object": "company", "kind": "choice", "key": "sort"}
        ((found, message),) = refused({**change, "values": {"label": "细分", "settings": settings}})
        assert (found, message != code) == (code, True)


def test_a_default_tells_nothing_of_a_record_that_may_not_be_seen(sales: Client) -> None:
    """Not in the draft, and not in what a refused write says is wrong with the value."""
    options = [{"key": "a", "label": {"zh-CN": "甲", "en": "A"}}]
    apply(
        {"op": "field.create", "object": "opportunity", "kind": "text", "key": "firm",
         "values": {"label": "客户名", "default": {"formula": "company.name"}}},
        {"op": "field.create", "object": "opportunity", "kind": "choice", "key": "sort",
         "values": {"label": "分类", "settings": {"options": options}, "default": {"formula": "company.name"}}},
    )  # fmt: skip
    other = Client.signed_in_as("other_salesperson")
    hidden, own = sales.make("company", name="秘密公司"), other.make("company", name="甲")
    values = {"name": "单", "company": hidden["id"]}

    answer = other.post("records/opportunity/draft", {"values": values})
    refused = other.post("records/opportunity", {"values": values})

    assert (answer.status_code, refused.status_code) == (200, 422)
    assert ("company", "fields.reference_not_found") in told(answer.json())
    assert answer.json()["defaults"]["firm"] is None
    assert [one["field"] for one in refused.json()["fields"]] == ["company"]
    for one in (answer, refused):
        assert "秘密" not in one.content.decode()
    assert draft(other, "opportunity", name="单", company=own["id"])["defaults"]["firm"] == "甲"
    assert draft(sales, "opportunity", **values)["defaults"]["firm"] == "秘密公司"
