"""Claiming, releasing and giving, with every limit: what is refused says why and changes nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

CHINESE = {"Accept_Language": "zh-CN"}


def owner_of(admin, lead):
    row = admin.get(f"records/lead/{lead}").json()
    return row["owner"] and row["owner"]["id"], row["pool"] and row["pool"]["id"]


def released(client, who, lead, **params):
    given = {"object": "lead", "records": [lead], **params}
    return client(who).post("actions/pools/release-records", {"params": given})


def test_claiming_makes_it_ones_own(client, admin, lying, claim, member, pool):
    lead = lying()

    answer = claim("salesperson", lead)

    assert answer.json()["result"] == {"claimed": [lead], "taken": []}
    assert owner_of(admin, lead) == (member("salesperson"), None)
    assert "13812345678" in str(client("salesperson").get(f"records/lead/{lead}").json()["mobile"]).replace(" ", "")
    assert client("colleague").get(f"records/lead/{lead}").status_code == 404


def test_whoever_is_second_is_told_who_was_first(lying, claim, admin, member):
    lead = lying()
    claim("salesperson", lead)

    answer = claim("colleague", lead, **CHINESE)

    assert (answer.status_code, answer.json()["code"]) == (409, "pools.already_taken")
    assert "“王芳”已被salesperson领取" in answer.json()["detail"]
    assert owner_of(admin, lead)[0] == member("salesperson")


def test_of_several_the_rest_is_claimed(lying, claim):
    first, second = lying(), lying(name="赵敏")
    claim("salesperson", first)

    result = claim("colleague", first, second).json()["result"]

    assert result["claimed"] == [second]
    assert [(one["record"], one["who"]) for one in result["taken"]] == [(first, "salesperson")]


def test_so_many_a_day(lying, claim, admin, pool):
    leads = [lying(name=f"客户{n}") for n in range(4)]
    assert claim("salesperson", *leads[:2]).status_code == 200

    too_many = claim("salesperson", *leads[2:])

    assert (too_many.status_code, too_many.json()["code"]) == (429, "pools.claims_left")
    assert (too_many.json()["params"]["left"], too_many.json()["params"]["limit"]) == (1, 3)
    assert [owner_of(admin, one) for one in leads[2:]] == [(None, pool["id"])] * 2
    claim("salesperson", leads[2])
    used_up = claim("salesperson", leads[3])
    assert used_up.json()["code"] == "pools.claims_used_up"
    assert used_up.json()["params"]["again"] > timezone.now().date().isoformat()
    assert claim("colleague", leads[3]).status_code == 200


def test_the_former_owner_waits(client, lying, claim, admin, pool):
    lead = lying()
    claim("salesperson", lead)
    assert released(client, "salesperson", lead, reason="暂无需求").status_code == 200
    assert owner_of(admin, lead) == (None, pool["id"])

    again = claim("salesperson", lead)

    assert (again.status_code, again.json()["code"]) == (409, "pools.cooling_down")
    until = (timezone.now() + timedelta(days=7)).date()
    assert again.json()["params"]["until"] in ((until + timedelta(days=n)).isoformat() for n in (0, 1))
    assert claim("colleague", lead).status_code == 200


def test_nobody_holds_more_than_the_limit_of_their_role(client, lying, claim, made, admin, pool):
    roles = admin.post("records/role/query", {"select": ["key"]}).json()["rows"]
    salesperson = next(row["id"] for row in roles if row["key"] == "salesperson")
    counts = {"field": "status", "op": "eq", "value": "new"}
    made("holding_limit", name="销售线索", object="lead", most=1, where=counts, roles=[salesperson])
    first, second = lying(), lying(name="赵敏")
    claim("salesperson", first)

    refused = claim("salesperson", second)

    assert (refused.status_code, refused.json()["code"]) == (429, "pools.holds_enough")
    assert (refused.json()["params"]["most"], refused.json()["params"]["left"]) == (1, 0)
    assert owner_of(admin, second) == (None, pool["id"])
    client("salesperson").patch(f"records/lead/{first}", {"values": {"status": "contacted"}})
    assert claim("salesperson", second).status_code == 200


def test_giving_is_for_the_administrators_of_the_pool(client, lying, admin, member, pool):
    lead = lying()
    params = {"object": "lead", "records": [lead], "members": [member("other_salesperson")]}

    refused = client("salesperson").post("actions/pools/give-records", {"params": params})
    assert (refused.status_code, refused.json()["code"]) == (403, "pools.administrator_needed")
    assert owner_of(admin, lead) == (None, pool["id"])

    given = admin.post("actions/pools/give-records", {"params": params})
    assert given.json()["result"]["given"] == [{"record": lead, "member": member("other_salesperson")}]
    assert owner_of(admin, lead) == (member("other_salesperson"), None)


@pytest.mark.parametrize("who", ["colleague", "manager"])
def test_releasing_is_for_the_owner_and_those_above(client, lying, claim, admin, who, member, pool):
    lead = lying()
    claim("salesperson", lead)

    answer = released(client, who, lead)

    assert answer.status_code == (200 if who == "manager" else 404)
    assert owner_of(admin, lead) == ((None, pool["id"]) if who == "manager" else (member("salesperson"), None))


def test_no_owner_is_set_by_hand_in_a_pool(admin, lying, member, pool):
    lead = lying()

    answer = admin.patch(f"records/lead/{lead}", {"values": {"owner": member("manager")}})

    assert "pools.owner_by_verbs" in answer.content.decode()
    assert owner_of(admin, lead) == (None, pool["id"])


def test_a_pool_with_records_is_not_switched_off(admin, lying, pool):
    lying()

    answer = admin.patch(f"records/pool/{pool['id']}", {"values": {"active": False}})

    assert "pools.not_empty" in answer.content.decode()


def test_a_claim_is_not_undone_into_the_pool(client, lying, claim, admin, member):
    lead = lying()
    answer = claim("salesperson", lead)

    undone = client("salesperson").post(f"change-sets/{answer.json()['change_set']}/undo")

    assert undone.status_code >= 400
    assert owner_of(admin, lead) == (member("salesperson"), None)
