"""Records recognised by their fields: hidden ones are not told about, and nothing is made twice."""

import dataclasses
import threading
import time

import pytest
from django.db import connection

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import matching, reads, writes
from tests.engine.transfer.lists import companies
from tests.support import world
from tests.support.clients import Client

COMPANY = {"name": "华信科技", "external_id": "M1"}


def upsert(client: Client, object_key: str, match: list[str], *records: dict):
    return client.post(f"records/{object_key}/upsert", {"match": match, "records": list(records)})


@pytest.mark.usefixtures("database")
def test_a_right_guess_about_a_hidden_record_is_answered_as_a_wrong_one(client):
    boss, seller = client("administrator"), client("salesperson")
    boss.post("records/opportunity", {"values": {"name": "机密商机", "amount": "880000"}})
    for amount in ("880000", "880001"):
        answer = upsert(seller, "opportunity", ["name", "amount"], {"name": "机密商机", "amount": amount})
        assert (answer.status_code, answer.json()["created"]) == (200, 1)


@pytest.mark.usefixtures("database")
def test_no_second_record_is_made_of_a_hidden_one_with_the_same_title(client):
    boss, seller = client("administrator"), client("salesperson")
    hidden = boss.make(**COMPANY)["id"]

    answer = upsert(seller, "company", ["name"], {"name": "华信科技"})

    assert (answer.status_code, [error["code"] for error in answer.json()["fields"]]) == (422, ["records.match_hidden"])
    assert hidden not in answer.content.decode()
    assert boss.post("records/company/count", {}).json()["count"] == 1
    own = seller.make(name="华信科技")["id"]
    again = upsert(seller, "company", ["name"], {"name": "华信科技"}).json()
    assert (again["ids"], again["created"]) == ([own], 0)


@pytest.mark.usefixtures("database")
def test_rows_that_mean_a_hidden_record_are_told_by_an_import_and_left_out(client, importer):
    boss, seller = client("administrator"), importer("salesperson")
    boss.make(**COMPANY)
    id_ = companies(seller, "名称\n华信科技\n另一家\n", match=["name"], mode="upsert")

    for told in (seller.rehearse(id_), seller.run(id_)):
        assert (told["counts"]["create"], told["counts"]["error"]) == (1, 1)
        (problem,) = told["errors"]
        assert (problem["code"], problem["count"], problem["first_row"]) == ("records.match_hidden", 1, 2)
    assert boss.post("records/company/count", {}).json()["count"] == 2


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("field", "value"),
    [("external_id", "M1"), ("phone", "+8613800138000"), ("mail", "a@example.com"), ("website", "https://a.example")],
)
def test_no_second_record_is_made_of_a_hidden_one_with_the_same_code(client, field, value):
    boss, seller = client("administrator"), client("salesperson")
    hidden = boss.make(name="机密客户", **{field: value})["id"]

    answer = upsert(seller, "company", [field], {"name": "华信科技", field: value}, {"name": "另一家"})

    told = answer.content.decode()
    assert (answer.status_code, [error["code"] for error in answer.json()["fields"]]) == (422, ["records.match_hidden"])
    assert not [word for word in (hidden, "机密", "administrator") if word in told]
    assert boss.post("records/company/count", {}).json()["count"] == 1


@pytest.mark.usefixtures("database")
def test_whoever_makes_no_records_is_not_told_that_one_is_there(client, workspace):
    client("administrator").make(**COMPANY)
    with work(workspace, SYSTEM, via="system") as ctx:
        (role,) = reads.ids(ctx, "role", {"field": "key", "op": "eq", "value": "salesperson"})
        permissions = {"objects": {"*": {"read": "own", "edit": "own"}}, "system": []}
        writes.update(ctx, "role", [writes.Change(role, {"permissions": permissions})])

    answers = [
        upsert(client("salesperson"), "company", ["external_id"], COMPANY | {"external_id": one})
        for one in ("M1", "M2")
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, answers[0].json()["code"])] * 2


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("match", [["name", "external_id"], ["level"], ["employees"]])
def test_what_a_hidden_record_holds_beside_its_name_is_not_told(client, match):
    """Neither what stands together with a name, nor a level or a number, which name no record."""
    boss, seller = client("administrator"), client("salesperson")
    values = COMPANY | {"level": "A", "employees": 120}
    boss.make(**values)

    answer = upsert(seller, "company", match, values)

    assert (answer.status_code, answer.json()["created"]) == (200, 1)


@pytest.mark.usefixtures("database")
def test_hidden_records_do_not_make_a_match_ambiguous(client):
    boss, seller = client("administrator"), client("salesperson")
    boss.post("records/company", {"values": COMPANY})
    own = seller.make(**COMPANY)["id"]
    answer = upsert(seller, "company", ["external_id"], COMPANY | {"name": "改名"}).json()
    assert (answer["ids"], answer["created"], answer["updated"]) == ([own], 0, 1)
    assert boss.post("records/company/count", {}).json()["count"] == 2


@pytest.mark.usefixtures("database")
def test_two_rows_of_a_list_that_mean_one_record_are_refused(client):
    boss = client("administrator")
    refused = upsert(boss, "company", ["external_id"], {"name": "乙"}, COMPANY, {"name": "甲", "external_id": "M1"})
    assert refused.status_code == 422
    (error,) = refused.json()["fields"]
    assert (error["field"], error["code"], error["row"]) == ("external_id", "records.match_twice", 2)
    assert "2" in error["message"]
    assert boss.post("records/company/count", {}).json()["count"] == 0


@pytest.mark.usefixtures("database")
def test_a_refused_row_is_told_by_its_place_in_the_whole_list(client):
    boss = client("administrator")
    upsert(boss, "company", ["external_id"], COMPANY)
    refused = upsert(boss, "company", ["external_id"], COMPANY, {"external_id": "M2"})
    assert [(e["row"], e["code"]) for e in refused.json()["fields"]] == [(1, "fields.required")]


@pytest.mark.usefixtures("committing_database")
def test_of_two_upserts_at_once_one_creates_and_the_other_updates():
    workspace, actor = world.workspace(), world.actor("administrator")
    answers = []

    def second() -> None:
        with work(workspace, actor, via="api") as ctx:
            answers.append(matching.upsert(ctx, "company", ["external_id"], [COMPANY | {"name": "后来的"}]))
        connection.close()

    other = threading.Thread(target=second)
    with work(workspace, actor, via="api") as ctx:
        ids, created, _ = matching.upsert(ctx, "company", ["external_id"], [COMPANY])
        other.start()
        time.sleep(0.3)
        assert answers == []
    other.join(10)
    assert created == 1
    assert answers == [(ids, 0, 1)]


@pytest.mark.usefixtures("database")
def test_a_hidden_record_with_the_same_unique_values_is_told_without_its_name(client, workspace, actor):
    keys, row = ("level", "industry"), {"name": "别的", "level": "A", "industry": "software"}
    client("administrator").make(**row)
    with work(workspace, actor("salesperson"), via="api") as ctx:
        company = ctx.object("company")
        unique = dataclasses.replace(company.fields["level"], unique=True)
        alone = dataclasses.replace(company, fields={**company.fields, "level": unique})
        together = dataclasses.replace(company, uniques=(keys,))
        assert matching.find(ctx, company, keys, [row])[1].found == []
        assert matching.find(ctx, together, keys[:1], [row])[1].found == []
        for obj, match in ((alone, keys[:1]), (together, keys)):
            found, errors = matching.find(ctx, obj, match, [row])
            assert found == [None]
            assert [(error.code, error.params) for error in errors.found] == [("records.match_hidden", {})]
