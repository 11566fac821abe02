"""What the members of a pool see of what lies in it, on every way; and who sees nothing of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

HIDDEN = "13812345678"


def test_members_see_what_the_pool_shows_and_masks_of_the_rest(client, lying):
    lead = lying()

    seen = client("salesperson").get(f"records/lead/{lead}").json()

    assert (seen["name"], seen["company_name"], seen["owner"]) == ("王芳", "瑞恒精密", None)
    assert seen["mobile"] != HIDDEN
    assert seen["mobile"].startswith("138")


@pytest.mark.parametrize("others", ["hidden", "masked", "reveal"])
def test_no_way_tells_a_field_that_the_pool_keeps(client, admin, pool, lying, others):
    lead = lying()
    admin.patch(f"records/pool/{pool['id']}", {"values": {"others": others}})
    seller = client("salesperson")

    listed = seller.post("records/lead/query", {"select": ["name", "mobile"], "where": None}).json()["rows"]
    by_value = seller.post(
        "records/lead/query", {"select": ["name"], "where": {"field": "mobile", "op": "eq", "value": HIDDEN}}
    ).json()["rows"]
    by_search = seller.post("records/lead/query", {"select": ["name"], "search": HIDDEN}).json()["rows"]
    found = seller.get(f"search?q={HIDDEN}").json()
    history = seller.get(f"records/lead/{lead}/timeline")
    sorted_ = seller.post("records/lead/query", {"select": ["name"], "sort": [["mobile", "asc"]]})

    assert [row["id"] for row in listed] == [lead]
    assert (listed[0]["mobile"] is None) == (others == "hidden")
    assert by_value == []
    assert by_search == []
    assert lead not in str(found)
    for answer in (listed, history.json(), found, sorted_.json()):
        assert HIDDEN not in str(answer)
        assert "138 1234" not in str(answer)


def test_members_find_by_title(client, lying):
    lead = lying()

    rows = client("salesperson").post("records/lead/query", {"select": ["name"], "search": "王芳"}).json()["rows"]
    found = client("salesperson").get("search?q=王芳")

    assert [row["id"] for row in rows] == [lead]
    assert lead in found.content.decode()


def test_own_records_are_told_whole_beside_masked_ones(client, lying):
    lying()
    seller = client("salesperson")
    own = seller.post("records/lead", {"values": {"name": "李强", "mobile": "13900001111"}}).json()["id"]

    rows = seller.post("records/lead/query", {"select": ["name", "mobile"]}).json()["rows"]
    found = seller.post("records/lead/query", {"select": ["name"], "search": "13900001111"}).json()["rows"]

    assert "13900001111" in next(str(row["mobile"]) for row in rows if row["id"] == own).replace(" ", "")
    assert [row["id"] for row in found] == [own]


@pytest.mark.parametrize("who", ["other_salesperson", "manager", "stranger"])
def test_who_does_not_belong_sees_nothing(client, lying, claim, who):
    lead = lying()

    assert client(who).get(f"records/lead/{lead}").status_code == 404
    answer = claim(who, lead)
    assert answer.status_code in (403, 404)


def test_administrators_of_the_pool_see_everything(client, admin, pool, lying, member):
    lead = lying()
    admin.patch(f"records/pool/{pool['id']}", {"values": {"admins": [member("manager")]}})

    seen = client("manager").get(f"records/lead/{lead}").json()

    assert HIDDEN in str(seen["mobile"]).replace(" ", "")


def test_a_pool_is_kept_by_who_configures(client, admin, pool):
    answer = client("salesperson").patch(f"records/pool/{pool['id']}", {"values": {"claims_per_day": 100}})

    assert (answer.status_code, answer.json()["code"]) == (403, "records.edit_not_allowed")
    assert admin.get(f"records/pool/{pool['id']}").json()["claims_per_day"] == 3


def test_looks_at_masked_values_are_counted(client, admin, pool, lying):
    first, second = lying(), lying(name="赵敏")
    admin.patch(f"records/pool/{pool['id']}", {"values": {"others": "reveal", "views_per_day": 1}})
    seller = client("salesperson")

    def look(record):
        params = {"object": "lead", "record": record, "field": "mobile", "reason": "核对号码"}
        return seller.post("actions/records/reveal-value", {"params": params})

    assert HIDDEN in look(first).json()["result"]["value"].replace(" ", "")
    assert look(first).status_code == 200
    refused = look(second)
    assert (refused.status_code, refused.json()["code"]) == (429, "pools.views_used_up")
    assert refused.json()["params"]["limit"] == 1


def test_groups_counts_and_exports_keep_what_the_pool_keeps(client, admin, pool, lying, member, department):
    lying(status="contacted", need="三十个许可")
    admin.patch(f"records/pool/{pool['id']}", {"values": {"departments": [department("sales")]}})
    manager = client("manager")

    def answers(path, **body):
        return manager.post(f"records/lead/{path}", body)

    grouped = answers("group", by=[{"field": "status"}])
    counted = answers("count", where={"field": "status", "op": "eq", "value": "contacted"})
    exported = answers("export", select=["name", "company_name", "mobile", "need"], format="csv")

    assert grouped.status_code == 200, grouped.content
    assert "contacted" not in grouped.content.decode()
    assert counted.json()["count"] == 0
    text = b"".join(exported.streaming_content) if exported.streaming else exported.content
    assert exported.status_code == 200, text
    assert "瑞恒精密" in text.decode("utf-8-sig")
    assert HIDDEN not in text.decode("utf-8-sig")
    assert "三十个许可" not in text.decode("utf-8-sig")


def test_a_file_in_a_hidden_field_of_the_pool_is_not_fetched(client, admin, made, department):
    pool = made("pool", name="客户公海", object="company", departments=[department("east")], shown=["industry"])
    stored = admin.django.post(f"{admin.base}/files", {"file": SimpleUploadedFile("报价.txt", b"offer", "text/plain")})
    assert stored.status_code == 201, stored.content
    file = stored.json()["id"]
    company = made("company", name="瑞恒", attachments=[stored.json()])["id"]
    params = {"object": "company", "records": [company], "pool": pool["id"]}
    assert admin.post("actions/pools/release-records", {"params": params}).status_code == 200

    assert client("salesperson").get(f"records/company/{company}").status_code == 200
    assert client("salesperson").get(f"files/{file}").status_code == 404
    assert admin.get(f"files/{file}").status_code == 200
