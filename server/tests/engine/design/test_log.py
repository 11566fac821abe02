"""The log of configuration: who changed what, rolled back and forward, and told to who saw something else."""

from tests.engine.design.designer import Designer
from tests.support.clients import Client


def test_a_change_is_rolled_back(projects: Designer):
    projects.act(
        "update_field", field="project.phase", values={"label": {"zh-CN": "步骤", "en": "Step"}, "index": True}
    )
    (change, *_) = projects.changes()
    assert change["can_roll_back"]
    assert change["actor"]["title"] == "administrator"

    shown = projects.act("roll_back", change=change["id"], preview=True)
    projects.act("roll_back", change=change["id"])

    assert [one["text"] for one in shown["plan"]] == ["修改“项目”的字段“阶段”：index, label"]
    assert projects.fields("project")["phase"]["label"] == {"zh-CN": "阶段", "en": "Phase"}
    back, done, *_ = projects.changes()
    assert (back["undoes"], done["undone_by"], done["can_roll_back"]) == (change["id"], back["id"], False)
    assert projects.refused("roll_back", change=change["id"])["code"] == "design.rolled_back_already"
    projects.act("roll_back", change=back["id"])
    assert projects.fields("project")["phase"]["label"]["en"] == "Step"


def test_making_an_object_is_rolled_back_as_a_whole_and_forward_again(projects: Designer):
    made = projects.changes()[-1]
    assert made["changes"][0]["op"] == "object.create"

    projects.act("roll_back", change=made["id"])
    assert projects.catalog("project") is None
    (back, *_) = projects.changes()
    projects.act("roll_back", change=back["id"])

    assert projects.count("project") == 5
    assert "phase" in projects.fields("project")


def test_a_change_that_was_changed_again_is_not_rolled_back(projects: Designer):
    projects.act("update_field", field="project.phase", values={"label": "步骤"})
    (first, *_) = projects.changes()
    projects.act("update_field", field="project.phase", values={"label": "节点"})

    refused = projects.refused("roll_back", change=first["id"])

    assert (refused["code"], refused["params"]["attribute"], refused["params"]["by"]) == (
        "design.changed_meanwhile", "label", "administrator",
    )  # fmt: skip


def test_who_saw_something_else_is_told_what_and_who(projects: Designer):
    projects.act("update_object", object="project", values={"icon": "rocket"})

    refused = projects.refused("update_object", object="project", values={"icon": "flag"}, expected={"icon": "box"})

    assert refused["code"] == "design.changed_meanwhile"
    assert {name: refused["params"][name] for name in ("name", "attribute", "now", "yours", "by")} == {
        "name": "项目", "attribute": "icon", "now": "rocket", "yours": "box", "by": "administrator",
    }  # fmt: skip
    assert "administrator" in refused["detail"]
    english = projects.client.post(
        "actions/design/update-object",
        {"params": {"object": "project", "values": {"icon": "flag"}, "expected": {"icon": "box"}}},
        Accept_Language="en",
    )
    assert english.json()["detail"].startswith("administrator changed icon of Project")
    projects.act("update_object", object="project", values={"icon": "flag"}, expected={"icon": "rocket"})


def test_the_log_tells_of_one_thing(projects: Designer):
    field = projects.fields("project")["phase"]["id"]
    projects.act("update_object", object="project", values={"icon": "rocket"})
    projects.act("update_field", field=field, values={"label": "步骤"})

    found = projects.changes(about=field)

    assert [[one["op"] for one in change["changes"]][:1] for change in found] == [["field.update"], ["object.create"]]
    # What is done with its parts is told of an object too.
    of_object = projects.changes(about=projects.object("project")["id"])
    assert [change["changes"][0]["op"] for change in of_object[:2]] == ["field.update", "object.update"]
    assert Client.signed_in_as("manager").get("design/changes").status_code == 403
