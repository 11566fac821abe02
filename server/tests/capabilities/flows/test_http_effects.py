"""Calls of other systems: one key at every attempt, the answer remembered, secrets told nowhere, the own network left alone."""

import time

import orjson
import pytest
from django.test import override_settings

from tests.capabilities.flows.conftest import Automation, Drafts, call, rule
from tests.support.clients import Client
from tests.support.receivers import HttpReceiver

CREATED = {"kind": "record.created", "settings": {}}
MARK = {"kind": "record.update", "settings": {"values": {"description": {"value": "已发送"}}}}


def test_every_attempt_has_the_same_key_and_the_answer_is_remembered(
    automation: Automation, receiver: HttpReceiver
) -> None:
    answers = iter([(503, {}, b""), (429, {"Retry-After": "40"}, b""), (200, {}, b'{"id": 7, "note": "a\\u0000b"}')])
    receiver.answer = lambda _: next(answers)
    step = call(receiver, "/{name}?l={level}", json={"name": {"text": "{name}"}, "n": {"formula": "1 + 1"}})
    step["settings"] |= {"as": "made", "headers": [{"name": "X-Level", "value": "{level}"}]}
    text = {"kind": "set", "settings": {"values": {"id": {"data": "made.body.id"}}}}
    flow = automation.flow(rule(CREATED, step, text))
    Client.signed_in_as("salesperson").make(name="甲/../公司", level="A")
    automation.deliver()

    (first,) = automation.effects()
    assert (first["state"], first["attempts"], first["error"]["code"]) == ("waiting", 1, "flows.http_refused")
    assert automation.runs(flow)[0]["state"] == "waiting"
    automation.try_again()
    (second,) = automation.effects()
    pause = (second["next_at"] - automation.now()).total_seconds()
    assert 30 < pause <= 40
    automation.try_again()

    assert [one.path for one in receiver.asked] == ["/%E7%94%B2%2F..%2F%E5%85%AC%E5%8F%B8?l=A%20%E7%BA%A7"] * 3
    assert receiver.keys == {first["key"]: 3}
    last = receiver.asked[-1]
    assert orjson.loads(last.body) == {"name": "甲/../公司", "n": 2}
    assert last.headers["x-level"].encode("latin-1").decode() == "A 级"
    (run,) = automation.runs(flow)
    assert run["state"] == "done"
    assert run["data"]["made"] == {"status": 200, "body": {"id": 7, "note": "a\ufffdb"}, "too_long": False}
    assert run["data"]["id"] == 7


def test_what_is_refused_fails_the_run_visibly_and_may_be_tried_again(
    automation: Automation, receiver: HttpReceiver
) -> None:
    receiver.answer = lambda _: (403, {}, b"no")
    flow = automation.flow(rule(CREATED, call(receiver), MARK))
    Client.signed_in_as("salesperson").make(name="甲")
    automation.deliver()
    (run,) = automation.runs(flow)
    assert (run["state"], run["error"]["code"], run["error"]["params"]["status"]) == (
        "failed",
        "flows.http_refused",
        403,
    )

    receiver.answer = lambda _: (200, {}, b"")
    assert automation.admin.post("actions/flows/retry-run", {"params": {"runs": [str(run["id"])]}}).status_code == 200
    automation.deliver()

    assert automation.runs(flow)[0]["state"] == "done"
    assert list(receiver.keys.values()) == [2]
    assert len(automation.effects()) == 1


def test_the_way_for_errors_is_taken_where_there_is_one(automation: Automation, receiver: HttpReceiver) -> None:
    receiver.answer = lambda _: (400, {}, b"")
    step = {**call(receiver), "next": {"error": "n2"}}
    flow = automation.flow(rule(CREATED, step, MARK))
    company = Client.signed_in_as("salesperson").make(name="甲")
    automation.deliver()

    (run,) = automation.runs(flow)
    assert run["state"] == "done"
    assert run["data"]["error"]["code"] == "flows.http_refused"
    assert automation.admin.get(f"records/company/{company['id']}").json()["description"] == "已发送"


def test_after_the_last_attempt_it_has_failed(automation: Automation, receiver: HttpReceiver) -> None:
    receiver.answer = lambda _: (500, {}, b"")
    flow = automation.flow(rule(CREATED, call(receiver)))
    Client.signed_in_as("salesperson").make(name="甲")
    automation.deliver()
    for _ in range(10):
        automation.try_again()

    assert automation.runs(flow)[0]["state"] == "failed"
    (effect,) = automation.effects()
    assert (effect["state"], effect["attempts"], len(receiver.asked)) == ("failed", 8, 8)


def test_a_receiver_that_hangs_holds_up_nobody_else(automation: Automation, receiver: HttpReceiver) -> None:
    slow = HttpReceiver(seconds=3).start()
    hanging = automation.flow(rule(CREATED, call(slow)))
    quick = automation.flow(rule(CREATED, call(receiver), MARK))
    for number in range(6):
        Client.signed_in_as("salesperson").make(name=f"公司 {number}")
    begun = time.monotonic()
    while any(run["state"] != "done" for run in automation.runs(quick)) or not automation.runs(quick):
        automation.round()
        assert time.monotonic() < begun + 15

    assert {run["state"] for run in automation.runs(hanging)} == {"waiting"}
    assert len(receiver.asked) == 6
    assert len(slow.asked) <= 2 * 2  # two lanes, and at most one more request of each within the time
    automation.deliver()
    slow.stop()


def test_the_own_network_is_not_called(automation: Automation) -> None:
    with override_settings(OUTBOUND_LOOPBACK=True):
        flow = automation.flow(rule(CREATED, call(HttpReceiver().start())))
    Client.signed_in_as("salesperson").make(name="甲")
    with override_settings(OUTBOUND_LOOPBACK=False):
        problems = automation.problems(
            rule(CREATED, {"kind": "http", "settings": {"method": "GET", "url": "http://10.0.0.1/"}})
        )
        assert problems == ["outbound.not_secure"]
        automation.deliver()

    (run,) = automation.runs(flow)
    assert (run["state"], run["error"]["code"]) == ("failed", "outbound.not_secure")


def test_a_secret_is_sent_and_told_nowhere(automation: Automation, receiver: HttpReceiver) -> None:
    secret = "s3cret-of-the-other-system"
    step = call(receiver, headers=[{"name": "Authorization", "value": "Bearer ", "secret": "crm_token"}])
    flow = automation.flow(rule(CREATED, step, MARK))
    sales = Client.signed_in_as("salesperson")
    sales.make(name="甲")
    automation.deliver()
    (run,) = automation.runs(flow)
    assert (run["error"]["code"], receiver.asked) == ("flows.no_secret", [])

    def keep(host: str) -> dict:
        params = {"params": {"name": "crm_token", "value": secret, "host": host, "note": "对接"}}
        assert sales.post("actions/flows/set-secret", params).status_code == 403
        return automation.admin.post("actions/flows/set-secret", params).json()

    assert keep("https://x/")["fields"][0]["code"] == "flows.bad_secret_host"
    told = {"secrets": [{"name": "crm_token", "host": "api.example.com", "note": "对接"}]}
    assert keep("api.example.com")["result"] == told
    automation.admin.post("actions/flows/retry-run", {"params": {"runs": [str(run["id"])]}})
    automation.deliver()
    assert (automation.runs(flow)[0]["error"]["code"], receiver.asked) == ("flows.no_secret", [])
    keep(receiver.address.removeprefix("http://"))
    automation.admin.post("actions/flows/retry-run", {"params": {"runs": [str(run["id"])]}})
    automation.deliver()

    assert receiver.asked[0].headers["authorization"] == f"Bearer {secret}"
    told = automation.admin.get(f"flows/runs/{run['id']}").content.decode()
    assert secret not in told + repr(automation.effects())
    (listed,) = automation.admin.get("flows/secrets").json()["secrets"]
    assert (listed["name"], listed["note"], [one["id"] for one in listed["used_in"]]) == ("crm_token", "对接", [flow])
    assert secret not in str(listed)
    assert sales.get("flows/secrets").status_code == 403
    assert sales.post("actions/flows/remove-secret", {"params": {"name": "crm_token"}}).status_code == 403
    automation.admin.post("actions/flows/remove-secret", {"params": {"name": "crm_token"}})
    assert automation.admin.get("flows/secrets").json() == {"secrets": []}


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"method": "POST", "url": "https://{name}/x"}, "flows.host_not_fixed"),
        ({"method": "POST", "url": "https://api.{name}.com/x"}, "flows.host_not_fixed"),
        ({"method": "POST", "url": "ftp://example.com/"}, "flows.host_not_fixed"),
        ({"method": "POST", "url": "https://example.com/", "headers": [{"name": "Host", "value": "x"}]}, "flows.bad_header"),
        ({"method": "POST", "url": "https://example.com/", "headers": [{"name": "X", "value": "a\r\nB: c"}]}, "flows.bad_header"),
        ({"method": "POST", "url": "https://example.com/", "headers": [{"name": "X", "secret": "A b"}]}, "flows.bad_secret_name"),
        ({"method": "GET", "url": "https://example.com/", "body": "x"}, "flows.no_body"),
        ({"method": "POST", "url": "https://example.com/", "body": "x", "json": {"a": {"value": 1}}}, "flows.one_body"),
        ({"method": "POST", "url": "https://example.com/{no_such}"}, "query.unknown_field"),
    ],
)  # fmt: skip
def test_what_cannot_be_called_is_told_before(drafts: Drafts, settings: dict, code: str) -> None:
    assert drafts.problems(rule(CREATED, {"kind": "http", "settings": settings})) == [code]
