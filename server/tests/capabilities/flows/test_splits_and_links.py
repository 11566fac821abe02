"""Shares, links, shared views: what they decide and write, and what is refused."""

from collections import Counter
from typing import Any

import pytest

from guanxi.capabilities.flows.kinds.splitting import chosen
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.capabilities.flows.conftest import Automation, Drafts, rule
from tests.support.clients import Client

CREATED = {"kind": "record.created", "settings": {}}
SHARES = [{"port": "a", "weight": 3}, {"port": "b", "weight": 1}]


def marked(text: str) -> dict[str, Any]:
    """A step that leaves a word in the record."""
    return {"kind": "record.update", "settings": {"values": {"description": {"value": text}}}}


def test_shares_fall_as_often_as_their_weights_say() -> None:
    drawn = Counter(chosen(SHARES, str(number)) for number in range(4000))

    assert 2850 < drawn["a"] < 3150
    assert drawn["a"] + drawn["b"] == 4000
    assert {chosen(SHARES, "same") for _ in range(5)} == {chosen(SHARES, "same")}
    assert {chosen([{"port": "a", "weight": 0}, {"port": "b", "weight": 1}], str(n)) for n in range(50)} == {"b"}


def test_a_record_always_goes_the_same_way(automation: Automation) -> None:
    split = {"kind": "split", "settings": {"shares": SHARES, "by": "record"}, "next": {"a": "n2", "b": "n3"}}
    definition = rule({"kind": "record.saved", "settings": {"fields": ["name"]}}, split, marked("甲"), marked("乙"))
    definition["nodes"][0]["next"] = {"a": "n2", "b": "n3"}
    definition["nodes"][1]["next"] = {}
    flow = automation.flow(definition)
    sales = Client.signed_in_as("salesperson")
    made = [sales.make(name=f"公司 {number}") for number in range(12)]
    automation.round()
    first = {run["record"]: automation.steps(run["id"])[1][0] for run in automation.runs(flow)}
    for one in made:
        rev = sales.get(f"records/company/{one['id']}").json()["rev"]
        sales.patch(f"records/company/{one['id']}", {"values": {"name": f"{one['id']}"}, "rev": rev})
    automation.round()

    runs = automation.runs(flow)
    assert len(runs) == 24
    assert {run["record"]: automation.steps(run["id"])[1][0] for run in runs[12:]} == first


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ([{"port": "a", "weight": 1}, {"port": "a", "weight": 1}], "flows.bad_port"),
        ([{"port": "a", "weight": -1}], "flows.bad_weight"),
        ([{"port": "a", "weight": True}], "flows.bad_weight"),
        ([{"port": "a", "weight": 0}], "flows.bad_shares"),
    ],
)
def test_shares_that_make_no_sense_are_told(drafts: Drafts, shares: list[Any], code: str) -> None:
    step = {"kind": "split", "settings": {"shares": shares, "by": "run"}}
    assert drafts.problems(rule(CREATED, step)) == [code]


def test_records_are_linked_by_a_reference_of_theirs_and_unlinked(automation: Automation) -> None:
    create = {
        "kind": "record.create",
        "settings": {"object": "contact", "values": {"name": {"value": "李"}}, "as": "made"},
    }
    link = {"kind": "record.link", "settings": {"relation": "contacts", "other": {"data": "made"}}}
    flow = automation.flow(rule(CREATED, create, link, link))
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()

    (run,) = automation.runs(flow)
    assert run["state"] == "done"
    contact = automation.admin.get(f"records/contact/{run['data']['made']['id']}").json()
    assert contact["company"]["id"] == company["id"]
    counts = [note["count"] for note in notes(automation, run["id"]) if "count" in note]
    assert counts == [1, 0]

    where = {"where": {"field": "name", "op": "eq", "value": "李"}}
    unlink = {"kind": "record.unlink", "settings": {"relation": "contacts", "where": where}}
    second = automation.flow(rule({"kind": "record.updated", "settings": {}}, unlink))
    other = automation.admin.make("contact", name="王", company=company["id"])
    rev = automation.admin.get(f"records/company/{company['id']}").json()["rev"]
    automation.admin.patch(f"records/company/{company['id']}", {"values": {"short_name": "甲"}, "rev": rev})
    automation.round()
    assert automation.runs(second)[0]["state"] == "done"
    assert automation.admin.get(f"records/contact/{contact['id']}").json()["company"] is None
    assert automation.admin.get(f"records/contact/{other['id']}").json()["company"]["id"] == company["id"]


def test_links_of_many_to_many_are_added_to_those_that_are_there(automation: Automation) -> None:
    admin = automation.admin
    first, second = (admin.make("contact", name=name)["id"] for name in ("李", "王"))
    link = {"kind": "record.link", "settings": {"relation": "attendees", "other": {"value": second}}}
    flow = automation.flow(rule(CREATED, link, of="meeting"))
    meeting = admin.make(
        "meeting", subject="会", starts_at="2026-01-05T09:00:00Z", ends_at="2026-01-05T10:00:00Z", attendees=[first]
    )
    automation.round()
    assert automation.runs(flow)[0]["state"] == "done"
    linked = {one["id"] for one in admin.get(f"records/meeting/{meeting['id']}").json()["attendees"]}
    assert linked == {first, second}

    unlink = {"kind": "record.unlink", "settings": {"relation": "attendees", "other": {"value": first}}}
    automation.flow(rule({"kind": "record.updated", "settings": {"fields": ["subject"]}}, unlink, of="meeting"))
    rev = admin.get(f"records/meeting/{meeting['id']}").json()["rev"]
    admin.patch(f"records/meeting/{meeting['id']}", {"values": {"subject": "另"}, "rev": rev})
    automation.round()
    assert [one["id"] for one in admin.get(f"records/meeting/{meeting['id']}").json()["attendees"]] == [second]


def test_what_cannot_be_linked_fails_visibly_and_links_nothing(automation: Automation) -> None:
    link = {"kind": "record.link", "settings": {"relation": "contacts", "other": {"data": "nothing"}}}
    flow = automation.flow(rule(CREATED, link))
    Client.signed_in_as("salesperson").make(name="甲")
    automation.round()

    assert automation.runs(flow)[0]["error"]["code"] == "flows.nothing_to_link"
    bad = {"kind": "record.link", "settings": {"relation": "name", "other": {"value": "x"}}}
    assert automation.problems(rule(CREATED, bad)) == ["flows.no_to_many"]


def view(automation: Automation, **values: Any) -> str:
    """A view of companies; its id."""
    where = {"field": "level", "op": "eq", "value": "A"}
    named = {
        "name": "重点",
        "object": "company",
        "type": "table",
        "scope": "shared",
        "config": {"where": where},
        **values,
    }
    answer = automation.admin.post("records/view", {"values": named})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def test_a_shared_view_sets_a_flow_off_and_is_followed_when_it_changes(automation: Automation) -> None:
    made = view(automation)
    flow = automation.flow(rule({"kind": "record.entered", "settings": {"view": made}}, marked("重点")))
    gone = automation.flow(rule({"kind": "record.left", "settings": {"view": made}}, marked("不再")))
    sales = Client.signed_in_as("salesperson")
    inside, outside = sales.make(name="甲", level="A"), sales.make(name="乙", level="B")
    automation.round()
    assert [str(run["record"]) for run in automation.runs(flow)] == [inside["id"]]
    assert automation.runs(gone) == []

    rev = automation.admin.get(f"records/view/{made}").json()["rev"]
    config = {"where": {"field": "level", "op": "eq", "value": "C"}}
    assert automation.admin.patch(f"records/view/{made}", {"values": {"config": config}, "rev": rev}).status_code == 200
    rev = sales.get(f"records/company/{outside['id']}").json()["rev"]
    sales.patch(f"records/company/{outside['id']}", {"values": {"level": "C"}, "rev": rev})
    automation.round()
    assert [str(run["record"]) for run in automation.runs(flow)] == [inside["id"], outside["id"]]


def test_a_view_that_sets_off_a_flow_cannot_be_taken_away(automation: Automation) -> None:
    made = view(automation)
    automation.flow(rule({"kind": "record.entered", "settings": {"view": made}}, marked("重点")), name="跟踪")
    answer = automation.admin.delete(f"records/view/{made}?rev=1")
    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "flows.view_in_use")
    rev = automation.admin.get(f"records/view/{made}").json()["rev"]
    answer = automation.admin.patch(f"records/view/{made}", {"values": {"scope": "private"}, "rev": rev})
    assert answer.json()["fields"][0]["code"] == "flows.view_in_use"
    assert automation.admin.get(f"records/view/{made}").json()["scope"] == "shared"


def test_views_that_cannot_set_off_a_flow_are_told(automation: Automation) -> None:
    def codes(**settings: Any) -> list[str]:
        return automation.problems(rule({"kind": "record.entered", "settings": settings}, marked("x")))

    mine = {"where": {"field": "owner", "op": "eq", "value": "@me"}}
    assert codes() == ["flows.view_or_condition"]
    assert codes(view="x") == ["flows.no_such_view"]
    assert codes(view=view(automation, scope="private")) == ["flows.no_such_view"]
    assert codes(view=view(automation, object="contact", config={})) == ["flows.no_such_view"]
    assert codes(view=view(automation, config=mine)) == ["flows.view_of_somebody"]


def notes(automation: Automation, run: Any) -> list[dict[str, Any]]:
    """What the steps of a run tell."""
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        return [
            note or {} for (note,) in ctx.run("SELECT note FROM sys_run_step WHERE run = $1 ORDER BY number", [run])
        ]
