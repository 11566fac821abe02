"""Records that were made elsewhere keep their past; what is impossible in it holds nothing else back."""

PAST = [
    {"column": "名称", "field": "name"},
    {"column": "编号", "field": "external_id"},
    {"column": "创建日期", "field": "created_at"},
]


def with_past(me, text, **settings):
    one = me.upload("company", ("名称,编号,创建日期\n" + text).encode())
    me.map(one["id"], PAST, **settings)
    return me.run(one["id"])


def test_records_keep_their_past_and_the_log_says_when_they_were_imported(importer):
    me = importer("administrator")
    done = with_past(me, "老客户,P1,2019-03-01\n")
    (row,) = me.rows("company", "created_at")
    assert row["created_at"] == "2019-02-28T16:00:00Z"
    assert me.client.get(f"change-sets/{done['change_set']}").json()["at"] > "2020"
    (told,) = me.client.get(f"records/company/{row['id']}/timeline?kinds=change").json()["items"]
    assert told["at"] > "2020"


def test_one_impossible_past_does_not_hold_back_the_others(importer):
    me = importer("administrator")
    text = "甲,P1,1200-01-01\n乙,P2,0001-01-01\n丙,P3,9999-12-31\n丁,P4,1969-12-31\n戊,P5,2019-03-01\n"
    done = with_past(me, text)
    assert done["state"] == "done"
    assert (done["counts"]["create"], done["counts"]["error"]) == (3, 2)
    assert {error["code"] for error in done["errors"]} == {"fields.moment_out_of_range"}


def test_what_is_there_keeps_its_past(importer):
    me = importer("administrator")
    with_past(me, "甲,P1,2019-03-01\n")
    done = with_past(me, "甲集团,P1,2024-03-01\n乙,P2,2024-03-01\n", match=["external_id"], mode="upsert")
    assert (done["counts"]["create"], done["counts"]["update"], done["counts"]["error"]) == (1, 1, 0)
    past = {row["name"]: row["created_at"][:4] for row in me.rows("company", "name", "created_at")}
    assert past == {"甲集团": "2019", "乙": "2024"}
    one = me.upload("company", "名称,编号,创建日期\n甲,P1,2024-03-01\n".encode())
    body = {"mapping": PAST, "match": ["external_id"], "mode": "update"}
    refused = me.client.put(f"imports/{one['id']}/mapping", body)
    assert [error["code"] for error in refused.json()["fields"]] == ["transfer.history_of_new_records"]
