"""Runs that wait for their record, or for a date of it, go on when it has come to that."""

from typing import Any

from guanxi.capabilities.flows import executor
from guanxi.engine.feed.telling import catch_up
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client

CREATED = [{"id": "t1", "kind": "record.created", "settings": {}}]


def waiting(settings: dict[str, Any], kind: str = "wait_for", of: str = "company") -> dict[str, Any]:
    """A flow that marks its record when the wait is over, and otherwise when it took too long."""
    mark = {"kind": "record.update", "settings": {"values": {"description": {"value": "等到"}}}}
    late = {"kind": "record.update", "settings": {"values": {"description": {"value": "超时"}}}}
    ways = {"out": "done", **({"timeout": "late"} if kind == "wait_for" else {})}
    nodes = [{"id": "w", "kind": kind, "settings": settings, "next": ways}, {"id": "done", **mark}]
    if kind == "wait_for":
        nodes.append({"id": "late", **late})
    return {"object": of, "triggers": CREATED, "start": "w", "nodes": nodes}


def change(record: dict[str, Any], object_key: str = "company", **values: Any) -> dict[str, Any]:
    """The record after an update by the salesperson."""
    sales = Client.signed_in_as("salesperson")
    rev = sales.get(f"records/{object_key}/{record['id']}").json()["rev"]
    answer = sales.patch(f"records/{object_key}/{record['id']}", {"values": values, "rev": rev})
    assert answer.status_code == 200, answer.content
    return answer.json()


def description(record: dict[str, Any], object_key: str = "company") -> str | None:
    """What was marked on the record."""
    return Client.signed_in_as("administrator").get(f"records/{object_key}/{record['id']}").json()["description"]


LEVEL_A = {"where": {"field": "level", "op": "eq", "value": "A"}}
UNTIL_A = {"for": "holds", "where": LEVEL_A, "time": {"amount": 3, "unit": "days"}}


def test_a_run_waits_until_its_record_fulfils_the_condition(automation: Automation) -> None:
    automation.flow(waiting(UNTIL_A))
    sales = Client.signed_in_as("salesperson")
    one, already, other = sales.make(name="甲"), sales.make(name="乙", level="A"), sales.make(name="丙")
    automation.round()
    before = [description(each) for each in (one, already, other)]
    change(one, level="A")
    change(other, level="B")
    automation.round()

    assert before == [None, "等到", None]
    assert [description(each) for each in (one, other)] == ["等到", None]


def test_a_condition_that_held_for_a_moment_counts(automation: Automation) -> None:
    automation.flow(waiting(UNTIL_A))
    one = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    change(one, level="A")
    change(one, level="B")
    automation.round()

    assert description(one) == "等到"


def test_a_run_that_waited_too_long_takes_the_other_way(automation: Automation) -> None:
    flow = automation.flow(waiting(UNTIL_A))
    one = Client.signed_in_as("salesperson").make(name="甲")
    automation.round()
    automation.later(days=3, minutes=1)
    automation.round()
    change(one, level="A")
    automation.round()

    assert description(one) == "超时"
    assert [run["state"] for run in automation.runs(flow)] == ["done"]


def test_a_run_waits_for_a_change_of_a_field_and_for_the_deletion(automation: Automation) -> None:
    automation.flow(waiting({"for": "changed", "fields": ["level"]}))
    gone = automation.flow(waiting({"for": "deleted"}))
    sales = Client.signed_in_as("salesperson")
    one, other = sales.make(name="甲"), sales.make(name="乙")
    automation.round()
    change(one, name="甲甲")
    automation.round()
    untouched = description(one)
    change(one, level="C")
    automation.round()
    sales.delete(f"records/company/{other['id']}")
    automation.round()

    assert untouched is None
    assert description(one) == "等到"
    states = {str(run["record"]): run["state"] for run in automation.runs(gone)}
    assert states[one["id"]] == "waiting"
    assert states[other["id"]] != "waiting"


def test_a_change_that_is_committed_while_the_token_is_put_down_is_not_missed(
    automation: Automation, monkeypatch
) -> None:
    """The change comes after the record was looked at, and is told before the token is there to hear of it."""
    automation.flow(waiting(UNTIL_A))
    one = Client.signed_in_as("salesperson").make(name="甲")
    catch_up(automation.workspace)
    keep, met = executor.keep, []

    def meanwhile(ctx: Any, runs: Any) -> None:
        if not met:
            met.append(_in_a_thread(lambda: (change(one, level="A"), catch_up(automation.workspace))))
        keep(ctx, runs)

    monkeypatch.setattr(executor, "keep", meanwhile)
    automation.round()

    assert met == [None]
    assert description(one) == "等到"


def test_a_run_waits_until_the_date_of_its_record_wherever_that_is_moved(automation: Automation) -> None:
    settings = {
        "field": "expected_close_on",
        "offset": {"amount": 1, "unit": "days"},
        "direction": "before",
        "at": "09:00",
    }
    automation.at_local("2026-11-02 10:00")
    definition = waiting(settings, "wait_until", "opportunity")
    definition["nodes"][1]["settings"] = {"values": {"next_step": {"value": "等到"}}}
    automation.flow(definition)
    one = Client.signed_in_as("salesperson").make("opportunity", name="甲")

    def marked() -> bool:
        found = Client.signed_in_as("administrator").get(f"records/opportunity/{one['id']}").json()
        return found["next_step"] == "等到"

    automation.round()
    change(one, "opportunity", expected_close_on="2026-11-05")
    automation.round()
    change(one, "opportunity", expected_close_on="2026-11-10")
    automation.round()
    automation.at_local("2026-11-04 09:01")
    automation.round()
    early = marked()
    automation.at_local("2026-11-09 09:01")
    automation.round()

    assert not early
    assert marked()


def _in_a_thread(job: Any) -> BaseException | None:
    import threading

    from django.db import connection

    wrong: list[BaseException] = []

    def run() -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - told by the test
            wrong.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    return wrong[0] if wrong else None
