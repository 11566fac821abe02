"""Automation as a whole: figures, what is behind, secrets and addresses by name, and word of flows that fail often."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.core import mail

from tests.capabilities.flows.conftest import Automation, rule
from tests.support import world
from tests.support.clients import Client

CREATED = {"kind": "record.created", "settings": {}}
FAILS = {"kind": "record.update", "settings": {"values": {"website": {"text": "{name}"}}}}
MAIL = {"kind": "mail", "settings": {"addresses": ["li@example.com"], "subject": "新", "body": "见"}}
WAIT = {"kind": "wait", "settings": {"time": {"amount": 1, "unit": "days"}}}


def status(automation: Automation) -> dict[str, Any]:
    """What is told."""
    return automation.admin.get("flows/status").json()


def titles(name: str) -> list[str]:
    """Of somebody's notifications."""
    return [one["title"] for one in Client.signed_in_as(name).get("notifications").json()["items"]]


def test_the_figures_of_each_flow(automation: Automation) -> None:
    mail.outbox.clear()
    sends = automation.flow(rule(CREATED, MAIL, {"kind": "stop"}), name="发信")
    fails = automation.flow(rule(CREATED, FAILS), name="失败")
    waits = automation.flow(rule(CREATED, WAIT), name="等待")
    sales = Client.signed_in_as("salesperson")
    for number in range(3):
        sales.make(name=f"公司 {number}")
    automation.deliver()

    told = status(automation)
    figures = {one["flow"]["id"]: one for one in told["flows"]}
    assert {name: figures[sends][name] for name in ("runs", "failed", "open", "mails")} == {
        "runs": 3, "failed": 0, "open": 0, "mails": 3,
    }  # fmt: skip
    assert 0 <= figures[sends]["seconds"] < 60
    assert (figures[fails]["runs"], figures[fails]["failed"], figures[fails]["open"]) == (3, 3, 3)
    assert (figures[waits]["runs"], figures[waits]["open"], figures[waits]["seconds"]) == (3, 3, None)
    assert told["flows"][0]["flow"]["id"] == fails
    assert (told["stopped"], told["due"], told["unsent"]) == (False, 0, 0)
    assert {one["name"]: one["waiting"] for one in told["consumers"]}["flows"] == 0
    automation.admin.post("actions/flows/stop-all", {})
    sales.make(name="停了")
    assert status(automation)["stopped"] is True
    automation.later(days=10)
    assert {one["runs"] for one in status(automation)["flows"]} == {0} - {1}
    assert automation.admin.get("flows/status?days=0").status_code == 400
    assert sales.get("flows/status").status_code == 403


def test_what_waits_to_be_told_and_done_is_counted(automation: Automation) -> None:
    automation.flow(rule(CREATED, WAIT), name="等待")
    automation.round()
    Client.signed_in_as("salesperson").make(name="甲")
    behind = {one["name"]: one for one in status(automation)["consumers"]}["flows"]
    assert (behind["waiting"], behind["since"] is not None) == (1, True)
    automation.round()
    automation.later(days=2)
    told = status(automation)
    assert (told["due"], told["oldest"] is not None) == (1, True)


def test_who_fails_often_is_told_of_once(automation: Automation) -> None:
    automation.flow(rule(CREATED, FAILS), name="坏流程", owner=str(world.actor("manager").member_id))
    limits = {"failure_percent": 50, "failure_least": 3}
    assert automation.admin.post("actions/flows/set-limits", {"params": limits}).json()["result"] == limits
    sales = Client.signed_in_as("salesperson")
    for number in range(2):
        sales.make(name=f"公司 {number}")
    automation.round()
    assert "流程“坏流程”频繁失败" not in titles("administrator")
    sales.make(name="第三家")
    automation.round()
    automation.round()
    assert titles("administrator").count("流程“坏流程”频繁失败") == 1
    sales.make(name="第四家")
    automation.round()
    assert titles("administrator").count("流程“坏流程”频繁失败") == 1
    assert "流程“坏流程”频繁失败" not in titles("colleague")


def test_few_failures_among_many_runs_are_told_nobody(automation: Automation) -> None:
    where = {"where": {"field": "level", "op": "eq", "value": "A"}}
    branch = {"kind": "branch", "settings": {"branches": [{"port": "b", "when": where}]}, "next": {"b": "n2"}}
    definition = rule(CREATED, branch, FAILS)
    definition["nodes"][0]["next"] = {"b": "n2"}
    automation.flow(definition, name="偶尔")
    automation.admin.post("actions/flows/set-limits", {"params": {"failure_percent": 50, "failure_least": 2}})
    sales = Client.signed_in_as("salesperson")
    for number in range(6):
        sales.make(name=f"公司 {number}", level="A" if number < 2 else "B")
    automation.round()
    assert status(automation)["flows"][0]["failed"] == 2
    assert "流程“偶尔”频繁失败" not in titles("administrator")


def test_limits_that_make_no_sense_are_refused(automation: Automation) -> None:
    for limits in ((0, 5), (101, 5), (5, 0)):
        params = {"failure_percent": limits[0], "failure_least": limits[1]}
        refused = automation.admin.post("actions/flows/set-limits", {"params": params})
        assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "flows.bad_limit")
    told = status(automation)
    assert (told["failure_percent"], told["failure_least"]) == (20, 10)
    params = {"failure_percent": 5, "failure_least": 5}
    assert Client.signed_in_as("salesperson").post("actions/flows/set-limits", {"params": params}).status_code == 403


def test_addresses_are_listed_and_never_told_again(automation: Automation) -> None:
    flow = automation.flow(rule({"kind": "webhook"}, {"kind": "stop"}, of=None), name="回调")
    (one,) = automation.admin.get("flows/hooks").json()["hooks"]
    assert (one["flow"]["id"], one["trigger"], one["is_on"], one["made_at"]) == (flow, "t1", True, None)
    made = automation.admin.post("actions/flows/renew-hook", {"params": {"flow": flow, "trigger": "t1"}})
    path = made.json()["result"]["path"]
    answer = automation.admin.get("flows/hooks")
    (one,) = answer.json()["hooks"]
    assert one["made_at"]
    assert one["made_by"]["id"] == str(world.actor("administrator").member_id)
    assert path.rsplit(".", 1)[1] not in answer.content.decode()
    assert Client.signed_in_as("salesperson").get("flows/hooks").status_code == 403


def test_runs_are_found_by_when_they_began(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, {"kind": "stop"}))
    Client.signed_in_as("salesperson").make(name="甲")
    automation.round()

    def count(**asked: Any) -> int:
        query = "&".join(f"{name}={quote(value.isoformat())}" for name, value in asked.items())
        return len(automation.admin.get(f"flows/runs?flow={flow}&{query}").json()["runs"])

    now = automation.now()
    hour = timedelta(hours=1)
    assert (count(since=now - hour), count(since=now + hour)) == (1, 0)
    assert (count(until=now + hour), count(until=now - hour), count(since=now - hour, until=now + hour)) == (1, 0, 1)
    assert automation.admin.get("flows/runs?since=gestern").json()["code"] == "flows.bad_instant"
