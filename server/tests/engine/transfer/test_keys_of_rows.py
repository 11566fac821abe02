"""Which record a row means: by its key, by what it refers to, by other rows of the file."""

import pytest

from tests.engine.transfer.lists import COMPANIES, HEADER, companies, mapping


def test_upsert_updates_by_key_and_keeps_what_the_file_leaves_empty(importer):
    me = importer("administrator")
    me.run(companies(me))
    text = HEADER + "华信科技集团,C1,,,\n新来的,C9,零售,,1\n"
    done = me.run(companies(me, text, match=["external_id"], mode="upsert"))
    assert done["counts"] == {"create": 1, "update": 1, "skip": 0, "error": 0, "unlinked": 0}
    (row,) = me.rows("company", "name", "employees", where={"field": "external_id", "op": "eq", "value": "C1"})
    assert (row["name"], row["employees"]) == ("华信科技集团", 120)


def test_update_alone_refuses_the_unknown(importer):
    me = importer("administrator")
    me.run(companies(me))
    done = me.run(companies(me, HEADER + "华信,C1,,,\n谁,C7,,,\n", match=["external_id"], mode="update"))
    assert done["counts"]["update"] == 1
    assert [error["code"] for error in done["errors"]] == ["transfer.no_match"]
    assert me.count("company") == 3


def test_create_skips_what_the_key_finds(importer):
    me = importer("administrator")
    me.run(companies(me))
    done = me.run(companies(me, COMPANIES + "第四家,C4,,,\n", match=["external_id"], mode="create"))
    assert done["counts"] == {"create": 1, "update": 0, "skip": 3, "error": 0, "unlinked": 0}


@pytest.mark.parametrize("mode", ["upsert", "update"])
def test_of_a_hidden_record_no_more_is_told_than_that_there_is_one(importer, mode):
    boss, me = importer("administrator"), importer("salesperson")
    boss.run(companies(boss))
    done = me.run(companies(me, HEADER + "我的公司,C1,,,\n", match=["external_id"], mode=mode))
    (error,) = done["errors"]
    assert error["code"] == "records.match_hidden"
    assert "华信" not in str(error)
    assert me.count("company") == 0
    assert "华信科技" in {row["name"] for row in boss.rows("company", "name")}


def test_references_that_name_nothing_or_too_much(importer):
    me = importer("administrator")
    me.run(companies(me, HEADER + "同名公司,F1,,,\n同名公司,F2,,,\n"))
    text = "姓名,公司\n张三,同名公司\n李四,没有的公司\n王五,\n"
    one = me.upload("contact", text.encode())
    me.map(one["id"], mapping(me, one))
    done = me.run(one["id"])
    assert done["counts"]["create"] == 1
    assert {error["code"] for error in done["errors"]} == {"transfer.relation_ambiguous", "transfer.relation_not_found"}


def test_missing_records_are_created_once(importer):
    me = importer("administrator")
    text = "姓名,公司\n张三,新公司\n李四,新公司\n王五,另一家\n"
    one = me.upload("contact", text.encode())
    me.map(one["id"], mapping(me, one, 公司={"relation": {"by": "title", "create_missing": True}}))
    assert me.rehearse(one["id"])["counts"]["create"] == 3
    assert me.count("company") == 0
    assert me.run(one["id"])["counts"]["create"] == 3
    assert sorted(row["name"] for row in me.rows("company", "name")) == ["另一家", "新公司"]


def test_rows_of_a_file_refer_to_each_other_in_any_order(importer):
    me = importer("administrator")
    text = "名称,上级公司\n子公司,母公司\n母公司,\n孙公司,子公司\n孤儿,不存在\n"
    one = me.upload("company", text.encode())
    me.map(one["id"], mapping(me, one))
    done = me.run(one["id"])
    assert (done["counts"]["create"], done["counts"]["error"]) == (3, 1)
    parents = {row["name"]: row["parent"] and row["parent"]["title"] for row in me.rows("company", "name", "parent")}
    assert parents == {"子公司": "母公司", "母公司": None, "孙公司": "子公司"}
