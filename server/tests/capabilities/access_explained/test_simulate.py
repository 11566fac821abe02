"""What a change of roles, rules or people would do, told before it is saved: exact, in words, and to those alone who may."""

import json

import pytest

from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
OWN = {"create": True, "read": "own", "edit": "own", "delete": "own"}


@pytest.fixture
def companies(client) -> None:
    """Three companies of the salesperson, two of the colleague in the same department, one in another."""
    for name, count in (("salesperson", 3), ("colleague", 2), ("other_salesperson", 1)):
        for number in range(count):
            client(name).make(name=f"{name} {number}", phone="13812345678", level="A")


def _simulated(client: Client, *changes: dict, **headers: str) -> dict:
    answer = client.post("access/simulate", {"changes": list(changes)}, **headers)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def _role(roles: dict, key: str, objects: dict, **values) -> dict:
    permissions = {"objects": objects, "system": []}
    return {"object": "role", "id": roles[key], "values": {"permissions": permissions, **values}}


def _of(found: dict, object_key: str = "company", verb: str = "read") -> dict[str, dict]:
    return {one["way"]: one for one in found["records"] if (one["object"], one["verb"]) == (object_key, verb)}


def _by_name(told: dict) -> dict[str, int]:
    return {one["member"]["title"]: one["records"] for one in told["people"]}


def test_a_wider_reach_opens_records_to_each_by_number(client, companies, roles):
    change = _role(roles, "salesperson", {"*": OWN, "company": {**OWN, "read": "department"}})

    found = _simulated(client("administrator"), change, Accept_Language="en")

    told = _of(found)
    assert set(told) == {"opened"}
    assert (told["opened"]["records"], told["opened"]["exact"]) == (5, True)
    assert _by_name(told["opened"]) == {"colleague": 3, "salesperson": 2}
    assert told["opened"]["text"] == "Opens 5 Companies to colleague and salesperson"
    assert found["exact"] is True


def test_the_sentence_is_in_the_language_of_the_caller(client, companies, roles):
    change = _role(roles, "salesperson", {"*": OWN, "company": {**OWN, "read": "all"}})

    found = _simulated(client("administrator"), change)

    assert _of(found)["opened"]["text"] == "3 人将可以多看到 6 条公司"


def test_a_narrower_reach_closes_records(client, companies, roles):
    change = _role(roles, "manager", {"*": OWN})

    found = _simulated(client("administrator"), change, Accept_Language="en")

    closed = _of(found)["closed"]
    assert closed["text"] == "Closes 6 Companies to manager"
    assert _of(found, verb="delete")["closed"]["text"] == "No longer lets manager delete 6 Companies"


def test_shared_records_are_not_opened_anew_and_not_closed(client, companies, roles):
    (first, *_) = client("salesperson").post("records/company/query", {}).json()["rows"]
    share = {"member": str(world.membership("colleague").member_id), "level": "read"}
    client("salesperson").post(f"records/company/{first['id']}/shares", share)
    change = _role(roles, "salesperson", {"*": OWN, "company": {**OWN, "read": "department"}})

    found = _simulated(client("administrator"), change)

    assert _by_name(_of(found)["opened"]) == {"colleague": 2, "salesperson": 2}
    assert _of(found)["opened"]["records"] == 4


def test_a_rule_is_tried_before_it_is_written(client, companies):
    rule = {
        "name": "A级公开",
        "object": "company",
        "effect": "opens",
        "level": "read",
        "where": {"field": "name", "op": "contains", "value": "colleague"},
        "for_everyone": True,
    }
    admin = client("administrator")

    found = _simulated(admin, {"object": "access_rule", "values": rule})

    assert _by_name(_of(found)["opened"]) == {"salesperson": 2, "other_salesperson": 2}
    assert admin.post("records/access_rule/query", {}).json()["rows"] == []
    assert client("salesperson").post("records/company/count", {}).json()["count"] == 3


def test_a_restriction_closes_even_own_records(client, companies):
    where = {"field": "owner", "op": "ne", "value": "@me"}
    rule = {
        "name": "x",
        "object": "company",
        "effect": "restricts",
        "level": "read",
        "where": where,
        "for_everyone": True,
    }

    found = _simulated(client("administrator"), {"object": "access_rule", "values": rule})

    told = _by_name(_of(found)["closed"])
    assert told == {"salesperson": 3, "colleague": 2, "other_salesperson": 1}


def test_roles_given_to_a_person_and_people_given_to_a_new_role(client, companies, roles):
    member = str(world.membership("other_salesperson").member_id)
    admin = client("administrator")
    by_member = {"object": "member", "id": member, "values": {"roles": [roles["salesperson"], roles["read_only"]]}}
    permissions = {"objects": {"company": {"read": "all"}}, "system": []}
    new = {
        "object": "role",
        "values": {"key": "reader", "name": "读者", "permissions": permissions},
        "members": [member],
    }

    for change in (by_member, new):
        assert _by_name(_of(_simulated(admin, change))["opened"]) == {"other_salesperson": 5}


def test_fields_that_become_visible_or_masked_are_told(client, companies, roles):
    masked = _role(roles, "salesperson", {"*": OWN, "company": {**OWN, "fields": {"phone": "masked", "level": "read"}}})

    found = _simulated(client("administrator"), masked, Accept_Language="en")

    told = {one["field"]: one for one in found["fields"]}
    assert (told["phone"]["before"], told["phone"]["after"], told["phone"]["way"]) == ("edit", "masked", "closed")
    assert told["phone"]["text"] == "Companies: the field Phone is masked for 3 people"
    assert told["level"]["after"] == "read"
    assert {one["title"] for one in told["phone"]["people"]} == {"salesperson", "colleague", "other_salesperson"}


def test_rights_that_are_gained_or_lost_are_told(client, roles):
    change = _role(roles, "salesperson", {"*": {**OWN, "export": True, "create": False}})
    change["values"]["permissions"]["system"] = ["audit"]

    found = _simulated(client("administrator"), change, Accept_Language="en")

    told = {one["right"]: one for one in found["rights"]}
    assert (told["audit"]["objects"], told["audit"]["text"]) == ([], "Lets 3 people see the audit log")
    assert told["export"]["way"] == "opened"
    assert {"company", "contact"} <= set(told["export"]["objects"])
    assert told["export"]["text"].startswith("Lets 3 people export ")
    assert told["create"]["text"].startswith("No longer lets 3 people create ")


def test_a_right_over_one_object_names_it_and_over_many_some_of_them(client, roles):
    one = _role(roles, "salesperson", {"*": OWN, "company": {**OWN, "export": True}})
    many = _role(roles, "salesperson", {"*": {**OWN, "export": True}})

    (single,) = [
        r for r in _simulated(client("administrator"), one, Accept_Language="en")["rights"] if r["right"] == "export"
    ]
    (several,) = [r for r in _simulated(client("administrator"), many)["rights"] if r["right"] == "export"]

    assert single["text"] == "Lets 3 people export Companies"
    assert several["text"].startswith("3 人将可以导出")
    assert "另有" in several["text"]


def test_a_change_that_changes_nothing_says_so(client, roles):
    found = _simulated(client("administrator"), {"object": "role", "id": roles["manager"], "values": {"name": "主管"}})

    assert found == {"exact": True, "records": [], "fields": [], "rights": []}


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ([], 400, "request.bad_parameter"),
        ([{"object": "company", "values": {"name": "x"}}], 400, "request.bad_parameter"),
        ([{"object": "role", "what": 1}], 400, "request.bad_parameter"),
        ([{"object": "member", "members": []}], 400, "request.bad_parameter"),
        ([{"object": "role", "delete": True}], 400, "request.bad_parameter"),
        ([{"object": "role", "id": "01900000-0000-7000-8000-000000000009", "values": {"name": "x"}}], 404, None),
    ],
)
def test_what_is_not_understood_is_refused(client, changes, status, code):
    answer = client("administrator").post("access/simulate", {"changes": changes})

    assert answer.status_code == status, answer.content
    assert code in (None, answer.json()["code"])


def test_what_saving_would_refuse_is_refused_with_the_same_words(client, roles):
    admin = client("administrator")
    bad = _role(roles, "salesperson", {"company": {"read": "everything"}})
    fixed = _role(roles, "administrator", {"*": {"read": "none"}})

    for change in (bad, fixed):
        tried = admin.post("access/simulate", {"changes": [change]})
        saved = admin.patch(f"records/role/{change['id']}", {"values": change["values"]})
        assert tried.status_code == saved.status_code >= 400
        assert (tried.json()["code"], tried.json().get("fields")) == (saved.json()["code"], saved.json().get("fields"))


@pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
def test_who_manages_neither_roles_nor_people_may_not_try(client, roles, name):
    answer = client(name).post("access/simulate", {"changes": [_role(roles, "salesperson", {"*": {"read": "all"}})]})

    assert (answer.status_code, answer.json()["code"]) == (403, "access.simulate_not_allowed")


def test_numbers_are_told_to_those_alone_who_read_all_of_it(client, companies, roles, set_role):
    """Otherwise a filter of one's own choosing would tell, by its count, what somebody else's records hold."""
    set_role(
        "manager",
        {"objects": {"*": {"read": "tree"}, "access_rule": {"create": True, "read": "all"}}, "system": ["roles"]},
    )
    where = {"field": "phone", "op": "contains", "value": "138"}
    rule = {
        "name": "x",
        "object": "company",
        "effect": "restricts",
        "level": "read",
        "where": where,
        "for_everyone": True,
    }

    found = _simulated(client("manager"), {"object": "access_rule", "values": rule}, Accept_Language="en")

    told = _of(found)["changed"]
    assert told["records"] is None
    assert {one["way"] for one in found["records"]} == {"changed"}
    assert {one["records"] for one in told["people"]} == {None}
    assert "6 Companies" not in told["text"]


def test_a_filter_over_a_relation_asks_for_all_of_what_it_leads_to(client, companies, set_role):
    objects = {
        "*": {"read": "none"}, "company": {"read": "all"}, "contact": {"read": "own"},
        "access_rule": {"create": True, "read": "all"}, "member": {"read": "all"},
    }  # fmt: skip
    set_role("manager", {"objects": objects, "system": ["roles"]})
    where = {"has": "contacts", "where": {"field": "mobile", "op": "contains", "value": "138"}}
    rule = {
        "name": "x",
        "object": "company",
        "effect": "restricts",
        "level": "read",
        "where": where,
        "for_everyone": True,
    }

    found = _simulated(client("manager"), {"object": "access_rule", "values": rule})

    assert {one["records"] for one in found["records"]} == {None}


def test_what_takes_too_long_is_estimated_and_says_so(client, companies, roles, monkeypatch):
    from guanxi.capabilities.access_explained import simulate

    monkeypatch.setattr(simulate, "BUDGET_S", 0)
    change = _role(roles, "salesperson", {"*": OWN, "company": {**OWN, "read": "all"}})

    found = _simulated(client("administrator"), change, Accept_Language="en")

    assert found["exact"] is False
    assert _of(found)["opened"]["exact"] is False
    assert "about 6 Companies" in _of(found)["opened"]["text"]


def test_a_statement_that_is_cut_off_is_estimated_too(client, companies, roles, monkeypatch):
    from guanxi.capabilities.access_explained import simulate
    from guanxi.capabilities.access_explained.counting import counted

    def slow(ctx, obj, verbs, share=None, of=0):
        if share is None:
            ctx.run("SELECT pg_sleep(60)")
        return counted(ctx, obj, verbs, share, of)

    monkeypatch.setattr(simulate, "BUDGET_S", 1)
    monkeypatch.setattr(simulate, "counted", slow)
    change = _role(roles, "salesperson", {"*": OWN, "company": {**OWN, "read": "all"}})

    found = _simulated(client("administrator"), change)

    assert (_of(found)["opened"]["records"], _of(found)["opened"]["exact"]) == (6, False)


def test_where_even_an_estimate_takes_too_long_no_number_is_told(client, companies, roles, monkeypatch):
    from guanxi.capabilities.access_explained import simulate

    monkeypatch.setattr(simulate, "BUDGET_S", 0)
    monkeypatch.setattr(simulate, "SAMPLE_S", 0.2)
    monkeypatch.setattr(simulate, "counted", lambda ctx, *_: ctx.run("SELECT pg_sleep(60)"))
    change = _role(roles, "salesperson", {"*": OWN, "company": {**OWN, "read": "all"}})

    found = _simulated(client("administrator"), change, Accept_Language="en")

    told = _of(found)["changed"]
    assert (told["records"], told["exact"], found["exact"]) == (None, False, False)
    assert told["text"] == "Changes which Companies 3 people see; there are too many to be counted in time"


def test_more_conditions_than_one_pass_can_ask_are_estimated(client, companies, roles, monkeypatch):
    from guanxi.capabilities.access_explained import counting

    monkeypatch.setattr(counting, "MOST_CONDITIONS", 0)
    where = {"field": "level", "op": "eq", "value": "A"}
    change = _role(roles, "salesperson", {"*": OWN, "company": {**OWN, "read": {"scope": "own", "where": where}}})

    found = _simulated(client("administrator"), change)

    assert _of(found)["opened"] | {"people": [], "text": ""} == {
        "object": "company", "verb": "read", "way": "opened", "records": 6, "exact": False, "people": [],
        "people_count": 3, "text": "",
    }  # fmt: skip
