"""Taking away what is in use: archived with its values, restored, and dropped for good."""

from dataclasses import asdict

from django.conf import settings

from guanxi.engine.design import background
from tests.engine.design.behind import columns
from tests.engine.design.designer import Designer
from tests.support import world


def test_a_field_is_archived_with_its_values_and_restored(projects: Designer):
    refused = projects.refused("archive_field", field="project.phase")
    shown = projects.act("archive_field", field="project.phase", preview=True)
    projects.act("archive_field", field="project.phase", confirm=True)

    assert (refused["code"], refused["params"]["count"]) == ("design.confirm_values", 4)
    assert [(one["code"], one["count"]) for one in shown["impact"]] == [("design.impact_values_hidden", 4)]
    assert "phase" not in projects.fields("project")
    answer = projects.client.post("records/project", {"values": {"name": "x", "phase": "new"}})
    assert [error["code"] for error in answer.json()["fields"]] == ["fields.unknown"]
    where = {"field": "phase", "op": "eq", "value": "doing"}
    assert projects.client.post("records/project/count", {"where": where}).status_code == 400
    taken = projects.refused("create_field", object="project", kind="text", key="phase", label="x")
    assert [error["code"] for error in taken["fields"]] == ["design.key_archived"]
    projects.act("restore_field", field="project.phase")
    assert projects.count("project", where) == 2


def test_an_object_is_archived_with_what_refers_to_it_and_restored(projects: Designer):
    client = projects.client
    projects.act("create_field", object="company", kind="lookup", key="main_project", label="主项目", values={
        "settings": {"target": "project", "reverse": "main_of"}})  # fmt: skip
    (one, *_) = client.post("records/project/query", {}).json()["rows"]
    company = client.make(name="华信", main_project=one["id"])
    note = client.make("note", body="<p>x</p>", about={"object": "project", "id": one["id"]})

    refused = projects.refused("archive_object", object="project")
    projects.act("archive_object", object="project", confirm=True)

    assert refused["code"] == "design.confirm_used"
    assert [(d["type"], d["object"], d["label"]["zh-CN"]) for d in refused["params"]["dependents"]] == [
        ("field", "company", "主项目")
    ]
    assert projects.catalog("project") is None
    assert client.get("records/project").status_code == 404
    assert "main_project" not in projects.fields("company")
    assert client.get(f"records/company/{company['id']}").status_code == 200
    assert client.get(f"records/note/{note['id']}").json()["about"]["object"] == "project"
    assert client.get("search?q=甲").json()["hits"] == []
    assert [o["state"] for o in client.get("design/objects").json()["objects"] if o["key"] == "project"] == ["archived"]

    projects.act("restore_object", object="project")

    assert projects.count("project") == 5
    assert client.get(f"records/company/{company['id']}").json()["main_project"]["id"] == one["id"]


def test_a_field_of_an_archived_object_goes_and_comes_with_it(projects: Designer):
    """Archived alone it could not be brought back before its object is."""
    projects.act("archive_object", object="project", confirm=True)

    refused = projects.refused("archive_field", field="project.phase", confirm=True)

    assert (refused["code"], refused["params"]["name"]) == ("design.is_archived", "项目")
    projects.act("restore_object", object="project")
    assert "phase" in projects.fields("project")


def test_what_others_rest_on_blocks(projects: Designer):
    view = {
        "name": "进行中",
        "object": "project",
        "type": "table",
        "config": {"where": {"field": "phase", "op": "eq", "value": "doing"}},
    }
    projects.client.make("view", **view)
    projects.act("update_object", object="project", values={"board": "phase", "features": ["owner", "board"]})

    blocked = projects.refused("archive_field", field="project.phase", confirm=True)
    usage = projects.client.get("design/usage?object=project&field=phase").json()

    assert blocked["code"] == "design.still_used"
    assert {(d["type"], d["blocking"]) for d in usage["dependents"]} == {("board", True), ("view", False)}
    assert (usage["records"], usage["values"]) == (5, 4)
    title = projects.refused("archive_field", field="project.name", confirm=True)
    assert [d["type"] for d in title["params"]["dependents"]] == ["title"]
    projects.act("update_object", object="project", values={"board": None})
    asked = projects.refused("archive_field", field="project.phase")
    assert asked["code"] == "design.confirm_used"
    assert "进行中" in asked["detail"]
    projects.act("archive_field", field="project.phase", confirm=True)


def test_a_dropped_field_is_gone_for_good(committing: Designer, finish):
    committing.project()
    committing.client.make("project", name="甲", phase="new")
    committing.act("archive_field", field="project.phase", confirm=True)
    refused = committing.refused("drop_field", field="project.phase")

    committing.act("drop_field", field="project.phase", confirm=True)

    assert refused["code"] == "design.confirm_drop"
    assert "phase" in columns("rec_project")
    finish()
    assert "phase" not in columns("rec_project")
    assert committing.refused("restore_field", field="project.phase")["code"] == "design.is_dropped"
    (change, *_) = committing.changes()
    assert committing.refused("roll_back", change=change["id"])["code"] == "design.cannot_roll_back"
    committing.client.make("project", name="乙")


def test_what_was_archived_for_long_is_dropped_by_itself(committing: Designer, monkeypatch):
    committing.project()
    committing.act("archive_field", field="project.phase", confirm=True)
    committing.act("create_object", label="临时", key="temporary")
    committing.act("archive_object", object="temporary", confirm=True)
    payload = {"workspace": asdict(world.workspace())}

    background.expire_job(payload)
    assert "phase" in columns("rec_project")
    monkeypatch.setattr(settings, "RETENTION_DAYS", 0)
    background.expire_job(payload)

    assert "phase" not in columns("rec_project")
    assert columns("rec_temporary") == set()
    assert committing.refused("restore_object", object="temporary")["code"] == "design.is_dropped"
