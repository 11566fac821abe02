"""Changing what is in use: uniqueness, options, archiving, restoring, dropping, rolling back."""

import pytest

from tests.engine.design.designer import Designer
from tests.support.clients import Client


@pytest.fixture
def projects(designer: Designer) -> Designer:
    """Five projects, two of them of one name."""
    designer.project()
    rows = [("甲", "new"), ("乙", "doing"), ("乙", "doing"), ("丙", "done"), ("丁", None)]
    for name, phase in rows:
        designer.client.make("project", name=name, phase=phase)
    return designer


def test_unique_is_refused_with_the_values_that_stand_twice(projects: Designer):
    refused = projects.refused("update_field", field="project.name", values={"unique": True})

    (error,) = refused["fields"]
    assert (error["field"], error["code"], error["params"]["count"]) == ("unique", "design.duplicates", 1)
    assert "乙 ×2" in error["message"]


def test_unique_holds_from_the_next_write(projects: Designer):
    (row,) = projects.client.post(
        "records/project/query", {"where": {"field": "name", "op": "eq", "value": "乙"}, "limit": 1}
    ).json()["rows"]
    projects.client.patch(f"records/project/{row['id']}", {"values": {"name": "戊"}})

    projects.act("update_field", field="project.name", values={"unique": True})

    answer = projects.client.post("records/project", {"values": {"name": "甲"}})
    assert [(error["field"], error["code"]) for error in answer.json()["fields"]] == [("name", "fields.not_unique")]
    projects.act("update_field", field="project.name", values={"unique": False})
    projects.client.make("project", name="甲")


def test_fields_are_unique_together(projects: Designer):
    refused = projects.refused("update_object", object="project", values={"uniques": [["name", "phase"]]})
    rows = projects.client.post("records/project/query", {"where": {"field": "phase", "op": "eq", "value": "doing"}})
    projects.client.patch(f"records/project/{rows.json()['rows'][0]['id']}", {"values": {"phase": "done"}})

    projects.act("update_object", object="project", values={"uniques": [["name", "phase"]]})

    assert [error["code"] for error in refused["fields"]] == ["design.duplicates"]
    records = [{"values": {"name": "甲", "phase": "done"}}, {"values": {"name": "丙", "phase": "done"}}]
    answer = projects.client.post("records/project/bulk", {"op": "create", "records": records}).json()
    assert [(e["row"], e["field"], e["code"]) for e in answer["fields"]] == [(1, "phase", "fields.not_unique_together")]
    assert "名称 + 阶段" in answer["fields"][0]["message"]
    assert projects.count("project") == 5
    (one,) = projects.client.post(
        "records/project/query", {"where": {"field": "name", "op": "eq", "value": "甲"}}
    ).json()["rows"]
    projects.client.make("project", name="甲", phase="doing")
    half = projects.client.patch(f"records/project/{one['id']}", {"values": {"phase": "doing"}}).json()
    assert [error["code"] for error in half["fields"]] == ["fields.not_unique_together"]
    # Where one of them is empty nothing is compared.
    projects.client.make("project", name="丁")


def test_required_holds_for_what_is_written_from_now_on(projects: Designer):
    outcome = projects.act("update_field", field="project.phase", values={"required": True})

    assert [(one["code"], one["count"]) for one in outcome["impact"]] == [("design.impact_empty", 1)]
    assert "1 条记录" in outcome["impact"][0]["text"]
    assert projects.client.post("records/project", {"values": {"name": "x"}}).status_code == 422
    (old,) = projects.client.post("records/project/query", {"where": {"field": "phase", "op": "is_empty"}}).json()[
        "rows"
    ]
    assert projects.client.patch(f"records/project/{old['id']}", {"values": {"name": "还能改"}}).status_code == 200


def without(options, *gone: str):
    return {"options": [one for one in options if one["key"] not in gone]}


def test_an_option_in_use_goes_only_with_a_word_on_its_values(projects: Designer):
    options = projects.fields("project")["phase"]["settings"]["options"]

    refused = projects.refused("update_field", field="project.phase", values={"settings": without(options, "doing")})
    shown = projects.act(
        "update_field", field="project.phase", values={"settings": without(options, "doing")}, preview=True
    )

    assert (refused["code"], refused["params"]) == (
        "design.option_in_use",
        {"option": "进行", "count": 2, "key": "doing"},
    )
    assert "2 条记录" in refused["detail"]
    assert [(one["code"], one["count"]) for one in shown["impact"]] == [("design.impact_option", 2)]
    unused = {"options": [*options, {"key": "spare", "label": {"zh-CN": "备用", "en": "Spare"}}]}
    projects.act("update_field", field="project.phase", values={"settings": unused})
    projects.act("update_field", field="project.phase", values={"settings": {"options": options}})
    wrong = projects.refused(
        "update_field",
        field="project.phase",
        values={"settings": without(options, "doing")},
        replace_options={"doing": "gone"},
    )
    assert [error["code"] for error in wrong["fields"]] == ["design.not_replaced"]


def test_options_are_replaced_in_the_background_with_history(committing: Designer, finish):
    committing.project()
    made = [committing.client.make("project", name="x", phase=phase)["id"] for phase in ("doing", "new", "done")]
    options = committing.fields("project")["phase"]["settings"]["options"]
    settings = without(options, "doing", "done")

    committing.act(
        "update_field",
        field="project.phase",
        values={"settings": settings},
        replace_options={"doing": "new"},
        confirm=True,
    )
    finish()

    assert [committing.client.get(f"records/project/{one}").json()["phase"] for one in made] == ["new", "new", None]
    (change, *_) = committing.client.get(f"records/project/{made[0]}/timeline").json()["items"]
    assert [(f["old"], f["new"]) for f in change["fields"]] == [("doing", "新建")]


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
    from tests.engine.design.test_conversion import columns

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
    from dataclasses import asdict

    from django.conf import settings

    from guanxi.engine.design import background
    from tests.engine.design.test_conversion import columns
    from tests.support import world

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


def test_search_follows_what_is_searchable(committing: Designer, finish):
    committing.project()
    one = committing.client.make("project", name="甲", starts_on="2026-01-01")
    committing.act("create_field", object="project", kind="text", key="code", label="代号", values={"searchable": True})
    committing.client.patch(f"records/project/{one['id']}", {"values": {"code": "凤凰"}})

    committing.act("update_field", field="project.code", values={"searchable": False})
    finish()

    assert committing.client.get("search?q=凤凰").json()["hits"] == []
    committing.act("update_field", field="project.code", values={"searchable": True})
    finish()
    assert [hit["id"] for hit in committing.client.get("search?q=凤凰").json()["hits"]] == [one["id"]]
    committing.act("archive_object", object="project", confirm=True)
    finish()
    committing.act("restore_object", object="project")
    finish()
    assert [hit["id"] for hit in committing.client.get("search?q=凤凰").json()["hits"]] == [one["id"]]
