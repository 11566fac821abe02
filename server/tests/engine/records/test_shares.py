"""Sharing one record: who may, what it opens to whom, what it does not, and where it is written down."""

import pytest

from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")

NOBODY = "01900000-0000-7000-8000-000000000001"


def member(name: str) -> str:
    """The id of a person of the world."""
    return str(world.membership(name).member_id)


@pytest.fixture
def department():
    """A function from the name of a department to its id."""
    rows = Client.signed_in_as("administrator").post("records/department/query", {}).json()["rows"]
    return {row["name"]: row["id"] for row in rows}.__getitem__


@pytest.fixture
def owner():
    """The person whose company it is."""
    return Client.signed_in_as("salesperson")


@pytest.fixture
def company(owner):
    """A company that only its owner and those above them reach."""
    return owner.make("company", name="华信", level="A")


def where(company) -> str:
    return f"records/company/{company['id']}"


def share(client, company, level="read", **to):
    return client.post(f"{where(company)}/shares", {"level": level, **to})


def listed(client, company):
    """The shares as the owner sees them: receiver and level."""
    answer = client.get(f"{where(company)}/shares").json()["shares"]
    return [(one["kind"], one["receiver"]["id"], one["level"]) for one in answer]


def sees(name, company) -> bool:
    """Whether somebody reads the record, in every way alike."""
    client = Client.signed_in_as(name)
    ways = {
        client.get(where(company)).status_code == 200,
        bool(
            client.post("records/company/query", {"where": {"field": "name", "op": "eq", "value": "华信"}}).json()[
                "rows"
            ]
        ),
        client.post("records/company/count", {}).json()["count"] == 1,
        bool(client.get("search?q=华信").json()["hits"]),
        client.get(f"{where(company)}/timeline").status_code == 200,
    }
    assert len(ways) == 1, "one way shows what another hides"
    return ways.pop()


def edits(name, company) -> bool:
    """Whether somebody changes the record."""
    status = Client.signed_in_as(name).patch(where(company), {"values": {"level": "B"}}).status_code
    assert status in {200, 403, 404}
    return status == 200


def test_a_share_to_read_shows_the_record_and_nothing_more(owner, company):
    assert not sees("colleague", company)

    answer = share(owner, company, member=member("colleague"))

    assert answer.status_code == 200
    assert listed(owner, company) == [("member", member("colleague"), "read")]
    assert sees("colleague", company)
    assert not edits("colleague", company)
    assert not sees("other_salesperson", company)


def test_a_share_to_edit_lets_edit_and_never_delete(owner, company):
    share(owner, company, "edit", member=member("colleague"))

    assert edits("colleague", company)
    assert Client.signed_in_as("colleague").delete(where(company)).status_code == 403
    assert Client.signed_in_as("colleague").get(where(company)).json()["_rights"] == {"edit": True, "delete": False}


def test_a_share_reaches_what_inherits_access_from_the_record(owner, company):
    contact = owner.make("contact", name="张伟", company=company["id"])

    share(owner, company, member=member("colleague"))

    assert Client.signed_in_as("colleague").get(f"records/contact/{contact['id']}").status_code == 200
    assert Client.signed_in_as("other_salesperson").get(f"records/contact/{contact['id']}").status_code == 404


def test_a_share_with_a_department_reaches_everybody_in_it_and_below_it(owner, company, department):
    share(owner, company, department=department("south"))
    assert (sees("other_salesperson", company), sees("colleague", company)) == (True, False)

    share(owner, company, department=department("sales"))
    assert (sees("other_salesperson", company), sees("colleague", company)) == (True, True)


def test_who_leaves_the_department_leaves_the_share(owner, company, department):
    share(owner, company, department=department("south"))
    assert sees("other_salesperson", company)

    administrator = Client.signed_in_as("administrator")
    values = {"values": {"department": department("east")}}
    assert administrator.patch(f"records/member/{member('other_salesperson')}", values).status_code == 200

    assert not sees("other_salesperson", company)


def test_the_role_of_the_receiver_remains_the_limit(owner, company):
    share(owner, company, "edit", member=member("read_only"))

    assert not edits("read_only", company)


def test_the_level_is_changed_in_place(owner, company):
    share(owner, company, member=member("colleague"))
    share(owner, company, "edit", member=member("colleague"))
    assert listed(owner, company) == [("member", member("colleague"), "edit")]
    assert edits("colleague", company)

    share(owner, company, "read", member=member("colleague"))
    assert listed(owner, company) == [("member", member("colleague"), "read")]
    assert not edits("colleague", company)


def test_a_revoked_share_ends_at_once(owner, company):
    (made,) = share(owner, company, member=member("colleague")).json()["shares"]

    answer = owner.delete(f"{where(company)}/shares/{made['id']}")

    assert (answer.status_code, answer.json()["shares"]) == (200, [])
    assert not sees("colleague", company)
    again = owner.delete(f"{where(company)}/shares/{made['id']}")
    assert (again.status_code, again.json()["code"]) == (404, "records.share_not_found")


def test_a_share_of_one_record_is_not_revoked_through_another(owner, company):
    (made,) = share(owner, company, member=member("colleague")).json()["shares"]
    other = owner.make("company", name="瑞恒")

    refused = owner.delete(f"{where(other)}/shares/{made['id']}")

    assert refused.status_code == 404
    assert sees("colleague", company)


@pytest.mark.parametrize("name", ["manager", "administrator"])
def test_those_above_the_owner_share_too(owner, company, name):
    assert share(Client.signed_in_as(name), company, member=member("colleague")).status_code == 200
    assert sees("colleague", company)


@pytest.mark.parametrize("level", ["read", "edit"])
def test_who_holds_a_share_does_not_pass_it_on(owner, company, level):
    (made,) = share(owner, company, level, member=member("colleague")).json()["shares"]
    receiver = Client.signed_in_as("colleague")

    refusals = [
        share(receiver, company, "read", member=member("other_salesperson")),
        share(receiver, company, "edit", member=member("colleague")),
        receiver.delete(f"{where(company)}/shares/{made['id']}"),
    ]

    assert [(one.status_code, one.json()["code"]) for one in refusals] == [(403, "records.share_not_allowed")] * 3
    assert receiver.get(f"{where(company)}/shares").json()["may_share"] is False
    assert listed(owner, company) == [("member", member("colleague"), level)]
    assert not sees("other_salesperson", company)


def test_who_only_reads_shares_nothing(owner, company):
    reader = Client.signed_in_as("read_only")

    refused = share(reader, company, member=member("colleague"))

    assert (refused.status_code, refused.json()["code"]) == (403, "records.share_not_allowed")
    assert (reader.get(f"{where(company)}/shares").json()["may_share"], listed(owner, company)) == (False, [])


@pytest.mark.parametrize("name", ["colleague", "other_salesperson"])
def test_who_does_not_see_the_record_learns_nothing_of_its_shares(owner, company, name):
    (made,) = share(owner, company, member=member("administrator")).json()["shares"]
    stranger = Client.signed_in_as(name)

    refusals = [
        stranger.get(f"{where(company)}/shares"),
        share(stranger, company, member=member(name)),
        stranger.delete(f"{where(company)}/shares/{made['id']}"),
    ]

    assert [(one.status_code, one.json()["code"]) for one in refusals] == [(404, "records.not_found")] * 3
    assert listed(owner, company) == [("member", member("administrator"), "read")]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"level": "read"}, 400, "request.bad_parameter"),
        ({"level": "read", "member": NOBODY, "department": NOBODY}, 400, "request.bad_parameter"),
        ({"level": "read", "team": NOBODY}, 400, "request.bad_parameter"),
        ({"level": "read", "member": NOBODY, "expires_at": "tomorrow"}, 400, "request.bad_parameter"),
        ({"level": "owner", "member": NOBODY}, 400, "request.bad_parameter"),
        ({"level": "read", "member": "x"}, 400, "request.bad_id"),
        ({"level": "read", "member": NOBODY}, 422, "request.invalid"),
        ({"level": "read", "department": NOBODY}, 422, "request.invalid"),
        ({"level": "read", "role": NOBODY}, 422, "request.invalid"),
    ],
)
def test_what_is_no_share_is_refused(owner, company, body, status, code):
    refused = owner.post(f"{where(company)}/shares", body)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert listed(owner, company) == []


def test_records_without_an_owner_are_not_shared():
    administrator = Client.signed_in_as("administrator")
    product = administrator.make("product", name="WMS")

    refused = administrator.post(
        f"records/product/{product['id']}/shares", {"level": "read", "member": member("manager")}
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "records.not_shareable")
    assert administrator.get(f"records/product/{product['id']}/shares").json() == {
        "may_share": False, "shares": [], "reaches": []
    }  # fmt: skip


def test_the_history_tells_who_shared_what_with_whom(owner, company, department):
    share(owner, company, member=member("colleague"))
    share(owner, company, "edit", member=member("colleague"))
    share(owner, company, "edit", member=member("colleague"))
    made = share(owner, company, department=department("south")).json()["shares"][0]
    owner.delete(f"{where(company)}/shares/{made['id']}")

    items = owner.get(f"{where(company)}/timeline?kinds=change").json()["items"]

    told = [
        (i["share"]["receiver"]["title"], i["share"]["old"], i["share"]["new"]) for i in items if i["op"] == "share"
    ]
    assert told == [
        ("colleague", "edit", None), ("south", None, "read"), ("colleague", "read", "edit"), ("colleague", None, "read"),
    ]  # fmt: skip
    assert {i["by"]["title"] for i in items} == {"salesperson"}
    assert [(i["op"], i["share"]) for i in items][-1] == ("create", None)


def test_sharing_does_not_stand_in_the_way_of_undoing_what_was_written(owner, company):
    changed = owner.patch(where(company), {"values": {"level": "C"}}).json()["_change_set"]
    share(owner, company, member=member("colleague"))

    undone = owner.post(f"change-sets/{changed}/undo", {})

    assert (undone.status_code, undone.json()["conflicts"]) == (200, [])
    assert owner.get(where(company)).json()["level"] == "A"
    assert sees("colleague", company)


def share_reach(**told: object) -> None:
    """Say how far shares of companies reach."""
    administrator = Client.signed_in_as("administrator")
    obj = administrator.get("design/objects/company").json()
    values = {"access": {"share_reach": told}}
    changed = administrator.post(
        "actions/design/update-object", {"params": {"object": obj["id"], "values": values, "confirm": True}}
    )
    assert changed.status_code == 200, changed.content


def test_the_answer_names_what_is_shared_along(owner, company):
    reached = owner.get(f"{where(company)}/shares").json()["reaches"]

    assert {"contact", "opportunity", "task"} <= set(reached)
    assert "company" not in reached
    assert "product" not in reached


def test_what_is_reached_in_two_steps_is_found_by_searching_too(owner, company):
    share_reach(steps=2, objects=None)
    opportunity = owner.make("opportunity", name="两步商机", company=company["id"])
    task = owner.make("task", subject="两步任务", about={"object": "opportunity", "id": opportunity["id"]})
    share(owner, company, member=member("colleague"))

    colleague = Client.signed_in_as("colleague")
    hits = colleague.get("search?q=两步任务").json()["hits"]
    assert colleague.get(f"records/task/{task['id']}").status_code == 200
    assert [hit["id"] for hit in hits] == [task["id"]]
    assert Client.signed_in_as("other_salesperson").get("search?q=两步任务").json()["hits"] == []


def test_what_a_share_does_not_reach_or_the_caller_does_not_read_is_not_named(owner, company):
    administrator = Client.signed_in_as("administrator")
    share_reach(steps=1, objects=["contact", "opportunity"])
    roles = administrator.post("records/role/query", {"where": {"field": "key", "op": "eq", "value": "salesperson"}})
    (role,) = roles.json()["rows"]
    permissions = {"objects": {"*": {"read": "own", "edit": "own"}, "contact": {"read": "none"}}, "system": []}
    administrator.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})

    assert owner.get(f"{where(company)}/shares").json()["reaches"] == ["opportunity"]
