"""Relations made in the designer, seen from both sides and kept by their rules."""

import pytest

from tests.engine.design.designer import Designer

LABEL = {"zh-CN": "项目", "en": "Project"}


@pytest.fixture
def project(designer: Designer) -> Designer:
    designer.act("create_object", label=LABEL, key="project", fields=[{"kind": "text", "key": "name", "label": "名称"}])
    return designer


def relations(designer: Designer, key: str) -> dict[str, tuple[str, str]]:
    return {one["key"]: (one["object"], one["field"]) for one in designer.catalog(key)["relations"]}


@pytest.mark.parametrize(("rule", "left"), [("clear", 1), ("cascade", 0), ("restrict", 1)])
def test_to_one_does_on_deletion_what_it_says(project: Designer, rule: str, left: int):
    project.act(
        "create_relation", type="to_one", object="project", targets=["company"], label={"zh-CN": "客户", "en": "Customer"},
        reverse_label={"zh-CN": "在建项目", "en": "Projects"}, on_delete=rule,
    )  # fmt: skip
    company = project.client.make(name="华信")
    one = project.client.make("project", name="甲", customer=company["id"])
    assert relations(project, "company")["project"] == ("project", "customer")

    answer = project.client.delete(f"records/company/{company['id']}")

    assert answer.status_code == (409 if rule == "restrict" else 200)
    assert project.count("project") == left
    if rule == "clear":
        assert project.client.get(f"records/project/{one['id']}").json()["customer"] is None


def test_to_many_is_kept_on_the_many(project: Designer):
    project.act(
        "create_relation", type="to_many", object="company", targets=["project"], label={"zh-CN": "项目", "en": "Works"}
    )

    field = project.fields("project")["company"]
    assert (field["kind"], field["settings"]["target"]) == ("lookup", "company")
    assert {key: found for key, found in relations(project, "company").items() if found[0] == "project"} == {
        "project": ("project", "company")
    }


def test_many_to_many_and_any_are_seen_from_the_other_side(project: Designer):
    project.act(
        "create_relation",
        type="many_to_many",
        object="project",
        targets=["contact"],
        label={"zh-CN": "成员", "en": "People"},
    )
    project.act(
        "create_relation",
        type="any",
        object="project",
        targets=["company", "lead"],
        label={"zh-CN": "来源", "en": "Origin"},
    )
    contact = project.client.make("contact", name="王芳")
    lead = project.client.make("lead", name="线索", company_name="x")

    one = project.client.make("project", name="甲", people=[contact["id"]], origin={"object": "lead", "id": lead["id"]})

    assert relations(project, "contact")["project"] == ("project", "people")
    for key, id_ in (("contact", contact["id"]), ("lead", lead["id"])):
        name = next(k for k, found in relations(project, key).items() if found[0] == "project")
        rows = project.client.get(f"records/{key}/{id_}/related/{name}").json()["rows"]
        assert [row["id"] for row in rows] == [one["id"]]


def test_a_link_with_values_joins_a_pair_once_and_goes_with_either(project: Designer):
    made = project.act(
        "create_relation",
        type="linked",
        object="project",
        targets=["contact"],
        label={"zh-CN": "参与", "en": "Assignment"},
    )
    key = made["objects"][0]
    project.act("create_field", object=key, kind="percent", key="share", label={"zh-CN": "投入", "en": "Share"})
    one, person = project.client.make("project", name="甲"), project.client.make("contact", name="王芳")
    pair = {"project": one["id"], "contact": person["id"]}

    project.client.make(key, name="负责人", share="50", **pair)
    again = project.client.post(f"records/{key}", {"values": pair})

    assert [error["code"] for error in again.json()["fields"]] == ["fields.not_unique_together"]
    assert relations(project, "contact")[key] == (key, "contact")
    project.client.delete(f"records/contact/{person['id']}")
    assert project.count(key) == 0


def test_links_and_lines_are_read_by_those_who_read_what_they_belong_to(designer: Designer):
    from tests.support.clients import Client

    designer.act("create_object", template="project")
    hidden = designer.client.make("project", name="机密项目")
    designer.client.make("milestone", name="机密里程碑", project=hidden["id"])
    salesperson = Client.signed_in_as("salesperson")
    own = salesperson.make("project", name="自己的")
    mine = designer.client.make("milestone", name="公开里程碑", project=own["id"])

    seen = salesperson.post("records/milestone/query", {}).json()["rows"]

    assert [row["id"] for row in seen] == [mine["id"]]
    assert salesperson.get("search?q=机密").json()["hits"] == []
    refused = designer.refused("update_object", object="milestone", values={"features": ["import"]}, confirm=True)
    assert [error["code"] for error in refused["fields"]] == ["design.inherit_needs_owner"]


def test_a_tree_never_bites_its_own_tail(project: Designer):
    project.act("create_field", object="project", kind="lookup", key="parent", label={"zh-CN": "上级项目", "en": "Parent"}, values={
        "settings": {"target": "project", "tree": True, "reverse": "parts"}})  # fmt: skip
    top = project.client.make("project", name="上")
    middle = project.client.make("project", name="中", parent=top["id"])
    below = project.client.make("project", name="下", parent=middle["id"])

    refused = project.client.patch(f"records/project/{top['id']}", {"values": {"parent": below["id"]}})

    assert [(error["field"], error["code"]) for error in refused.json()["fields"]] == [("parent", "records.tree_cycle")]
    assert project.client.get(f"records/project/{top['id']}").json()["parent"] is None
    project.client.patch(f"records/project/{below['id']}", {"values": {"parent": top["id"]}})
    parts = project.client.get(f"records/project/{top['id']}/related/parts").json()["rows"]
    assert {row["name"] for row in parts} == {"中", "下"}
