"""Changing what is in use: uniqueness, required fields, options, and what the search finds."""

from tests.engine.design.designer import Designer


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
