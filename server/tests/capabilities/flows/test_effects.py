"""What leaves the house: sent once the step is kept, with one key however often it is tried, and answered to the run."""

import smtplib
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import orjson
import psycopg
import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import override_settings

from guanxi.capabilities.flows import answering
from guanxi.capabilities.flows.answering import take_down
from guanxi.capabilities.flows.effects import Answered, Effect
from guanxi.capabilities.flows.executor import work_off
from guanxi.capabilities.flows.outside.mail import message_id
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.feed.telling import catch_up
from tests.capabilities.flows.conftest import Automation, rule
from tests.support import world
from tests.support.clients import Client
from tests.support.receivers import HttpReceiver

CREATED = {"kind": "record.created", "settings": {}}
PLAIN_MAIL = {
    "kind": "mail",
    "settings": {"addresses": ["Li@Example.com"], "subject": "新客户 {name}", "body": "见 {name}"},
}
MARK = {"kind": "record.update", "settings": {"values": {"description": {"value": "已发送"}}}}


@pytest.fixture(autouse=True)
def empty_outbox() -> None:
    """No mail of another test."""
    mail.outbox.clear()


@pytest.fixture
def receiver() -> Iterator[HttpReceiver]:
    """A system on this machine that may be called."""
    with override_settings(OUTBOUND_LOOPBACK=True):
        made = HttpReceiver().start()
        yield made
        made.stop()


def call(receiver: HttpReceiver, path: str = "/hook", **settings: object) -> dict:
    """A step that calls the receiver."""
    return {"kind": "http", "settings": {"method": "POST", "url": f"{receiver.address}{path}", **settings}}


def test_a_mail_is_sent_once_and_the_run_goes_on_behind_it(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, PLAIN_MAIL, MARK))
    company = Client.signed_in_as("salesperson").make(name="甲\n公司")
    automation.deliver()
    automation.deliver()

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["li@example.com"], "新客户 甲 公司")
    (run,) = automation.runs(flow)
    assert run["state"] == "done"
    assert [outcome for _, outcome in automation.steps(run["id"])] == ["wait", "sent", "woken", "done"]
    assert automation.admin.get(f"records/company/{company['id']}").json()["description"] == "已发送"
    (effect,) = automation.effects()
    assert (effect["state"], effect["attempts"]) == ("done", 1)
    assert effect["key"].startswith(f"{run['id']}:n1:")
    assert sent.extra_headers["Message-ID"] == effect["answer"]["message_id"]


def test_nothing_leaves_of_a_step_that_was_not_kept(automation: Automation) -> None:
    """The first branch asks for a mail; the rest of the same unit of work breaks with its record."""
    broken = {"kind": "record.update", "settings": {"values": {"website": {"text": "{name}"}}}}
    flow = automation.flow(rule(CREATED, broken, PLAIN_MAIL))
    Client.signed_in_as("salesperson").make(name="不是网址")
    automation.deliver()

    assert automation.runs(flow)[0]["state"] == "failed"
    assert (mail.outbox, automation.effects()) == ([], [])


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


def test_a_stopped_or_left_out_step_sends_nothing(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, PLAIN_MAIL, MARK))
    Client.signed_in_as("salesperson").make(name="甲")
    with override_settings(EMAIL_BACKEND="tests.capabilities.flows.test_effects.MailServerAway"):
        automation.deliver()
    (run,) = automation.runs(flow)
    assert (run["state"], automation.effects()[0]["error"]["code"]) == ("waiting", "flows.mail_not_reached")
    automation.admin.post("actions/flows/cancel-runs", {"params": {"runs": [str(run["id"])]}})
    automation.try_again()

    assert mail.outbox == []
    assert automation.effects()[0]["state"] == "cancelled"
    assert automation.runs(flow)[0]["state"] == "cancelled"


class MailServerAway(EmailBackend):
    """A mail server that is not there."""

    def send_messages(self, messages: object) -> int:
        """Nobody answers."""
        raise ConnectionRefusedError("nobody there")


class MailServerRefuses(EmailBackend):
    """A mail server that knows no such mailbox."""

    def send_messages(self, messages: object) -> int:
        """No."""
        raise smtplib.SMTPRecipientsRefused({"li@example.com": (550, b"no such mailbox")})


def test_an_address_that_the_mail_server_refuses_fails_at_once(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, PLAIN_MAIL))
    Client.signed_in_as("salesperson").make(name="甲")
    with override_settings(EMAIL_BACKEND="tests.capabilities.flows.test_effects.MailServerRefuses"):
        automation.deliver()

    (run,) = automation.runs(flow)
    assert (run["state"], run["error"]["code"]) == ("failed", "flows.mail_refused")
    assert "550 no such mailbox" in run["error"]["params"]["reason"]


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
    listed = automation.admin.post("actions/flows/list-secrets", {}).json()["result"]
    assert [one["name"] for one in listed["secrets"]] == ["crm_token"]
    assert sales.post("actions/flows/list-secrets", {}).status_code == 403
    assert sales.post("actions/flows/remove-secret", {"params": {"name": "crm_token"}}).status_code == 403
    automation.admin.post("actions/flows/remove-secret", {"params": {"name": "crm_token"}})
    assert automation.admin.post("actions/flows/list-secrets", {}).json()["result"] == {"secrets": []}


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
def test_what_cannot_be_called_is_told_before(automation: Automation, settings: dict, code: str) -> None:
    assert automation.problems(rule(CREATED, {"kind": "http", "settings": settings})) == [code]


def test_one_mail_for_each_and_members_are_told_what_they_may_see(automation: Automation) -> None:
    """The flow acts as the system; the colleague may not see the company, and so is told nothing of it."""
    ids = {name: str(world.actor(name).member_id) for name in ("salesperson", "colleague")}
    named = [{"kind": "owner"}, {"kind": "member", "members": [ids["colleague"]]}]
    step = {"kind": "mail", "settings": {**PLAIN_MAIL["settings"], "people": named, "fields": ["mail"]}}
    flow = automation.flow(rule(CREATED, step))
    Client.signed_in_as("salesperson").make(name="华信", mail="info@huaxin.example")
    automation.deliver()

    assert automation.runs(flow)[0]["state"] == "done"
    told = {sent.to[0]: sent.subject for sent in mail.outbox}
    assert told == {
        world.email("salesperson"): "新客户 华信",
        world.email("colleague"): "新客户",
        "li@example.com": "新客户 华信",
        "info@huaxin.example": "新客户 华信",
    }
    assert all(len(sent.to) == 1 and not sent.cc and not sent.bcc for sent in mail.outbox)
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 4


def asked_for(automation: Automation, addresses: list[str], state: str, seconds: int) -> str:
    """A flow whose run waits for mails that somebody else has claimed and holds for so long; its id."""
    step = {"kind": "mail", "settings": {**PLAIN_MAIL["settings"], "addresses": addresses}}
    flow = automation.flow(rule(CREATED, step, MARK))
    Client.signed_in_as("salesperson").make(name="甲")
    catch_up(automation.workspace)
    work_off(automation.workspace)
    with work(automation.workspace, SYSTEM, via="system") as ctx:
        until = ctx.now + timedelta(seconds=seconds)
        ctx.run("UPDATE sys_effect SET state = $1, attempts = 1, next_at = $2", [state, until])
    return flow


def test_what_a_dead_process_was_sending_is_sent_when_its_lease_is_over(automation: Automation) -> None:
    flow = asked_for(automation, ["li@example.com"], "sending", 30)
    automation.round()
    assert (mail.outbox, automation.runs(flow)[0]["state"]) == ([], "waiting")
    (held,) = automation.effects()

    with work(automation.workspace, SYSTEM, via="system") as ctx:
        ctx.run("UPDATE sys_effect SET next_at = $1", [ctx.now])
    automation.deliver()

    assert automation.runs(flow)[0]["state"] == "done"
    (sent,) = mail.outbox
    assert sent.extra_headers["Message-ID"] == message_id(held["key"])
    assert automation.effects()[0]["attempts"] == 2


def test_answers_that_come_at_the_same_time_wake_the_run_once(automation: Automation) -> None:
    """Each is taken down by a worker of its own; none sees what the others are about to say."""
    flow = asked_for(automation, [f"somebody{number}@example.com" for number in range(6)], "sending", 300)
    (run,) = automation.runs(flow)
    found = [
        Effect(one["id"], one["key"], "mail", one["payload"], 1, run["id"], "mail:") for one in automation.effects()
    ]
    barrier = threading.Barrier(len(found))

    def take(one: Effect) -> None:
        from django.db import connection

        barrier.wait()
        take_down(automation.workspace, [(one, Answered())])
        connection.close()

    threads = [threading.Thread(target=take, args=(one,)) for one in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    automation.round()

    assert automation.runs(flow)[0]["state"] == "done"
    assert [outcome for _, outcome in automation.steps(run["id"])] == ["wait", "sent", "woken", "done"]
    assert mail.outbox == []
    take_down(automation.workspace, [(found[0], Answered())])  # a process that was believed dead comes late
    assert [outcome for _, outcome in automation.steps(run["id"])] == ["wait", "sent", "woken", "done"]


def test_a_run_that_ended_otherwise_is_left_alone_by_a_late_answer(automation: Automation) -> None:
    flow = asked_for(automation, ["li@example.com"], "sending", 300)
    (run,) = automation.runs(flow)
    automation.admin.post("actions/flows/cancel-runs", {"params": {"runs": [str(run["id"])]}})
    (one,) = automation.effects()
    take_down(
        automation.workspace,
        [(Effect(one["id"], one["key"], "mail", one["payload"], 1, run["id"], "mail:"), Answered())],
    )

    assert automation.runs(flow)[0]["state"] == "cancelled"
    assert automation.effects()[0]["state"] == "done"


def test_an_answer_outlives_a_database_that_is_away_for_a_moment(
    automation: Automation, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = automation.flow(rule(CREATED, PLAIN_MAIL, MARK))
    Client.signed_in_as("salesperson").make(name="甲")
    with monkeypatch.context() as patched:

        def away(*_: object) -> None:
            raise psycopg.OperationalError("the server closed the connection")

        patched.setattr(answering, "_take_down", away)
        with pytest.raises(psycopg.OperationalError):
            automation.round()
    automation.deliver()

    assert automation.runs(flow)[0]["state"] == "done"
    assert len(mail.outbox) == 1
    assert automation.effects()[0]["attempts"] == 1
