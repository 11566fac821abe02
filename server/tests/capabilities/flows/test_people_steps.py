"""Whom steps mean, and what they do for people: assign, task, note, tags, notification, variables, actions."""

from typing import Any

import pytest
from django.core import mail

from guanxi.capabilities.flows.people import resolve_all
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import reads, writes
from tests.capabilities.flows.conftest import Automation, Drafts, rule
from tests.support import world
from tests.support.clients import Client

CREATED = {"kind": "record.created", "settings": {}}


def id_of(name: str) -> str:
    """The member id of a person of the world."""
    return str(world.membership(name).member_id)


def change(object_key: str, id_: str, **values: Any) -> None:
    """Write a record as the system."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        writes.update(ctx, object_key, [writes.Change(world_id(id_), values)])


def world_id(text: str) -> Any:
    """An id as the engine has it."""
    from uuid import UUID

    return UUID(text)


def department(name: str) -> str:
    """The id of a department of the world."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (id_,) = reads.ids(ctx, "department", {"field": "name", "op": "eq", "value": name})
    return str(id_)


def leave(name: str) -> None:
    """A person of the world leaves."""
    change("member", id_of(name), status="left")


def step(kind: str, **settings: Any) -> dict[str, Any]:
    """A node."""
    return {"kind": kind, "settings": settings}


def owners(automation: Automation) -> list[str]:
    """Owners of all companies in the order in which they were made."""
    rows = automation.admin.post("records/company/query", {"sort": [{"field": "created_at"}]}).json()["rows"]
    return [one["owner"] and one["owner"]["id"] for one in rows]


def meant(spec: list[dict[str, Any]], company: str, starter: str, **more: Any) -> list[str]:
    """The names of those who are meant."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        subject = (ctx.snapshot.object("company"), world_id(company))
        (found,) = resolve_all(ctx, [subject], [world_id(starter)], spec, **more)
        names = reads.native(ctx, "member", found, ["name"])
    return [names[one]["name"] for one in found]


@pytest.mark.usefixtures("database")
def test_people_are_found_in_the_organisation_and_in_the_record() -> None:
    sales = Client.signed_in_as("salesperson")
    group_ = Client.signed_in_as("administrator").make(name="集团", owner=id_of("other_salesperson"))
    company = sales.make(name="华信")["id"]
    change("company", company, parent=group_["id"])
    change("department", department("sales"), head=id_of("manager"))
    change("department", department("head"), head=id_of("administrator"))
    change("member", id_of("salesperson"), manager=id_of("colleague"))
    change("member", id_of("colleague"), manager=id_of("manager"))
    starter = id_of("other_salesperson")

    def named(*spec: dict[str, Any], **more: Any) -> list[str]:
        return meant(list(spec), company, starter, **more)

    assert named({"kind": "owner"}, {"kind": "starter"}, {"kind": "owner"}) == ["salesperson", "other_salesperson"]
    assert named({"kind": "field", "field": "parent.owner"}) == ["other_salesperson"]
    assert named({"kind": "superior", "of": "owner"}) == ["colleague"]
    assert named({"kind": "superior", "of": "owner", "levels": 2}) == ["manager"]
    assert named({"kind": "head", "of": "owner"}) == ["manager"]  # nobody is head of East
    assert named({"kind": "head", "department": department("sales"), "levels": 2}) == ["administrator"]
    assert set(named({"kind": "role", "role": "salesperson"})) == {"salesperson", "colleague", "other_salesperson"}
    assert set(named({"kind": "department", "department": department("east")})) == {"salesperson", "colleague"}
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        values = {
            "member": id_of("salesperson"),
            "delegate": id_of("read_only"),
            "begins_on": ctx.today,
            "ends_on": ctx.today,
        }
        writes.create(ctx, "delegation", [values])
    assert named({"kind": "owner"}) == ["salesperson"]
    assert named({"kind": "owner"}, {"kind": "starter"}, delegates=True) == ["read_only", "other_salesperson"]
    leave("colleague")
    assert set(named({"kind": "role", "role": "salesperson"})) == {"salesperson", "other_salesperson"}
    assert named({"kind": "superior", "of": "owner"}) == ["manager"]


@pytest.mark.usefixtures("database")
def test_what_does_not_name_people_is_told_before() -> None:
    admin = Client.signed_in_as("administrator")

    def codes(*people: dict[str, Any], of: str | None = "company") -> list[str]:
        definition = rule(CREATED, step("notify", people=list(people), subject="x"), of=of)
        problems = admin.post("flows/check", {"definition": definition}).json()["problems"]
        return [one["code"] for one in problems if one["at"] == "n1"]

    assert codes({"kind": "owner"}, {"kind": "role", "role": "salesperson"}) == []
    assert codes({"kind": "nobody"}) == ["flows.bad_people"]
    assert codes({"kind": "member", "members": ["x"]}) == ["flows.bad_people"]
    assert codes({"kind": "member", "members": []}) == ["flows.people_missing"]
    assert codes({"kind": "field", "field": "name"}) == ["flows.no_person_field"]
    assert codes({"kind": "superior", "levels": 0}) == ["flows.bad_people"]
    assert codes({"kind": "owner"}, of=None) == ["flows.object_needed"]


def test_records_are_given_to_each_in_turn_and_never_to_who_left(automation: Automation) -> None:
    people = [{"kind": "role", "role": "salesperson"}]
    flow = automation.flow(rule(CREATED, step("assign", people=people, mode="round_robin")))
    order = sorted(id_of(name) for name in ("salesperson", "colleague", "other_salesperson"))
    for number in range(4):
        automation.admin.make(name=f"公司 {number}")
    automation.round()
    assert owners(automation) == [*order, order[0]]

    gone = order[1]
    change("member", gone, status="left")
    for number in range(3):
        automation.admin.make(name=f"公司 {number + 4}")
        automation.round()
    assert owners(automation)[4:] == [order[2], order[0], order[2]]
    assert {run["state"] for run in automation.runs(flow)} == {"done"}


def test_whoever_has_least_is_given_the_record(automation: Automation) -> None:
    names = ("salesperson", "colleague")
    people = [{"kind": "member", "members": [id_of(name) for name in names]}]
    for owner, level in (
        ("salesperson", "A"),
        ("salesperson", "A"),
        ("colleague", "A"),
        ("colleague", "B"),
        ("colleague", "B"),
    ):
        automation.admin.make(name="旧", owner=id_of(owner), level=level)
    automation.round()
    open_ = {"field": "level", "op": "eq", "value": "A"}
    automation.flow(rule(CREATED, step("assign", people=people, mode="least_load", open=open_)))
    for _ in range(3):
        automation.admin.make(name="新", level="A")
    automation.round()

    given = owners(automation)[5:]
    assert given[0] == id_of("colleague")
    assert sorted(given[1:]) == sorted(id_of(name) for name in names)


def test_nobody_left_is_a_failure_that_says_so(automation: Automation) -> None:
    people = [{"kind": "member", "members": [id_of("colleague")]}]
    leave("colleague")
    flows = [
        automation.flow(rule(CREATED, step("assign", people=people, mode="first"))),
        automation.flow(rule(CREATED, step("notify", people=people, subject="x"))),
        automation.flow(rule(CREATED, step("task", people=people, subject="x"))),
        automation.flow(rule(CREATED, step("mail", people=people, subject="x", body="x"))),
    ]
    company = automation.admin.make(name="甲")
    automation.deliver()

    for flow in flows:
        (run,) = automation.runs(flow)
        assert (run["state"], run["error"]["code"]) == ("failed", "flows.nobody")
        told = automation.admin.get(f"flows/runs/{run['id']}").json()
        assert "离职" in told["error"]["message"]
    assert owners(automation) == [company["owner"]["id"]]
    assert automation.admin.post("records/task/count", {}).json()["count"] == 0


def test_a_task_a_note_and_tags_stand_beside_the_record(automation: Automation) -> None:
    nodes = [
        step(
            "task", people=[{"kind": "owner"}, {"kind": "starter"}], subject="回访 {name}", description="见 {name}",
            due={"amount": 2, "unit": "days"}, priority="high",
        ),
        step("note", body="<b>{name}</b>\n\n已安排"),
        step("tag", add=["重点", "新"], remove=["旧"]),
    ]  # fmt: skip
    flow = automation.flow(rule(CREATED, *nodes))
    company = Client.signed_in_as("salesperson").make(name="华信", tags=["旧", "老客户"])
    automation.round()

    assert automation.runs(flow)[0]["state"] == "done", automation.runs(flow)
    (task,) = automation.admin.post("records/task/query", {}).json()["rows"]
    assert (task["subject"], task["priority"], task["description"]) == ("回访 华信", "high", "见 华信")
    assert (task["owner"]["id"], task["about"]["id"]) == (id_of("salesperson"), company["id"])
    assert task["due_at"] > company["created_at"]
    (note,) = automation.admin.post("records/note/query", {}).json()["rows"]
    assert note["body"] == "<p>&lt;b&gt;华信&lt;/b&gt;</p><p>已安排</p>"
    assert automation.admin.get(f"records/company/{company['id']}").json()["tags"] == ["老客户", "重点", "新"]


def test_a_step_that_needs_another_object_says_so(drafts: Drafts) -> None:
    about = [step("task", people=[{"kind": "starter"}], subject="x"), step("note", body="x")]
    definition = rule(CREATED, *about, step("tag", add=["x"]), of="pipeline")

    assert drafts.problems(definition) == ["flows.not_about", "flows.not_about", "flows.no_tag_field"]
    assert drafts.problems(rule(CREATED, step("tag"))) == ["flows.no_tags"]


def test_people_are_notified_of_what_they_may_see(automation: Automation) -> None:
    mail.outbox.clear()
    people = [{"kind": "owner"}, {"kind": "member", "members": [id_of("colleague")]}]
    flow = automation.flow(
        rule(CREATED, step("notify", people=people, subject="{name} 待跟进", body="{level}", mail=True))
    )
    company = Client.signed_in_as("salesperson").make(name="华信", level="A")
    automation.deliver()

    (mine,) = Client.signed_in_as("salesperson").get("notifications").json()["items"]
    assert (mine["title"], mine["kind"], mine["record"]["id"]) == ("华信 待跟进", "flow", company["id"])
    assert Client.signed_in_as("colleague").get("notifications").json()["items"] == []
    assert {one.to[0]: one.subject for one in mail.outbox} == {world.email("salesperson"): "华信 待跟进"}
    assert automation.runs(flow)[0]["state"] == "done"


def test_variables_and_actions(automation: Automation) -> None:
    convert = {"lead": {"value": "@record"}, "opportunity_name": {"data": "named"}}
    nodes = [
        step("set", values={"named": {"text": "{company_name} 商机"}, "twice": {"formula": "1.5 * 2"}}),
        step("action", action="sales.convert_lead", params=convert, **{"as": "made"}),
    ]
    flow = automation.flow(rule(CREATED, *nodes, of="lead"), run_as="starter")
    Client.signed_in_as("salesperson").make("lead", name="王芳", company_name="华信")
    automation.round()

    (run,) = automation.runs(flow)
    assert run["state"] == "done", run
    assert (run["data"]["named"], run["data"]["twice"]) == ("华信 商机", 3)
    (made,) = automation.admin.post("records/opportunity/query", {}).json()["rows"]
    assert made["name"] == "华信 商机"
    assert made["id"] in str(run["data"]["made"])
    wrong = rule(CREATED, step("action", action="sales.convert_lead", params={"nothing": {"value": 1}}), of="lead")
    assert automation.problems(wrong) == ["flows.unknown_parameter"]
    assert automation.problems(rule(CREATED, step("action", action="sales.no_such"))) == ["actions.unknown"]
