"""What the designer refuses, in both languages, without having changed anything."""

import pytest

from guanxi.engine.access.actor import Actor
from guanxi.engine.objects import validation
from tests.engine.design.designer import Designer
from tests.support.clients import Client

LABEL = {"zh-CN": "字段", "en": "Field"}


@pytest.mark.parametrize("name", ["manager", "salesperson", "colleague", "read_only"])
def test_only_who_may_configure_changes_anything(designer: Designer, name: str):
    other = Designer(Client.signed_in_as(name))
    before = designer.everything()

    for verb, params in (
        ("create_object", {"label": "项目"}),
        ("create_field", {"object": "company", "kind": "text", "label": "x"}),
        ("apply", {"changes": [{"op": "object.create", "values": {"label": "项目"}}]}),
        ("archive_field", {"field": "company.name", "preview": True}),
        ("roll_back", {"change": "01900000-0000-7000-8000-000000000001"}),
    ):
        answer = other.send(verb, **params)
        assert (answer.status_code, answer.json()["code"]) == (403, "actions.not_allowed")
    assert designer.everything() == before


def test_every_verb_needs_the_right_to_configure():
    from guanxi.app.areas import registry
    from guanxi.engine.actions import actions

    registry()
    verbs = [verb for name, verb in actions().items() if name.startswith("design.")]
    assert len(verbs) >= 18
    assert {verb.permission for verb in verbs} == {"configure", Actor.configures}


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("Project", "design.key_shape"),
        ("1st", "design.key_shape"),
        ("a b", "design.key_shape"),
        ("a__b", "design.key_shape"),
        ("a_", "design.key_shape"),
        ("x" * 41, "design.key_shape"),
        ('x"; DROP TABLE rec_company; --', "design.key_shape"),
        ("record", "design.key_reserved"),
        ("company", "design.key_taken"),
    ],
)
def test_keys_of_objects(designer: Designer, key: str, code: str):
    refused = designer.refused("create_object", label="项目", key=key)

    assert refused["code"] == "design.invalid"
    assert [(error["field"], error["code"], error["row"]) for error in refused["fields"]] == [("key", code, 0)]


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("id", "design.key_reserved"),
        ("owner", "design.key_reserved"),
        ("deleted_at", "design.key_reserved"),
        ("xmin", "design.key_reserved"),
        ("a__b", "design.key_shape"),
        ("name", "design.key_taken"),
        ("contacts", "design.relation_taken"),
    ],
)
def test_keys_of_fields(designer: Designer, key: str, code: str):
    refused = designer.refused("create_field", object="company", kind="text", key=key, label=LABEL)

    assert code in [error["code"] for error in refused["fields"]]


def test_keys_that_lead_to_one_name_in_the_database(designer: Designer):
    designer.act("create_object", label="A", key="a_b")
    designer.act("create_object", label="B", key="a")
    designer.act("create_field", object="a_b", kind="text", key="c", label="C", values={"index": True})

    refused = designer.refused("create_field", object="a", kind="text", key="b_c", label="C", values={"index": True})

    assert [error["code"] for error in refused["fields"]] == ["design.key_clash"]


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"op": "object.create", "values": {}}, {"label.zh-CN", "label.en", "plural.zh-CN", "plural.en"}),
        ({"op": "object.create", "values": {"label": 5}}, {"label"}),
        ({"op": "object.create", "values": {"label": "x", "color": "beige"}}, {"color"}),
        ({"op": "object.create", "values": {"label": "x", "features": ["magic"]}}, {"features"}),
        ({"op": "object.create", "values": {"label": "x", "size": 3}}, {"size"}),
        ({"op": "object.create", "values": {"label": "x" * 61}}, {"label.zh-CN", "label.en", "plural.zh-CN", "plural.en"}),
        ({"op": "object.explode", "id": "company"}, {"op"}),
        ({"op": "object.update", "id": "company", "values": {"title": "no_such"}}, {"title"}),
        ({"op": "object.update", "id": "company", "values": {"uniques": [["name"]]}}, {"uniques"}),
        ({"op": "object.update", "id": "company", "values": {"uniques": [["name", "nothing"]]}}, {"uniques"}),
        ({"op": "object.update", "id": "product", "values": {"board": "name"}}, {"board"}),
        ({"op": "field.create", "object": "company", "kind": "magic", "values": {"label": "x"}}, {"kind"}),
        ({"op": "field.create", "object": "company", "kind": "choice", "values": {"label": "x"}}, {"settings"}),
        ({"op": "field.create", "object": "company", "kind": "lookup", "values": {"label": "x", "settings": {"target": "nothing"}}},
         {"settings.target"}),
        ({"op": "field.create", "object": "company", "kind": "lookup",
          "values": {"label": "x", "settings": {"target": "contact", "reverse": "name"}}}, {"settings.reverse"}),
        ({"op": "field.create", "object": "company", "kind": "integer", "values": {"label": "x", "default": "many"}}, {"default"}),
        ({"op": "field.create", "object": "company", "kind": "json", "values": {"label": "x", "unique": True}}, {"unique"}),
        ({"op": "field.create", "object": "company", "kind": "integer", "values": {"label": "x", "searchable": True}}, {"searchable"}),
        ({"op": "field.create", "object": "company", "kind": "auto_number", "values": {"label": "x", "required": True}}, {"required"}),
        ({"op": "field.update", "id": "company.name", "values": {"required": "yes"}}, {"required"}),
        ({"op": "field.update", "id": "company.name", "kind": "integer", "values": {}}, {"kind"}),
        ({"op": "field.update", "id": "company.name", "key": "title", "values": {}}, {"key"}),
    ],
)  # fmt: skip
def test_the_attribute_that_is_wrong_is_named(designer: Designer, change, places):
    refused = designer.refused("apply", changes=[{"op": "object.create", "values": {"label": "好的"}}, change])

    assert refused["code"] == "design.invalid"
    assert {error["field"] for error in refused["fields"]} == places
    assert {error["row"] for error in refused["fields"]} == {1}
    english = designer.client.post(
        "actions/design/apply", {"params": {"changes": [change]}}, Accept_Language="en"
    ).json()
    told = [error["message"] for error in (*refused["fields"], *english["fields"])]
    assert all(told)
    assert not [text for text in told if text.startswith(("design.", "fields.")) or "{" in text]


def test_what_is_not_there_is_refused(designer: Designer):
    for verb, params, code in (
        ("update_object", {"object": "nothing", "values": {}}, "design.no_such_object"),
        ("update_field", {"field": "company.nothing", "values": {}}, "design.no_such_field"),
        ("create_field", {"object": "nothing", "kind": "text"}, "design.no_such_object"),
        ("create_object", {"label": "x", "template": "nothing"}, "design.no_such_template"),
        ("roll_back", {"change": "01900000-0000-7000-8000-000000000001"}, "design.no_such_change"),
        ("restore_object", {"object": "company"}, "design.is_live"),
        ("drop_field", {"field": "company.name"}, "design.is_live"),
    ):
        assert designer.refused(verb, **params)["code"] == code


def test_what_the_product_ships_keeps_what_its_rules_count_on(designer: Designer):
    stage = {"op": "field.update", "id": "company.level"}
    level = designer.fields("company")["level"]["settings"]
    fewer = {**level, "options": level["options"][1:]}

    assert designer.refused("archive_object", object="company", confirm=True)["code"] == "design.is_shipped"
    assert designer.refused("archive_field", field="company.level", confirm=True)["code"] == "design.is_shipped"
    for change, code in (
        ({**stage, "values": {"settings": fewer}, "confirm": True}, "design.shipped_option"),
        ({"op": "field.update", "id": "company.name", "values": {"required": False}}, "design.shipped_attribute"),
        ({"op": "object.update", "id": "company", "values": {"features": []}}, "design.shipped_feature"),
    ):
        refused = designer.refused("apply", changes=[change])
        assert [error["code"] for error in refused["fields"]] == [code]


def test_what_the_product_ships_may_be_renamed_extended_and_hidden(designer: Designer):
    level = designer.fields("company")["level"]["settings"]
    more = {**level, "options": [*level["options"], {"key": "vip", "label": {"zh-CN": "贵宾", "en": "VIP"}}]}

    designer.act(
        "update_object", object="company", values={"label": {"zh-CN": "客户", "en": "Account"}, "icon": "users"}
    )
    designer.act("update_field", field="company.level", values={"settings": more, "hidden": True})

    company = designer.catalog("company")
    assert (company["label"], company["icon"]) == ({"zh-CN": "客户", "en": "Account"}, "users")
    assert designer.client.make(name="甲", level="vip")["level"] == "vip"
    assert designer.fields("company")["level"]["hidden"] is True


def test_limits_are_told(designer: Designer, monkeypatch):
    monkeypatch.setattr("guanxi.engine.design.ops.fields.MAX_FIELDS", 3)
    shipped = len(designer.client.get("catalog").json()["objects"])
    monkeypatch.setattr("guanxi.engine.design.ops.objects.MAX_OBJECTS", 2 * shipped)
    designer.act(
        "create_object", label="项目", key="project", fields=[{"kind": "text", "label": str(n)} for n in "abc"]
    )

    refused = designer.refused("create_field", object="project", kind="text", label="d")
    many = [{"op": "object.create", "values": {"label": f"第{n}个"}} for n in range(2 * shipped)]

    assert (refused["code"], refused["params"]["limit"]) == ("design.too_many_fields", 3)
    assert designer.refused("apply", changes=many)["code"] == "design.too_many_objects"
    assert designer.refused("apply", changes=[])["code"] == "design.number_of_changes"


def test_the_thousandth_field_is_refused_and_so_is_the_list_it_is_in(designer: Designer):
    designer.act("create_object", label="宽表", key="wide", fields=[{"kind": "text", "label": "名称"}])
    fields = [
        {"op": "field.create", "object": "wide", "kind": "integer", "values": {"label": f"第{n}列"}}
        for n in range(1000)
    ]

    refused = designer.refused("apply", changes=fields)

    assert (refused["code"], refused["params"]["limit"]) == ("design.too_many_fields", validation.MAX_FIELDS)
    assert len(designer.object("wide")["parts"]) == 1


def test_one_wrong_change_undoes_the_whole_list(designer: Designer):
    refused = designer.refused(
        "apply",
        changes=[
            {
                "op": "object.create",
                "id": "01a20000-0000-7000-8000-000000000001",
                "key": "project",
                "values": {"label": "项目"},
            },
            {"op": "field.create", "object": "project", "kind": "text", "key": "name", "values": {"label": "名称"}},
            {"op": "field.create", "object": "project", "kind": "text", "key": "name", "values": {"label": "名称"}},
        ],
    )

    assert [(error["row"], error["code"]) for error in refused["fields"]] == [(2, "design.key_taken")]
    assert designer.client.get("records/project").status_code == 404


@pytest.mark.parametrize("what", ["private", "read_also"])
@pytest.mark.parametrize(
    ("tree", "code"),
    [
        ({"field": "up.name", "op": "eq", "value": "x"}, "design.access_path"),
        ({"field": "downs.name", "op": "eq", "value": "x"}, "design.access_path"),
        ({"has": "downs"}, "design.access_relation"),
        ({"and": [{"not": {"or": [{"has": "downs", "where": {"field": "name", "op": "not_empty"}}]}}]}, "design.access_relation"),
        ({"and": [{"field": "name", "op": "not_empty"}, {"not": {"field": "up.name", "op": "is_empty"}}]}, "design.access_path"),
    ],
)  # fmt: skip
def test_who_may_read_depends_on_the_records_own_fields(designer: Designer, what: str, tree: dict, code: str):
    points = {"target": "plan", "reverse": "downs"}
    designer.act(
        "create_object", label=LABEL, key="plan",
        fields=[
            {"kind": "text", "key": "name", "label": LABEL},
            {"kind": "lookup", "key": "up", "label": LABEL, "settings": points},
        ],
    )  # fmt: skip
    sales = Client.signed_in_as("salesperson")
    mine = sales.make("plan", name="甲")

    refused = designer.refused("update_object", object="plan", values={"access": {what: tree}})

    assert [(one["field"], one["code"]) for one in refused["fields"]] == [("access", code)]
    designer.act(
        "update_object", object="plan", values={"access": {what: {"field": "name", "op": "eq", "value": "甲"}}}
    )
    assert [one["id"] for one in sales.post("records/plan/query", {}).json()["rows"]] == [mine["id"]]
    others = Client.signed_in_as("other_salesperson").post("records/plan/query", {}).json()["rows"]
    assert len(others) == (what == "read_also")
