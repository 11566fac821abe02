"""Templates: objects to begin with, of which a workspace makes its own."""

import pytest

from guanxi.engine.design import templates
from tests.engine.design.designer import Designer
from tests.support.clients import Client


@pytest.mark.parametrize("template", sorted(templates.shipped()))
def test_a_template_becomes_an_object_that_works(designer: Designer, template: str):
    made = designer.act("create_object", template=template)

    key = made["objects"][0]
    found = designer.catalog(key)
    assert found is not None
    assert set(found["label"]) == {"zh-CN", "en"}
    one = designer.client.make(key, **{found["title"]: "第一个", **required(designer, found)})
    assert one[found["title"]] == "第一个"
    assert [hit["id"] for hit in designer.client.get("search?q=第一个").json()["hits"]] == [one["id"]]


def required(designer: Designer, found: dict) -> dict:
    """Values for references that a record must have."""
    needed = [f for f in found["fields"] if f["required"] and f["kind"] == "lookup"]
    return {field["key"]: designer.client.make(field["settings"]["target"], name="华信")["id"] for field in needed}


def test_a_template_is_used_twice_under_names_of_its_own(designer: Designer):
    first = designer.act("create_object", template="project")
    second = designer.act("create_object", template="project", label={"zh-CN": "工程", "en": "Works"})

    assert (first["objects"], second["objects"]) == (["project", "milestone"], ["project_2", "milestone_2"])
    assert set(first["created"]).isdisjoint(second["created"])
    assert designer.fields("milestone_2")["project"]["settings"]["target"] == "project_2"
    assert designer.catalog("project_2")["label"] == {"zh-CN": "工程", "en": "Works"}
    relations = {r["key"]: r["object"] for r in designer.catalog("company")["relations"]}
    assert relations["projects"] == "project"
    assert relations["works"] == "project_2"


def test_lines_of_a_template_go_with_what_they_belong_to(designer: Designer):
    designer.act("create_object", template="project")
    project = designer.client.make("project", name="新园区")
    designer.client.make("milestone", name="开工", project=project["id"])

    designer.client.delete(f"records/project/{project['id']}")

    assert designer.count("milestone") == 0


def test_templates_are_listed_for_who_may_configure(designer: Designer):
    found = designer.client.get("design/templates").json()["templates"]

    assert {one["key"] for one in found} >= {"project", "contract", "asset", "event", "ticket", "supplier"}
    project = next(one for one in found if one["key"] == "project")
    assert (project["label"], [o["key"] for o in project["objects"]]) == (
        {"zh-CN": "项目", "en": "Project"}, ["project", "milestone"],
    )  # fmt: skip
    assert Client.signed_in_as("salesperson").get("design/templates").status_code == 403
