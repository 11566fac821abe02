"""Somebody with the switch to configure one object shapes this one: its looks, fields and components, and no more."""

from typing import Any

import pytest

from tests.engine.design.designer import Designer
from tests.support.clients import Client

PERMISSIONS = {
    "objects": {
        "*": {"read": "own"},
        "company": {"read": "own", "edit": "own", "create": True, "configure": True, "fields": {"annual_revenue": "masked"}},
    },
    "system": [],
}  # fmt: skip


@pytest.fixture
def shaper(designer: Designer) -> Designer:
    """A salesperson whose only role may configure companies."""
    role = designer.client.make("role", name="公司管理员", key="shaper", permissions=PERMISSIONS)
    found = designer.client.post(
        "records/member/query",
        {"select": ["name"], "where": {"field": "name", "op": "eq", "value": "salesperson"}, "limit": 1},
    ).json()["rows"]
    answer = designer.client.patch(f"records/member/{found[0]['id']}", {"values": {"roles": [role["id"]]}})
    assert answer.status_code == 200, answer.content
    return Designer(Client.signed_in_as("salesperson"))


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_fields_and_components_of_the_object_are_theirs(designer: Designer, shaper: Designer):
    shaper.act("create_field", object="company", kind="text", label="渠道", key="channel")
    shaper.act("update_field", field="company.channel", values={"help": {"zh-CN": "从哪里来", "en": "From where"}})
    shaper.act("update_object", object="company", values={"color": "green"})
    rule = {"label": {"zh-CN": "必填", "en": "Needed"}, "effect": "required", "fields": ["short_name"], "position": 0}
    shaper.act("create_component", object="company", kind="rule", values=rule)
    shaper.act("archive_field", field="company.channel", confirm=True)

    assert designer.object("company")["values"]["color"] == "green"
    assert next(p for p in designer.object("company")["parts"] if p["key"] == "channel")["state"] == "archived"


def test_a_field_kept_from_them_takes_its_place_among_those_they_move(designer: Designer, shaper: Designer):
    place = {"op": "field.update", "id": "company.annual_revenue", "values": {"position": 77}}
    shaper.act("apply", changes=[place])

    parts = {part["key"]: part["values"] for part in designer.object("company")["parts"]}
    assert parts["annual_revenue"]["position"] == 77

    named = place | {"values": {"position": 78, "label": {"zh-CN": "x", "en": "x"}}}
    assert code(shaper.send("apply", changes=[named])) == (403, "design.field_not_allowed")
    after = {part["key"]: part["values"] for part in designer.object("company")["parts"]}
    assert after == parts


def test_they_read_no_other_object_in_the_designer(shaper: Designer):
    assert [one["key"] for one in shaper.client.get("design/objects").json()["objects"]] == ["company"]
    assert code(shaper.client.get("design/objects/contact")) == (403, "design.not_allowed")
    assert code(shaper.client.get("design/objects/no_such")) == (403, "design.not_allowed")
    assert code(shaper.client.get("design/usage?object=contact")) == (403, "design.not_allowed")
    assert code(shaper.client.get("design/templates")) == (403, "design.not_allowed")
    assert code(shaper.client.get("design/changes")) == (403, "design.not_allowed")


def test_the_log_tells_them_what_became_of_their_object_alone(designer: Designer, shaper: Designer):
    designer.act("update_object", object="company", values={"color": "red"})
    both = [
        {"op": "object.update", "id": "company", "values": {"color": "blue"}},
        {"op": "object.update", "id": "contact", "values": {"color": "blue"}},
    ]
    designer.act("apply", changes=both)
    id_ = designer.object("company")["id"]

    assert len(shaper.changes(about=id_)) == len(designer.changes(about=id_)) - 1


@pytest.mark.parametrize(
    ("verb", "params", "refusal"),
    [
        ("create_field", {"object": "contact", "kind": "text", "label": "x"}, "design.not_allowed"),
        ("update_field", {"field": "contact.name", "values": {"label": "x"}}, "design.not_allowed"),
        ("update_field", {"field": "no_such.name", "values": {"label": "x"}}, "design.not_allowed"),
        ("update_field", {"field": "company.annual_revenue", "values": {"label": "x"}}, "design.field_not_allowed"),
        ("convert_field", {"field": "company.annual_revenue", "kind": "text", "preview": True}, "design.field_not_allowed"),
        ("update_object", {"object": "company", "values": {"features": []}}, "design.attribute_not_allowed"),
        ("update_object", {"object": "company", "values": {"access": {"share_reach": {"steps": 3, "objects": None}}}},
         "design.attribute_not_allowed"),
        ("update_object", {"object": "contact", "values": {"color": "red"}}, "design.not_allowed"),
        ("create_object", {"label": "项目"}, "actions.not_allowed"),
        ("archive_object", {"object": "company"}, "actions.not_allowed"),
        ("apply", {"changes": [{"op": "object.create", "values": {"label": "项目"}}]}, "design.not_allowed"),
        ("apply", {"changes": [{"op": "object.archive", "id": "company"}]}, "design.not_allowed"),
        ("apply", {"changes": [
            {"op": "object.update", "id": "company", "values": {"color": "red"}},
            {"op": "field.create", "object": "contact", "kind": "text", "values": {"label": "x"}},
        ]}, "design.not_allowed"),
    ],
)  # fmt: skip
def test_what_is_not_theirs_is_refused_and_stays(
    designer: Designer, shaper: Designer, verb: str, params: dict[str, Any], refusal: str
):
    before = designer.everything()

    assert code(shaper.send(verb, **params)) == (403, refusal)
    assert designer.everything() == before


def test_a_change_of_others_objects_is_not_theirs_to_take_back(designer: Designer, shaper: Designer):
    made = designer.act("update_object", object="contact", values={"color": "red"})
    before = designer.everything()

    assert code(shaper.send("roll_back", change=made["change"])) == (403, "design.not_allowed")
    assert designer.everything() == before


def test_a_lookup_of_theirs_may_name_another_object_but_a_field_there_is_refused(designer: Designer, shaper: Designer):
    relation = {"object": "company", "targets": ["contact"], "label": "主要联系人"}
    assert shaper.send("create_relation", type="to_one", **relation).status_code == 200
    before = designer.everything()

    assert code(shaper.send("create_relation", type="to_many", **relation)) == (403, "design.not_allowed")
    assert designer.everything() == before
