"""Who sees a record and why: for those who may ask, in both languages, and never more than they may know."""

import json
from uuid import UUID

import pytest

from guanxi.capabilities.access_explained import explain, reasons
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, work
from guanxi.engine.records import writes
from guanxi.engine.records.titles import titles
from tests.access.generate import Generator
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def company(client) -> dict:
    """A company of the salesperson, who sits in East, below Sales."""
    return client("salesperson").make(name="华信")


def _access(client: Client, company: dict, member: str | None = None, **headers: str) -> dict:
    asked = f"?member={world.membership(member).member_id}" if member else ""
    answer = client.get(f"records/company/{company['id']}/access{asked}", **headers)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def _person(client: Client, company: dict, member: str, **headers: str) -> dict:
    (person,) = _access(client, company, member, **headers)["people"]
    return person


def _kinds(reasons: list[dict]) -> list[str]:
    return [reason["kind"] for reason in reasons]


def test_everybody_who_sees_a_record_is_named_with_the_reason_its_owner_first(client, company):
    found = _access(client("administrator"), company, Accept_Language="en")

    assert found["count"] == 4
    people = {one["member"]["title"]: one for one in found["people"]}
    assert found["people"][0]["member"]["title"] == "salesperson"
    assert set(people) == {"salesperson", "administrator", "manager", "read_only"}
    assert people["salesperson"]["why"] == [{"kind": "own", "text": "owns the record"}]
    assert people["manager"]["why"][0]["text"] == (
        "salesperson, who owns it, is in east below, which the role “经理” reads"
    )
    assert people["read_only"]["edits"] is False
    assert people["manager"]["department"]["title"] == "sales"


def test_whatever_many_people_get_in_by_is_looked_up_once(client, company, monkeypatch):
    for name in ("colleague", "other_salesperson"):
        body = {"member": str(world.membership(name).member_id), "level": "read"}
        shared = client("salesperson").post(f"records/company/{company['id']}/shares", body)
        assert shared.status_code < 300, shared.content
    asked = []
    monkeypatch.setattr(reasons, "titles", lambda ctx, wanted: asked.extend(wanted) or titles(ctx, wanted))

    assert _access(client("administrator"), company)["count"] == 6

    assert asked
    assert len(asked) == len(set(asked))


def test_the_reasons_are_told_in_the_language_of_the_caller(client, company):
    found = _person(client("administrator"), company, "manager", Accept_Language="zh-CN")

    assert found["why"][0]["text"] == "负责人salesperson在下级部门east，角色“经理”可以查看下级部门"


def test_a_person_who_does_not_see_it_is_told_what_would_open_it(client, company):
    colleague = _person(client("administrator"), company, "colleague", Accept_Language="en")
    other = _person(client("administrator"), company, "other_salesperson", Accept_Language="en")

    assert (colleague["reads"], colleague["why"], colleague["taken"]) == (False, [], [])
    assert colleague["missing"][0]["text"] == "a role that reads “department” records; theirs reads “own”"
    assert other["missing"][0]["text"] == "a role that reads “all” records; theirs reads “own”"
    assert _kinds(other["missing"]) == ["reach", "share"]


def test_a_share_is_told_with_who_gave_it_to_whom_and_until_when(client, company):
    salesperson, admin = client("salesperson"), client("administrator")
    member = str(world.membership("colleague").member_id)
    until = "2099-05-01T15:00:00Z"
    salesperson.post(
        f"records/company/{company['id']}/shares", {"member": member, "level": "edit", "expires_at": until}
    )

    found = _person(admin, company, "colleague", Accept_Language="en")

    assert (found["reads"], found["edits"]) == (True, True)
    assert found["why"] == [{"kind": "share", "text": "salesperson shared it with them (to edit, until 2099-05-01)"}]


def test_a_share_with_a_role_and_one_of_the_record_above_are_told(client, company, roles):
    salesperson, admin = client("salesperson"), client("administrator")
    contact = salesperson.make("contact", name="王工", company=company["id"])
    salesperson.post(f"records/company/{company['id']}/shares", {"role": roles["salesperson"], "level": "read"})

    found = admin.get(
        f"records/contact/{contact['id']}/access?member={world.membership('colleague').member_id}", Accept_Language="en"
    ).json()["people"][0]

    assert found["why"] == [
        {
            "kind": "share_above",
            "text": "salesperson shared 华信, to which it belongs, with the role “销售” (to view)",
        }
    ]
    assert (found["reads"], found["edits"]) == (True, False)


def test_the_owner_of_the_record_above_sees_what_others_make_beneath_it(client, company):
    salesperson, admin = client("salesperson"), client("administrator")
    member = str(world.membership("other_salesperson").member_id)
    salesperson.post(f"records/company/{company['id']}/shares", {"member": member, "level": "edit"})
    beneath = client("other_salesperson").make("contact", name="李工", company=company["id"])

    found = admin.get(
        f"records/contact/{beneath['id']}/access?member={world.membership('salesperson').member_id}",
        Accept_Language="en",
    ).json()["people"][0]

    assert {"kind": "inherited", "text": "owns 华信, to which it belongs"} in found["why"]


def test_a_rule_that_leaves_a_record_out_is_named(client, company, make_rule, roles):
    where = {"field": "level", "op": "eq", "value": "A"}
    make_rule("只看A级", "restricts", where, for_everyone=True, except_roles=[roles["administrator"]])

    found = _person(client("administrator"), company, "salesperson", Accept_Language="en")

    assert found["reads"] is False
    assert _kinds(found["why"]) == ["own"]
    assert found["taken"] == [{"kind": "restriction", "text": "the access rule “只看A级” leaves it out"}]
    assert found["missing"] == []


def test_a_rule_that_opens_a_record_is_named(client, company, make_rule):
    where = {"field": "name", "op": "eq", "value": "华信"}
    make_rule("大客户", "opens", where, members=[str(world.membership("other_salesperson").member_id)])

    found = _person(client("administrator"), company, "other_salesperson", Accept_Language="en")

    assert found["why"] == [{"kind": "rule", "text": "the access rule “大客户” opens it"}]


def test_a_role_without_the_object_is_the_nearest_missing(client, company, set_role):
    set_role("salesperson", {"objects": {"*": {"read": "none"}}})

    found = _person(client("administrator"), company, "colleague", Accept_Language="en")

    assert _kinds(found["missing"]) == ["role"]


def test_somebody_who_left_sees_nothing_whatever_their_roles(client, company):
    admin = client("administrator")
    member = str(world.membership("manager").member_id)
    assert admin.post("actions/identity/deactivate-member", {"params": {"member": member}}).status_code == 200

    found = _person(admin, company, "manager", Accept_Language="en")

    assert (found["reads"], found["taken"]) == (False, [{"kind": "left", "text": "is deactivated and cannot sign in"}])
    assert "manager" not in {one["member"]["title"] for one in _access(admin, company)["people"]}


@pytest.mark.parametrize("name", ["colleague", "other_salesperson"])
def test_who_does_not_see_the_record_is_told_nothing_of_it(client, company, name):
    for asked in ("", f"?member={world.membership('salesperson').member_id}"):
        answer = client(name).get(f"records/company/{company['id']}/access{asked}")

        assert (answer.status_code, answer.json()["code"]) == (404, "records.not_found")
        assert "华信" not in answer.content.decode()


def test_who_sees_a_record_but_may_not_share_it_may_not_ask(client, company):
    answer = client("read_only").get(f"records/company/{company['id']}/access")

    assert (answer.status_code, answer.json()["code"]) == (403, "access.explain_not_allowed")


def test_who_may_share_it_may_ask_without_managing_anything(client, company):
    found = _access(client("salesperson"), company, Accept_Language="en")

    assert found["count"] == 4


def test_what_the_caller_may_not_see_is_not_named(client, company, set_role):
    unseen = {key: {"read": "none"} for key in ("member", "role", "department")}
    set_role("salesperson", {"objects": {"*": {"create": True, "read": "own", "edit": "own"}, **unseen}})

    found = _access(client("salesperson"), company, Accept_Language="en")

    assert [one["member"]["title"] for one in found["people"]] == [None] * 4
    assert [one["department"] for one in found["people"]] == [None] * 4
    assert not [name for name in ("经理", "manager", "sales") if name in str(found)]


def test_an_unknown_person_is_refused(client, company):
    answer = client("administrator").get(
        f"records/company/{company['id']}/access?member=01900000-0000-7000-8000-000000000009"
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "access.unknown_member")


def _statements(monkeypatch, asked) -> int:
    """How many statements something takes."""
    run, found = Context.run, []

    def counted(ctx, statement, params=()):
        found.append(statement)
        return run(ctx, statement, params)

    with monkeypatch.context() as patched:
        patched.setattr(Context, "run", counted)
        asked()
    return len(found)


def test_many_people_are_asked_in_as_many_statements_as_few(client, company, roles, workspace, monkeypatch):
    admin = client("administrator")
    before = _access(admin, company)
    few = _statements(monkeypatch, lambda: _access(admin, company))
    (department,) = admin.post(
        "records/department/query", {"where": {"field": "name", "op": "eq", "value": "sales"}}
    ).json()["rows"]
    with work(workspace, SYSTEM, via="system") as ctx:
        values = {"department": UUID(department["id"]), "roles": [UUID(roles["manager"])], "status": "active"}
        writes.create(ctx, "member", [{**values, "name": f"经理{number}"} for number in range(80)])

    found = _access(admin, company)

    assert found["count"] == before["count"] + 80
    assert {one["member"]["title"] for one in found["people"]} > {f"经理{number}" for number in range(80)}
    assert _statements(monkeypatch, lambda: _access(admin, company)) == few


@pytest.mark.parametrize("seed", [1, 2])
def test_in_random_workspaces_it_names_whom_the_model_names(database, workspace, seed):
    world_ = Generator(seed).make()
    with work(workspace, SYSTEM, via="system") as ctx:
        for (key, id_), record in world_.records.items():
            if record.deleted:
                continue
            _, told = explain.everybody(ctx, key, UUID(id_))
            names = {str(one.verdict.member) for one in told} & set(world_.people)
            edits = {str(one.verdict.member) for one in told if one.verdict.edits} & set(world_.people)
            reached = {one for one, person in world_.people.items() if world_.reached(person, record)}
            assert names == reached
            assert edits == {one for one in reached if world_.reached(world_.people[one], record, "edit")}
            assert all(one.why for one in told)
