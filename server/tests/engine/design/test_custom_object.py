"""An object made at run time is like one that was shipped, everywhere and at once."""

import json
import os
import subprocess
import sys

import pytest

from tests.engine.design.designer import Designer
from tests.engine.transfer.conftest import Importer
from tests.support.clients import Client

OTHER_PROCESS = """
import json, sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from tests.support import world
from guanxi.app.areas import registry
from guanxi.engine.context import work
from guanxi.engine.records import reads, writes
registry()
workspace, actor = world.workspace(), world.actor("administrator")
def names():
    with work(workspace, actor, via="api") as ctx:
        key = "project"
        if key not in ctx.snapshot.objects:
            return None
        return sorted(row["name"] for row in reads.page(ctx, key, reads.Query(select=("name",))).rows)
for line in sys.stdin:
    print(json.dumps(names()), flush=True)
"""


def test_it_is_in_the_catalog_of_everybody_whose_role_says_so(designer: Designer):
    made = designer.project()

    seen = Client.signed_in_as("salesperson").get("catalog").json()["objects"]
    project = next(one for one in seen if one["key"] == "project")
    assert project["id"] == made["created"][0]
    assert (project["title"], project["rights"]["read"]) == ("name", "own")
    assert {"name", "phase", "budget", "starts_on", "company", "people", "owner"} <= {
        f["key"] for f in project["fields"]
    }
    company = next(one for one in seen if one["key"] == "company")
    relation = next(one for one in company["relations"] if one["object"] == "project")
    assert (relation["key"], relation["field"], relation["label"]) == (
        "projects", "company", {"zh-CN": "项目", "en": "Project"},
    )  # fmt: skip


def test_records_are_written_listed_grouped_searched_and_told_of_by_history(designer: Designer):
    designer.project()
    client = designer.client
    company = client.make(name="华信")
    values = {
        "name": "新园区建设",
        "phase": "new",
        "budget": {"amount": "120.5", "currency": "CNY"},
        "company": company["id"],
    }

    one = client.make("project", **values)
    client.patch(f"records/project/{one['id']}", {"values": {"phase": "done"}})
    client.post(
        "records/project/bulk", {"op": "create", "records": [{"values": {"name": f"第{n}期"}} for n in range(3)]}
    )

    assert designer.count("project") == 4
    through = {"field": "company.name", "op": "eq", "value": "华信"}
    rows = client.post("records/project/query", {"where": through, "select": ["name", "phase", "budget"]}).json()[
        "rows"
    ]
    assert [(row["name"], row["phase"], row["budget"]) for row in rows] == [
        ("新园区建设", "done", {"amount": "120.5", "currency": "CNY"})
    ]
    groups = client.post("records/project/group", {"by": [{"field": "phase"}]}).json()
    assert groups["totals"]["count"] == 4
    assert [hit["id"] for hit in client.get("search?q=园区").json()["hits"]] == [one["id"]]
    (change, *_) = client.get(f"records/project/{one['id']}/timeline").json()["items"]
    assert [(f["field"], f["new"]) for f in change["fields"]] == [("phase", "完成")]
    related = client.get(f"records/company/{company['id']}/related/projects").json()["rows"]
    assert [row["id"] for row in related] == [one["id"]]
    refused = client.delete(f"records/company/{company['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "records.still_used")


def test_what_a_deletion_takes_along_is_told_before(designer: Designer):
    designer.act("create_object", template="project")
    client = designer.client
    company = client.make(name="华信")
    project = client.make("project", name="新园区", company=company["id"])
    for name in ("开工", "封顶"):
        client.make("milestone", name=name, project=project["id"])

    mine = client.post("records/project/deletion", {"ids": [project["id"]]}).json()
    above = client.post("records/company/deletion", {"ids": [company["id"]]}).json()

    assert mine == {"refused": False, "effects": [
        {"object": "milestone", "label": {"zh-CN": "里程碑", "en": "Milestones"}, "field": "project", "rule": "cascade", "count": 2},
    ]}  # fmt: skip
    assert above["refused"] is True
    assert [(one["object"], one["rule"], one["count"]) for one in above["effects"]] == [("project", "restrict", 1)]
    assert designer.count("milestone") == 2
    hidden = Client.signed_in_as("salesperson").post("records/project/deletion", {"ids": [project["id"]]})
    assert hidden.status_code == 404


def test_activities_are_kept_of_it(designer: Designer):
    designer.project()
    client = designer.client
    one = client.make("project", name="新园区")

    note = client.make("note", body="<p>已拜访</p>", about={"object": "project", "id": one["id"]})

    items = client.get(f"records/project/{one['id']}/timeline?kinds=activity").json()["items"]
    assert [item["record"]["id"] for item in items] == [note["id"]]


def test_it_is_imported_exported_and_described(designer: Designer, queued):
    designer.project()
    importer = Importer(designer.client, queued)

    done = importer.proposed(
        "project", "名称,阶段,预算,开始日期\n甲,完成,10,2026-01-02\n乙,新建,20,\n丙,没有,1,\n".encode(), mode="create"
    )

    assert done["counts"]["create"] == 2
    assert done["counts"]["error"] == 1
    exported = designer.client.post("records/project/export", {"format": "csv", "select": ["name", "phase"]})
    assert "完成" in b"".join(exported.streaming_content).decode("utf-8-sig")
    document = designer.client.get("openapi.json").json()
    assert "/records/project/{id}" in document["paths"]
    assert document["components"]["schemas"]["project_values"]["properties"]["phase"]["anyOf"][0]["enum"] == [
        "new", "doing", "done",
    ]  # fmt: skip


def test_rights_hold_for_it_as_for_any_object(designer: Designer):
    designer.project()
    designer.client.make("project", name="别人的")
    salesperson = Client.signed_in_as("salesperson")
    own = salesperson.make("project", name="自己的")

    assert [row["id"] for row in salesperson.post("records/project/query", {}).json()["rows"]] == [own["id"]]
    assert [hit["id"] for hit in salesperson.get("search?q=别人").json()["hits"]] == []
    assert Client.signed_in_as("read_only").post("records/project", {"values": {"name": "x"}}).status_code == 403


def test_another_process_sees_every_change_with_its_next_unit_of_work(committing: Designer, committing_database: str):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, committing_database],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip

    def asked():
        other.stdin.write("\n")
        other.stdin.flush()
        return json.loads(other.stdout.readline())

    try:
        assert asked() is None
        committing.project()
        assert asked() == []
        committing.client.make("project", name="甲")
        committing.act("create_field", object="project", kind="text", label="备注")
        assert asked() == ["甲"]
        committing.act("archive_object", object="project", confirm=True)
        assert asked() is None
    finally:
        other.kill()
        other.wait()


@pytest.mark.parametrize("word", ["select", "order", "user", "group", "table", "limit", "from", "default", "check"])
def test_words_of_sql_are_keys_like_others(designer: Designer, word: str):
    designer.act(
        "create_object", label="词", key=word, fields=[{"kind": "text", "key": word, "label": word, "index": True}]
    )
    one = designer.client.make(word, **{word: "值"})

    where = {"field": word, "op": "contains", "value": "值"}
    rows = designer.client.post(f"records/{word}/query", {"where": where, "sort": [{"field": word}]}).json()["rows"]

    assert [row["id"] for row in rows] == [one["id"]]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ({"zh-CN": "项目", "en": "Project"}, "project"),
        ({"zh-CN": "项目 里程碑"}, "xiangmu_lichengbei"),
        ({"zh-CN": "合同（新版）"}, "hetong_xinban"),
        ("Sales order / 2026", "sales_order_2026"),
        ("2026 计划", "object_2026_jihua"),
        ("🚀", "object_2"),
        ("公司", "gongsi"),
        ("Company", "company_2"),
        ("Record", "record_2"),
    ],
)
def test_keys_are_made_of_labels(designer: Designer, label, key: str):
    assert designer.act("create_object", label=label)["objects"] == [key]


def test_a_label_in_one_language_serves_both(designer: Designer):
    designer.act("create_object", label={"zh-CN": "项目"}, key="project")

    assert designer.catalog("project")["label"] == {"zh-CN": "项目", "en": "项目"}
    assert designer.fields("project")["name"]["label"] == {"zh-CN": "名称", "en": "Name"}


def test_a_refused_deletion_does_not_name_an_object_that_the_actor_may_not_read(designer: Designer):
    designer.project()
    company = designer.client.make(name="华信")
    designer.client.make("project", name="甲", company=company["id"])
    rights = {"objects": {"company": {"create": True, "read": "all", "edit": "all", "delete": "all"}}}
    role = designer.client.make("role", name="只管客户", key="companies_only", permissions=rights)
    query = {"where": {"field": "name", "op": "eq", "value": "colleague"}}
    (member,) = designer.client.post("records/member/query", query).json()["rows"]
    assert (
        designer.client.patch(f"records/member/{member['id']}", {"values": {"roles": [role["id"]]}}).status_code == 200
    )
    narrow = Client.signed_in_as("colleague")

    told = narrow.delete(f"records/company/{company['id']}")
    full = designer.client.delete(f"records/company/{company['id']}")

    assert (told.status_code, told.json()["params"]) == (409, {"object": None, "count": 1, "field": None})
    assert "project" not in told.content.decode()
    assert full.json()["params"] == {"object": "project", "count": 1, "field": "company"}
    assert narrow.get(f"records/company/{company['id']}").status_code == 200


def test_the_list_of_objects_counts_their_records(designer: Designer):
    designer.project()
    for name in ("一", "二", "三"):
        designer.client.post("records/project", {"values": {"name": name}})

    listed = designer.client.get("design/objects").json()["objects"]

    assert next(one["records"] for one in listed if one["key"] == "project") == 3


def test_it_is_shown_with_all_its_fields_before_anybody_lays_it_out(designer: Designer):
    designer.project()
    designer.act("create_field", object="project", kind="long_text", key="remark", label="备注")
    designer.act("create_field", object="project", kind="identity_number", key="number", label="证件号")
    designer.act("create_field", object="project", kind="percent", key="done", label="进度")
    designer.act("update_object", object="project", values={"board": "phase", "features": ["owner", "board"]})

    told = designer.catalog("project")

    assert told is not None
    (own,) = told["layouts"]
    (section,) = own["sections"]
    assert section["label"] == {"zh-CN": "基本信息", "en": "Basics"}
    assert [one["key"] for one in section["fields"]] == [
        "name", "phase", "budget", "starts_on", "company", "people", "remark", "number", "done", "owner",
    ]  # fmt: skip
    assert own["list"] == ["name", "phase", "budget", "starts_on", "company", "people", "done", "owner"]
    assert own["highlights"] == ["phase", "budget", "starts_on", "company", "people", "owner"]
    assert own["card"] == ["budget", "starts_on", "company", "owner"]
    assert told["layout"]["card"] == own["card"]


def test_a_layout_of_its_own_takes_the_place_of_the_first_one_part_by_part(designer: Designer):
    designer.project()

    designer.act("create_component", object="project", kind="layout", values={
        "label": {"zh-CN": "卡片", "en": "Card"}, "card": ["budget"], "list": [],
        "tabs": [{"label": {"zh-CN": "概况", "en": "Overview"}, "panels": [{"kind": "facts", "sections": [0]}]}],
    })  # fmt: skip

    first, own = designer.catalog("project")["layouts"]
    assert (first["card"], first["list"]) == (["budget"], [])
    assert first["sections"] == own["sections"]
    assert len(own["sections"][0]["fields"]) == 7
