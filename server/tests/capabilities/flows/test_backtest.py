"""Flows tried on the past: what would have happened, judged by how things were then."""

import random
from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from guanxi.capabilities.flows.backtest.running import Asked, Backtest
from guanxi.capabilities.flows.definition import read
from guanxi.capabilities.flows.kinds.base import StepKind, step_kinds
from guanxi.capabilities.flows.live import Flow
from guanxi.capabilities.flows.told import instant
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.kit.ids import uuid7
from tests.capabilities.flows.conftest import Automation, rule
from tests.support.clients import Client

LEVEL_A = {"where": {"field": "level", "op": "eq", "value": "A"}}
BIG = {"where": {"field": "amount", "op": "gt", "value": 1_000_000}}
IDLE = {"kind": "record.idle", "settings": {"time": {"amount": 3, "unit": "days"}, "where": BIG}}
END = {"kind": "stop", "settings": {}}
MAIL = {"kind": "mail", "settings": {"people": [{"kind": "owner"}], "subject": "{name}", "body": "y"}}


def tried(automation: Automation, definition: dict[str, Any], days: int = 30, **flow: Any) -> dict[str, Any]:
    """The back-test of a definition that is nobody's flow yet, with all rights."""
    values = {"id": uuid7(), "own_effects": False, **flow}
    one = Flow(UUID(str(values["id"])), "流程", None, "draft", None, own_effects=values["own_effects"])
    with work(automation.workspace, SYSTEM, via="job", still=True) as ctx:
        return Backtest(ctx, Asked(one, read(definition)[0], days)).run()


def level(client: Client, company: dict[str, Any], value: str | None) -> None:
    """Give a company another level."""
    assert client.patch(f"records/company/{company['id']}", {"values": {"level": value}}).status_code == 200


def codes(notes: list[dict[str, Any]]) -> set[str]:
    """The codes of warnings or hints."""
    return {one["code"] for one in notes}


def test_every_change_after_which_the_condition_held_would_have_begun_a_run(automation: Automation) -> None:
    sales = Client.signed_in_as("salesperson")
    one = sales.make(name="甲", level="A")
    level(sales, one, "B")
    level(sales, one, "A")
    found = tried(automation, rule({"kind": "record.saved", "settings": {"where": LEVEL_A}}, MAIL))

    assert (found["starts"], found["records"], found["ends"]) == (2, 1, {"done": 2})
    assert found["deeds"] == [["mail", None, 2]]
    assert [run["record"] for run in found["runs"]] == [one["id"]] * 2
    assert sum(day["starts"] for day in found["days"].values()) == 2
    assert [(who, counts) for who, counts in found["people"]] == [(one["owner"]["id"], {"mail": 2})]


def test_it_is_judged_by_what_was_true_then_and_not_by_what_is_true_now(automation: Automation) -> None:
    sales = Client.signed_in_as("salesperson")
    then = sales.make("opportunity", name="当时很大", amount=2_000_000)
    sales.make("opportunity", name="一直很小", amount=10)
    automation.later(days=4)
    assert sales.patch(f"records/opportunity/{then['id']}", {"values": {"amount": 5}}).status_code == 200
    automation.later(days=4)
    found = tried(automation, rule(IDLE, MAIL, of="opportunity"))

    assert found["starts"] == 1
    assert [run["record"] for run in found["runs"]] == [then["id"]]


def test_a_draft_without_steps_tells_how_often_it_would_have_begun(automation: Automation) -> None:
    Client.signed_in_as("salesperson").make(name="甲")
    nothing = {"object": "company", "triggers": [{"id": "t1", "kind": "record.created", "settings": {}}], "nodes": []}

    assert tried(automation, nothing)["starts"] >= 1


def test_changes_before_the_days_that_are_asked_for_do_not_count(automation: Automation) -> None:
    sales = Client.signed_in_as("salesperson")
    old = sales.make(name="旧", level="A")
    automation.later(days=10)
    sales.make(name="新", level="A")
    definition = rule({"kind": "record.saved", "settings": {"where": LEVEL_A}}, END)
    few, all_ = tried(automation, definition, 7), tried(automation, definition, 30)

    assert (few["starts"], all_["starts"]) == (1, 2)
    assert old["id"] not in [run["record"] for run in few["runs"]]


@pytest.mark.parametrize("seed", [1, 2])
def test_it_finds_exactly_the_runs_that_really_began(automation: Automation, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not a secret
    before = {"where": {"field": "level", "op": "eq", "value": "B"}}
    triggers = [
        {"id": "made", "kind": "record.created", "settings": {"where": LEVEL_A}},
        {"id": "changed", "kind": "record.updated", "settings": {"fields": ["level"], "before": before}},
        {"id": "saved", "kind": "record.saved", "settings": {"where": LEVEL_A}},
        {"id": "gone", "kind": "record.deleted", "settings": {"where": LEVEL_A}},
        {"id": "entered", "kind": "record.entered", "settings": {"where": LEVEL_A}},
        {"id": "left", "kind": "record.left", "settings": {"where": LEVEL_A}},
    ]
    mark = {"kind": "record.update", "settings": {"values": {"description": {"value": "标记"}}}}
    definition = {**rule({"kind": "record.created", "settings": {}}, mark), "triggers": triggers}
    flow = automation.flow(definition)
    automation.round()
    sales = Client.signed_in_as("salesperson")
    known: list[dict[str, Any]] = []
    for _ in range(40):
        deed = chance.choice(["make", "change", "change", "change", "delete", "restore"])
        one = chance.choice(known) if known else None
        if deed == "make" or one is None:
            known.append(sales.make(name=f"客户{len(known)}", level=chance.choice(["A", "B", "C"])))
        elif deed == "change":
            sales.patch(f"records/company/{one['id']}", {"values": {"level": chance.choice(["A", "B", None])}})
        elif deed == "delete":
            sales.request("DELETE", f"records/company/{one['id']}")
        else:
            sales.post("records/company/bulk", {"op": "restore", "ids": [one["id"]]})
        if chance.random() < 0.2:
            automation.round()
    automation.round()
    automation.round()
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        really = Counter(
            ctx.run(
                "SELECT r.cause->>'trigger', r.record::text, c.at FROM sys_run r JOIN sys_change c"
                " ON c.seq = (r.cause->>'seq')::bigint WHERE r.flow = $1",
                [UUID(flow)],
            )
        )
    found = tried(automation, definition, 1, id=flow)

    assert sum(really.values()) > 10
    assert Counter((run["trigger"], run["record"], run["at"]) for run in found["runs"]) == Counter(
        {(trigger, record, instant(at)): count for (trigger, record, at), count in really.items()}
    )


def test_times_are_found_as_the_engine_found_them(automation: Automation) -> None:
    automation.at_local("2027-03-01T12:00")
    daily = {"kind": "schedule", "settings": {"every": "day", "at": "09:00", "where": BIG}}
    closing = {"kind": "date.reached", "settings": {"field": "expected_close_on", "at": "10:00"}}
    definition = rule(IDLE, END, of="opportunity")
    definition["triggers"] += [{"id": "t2", **daily}, {"id": "t3", **closing}]
    flow = automation.flow(definition)
    automation.round()
    sales = Client.signed_in_as("salesperson")
    first = sales.make("opportunity", name="甲", amount=2_000_000, expected_close_on="2027-03-04")
    second = sales.make("opportunity", name="乙", amount=3_000_000, expected_close_on="2027-03-05")
    for day in range(8):
        automation.later(hours=12)
        automation.round()
        automation.later(hours=12)
        automation.round()
        if day == 1:
            sales.patch(f"records/opportunity/{first['id']}", {"values": {"expected_close_on": "2027-03-07"}})
        if day == 4:
            sales.patch(f"records/opportunity/{second['id']}", {"values": {"amount": 10}})
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        really = Counter(
            ctx.run("SELECT cause->>'trigger', record::text FROM sys_run WHERE flow = $1", [UUID(flow)])
        )  # fmt: skip
    found = tried(automation, definition, 9)
    mine = {first["id"], second["id"]}
    thought = Counter((run["trigger"], run["record"]) for run in found["runs"] if run["record"] in mine)

    assert {trigger for trigger, _ in really} == {"t1", "t2", "t3"}
    assert thought == Counter({key: count for key, count in really.items() if key[1] in mine})


def test_branches_waits_and_events_are_taken_as_the_log_says(automation: Automation) -> None:
    sales = Client.signed_in_as("salesperson")
    answered, silent = sales.make(name="有回音", level="C"), sales.make(name="没回音", level="C")
    automation.later(days=1)
    level(sales, answered, "A")
    automation.later(days=5)
    Client.signed_in_as("salesperson").make(name="刚来的", level="C")
    definition = rule(
        {"kind": "record.created", "settings": {"where": {"where": {"field": "level", "op": "eq", "value": "C"}}}}
    )
    definition |= {
        "start": "w",
        "nodes": [
            {
                "id": "w", "kind": "wait_for", "next": {"out": "b", "timeout": "m"},
                "settings": {"for": "holds", "where": LEVEL_A, "time": {"amount": 3, "unit": "days"}},
            },
            {"id": "b", "kind": "wait", "settings": {"time": {"amount": 1, "unit": "hours"}}, "next": {"out": "c"}},
            {
                "id": "c", "kind": "branch", "next": {"yes": "e"},
                "settings": {"branches": [{"port": "yes", "when": LEVEL_A}]},
            },
            {"id": "m", "kind": "notify", "settings": {"people": [{"kind": "owner"}], "subject": "没有回音"}},
            {"id": "e", **END},
        ],
    }  # fmt: skip
    found = tried(automation, definition)
    by_record = {run["record"]: [(line["node"], line["port"]) for line in run["way"]] for run in found["runs"]}

    assert found["starts"] == 3
    assert ("w", "out") in by_record[answered["id"]]
    assert ("c", "yes") in by_record[answered["id"]]
    assert ("w", "timeout") in by_record[silent["id"]]
    assert found["deeds"] == [["notification", None, 1]]
    assert found["ends"] == {"done": 2, "waiting": 1}
    assert found["nodes"]["w"]["waits"] == 1


def test_what_a_run_would_have_written_is_true_for_its_later_steps(automation: Automation) -> None:
    Client.signed_in_as("salesperson").make(name="甲", level="C")
    update = {"kind": "record.update", "settings": {"values": {"level": {"value": "A"}}}}
    branch = {
        "kind": "branch", "settings": {"branches": [{"port": "yes", "when": LEVEL_A}]}, "next": {"yes": "n3"},
    }  # fmt: skip
    found = tried(automation, rule({"kind": "record.created", "settings": {}}, update, branch, END))
    run = next(one for one in found["runs"] if one["way"][0]["deeds"])

    assert run["way"][0]["deeds"][0]["values"] == {"level": ["C", "A"]}
    assert ("n2", "yes") in [(line["node"], line["port"]) for line in run["way"]]


def test_loops_and_flows_that_set_each_other_off_are_warned_of(automation: Automation) -> None:
    to_b = {"kind": "record.update", "settings": {"values": {"level": {"value": "B"}}}}
    to_a = {"kind": "record.update", "settings": {"values": {"level": {"value": "A"}}}}
    of_level = {"kind": "record.updated", "settings": {"fields": ["level"]}}
    automation.flow(rule(of_level, to_b), name="改成乙")
    sales = Client.signed_in_as("salesperson")
    one = sales.make(name="甲", level="C")
    level(sales, one, "A")
    automation.round()
    draft = rule(of_level, to_a)
    held, loop = tried(automation, draft), tried(automation, draft, own_effects=True)

    assert {"flows.past_circle", "flows.past_loop_held", "flows.past_overlap"} <= codes(held["warnings"])
    assert "flows.past_loop" in codes(loop["warnings"])
    assert codes(tried(automation, rule(of_level, MAIL))["warnings"]) == set()


def test_what_cannot_be_known_is_said(automation: Automation) -> None:
    definition = rule({"kind": "manual", "settings": {}}, {"kind": "http", "settings": {"url": "https://example.com/"}})
    found = tried(automation, definition)

    assert found["starts"] == 0
    assert {"flows.past_unasked", "flows.past_answers", "flows.past_log_begins"} <= codes(found["hints"])


def test_every_step_that_ships_says_what_it_would_do(database: None) -> None:
    silent = [
        key for key, kind in step_kinds().items() if not kind.decides and type(kind).foresee is StepKind.foresee
    ]  # fmt: skip

    assert [key for key in silent if not key.startswith("test.")] == []
