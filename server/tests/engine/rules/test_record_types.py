"""Record types: the field comes with the first of them, and each has choices and pipelines of its own."""

from typing import Any

from tests.support.clients import Client
from tests.support.designer import apply, component, refused


def codes(answer: Any) -> list[tuple[str, str]]:
    """Refused fields with their codes."""
    assert answer.status_code == 422, answer.content.decode()
    return [(one["field"], one["code"]) for one in answer.json()["fields"]]


def of_catalog(client: Client, key: str) -> dict[str, Any]:
    """An object as the catalog tells it."""
    return next(one for one in client.get("catalog").json()["objects"] if one["key"] == key)


def two_types() -> list[str]:
    """Direct customers and partners, with levels of their own; their ids."""
    direct = component("company", "record_type", "direct", choices={"level": ["A", "B"]}, color="blue")
    partner = component(
        "company", "record_type", "partner", choices={"level": ["C"], "type": ["partner"]}, default=True
    )
    made = apply(direct, partner)["created"]
    return [made[0], made[-1]]


def test_the_field_comes_with_the_first_type_and_new_records_get_the_default(sales: Client) -> None:
    old = sales.make("company", name="老")
    two_types()

    field = next(one for one in of_catalog(sales, "company")["fields"] if one["key"] == "record_type")
    made = sales.make("company", name="甲")

    assert [option["key"] for option in field["settings"]["options"]] == ["direct", "partner"]
    assert (field["required"], field["default"], field["hidden"]) == (True, "partner", False)
    assert made["record_type"] == "partner"
    assert sales.get(f"records/company/{old['id']}").json()["record_type"] is None
    assert [one["default"] for one in of_catalog(sales, "company")["record_types"]] == [False, True]
    assert codes(sales.post("records/company", {"values": {"name": "乙", "record_type": None}})) == [
        ("record_type", "fields.required")
    ]


def test_only_options_of_the_type_are_taken_and_the_refusal_names_them(sales: Client) -> None:
    two_types()

    answer = sales.post("records/company", {"values": {"name": "甲", "record_type": "direct", "level": "C"}})

    assert codes(answer) == [("level", "types.option")]
    assert answer.json()["fields"][0]["message"] == "类型为“direct 组件”的记录不能选“C 级”，可选：A 级、B 级。"
    assert sales.make("company", name="乙", record_type="direct", level="A")["level"] == "A"


def test_changing_the_type_asks_for_options_that_go_with_it(sales: Client) -> None:
    two_types()
    company = sales.make("company", name="甲", record_type="direct", level="A")
    address = f"records/company/{company['id']}"

    alone = sales.patch(address, {"values": {"record_type": "partner"}})
    both = sales.patch(address, {"values": {"record_type": "partner", "level": "C"}})

    assert codes(alone) == [("level", "types.option")]
    assert both.status_code == 200


def test_an_older_value_that_a_type_does_not_know_hinders_no_other_change(sales: Client) -> None:
    ids = two_types()
    company = sales.make("company", name="甲", record_type="direct", level="A")
    apply({"op": "component.update", "id": ids[0], "values": {"choices": {"level": ["B"]}}})

    assert sales.patch(f"records/company/{company['id']}", {"values": {"name": "乙"}}).status_code == 200


def test_an_opportunity_stays_within_the_pipelines_of_its_type(sales: Client) -> None:
    admin = Client.signed_in_as("administrator")
    renewal = admin.make("pipeline", name="续约流程")["id"]
    stage = admin.make("stage", name="谈续约", pipeline=renewal, category="open", position=1)["id"]
    apply(
        component("opportunity", "record_type", "new"),
        component("opportunity", "record_type", "renewal", records={"pipeline": [renewal]}),
    )

    by_itself = sales.make("opportunity", name="甲", record_type="renewal")
    plain = sales.make("opportunity", name="乙", record_type="new")
    elsewhere = sales.post(
        "records/opportunity",
        {"values": {"name": "丙", "record_type": "renewal", "pipeline": plain["pipeline"]["id"]}},
    )
    moved = sales.patch(f"records/opportunity/{by_itself['id']}", {"values": {"stage": plain["stage"]["id"]}})

    assert by_itself["stage"]["id"] == stage
    assert by_itself["pipeline"]["id"] == renewal != plain["pipeline"]["id"]
    assert codes(elsewhere) == codes(moved) == [("pipeline", "types.record")]
    assert "续约流程" in elsewhere.json()["fields"][0]["message"]


def test_without_types_the_field_is_out_of_sight_and_asks_nothing(sales: Client) -> None:
    for id_ in two_types():
        apply({"op": "component.archive", "id": id_})

    field = next(one for one in of_catalog(sales, "company")["fields"] if one["key"] == "record_type")

    assert (field["hidden"], field["required"]) == (True, False)
    assert sales.make("company", name="甲")["record_type"] is None
    apply(component("company", "record_type", "again"))
    assert sales.make("company", name="乙")["record_type"] == "again"


def test_types_filter_sort_group_export_like_any_choice(sales: Client) -> None:
    two_types()
    sales.make("company", name="甲", record_type="direct")
    sales.make("company", name="乙")

    groups = sales.post("records/company/group", {"by": [{"field": "record_type"}]}).json()["groups"]
    where = {"field": "record_type", "op": "eq", "value": "direct"}

    assert {(group["keys"][0], group["count"]) for group in groups} == {("direct", 1), ("partner", 1)}
    assert sales.post("records/company/count", {"where": where}).json()["count"] == 1


def test_a_type_that_makes_no_sense_is_refused_in_words(sales: Client) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"choices": {"level": ["Z"]}}, "components.unknown_option"),
        ({"choices": {"name": ["A"]}}, "components.not_a_choice"),
        ({"choices": {"nothing": ["A"]}}, "components.unknown_field"),
        ({"choices": {"level": []}}, "components.empty"),
        ({"records": {"parent": ["x"]}}, "components.not_an_id"),
        ({"records": {"level": ["x"]}}, "components.not_a_lookup"),
        ({"records": {"parent": ["01900000-0000-7000-8000-000000000001"]}}, "components.unknown_record"),
        ({"color": "mauve"}, "components.not_one_of"),
    ]
    for values, code in cases:
        ((found, message),) = refused(component("company", "record_type", "bad", **values))
        assert (found, message != code) == (code, True)
    double = [component("company", "record_type", key, default=True) for key in ("one", "two")]
    assert {code for code, _ in refused(*double)} == {"components.two_defaults"}
    assert "record_type" not in sales.make("company", name="甲")


def test_a_field_of_the_kind_is_not_made_by_hand(sales: Client) -> None:
    change = {"op": "field.create", "object": "company", "kind": "record_type", "values": {"label": "我的类型"}}

    assert refused(change) == [("design.kind_not_offered", refused(change)[0][1])]
    assert "record_type" not in {one["kind"] for one in of_catalog(sales, "company")["fields"]}
