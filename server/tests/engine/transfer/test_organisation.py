"""A company's organisation, imported as a new administrator would: departments by their paths, people, positions."""

import pytest

from tests.engine.transfer.conftest import DATA

FILES = DATA / "organisation"


def _import(importer, object_key: str, **settings):
    done = importer.proposed(object_key, FILES / f"{object_key}s.csv", mode="upsert", **settings)
    assert (done["state"], done["errors"]) == ("done", [])
    return {key: count for key, count in done["counts"].items() if count}


def _import_all(importer) -> list[dict[str, int]]:
    before = importer.proposed("department", FILES / "departments.csv", {"部门负责人": None}, mode="upsert")
    return [
        before["counts"],
        _import(importer, "member"),
        _import(importer, "department"),
        _import(importer, "position", match=["member", "department"]),
    ]


def test_three_levels_come_in_with_people_and_positions(importer):
    me = importer("administrator")
    departments, members, heads, positions = _import_all(me)

    assert departments["create"] == 6
    assert (members, heads, positions) == ({"create": 5}, {"update": 6}, {"create": 2})
    where = {"field": "path", "op": "starts_with", "value": "远景科技"}
    rows = me.rows("department", "name", "parent", "path", "head", "position", where=where)
    assert {(row["path"], row["name"], row["parent"] and row["parent"]["title"]) for row in rows} == {
        ("远景科技", "远景科技", None),
        ("远景科技/华东大区", "华东大区", "远景科技"),
        ("远景科技/华东大区/销售一部", "销售一部", "华东大区"),
        ("远景科技/华东大区/销售二部", "销售二部", "华东大区"),
        ("远景科技/华南大区", "华南大区", "远景科技"),
        ("远景科技/华南大区/销售一部", "销售一部", "华南大区"),
        ("远景科技/职能", "职能", "远景科技"),
        ("远景科技/职能/人力资源部", "人力资源部", "职能"),
    }
    heads_of = {row["path"]: row["head"]["title"] for row in rows if row["head"]}
    assert heads_of["远景科技/华南大区/销售一部"] == "林悦"
    people = me.rows("member", "department.path", "manager", "title", "joined_on", where=_named("许诺", "林悦"))
    assert {(one["department.path"], one["manager"]["title"], one["title"], one["joined_on"]) for one in people} == {
        ("远景科技/华东大区/销售一部", "周杰", "客户顾问", "2024-02-26"),
        ("远景科技/华南大区/销售一部", "高峰", "销售经理", "2021-01-04"),
    }
    held = me.rows("position", "member", "department.path", "title", "begins_on", "ends_on")
    assert {(one["member"]["title"], one["department.path"], one["title"]) for one in held} == {
        ("周杰", "远景科技/华东大区/销售二部", "代理经理"),
        ("林悦", "远景科技/华东大区", "大区协调人"),
    }
    assert {(one["begins_on"], one["ends_on"]) for one in held} == {("2026-06-01", "2026-12-31"), (None, None)}


def test_the_same_files_again_double_nothing(importer):
    me = importer("administrator")
    _import_all(me)
    before = [me.count(key) for key in ("department", "member", "position")]

    again = [_import(me, "department"), _import(me, "member"), _import(me, "position", match=["member", "department"])]

    assert again == [{"update": 6}, {"update": 5}, {"update": 2}]
    assert [me.count(key) for key in ("department", "member", "position")] == before


def test_a_changed_file_moves_what_is_there(importer):
    me = importer("administrator")
    _import_all(me)
    content = "姓名,邮箱,部门\n许诺,xu.nuo@example.com,远景科技/华南大区/销售一部\n".encode()

    done = me.proposed("member", content, mode="upsert")

    assert done["counts"]["update"] == 1
    (row,) = me.rows("member", "department.path", where=_named("许诺"))
    assert row["department.path"] == "远景科技/华南大区/销售一部"


def test_departments_also_come_in_by_the_names_of_their_parents(importer):
    me = importer("administrator")
    content = "部门名称,上级部门\n客服部,运营中心\n运营中心,\n热线组,客服部\n".encode()

    done = me.proposed("department", content)

    assert (done["state"], done["errors"], done["counts"]["create"]) == ("done", [], 3)
    rows = me.rows("department", "path", where={"field": "path", "op": "starts_with", "value": "运营中心"})
    assert {row["path"] for row in rows} == {"运营中心", "运营中心/客服部", "运营中心/客服部/热线组"}


def test_missing_departments_of_people_are_made_by_their_paths(importer):
    me = importer("administrator")
    content = "姓名,邮箱,部门\n方圆,fang.yuan@example.com,新公司/一组\n".encode()

    done = me.proposed(
        "member", content, {"部门": {"field": "department", "relation": {"by": "path", "create_missing": True}}}
    )

    assert (done["errors"], done["counts"]["create"]) == ([], 1)
    (row,) = me.rows("member", "department.path", where=_named("方圆"))
    assert row["department.path"] == "新公司/一组"


def test_departments_of_people_are_told_by_their_path_or_by_their_name_alone(importer):
    me = importer("administrator")
    me.proposed("department", "部门路径\n总部/华东/上海组\n总部/华东/杭州组\n总部/华北/杭州组\n".encode())
    rows = ("方圆,fang@example.com,总部/华东/杭州组", "许诺,xu@example.com,上海组", "林悦,lin@example.com,杭州组")
    content = "姓名,邮箱,部门\n" + "\n".join(rows) + "\n"

    done = me.proposed("member", content.encode())

    assert (done["counts"]["create"], done["counts"]["error"]) == (2, 1)
    placed = me.rows("member", "name", "department.path", where=_named("方圆", "许诺", "林悦"))
    assert {(one["name"], one["department.path"]) for one in placed} == {
        ("方圆", "总部/华东/杭州组"),
        ("许诺", "总部/华东/上海组"),
    }


def test_nobody_else_imports_the_organisation(importer):
    me, other = importer("administrator"), importer("manager")

    answer = other.client.post("records/department/upsert", {"match": ["path"], "records": [{"path": "我的部门/一组"}]})
    with pytest.raises(AssertionError, match="import_not_allowed"):
        other.upload("department", "部门路径\n我的部门/一组\n".encode())

    assert answer.status_code == 403
    assert me.count("department") == 4


def _named(*names: str):
    return {"field": "name", "op": "in", "value": list(names)}
