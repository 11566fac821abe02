"""The verbs and rules of the areas as a program or a screen meets them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from tests.support import world
from tests.support.clients import Client
from tests.support.product import until

CHINESE = {"Accept_Language": "zh-CN"}


@pytest.fixture
def seller(client):
    """A salesperson's client."""
    return client("salesperson")


def created(client, object_key, **values):
    answer = client.post(f"records/{object_key}", {"values": values})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_converting_a_lead_and_taking_it_back(seller):
    lead = created(seller, "lead", name="张伟", company_name="瑞恒精密机械有限公司", need="仓储系统")

    answer = seller.post("actions/sales/convert-lead", {"params": {"lead": lead["id"], "amount": "12万"}})

    assert answer.status_code == 200
    became = answer.json()["result"]
    deal = seller.get(f"records/opportunity/{became['opportunity']}").json()
    assert (deal["company"]["title"], deal["amount"]) == (
        "瑞恒精密机械有限公司",
        {"amount": "120000", "currency": "CNY"},
    )
    undone = seller.post(f"change-sets/{answer.json()['change_set']}/undo")
    assert undone.status_code == 200
    assert seller.get(f"records/opportunity/{became['opportunity']}").status_code == 404
    assert seller.get(f"records/lead/{lead['id']}").json()["status"] == "new"


@pytest.mark.parametrize("given", ["company", "contact"])
def test_a_lead_is_not_converted_into_what_the_person_does_not_see(seller, client, given):
    lead = created(seller, "lead", name="张伟", company_name="瑞恒")
    hidden = created(client("other_salesperson"), given, name="别人的")

    params = {"lead": lead["id"], given: hidden["id"], "create_opportunity": False}
    answer = seller.post("actions/sales/convert-lead", {"params": params})

    assert (answer.status_code, answer.json()["code"]) == (404, "records.not_found")
    assert seller.get(f"records/lead/{lead['id']}").json()["status"] == "new"


def test_converting_twice_is_told_in_words(seller):
    lead = created(seller, "lead", name="张伟")
    seller.post("actions/sales/convert-lead", {"params": {"lead": lead["id"]}})

    answer = seller.post("actions/sales/convert-lead", {"params": {"lead": lead["id"]}}, **CHINESE)

    assert (answer.status_code, answer.json()["code"]) == (409, "sales.lead_already_converted")
    assert "已经转化" in answer.json()["detail"]


def test_a_stranger_finds_no_lead(seller, client):
    lead = created(seller, "lead", name="张伟")

    answer = client(world.STRANGER).post("actions/sales/convert-lead", {"params": {"lead": lead["id"]}})

    assert answer.status_code in (403, 404)
    assert seller.get(f"records/lead/{lead['id']}").json()["status"] == "new"


def test_losing_on_screen_names_the_missing_reason(seller):
    deal = created(seller, "opportunity", name="仓储项目")
    stages = seller.post("records/stage/query", {"select": ["name"]}).json()["rows"]
    lost = next(stage["id"] for stage in stages if stage["name"] == "输单")

    refused = seller.patch(
        f"records/opportunity/{deal['id']}", {"values": {"stage": lost}}, X_Guanxi_Via="ui", **CHINESE
    )
    accepted = seller.patch(
        f"records/opportunity/{deal['id']}", {"values": {"stage": lost, "loss_reason": "price"}}, X_Guanxi_Via="ui"
    )

    assert refused.status_code == 422
    assert [(f["field"], f["message"]) for f in refused.json()["fields"]] == [("loss_reason", "请选择输单原因。")]
    assert (accepted.status_code, accepted.json()["status"]) == (200, "lost")


def test_completing_a_task(seller):
    task = created(seller, "task", subject="回电")

    answer = seller.post("actions/activities/complete-task", {"params": {"task": task["id"]}})

    assert answer.json()["result"] == {"task": task["id"], "changed": True}
    assert seller.get(f"records/task/{task['id']}").json()["status"] == "done"


@pytest.mark.parametrize("name", ["salesperson", "manager", "read_only"])
def test_only_administrators_remove_the_sample(client, name):
    assert client(name).post("actions/sample/remove-sample-data").status_code == 403


def test_catalog_shows_every_object_of_the_areas(seller):
    objects = {obj["key"]: obj for obj in seller.get("catalog").json()["objects"]}

    assert {
        "company", "contact", "affiliation", "tag", "lead", "pipeline", "stage", "opportunity", "stage_change",
        "product", "note", "task", "call", "meeting",
    } <= objects.keys()  # fmt: skip
    for obj in objects.values():
        assert set(obj["label"]) >= {"zh-CN", "en"}
        named = {key for part in ("quick", "list", "highlights", "card") for key in obj["layout"].get(part, [])}
        named |= {key for section in obj["layout"].get("sections", []) for key in section["fields"]}
        assert named <= {field["key"] for field in obj["fields"]}, obj["key"]


@pytest.mark.committing
def test_a_lead_converted_twice_at_once_is_converted_once(committing_database):
    lead = created(Client.signed_in_as("salesperson"), "lead", name="张伟", company_name="瑞恒")
    people = [Client.signed_in_as(name) for name in ("salesperson", "manager")]

    def convert(person):
        try:
            return person.post("actions/sales/convert-lead", {"params": {"lead": lead["id"]}})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {world.workspace().schema}.rec_lead FOR UPDATE")
            answers = [pool.submit(convert, person) for person in people]
            until(lambda: _waiting_for_locks(cursor) == len(people), 10)
        told = sorted((answer.result().status_code, answer.result().json().get("code")) for answer in answers)

    assert told == [(200, None), (409, "sales.lead_already_converted")]
    assert people[1].post("records/company/count").json()["count"] == 1


def _waiting_for_locks(cursor) -> int:
    cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
    return cursor.fetchone()[0]
