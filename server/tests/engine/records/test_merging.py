"""Several records made one: nothing that refers to the others is lost, nobody does more than they may, undo takes it back."""

import pytest

from tests.support import world


@pytest.fixture
def admin(client):
    """The administrator's client."""
    return client("administrator")


@pytest.fixture
def seller(client):
    """The salesperson's client."""
    return client("salesperson")


@pytest.fixture
def pair(seller):
    """Two companies of the salesperson's that mean the same."""
    stays = seller.make("company", name="瑞恒精密", website="https://ruiheng.example")["id"]
    goes = seller.make("company", name="瑞恒精密机械", phone="010-62345678", description="老客户")["id"]
    return stays, goes


def merge(who, object_key, record, others, **more):
    return who.post("actions/records/merge-records", {"params": {
        "object": object_key, "record": record, "others": others, **more,
    }})  # fmt: skip


def undo(who, answer):
    return who.post(f"change-sets/{answer.json()['change_set']}/undo", {})


def of(who, object_key, field, record):
    where = {"field": field, "op": "eq", "value": record}
    return {row["id"] for row in who.post(f"records/{object_key}/query", {"where": where}).json()["rows"]}


def test_everything_goes_over_and_comes_back(client, seller, admin, pair):
    stays, goes = pair
    contact = seller.make("contact", name="王芳", company=goes)["id"]
    deal = seller.make("opportunity", name="仓储项目", company=goes)["id"]
    note = seller.make("note", body="<p>电话沟通</p>", about={"object": "company", "id": goes})["id"]
    tagged = seller.patch(f"records/company/{goes}", {"values": {"tags": ["重点"]}}).json()["tags"]
    untagged = seller.get(f"records/company/{stays}").json()["tags"]
    assert tagged
    assert not untagged
    receiver = str(world.membership("other_salesperson").member_id)
    shared = seller.post(f"records/company/{goes}/shares", {"member": receiver, "level": "read"})
    assert shared.status_code in (200, 201), shared.content

    answer = merge(seller, "company", stays, [goes])

    assert answer.status_code == 200, answer.content
    assert {(one["object"], one["count"], one["left"]) for one in answer.json()["result"]["moved"]} >= {
        ("opportunity", 1, 0), ("note", 1, 0),
    }  # fmt: skip
    assert of(seller, "opportunity", "company", stays) == {deal}
    assert seller.get(f"records/contact/{contact}").json()["company"]["id"] == stays
    assert of(seller, "note", "about", {"object": "company", "id": stays}) == {note}
    row = seller.get(f"records/company/{stays}").json()
    assert (row["name"], row["description"], row["tags"]) == ("瑞恒精密", "老客户", tagged)
    assert seller.get(f"records/company/{goes}").status_code == 404
    assert client("other_salesperson").get(f"records/company/{stays}").status_code == 200

    assert undo(seller, answer).status_code == 200
    assert of(seller, "opportunity", "company", goes) == {deal}
    assert of(seller, "note", "about", {"object": "company", "id": goes}) == {note}
    row = seller.get(f"records/company/{stays}").json()
    assert (row["description"], row["tags"]) == (None, untagged)
    assert client("other_salesperson").get(f"records/company/{stays}").status_code == 404
    assert client("other_salesperson").get(f"records/company/{goes}").status_code == 200


def test_values_are_chosen_by_field(seller, pair):
    stays, goes = pair

    answer = merge(seller, "company", stays, [goes], take={"name": goes, "website": goes})

    assert answer.status_code == 200, answer.content
    row = seller.get(f"records/company/{stays}").json()
    assert (row["name"], row["website"]) == ("瑞恒精密机械", None)


def test_a_relation_that_is_kept_goes_along(seller, pair):
    stays, goes = pair
    deal = seller.make("opportunity", name="仓储项目", company=goes)["id"]

    assert merge(seller, "company", stays, [goes], keep=["opportunity.company"]).status_code == 200
    assert seller.get(f"records/opportunity/{deal}").json()["company"] is None


def test_what_the_caller_does_not_see_is_moved_and_not_told(client, seller, admin, pair):
    stays, goes = pair
    colleague = str(world.membership("other_salesperson").member_id)
    hidden = admin.make("task", subject="内部任务", about={"object": "company", "id": goes}, owner=colleague)["id"]

    answer = merge(seller, "company", stays, [goes])

    assert answer.status_code == 200, answer.content
    assert admin.get(f"records/task/{hidden}").json()["about"]["id"] == stays
    assert undo(seller, answer).status_code == 200
    assert admin.get(f"records/task/{hidden}").json()["about"]["id"] == goes


@pytest.mark.parametrize(("who", "status"), [("other_salesperson", 404), ("read_only", 403), ("colleague", 404)])
def test_only_who_may_edit_all_and_delete_the_others(client, seller, pair, who, status):
    stays, goes = pair

    assert merge(client(who), "company", stays, [goes]).status_code == status
    assert seller.get(f"records/company/{goes}").status_code == 200


def test_a_share_to_edit_does_not_let_delete(client, seller, pair):
    stays, goes = pair
    receiver = str(world.membership("other_salesperson").member_id)
    for one in pair:
        seller.post(f"records/company/{one}/shares", {"member": receiver, "level": "edit"})

    assert merge(client("other_salesperson"), "company", stays, [goes]).status_code == 403
    assert seller.get(f"records/company/{goes}").status_code == 200


BAD = [
    ({"others": []}, 400, "records.nothing_to_merge"),
    ({"take": {"nothing": None}}, 422, None),
    ({"take": {"created_at": "record"}}, 422, "records.cannot_be_taken"),
    ({"take": {"name": "stranger"}}, 422, "records.not_merged"),
]


@pytest.mark.parametrize(("more", "status", "code"), BAD)
def test_bad_input_changes_nothing(seller, pair, more, status, code):
    stays, goes = pair
    named = {"record": stays, "stranger": seller.make("company", name="别家")["id"]}
    sent = {"others": [goes], **more}
    if "take" in sent:
        sent["take"] = {key: named.get(value, value) for key, value in sent["take"].items()}

    answer = merge(seller, "company", stays, sent.pop("others"), **sent)

    assert answer.status_code == status, answer.content
    if code:
        body = answer.json()
        assert code in (body["code"], *(one["code"] for one in body.get("fields", [])))
    assert seller.get(f"records/company/{goes}").status_code == 200


def test_a_child_of_the_others_does_not_become_its_own_parent(seller, pair):
    stays, goes = pair
    seller.patch(f"records/company/{stays}", {"values": {"parent": goes}})

    answer = merge(seller, "company", stays, [goes])

    assert answer.status_code == 200, answer.content
    assert seller.get(f"records/company/{stays}").json()["parent"] is None


def test_opportunities_with_lines(seller):
    stays = seller.make(
        "opportunity", name="甲", lines=[{"values": {"name": "咨询", "quantity": "1", "unit_price": "100"}}]
    )
    goes = seller.make(
        "opportunity", name="乙", lines=[{"values": {"name": "培训", "quantity": "2", "unit_price": "50"}}]
    )

    answer = merge(seller, "opportunity", stays["id"], [goes["id"]])

    assert answer.status_code == 200, answer.content
    row = seller.get(f"records/opportunity/{stays['id']}").json()
    assert (row["line_count"], row["amount"]["amount"]) == (2, "200")
    undone = undo(seller, answer)
    assert undone.status_code == 200, undone.content
    assert seller.get(f"records/opportunity/{stays['id']}").json()["amount"]["amount"] == "100"
    assert seller.get(f"records/opportunity/{goes['id']}").json()["amount"]["amount"] == "100"
