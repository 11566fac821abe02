"""Exports: the caller's own rows, text in the caller's language, harmless to spreadsheet programs, importable again."""

import csv
import dataclasses
import io

import pytest

from guanxi.engine.access.actor import ALL_RIGHTS
from guanxi.engine.context import work
from guanxi.engine.records.reads import Query
from guanxi.engine.transfer.exports import export
from guanxi.engine.transfer.files import open_source
from guanxi.engine.transfer.formulas import defused, plain
from guanxi.infra.errors import NotAllowed

DANGEROUS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx"]
HARMLESS = ["-5", "+86 138 0013 8000", "1,234.5", "普通文字", "a=b", "", "-12.5%"]


def exported(me, object_key, **body):
    response = me.client.post(f"records/{object_key}/export", body, Accept_Language=body.pop("language", "zh-CN"))
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def lines(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def company(me, **values):
    response = me.client.post("records/company", {"values": values})
    assert response.status_code == 201, response.content
    return response.json()["id"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_formulas_are_defused_and_come_back(text):
    assert defused(text) == f"'{text}"
    assert plain(defused(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_text_is_left_alone(text):
    assert defused(text) == text
    assert plain(text) == text


def test_csv_in_the_language_of_the_caller(importer):
    me = importer("administrator")
    parent = company(me, name="=cmd()", industry="retail")
    company(me, name="华信,科技", parent=parent, industry="insurance", employees=1200, tags=["VIP"])
    select = ["name", "industry", "parent", "employees", "parent.industry", "tags"]
    sort = [{"field": "name"}]
    rows = lines(exported(me, "company", select=select, sort=sort, format="csv"))
    assert rows[0][0:2] == ["公司名称", "行业"]
    assert rows[1:] == [
        ["'=cmd()", "零售", "", "", "", ""],
        ["华信,科技", "保险", "'=cmd()", "1,200", "零售", "VIP"],
    ]
    english = lines(exported(me, "company", select=["name", "industry"], sort=sort, format="csv", language="en"))
    assert [row[1] for row in english] == ["Industry", "Retail", "Insurance"]


def test_xlsx_keeps_numbers_and_days(importer, tmp_path):
    me = importer("administrator")
    company(me, name="华信", employees=1200, external_id="=1+1")
    path = tmp_path / "out.xlsx"
    path.write_bytes(exported(me, "company", select=["name", "employees", "external_id"], format="xlsx"))
    assert [cells for _, cells in open_source(path).rows()] == [["华信", "1200", "=1+1"]]


def test_an_empty_export_has_its_headings(importer, tmp_path):
    me = importer("administrator")
    assert lines(exported(me, "company", select=["name"], format="csv")) == [["公司名称"]]
    path = tmp_path / "out.xlsx"
    path.write_bytes(exported(me, "company", select=["name"], format="xlsx"))
    assert path.stat().st_size > 0


def test_filter_search_and_sort_hold(importer):
    me = importer("administrator")
    for number in range(3):
        company(me, name=f"公司{number}", employees=number)
    where = {"field": "employees", "op": "gt", "value": 0}
    rows = lines(exported(me, "company", select=["name"], where=where, sort=[{"field": "employees", "dir": "desc"}]))
    assert rows == [["公司名称"], ["公司2"], ["公司1"]]


def test_what_was_exported_can_be_imported(importer):
    me = importer("administrator")
    company(me, name="=甲", industry="retail", website="https://a.example.com", employees=1200, external_id="G1")
    content = exported(me, "company", select=["name", "industry", "website", "employees", "external_id"])
    done = me.proposed("company", content, mode="upsert")
    assert done["errors"] == []
    assert done["counts"]["update"] == 1
    assert done["change_set"] is None


def test_a_manager_exports_own_department_alone_and_a_salesperson_nothing(importer):
    boss, seller, manager = importer("administrator"), importer("salesperson"), importer("manager")
    company(boss, name="总部的")
    company(seller, name="华东的")
    assert lines(exported(manager, "company", select=["name"])) == [["公司名称"], ["华东的"]]
    refused = seller.client.post("records/company/export", {"format": "csv"})
    assert (refused.status_code, refused.json()["code"]) == (403, "transfer.export_not_allowed")
    assert boss.client.post("records/company/export", {"format": "pdf"}).status_code == 400


def test_a_path_does_not_carry_out_what_the_caller_may_not_export(workspace, actor):
    boss = actor("administrator")
    without = {**boss.objects, "company": dataclasses.replace(ALL_RIGHTS, exports=False)}
    with work(workspace, dataclasses.replace(boss, objects=without), via="api") as ctx:
        for path in ("company.industry", "company.parent.name", "contact.company.phone"):
            with pytest.raises(NotAllowed) as refused:
                export(ctx, "opportunity", Query(select=("name", path)), "csv")
            assert refused.value.code == "transfer.export_path_not_allowed"
            assert " · " in refused.value.params["path"]
        made = export(ctx, "opportunity", Query(select=("name", "company", "company.name", "contact.title")), "csv")
        assert made.rows == 0
