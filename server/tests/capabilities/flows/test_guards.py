"""What keeps flows from running away, and two workers from doing anything twice."""

import threading
from typing import Any

import pytest

from guanxi.capabilities.flows import pacing
from guanxi.capabilities.flows.executor import work_off
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.feed.telling import catch_up
from tests.capabilities.flows.conftest import Automation, rule

CREATED = {"kind": "record.created", "settings": {}}
MARK = {"kind": "record.update", "settings": {"values": {"description": {"value": "标记"}}}}
COPY = {
    "kind": "record.create",
    "settings": {"object": "opportunity", "about": "company", "values": {"name": {"text": "{name} 的商机"}}},
}  # fmt: skip


def companies(count: int) -> None:
    """New companies, in one transaction."""
    from guanxi.engine.records import writes
    from tests.support import world

    with work(world.workspace(), SYSTEM, via="system") as ctx:
        writes.create(ctx, "company", [{"name": f"公司{number}"} for number in range(count)])


def marked(automation: Automation) -> int:
    """How many companies were marked."""
    where = {"field": "description", "op": "eq", "value": "标记"}
    return automation.admin.post("records/company/count", {"where": where}).json()["count"]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flow that starts four times at once, and four times a minute."""
    monkeypatch.setattr(pacing, "AT_ONCE", 4)
    monkeypatch.setattr(pacing, "A_MINUTE", 4)
    monkeypatch.setattr(pacing, "SPACE", pacing.timedelta(seconds=15))


def test_starts_beyond_the_limit_wait_for_their_turn(slow: None, automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, MARK))
    companies(8)
    counts = []
    begun = automation.now()
    for number in range(4):
        automation.after(begun, seconds=31 * number)
        automation.round()
        counts.append(marked(automation))

    assert len(automation.runs(flow)) == 8
    assert counts == [5, 7, 8, 8]


def test_a_flow_that_is_started_too_often_for_long_is_paused_and_its_owner_told(slow, automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, MARK))
    states = []
    begun = automation.now()
    for minute in range(12):
        automation.after(begun, minutes=minute)
        companies(5)
        automation.round()
        states.append(automation.admin.get(f"records/flow/{flow}").json()["state"])

    assert states == ["active"] * 10 + ["paused"] * 2
    told = automation.admin.get("notifications").json()["items"]
    assert [one["title"] for one in told] == ["流程“流程”已自动暂停"]


def test_a_flow_that_is_started_much_at_once_goes_on(slow, automation: Automation) -> None:
    """An import of many records is not a flow that has run away."""
    flow = automation.flow(rule(CREATED, MARK))
    companies(30)
    for _ in range(12):
        automation.round()
        automation.later(minutes=1)

    assert automation.admin.get(f"records/flow/{flow}").json()["state"] == "active"
    assert marked(automation) == 30


def test_what_people_start_does_not_wait_for_its_turn(slow, automation: Automation) -> None:
    flow = automation.flow(
        {**rule(CREATED, MARK), "triggers": [{"id": "t1", **CREATED}, {"id": "t2", "kind": "manual", "settings": {}}]}
    )
    companies(20)
    automation.round()
    query = {"where": {"field": "description", "op": "is_empty"}}
    waiting = automation.admin.post("records/company/query", query).json()["rows"][0]
    params = {"flow": flow, "object": "company", "records": [waiting["id"]]}
    automation.admin.post("actions/flows/start", {"params": params}, X_Guanxi_Via="ui")
    automation.round()

    assert automation.admin.get(f"records/company/{waiting['id']}").json()["description"] == "标记"


HOUR = {"kind": "wait", "settings": {"time": {"amount": 1, "unit": "hours"}}}


def test_runs_of_a_flow_beyond_those_that_may_go_on_at_once_wait_for_an_end(automation: Automation) -> None:
    automation.flow({**rule(CREATED, HOUR, MARK), "at_once": {"most": 2, "by": "flow"}})
    companies(5)
    counts = []
    for _ in range(4):
        automation.round()
        counts.append(marked(automation))
        automation.later(hours=1, minutes=1)

    assert counts == [0, 2, 4, 5]


def test_runs_that_wait_for_their_turn_go_on_when_another_number_is_published(automation: Automation) -> None:
    flow = automation.flow({**rule(CREATED, HOUR, MARK), "at_once": {"most": 1}})
    companies(4)
    automation.round()
    automation.set(flow, definition=rule(CREATED, HOUR, MARK))
    automation.admin.post("actions/flows/publish", {"params": {"flow": flow}})
    automation.round()
    automation.later(hours=1, minutes=1)
    automation.round()

    assert marked(automation) == 4


def test_runs_of_one_record_may_follow_each_other_while_others_go_on(automation: Automation) -> None:
    saved = {"kind": "record.saved", "settings": {"fields": ["name"]}}
    flow = automation.flow({**rule(saved, HOUR, MARK), "at_once": {"most": 1, "by": "record"}})
    companies(3)
    rows = automation.admin.post("records/company/query", {}).json()["rows"]
    first = next(one for one in rows if one["name"] == "公司0")
    automation.admin.patch(f"records/company/{first['id']}", {"values": {"name": "又一次"}, "rev": first["rev"]})
    automation.round()
    states = [run["state"] for run in automation.runs(flow)]
    queued = next(run for run in automation.runs(flow) if run["state"] == "running")
    automation.admin.post("actions/flows/cancel-runs", {"params": {"runs": [str(queued["id"])]}})
    automation.later(hours=1, minutes=1)
    automation.round()

    assert sorted(states) == ["running", "waiting", "waiting", "waiting"]
    assert str(queued["record"]) == first["id"]
    assert sorted(run["state"] for run in automation.runs(flow)) == ["cancelled", "done", "done", "done"]


def test_a_limit_that_makes_no_sense_is_not_published(database, client) -> None:
    admin = client("administrator")
    draft = admin.make("flow", name="流程", definition={**rule(CREATED, MARK), "at_once": {"most": 0}})
    answer = admin.post("actions/flows/publish", {"params": {"flow": draft["id"]}})

    assert [one["code"] for one in answer.json()["params"]["problems"]] == ["flows.bad_at_once"]


def test_two_workers_at_once_do_everything_once(automation: Automation) -> None:
    flow = automation.flow(
        rule(CREATED, MARK, COPY, {"kind": "wait", "settings": {"time": {"amount": 0, "unit": "minutes"}}}, COPY)
    )
    companies(60)
    catch_up(automation.workspace)
    wrong = _side_by_side(lambda: work_off(automation.workspace), 3)
    automation.round()

    assert wrong == []
    assert {run["state"] for run in automation.runs(flow)} == {"done"}
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        counts = ctx.run("SELECT company, count(*) FROM rec_opportunity WHERE deleted_at IS NULL GROUP BY company")
        ((left,),) = ctx.run("SELECT count(*) FROM sys_token")
    assert sorted(count for _, count in counts) == [2] * 60
    assert left == 0


def test_two_workers_who_tell_and_sweep_at_once_begin_everything_once(automation: Automation) -> None:
    from guanxi.capabilities.flows.rounds import do_round

    flow = automation.flow(rule(CREATED, MARK))
    idle = {"kind": "record.idle", "settings": {"time": {"amount": 1, "unit": "hours"}}}
    idles = automation.flow(rule(idle, COPY))
    automation.round()
    companies(30)
    automation.later(hours=1, minutes=1)
    wrong = _side_by_side(lambda: do_round(automation.workspace), 3)
    automation.round()

    assert wrong == []
    assert len(automation.runs(flow)) == 30
    records = [run["record"] for run in automation.runs(idles)]
    assert len(records) == len(set(records)) == 30


def _side_by_side(job: Any, count: int) -> list[BaseException]:
    from django.db import connection

    barrier, wrong = threading.Barrier(count), list[BaseException]()

    def run() -> None:
        try:
            barrier.wait(30)
            job()
        except BaseException as error:  # noqa: BLE001 - told by the test
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return wrong
