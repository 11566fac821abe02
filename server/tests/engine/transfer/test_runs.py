"""Dry run, encodings, bad rows, rights: what an import promises beside the happy path."""

import csv
import io

import pytest

from guanxi.engine.transfer.imports import run as runs
from tests.engine.transfer.lists import COMPANIES, HEADER, companies, imported


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_real_files(importer, encoding):
    me = importer("administrator")
    done = me.run(companies(me, encoding=encoding))
    assert done["counts"]["create"] == 3
    assert {row["name"] for row in me.rows("company", "name")} == {"华信科技", "天成贸易", "远山咨询"}


def test_a_dry_run_tells_all_and_changes_nothing(importer):
    me = importer("administrator")
    text = (
        HEADER + "甲公司,D1,保险,,1\n乙公司,D2,没有这个行业,,2\n,D3,零售,,3\n丁公司,D1,零售,,4\n戊公司,D5,零售,,很多\n"
    )
    id_ = companies(me, text, match=["external_id"], mode="upsert")
    checked = me.rehearse(id_)
    assert checked["state"] == "checked"
    assert checked["counts"] == {"create": 1, "update": 1, "skip": 0, "error": 3, "unlinked": 0}
    assert checked["progress"] == {"done": 5, "total": 5}
    assert {(error["column"], error["code"], error["first_row"]) for error in checked["errors"]} == {
        ("行业", "fields.unknown_option", 3),
        ("名称", "fields.required", 4),
        ("员工人数", "fields.not_a_number", 6),
    }
    assert me.count("company") == 0
    assert imported(me) == []
    done = me.run(id_)
    assert done["counts"] == checked["counts"]
    assert me.count("company") == 1


def test_a_dry_run_draws_no_numbers(importer):
    me = importer("administrator")
    before = me.client.post("records/opportunity", {"values": {"name": "零号"}}).json()["number"]
    one = me.upload("opportunity", "商机名称\n一号\n二号\n".encode())
    me.map(one["id"], [{"column": "商机名称", "field": "name"}])
    me.rehearse(one["id"])
    me.run(one["id"])
    numbers = sorted(int(row["number"].removeprefix("OPP-")) for row in me.rows("opportunity", "number"))
    first = int(before.removeprefix("OPP-"))
    assert numbers == [first, first + 1, first + 2]


def test_bad_rows_come_back_as_a_file(importer):
    me = importer("administrator")
    text = HEADER + '甲公司,E1,保险,,1\n"乙,公司",=E2,没有这个行业,,两\n'
    id_ = companies(me, text)
    me.run(id_)
    response = me.client.get(f"imports/{id_}/errors.csv", Accept_Language="en")
    assert response.content.startswith(b"\xef\xbb\xbf")
    header, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert header == ["名称", "外部编号", "行业", "网站", "员工人数", "Row", "Errors"]
    assert row[:3] == ["乙,公司", "'=E2", "没有这个行业"]
    assert row[5] == "3"
    assert "员工人数: “两” is not a number" in row[6]
    (listed,) = me.client.get(f"imports/{id_}/errors").json()["rows"]
    assert listed["row"] == 3
    assert {error["field"] for error in listed["errors"]} == {"industry", "employees"}


def test_a_row_that_the_database_refuses_does_not_hold_back_the_others(importer, monkeypatch):
    me = importer("administrator")
    create = runs.writes.create

    def refusing(ctx, object_key, rows):
        if any(row["name"] == "天成贸易" for row in rows):
            ctx.run("SELECT 'x'::uuid")
        return create(ctx, object_key, rows)

    monkeypatch.setattr(runs.writes, "create", refusing)
    done = me.run(companies(me))
    assert (done["state"], done["counts"]["create"], done["counts"]["error"]) == ("done", 2, 1)
    assert [(error["code"], error["first_row"]) for error in done["errors"]] == [("transfer.row_impossible", 3)]


def test_rights(importer):
    me, other = importer("administrator"), importer("read_only")
    id_ = companies(me)
    refused = other.client.django.post(f"{other.client.base}/imports", {"object": "company"})
    assert refused.status_code == 400
    for path in (f"imports/{id_}", f"imports/{id_}/preview", f"imports/{id_}/errors.csv"):
        assert other.client.get(path).status_code == 404
    assert other.client.post(f"imports/{id_}/run").status_code == 404
    assert other.client.get("imports").json()["rows"] == []


def test_a_mapping_that_makes_no_sense_names_every_mistake(importer):
    me = importer("administrator")
    one = me.upload("company", COMPANIES.encode())
    refused = me.client.put(
        f"imports/{one['id']}/mapping",
        {
            "mapping": [
                {"column": "名称", "field": "name"},
                {"column": "没有", "field": "website"},
                {"column": "行业", "field": "no_such_field"},
                {"column": "网站", "field": "name"},
                {"column": "员工人数", "field": "parent", "relation": {"by": "shoe_size"}},
            ],
            "mode": "upsert",
        },
    )
    assert refused.status_code == 422
    assert {error["code"] for error in refused.json()["fields"]} == {
        "transfer.unknown_column",
        "transfer.unknown_field",
        "transfer.target_twice",
        "transfer.unknown_key",
        "transfer.match_missing",
    }
