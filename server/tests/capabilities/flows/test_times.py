"""What flows do when a time has come: once, not for what was due long before, and at the workspace's time of day."""

from datetime import timedelta
from typing import Any

import pytest

from guanxi.capabilities.flows.next_due import next_due
from guanxi.capabilities.flows.sweeping import next_sweep, sweep
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from tests.capabilities.flows.conftest import Automation, rule
from tests.support.clients import Client

BIG = {"where": {"field": "amount", "op": "gt", "value": 1000000}}
TASK = {
    "kind": "record.create",
    "settings": {
        "object": "task", "about": "about",
        "values": {"subject": {"text": "{name} 三天没有更新"}, "priority": {"value": "high"}},
    },
}  # fmt: skip
IDLE = {"kind": "record.idle", "settings": {"time": {"amount": 3, "unit": "days"}, "where": BIG}}


def tasks() -> list[tuple[str, str]]:
    """Subjects and priorities of the tasks, in the order in which they were made."""
    query = {"select": ["subject", "priority"]}
    rows = Client.signed_in_as("administrator").post("records/task/query", query).json()["rows"]
    return [(row["subject"], row["priority"]) for row in rows]


def opportunity(name: str, amount: int) -> dict[str, Any]:
    """An opportunity of the salesperson."""
    return Client.signed_in_as("salesperson").make("opportunity", name=name, amount=amount)


def test_a_big_opportunity_that_nobody_updates_for_three_days_gets_a_task(automation: Automation) -> None:
    flow = automation.flow(rule(IDLE, TASK, of="opportunity"))
    automation.round()
    big = opportunity("大单", 1_000_001)
    opportunity("小单", 1_000_000)
    automation.later(days=2, hours=23)
    automation.round()
    before = tasks()
    automation.later(hours=2)
    automation.round()
    automation.round()

    assert before == []
    assert tasks() == [("大单 三天没有更新", "high")]
    (run,) = automation.runs(flow)
    assert (run["state"], str(run["record"])) == ("done", big["id"])


def test_an_update_in_between_begins_the_three_days_anew(automation: Automation) -> None:
    flow = automation.flow(rule(IDLE, TASK, of="opportunity"))
    automation.round()
    big = opportunity("大单", 2_000_000)
    automation.later(days=2)
    Client.signed_in_as("salesperson").patch(
        f"records/opportunity/{big['id']}", {"values": {"next_step": "报价"}, "rev": big["rev"]}
    )
    automation.later(days=2)
    automation.round()
    early = automation.runs(flow)
    automation.later(days=1, hours=1)
    automation.round()
    automation.later(days=4)
    automation.round()

    assert early == []
    assert len(automation.runs(flow)) == 1


def test_what_was_due_before_publishing_is_left_alone_unless_asked_for(automation: Automation) -> None:
    opportunity("大单", 2_000_000)
    automation.later(days=5)
    usual = automation.flow(rule(IDLE, TASK, of="opportunity"))
    already = {"kind": "record.idle", "settings": {**IDLE["settings"], "already": True}}
    thorough = automation.flow(rule(already, TASK, of="opportunity"))
    automation.round()
    automation.later(minutes=10)
    automation.round()

    assert automation.runs(usual) == []
    assert len(automation.runs(thorough)) == 1


def test_what_becomes_due_while_a_flow_is_paused_is_left_alone(automation: Automation) -> None:
    flow = automation.flow(rule(IDLE, TASK, of="opportunity"))
    automation.round()
    opportunity("大单", 2_000_000)
    automation.set(flow, state="paused")
    automation.round()
    automation.later(days=4)
    automation.round()
    automation.set(flow, state="active")
    automation.round()
    automation.later(minutes=10)
    automation.round()

    assert automation.runs(flow) == []


def test_a_date_is_reached_at_the_time_of_day_so_many_days_before(automation: Automation) -> None:
    trigger = {
        "kind": "date.reached",
        "settings": {
            "field": "expected_close_on", "offset": {"amount": 7, "unit": "days"}, "direction": "before", "at": "09:00",
        },
    }  # fmt: skip
    automation.at_local("2026-11-02 10:00")
    flow = automation.flow(rule(trigger, TASK, of="opportunity"))
    automation.round()
    soon = opportunity("快到期", 1)
    Client.signed_in_as("salesperson").patch(
        f"records/opportunity/{soon['id']}", {"values": {"expected_close_on": "2026-11-10"}, "rev": soon["rev"]}
    )
    automation.round()
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        due = next_sweep(ctx)
    automation.at_local("2026-11-03 08:59")
    automation.round()
    early = automation.runs(flow)
    automation.at_local("2026-11-03 09:01")
    automation.round()
    automation.at_local("2026-11-03 09:06")
    automation.round()
    automation.at_local("2026-11-04 09:30")
    automation.round()

    assert due == automation.local("2026-11-03 09:00")
    assert early == []
    assert [str(run["record"]) for run in automation.runs(flow)] == [soon["id"]]


def test_what_was_written_just_before_and_committed_just_after_is_not_missed(automation: Automation) -> None:
    trigger = {"kind": "date.reached", "settings": {"field": "expected_close_on", "at": "09:00"}}
    automation.at_local("2026-11-03 08:00")
    flow = automation.flow(rule(trigger, TASK, of="opportunity"))
    automation.round()
    automation.at_local("2026-11-03 09:00")
    automation.round()
    late = Client.signed_in_as("salesperson").make("opportunity", name="迟到", expected_close_on="2026-11-03")
    automation.at_local("2026-11-03 09:05")
    automation.round()
    automation.at_local("2026-11-03 09:30")
    Client.signed_in_as("salesperson").make("opportunity", name="过时", expected_close_on="2026-11-03")
    automation.at_local("2026-11-04 09:00")
    automation.round()

    assert [str(run["record"]) for run in automation.runs(flow)] == [late["id"]]


def test_a_schedule_runs_about_every_record_of_its_condition_and_misses_are_not_made_up_for(automation) -> None:
    about = {"kind": "schedule", "settings": {"every": "day", "at": "09:00", "where": BIG}}
    none = {"kind": "schedule", "settings": {"every": "day", "at": "09:00", "about": "nothing"}}
    automation.at_local("2026-11-03 08:00")
    create = {"kind": "record.create", "settings": {"object": "company", "values": {"name": {"value": "每天一家"}}}}
    each = automation.flow(rule(about, TASK, of="opportunity"))
    alone = automation.flow(rule(none, create))
    automation.round()
    big = opportunity("大单", 2_000_000)
    opportunity("小单", 1)
    automation.at_local("2026-11-06 09:10")
    automation.round()
    automation.round()
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        due = next_sweep(ctx)

    assert [str(run["record"]) for run in automation.runs(each)] == [big["id"]]
    assert [(run["record"], run["state"]) for run in automation.runs(alone)] == [(None, "done")]
    assert due == automation.local("2026-11-07 09:00")


def test_a_sweep_that_is_repeated_begins_nothing_twice(automation: Automation) -> None:
    flow = automation.flow(rule(IDLE, TASK, of="opportunity"))
    automation.round()
    opportunity("大单", 2_000_000)
    automation.later(days=3, minutes=1)
    first = sweep(automation.workspace)
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        ctx.run("UPDATE sys_flow_sweep SET swept_to = swept_to - interval '4 days'")
    again = sweep(automation.workspace)

    assert (first, again) == (1, 0)
    assert len(automation.runs(flow)) == 1


def test_runs_that_stand_still_wait_for_no_time(automation: Automation) -> None:
    wait = {"kind": "wait", "settings": {"time": {"amount": 1, "unit": "hours"}}}
    flow = automation.flow(rule({"kind": "record.created", "settings": {}}, wait))
    Client.signed_in_as("salesperson").make(name="甲公司")
    automation.round()
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        waiting = next_due(ctx)
    automation.set(flow, state="paused")
    automation.later(hours=2)
    automation.round()
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        paused = next_due(ctx)
    automation.set(flow, state="active")
    automation.round()

    assert waiting is not None
    assert paused is None
    assert [run["state"] for run in automation.runs(flow)] == ["done"]


@pytest.mark.parametrize(
    ("trigger", "code", "setting"),
    [
        ({"kind": "date.reached", "settings": {"field": "name"}}, "flows.no_date_field", "field"),
        ({"kind": "date.reached", "settings": {"field": "nothing"}}, "flows.unknown_field", "field"),
        ({"kind": "date.reached", "settings": {"field": "started_on"}}, "flows.index_needed", "field"),
        ({"kind": "date.reached", "settings": {"field": "expected_close_on", "at": "9"}}, "flows.bad_time", "at"),
        ({"kind": "schedule", "settings": {"every": "minutes"}}, "flows.how_many_minutes", "minutes"),
        ({"kind": "record.idle", "settings": {}}, "fields.setting_missing", "time"),
    ],
)
def test_a_trigger_that_makes_no_sense_is_not_published(database, client, trigger, code, setting) -> None:
    admin = client("administrator")
    draft = admin.make("flow", name="流程", definition=rule(trigger, TASK, of="opportunity"))
    answer = admin.post("actions/flows/publish", {"params": {"flow": draft["id"]}})

    assert answer.status_code == 409
    assert [(one["code"], one["setting"]) for one in answer.json()["params"]["problems"]] == [(code, setting)]
    assert admin.get(f"records/flow/{draft['id']}").json()["number"] is None


def test_the_time_of_day_that_passed_is_asked_for_once_more_shortly_after(automation: Automation) -> None:
    trigger = {"kind": "date.reached", "settings": {"field": "expected_close_on", "at": "09:00"}}
    automation.at_local("2026-11-03 08:00")
    automation.flow(rule(trigger, TASK, of="opportunity"))
    automation.round()
    automation.at_local("2026-11-03 09:00")
    automation.round()
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        due = next_sweep(ctx)

    assert due == automation.local("2026-11-03 09:00") + timedelta(minutes=5)
