"""What leaves the house: sent once the step is kept, with one key however often it is tried, and answered to the run."""

import smtplib
import threading
from datetime import datetime, timedelta

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


class MailServerBusy(EmailBackend):
    """A mail server that has no time now."""

    def send_messages(self, messages: object) -> int:
        """Later."""
        raise smtplib.SMTPRecipientsRefused({"li@example.com": (451, b"come back later")})


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


def test_one_mail_for_each_and_members_are_told_what_they_may_see(automation: Automation) -> None:
    """The flow acts as the system; the colleague may not see the company, and so gets no mail with gaps for words."""
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
        "li@example.com": "新客户 华信",
        "info@huaxin.example": "新客户 华信",
    }
    assert all(len(sent.to) == 1 and not sent.cc and not sent.bcc for sent in mail.outbox)
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 3
    (run,) = automation.runs(flow)
    steps = automation.admin.get(f"flows/runs/{run['id']}").json()["record_of_steps"]
    assert [one["note"]["unseen"] for one in steps if "unseen" in one["note"]] == [1]


def test_a_mail_that_none_of_those_named_may_understand_is_a_failure_that_says_so(automation: Automation) -> None:
    named = [{"kind": "member", "members": [str(world.actor("colleague").member_id)]}]
    asks = {"people": named, "subject": "{name} 待跟进", "body": "x"}
    flow = automation.flow(rule(CREATED, {"kind": "mail", "settings": asks}))
    words = automation.flow(rule(CREATED, {"kind": "mail", "settings": {**asks, "subject": "有新客户"}}))
    Client.signed_in_as("salesperson").make(name="华信")
    automation.deliver()

    (run,) = automation.runs(flow)
    assert (run["state"], run["error"]) == ("failed", {"code": "flows.nobody_sees", "params": {"count": 1}})
    assert automation.runs(words)[0]["state"] == "done"
    assert [(one.to[0], one.subject) for one in mail.outbox] == [(world.email("colleague"), "有新客户")]


def test_a_run_tells_how_often_what_it_sends_was_refused_and_when_it_is_tried_again(automation: Automation) -> None:
    flow = automation.flow(rule(CREATED, PLAIN_MAIL))
    Client.signed_in_as("salesperson").make(name="华信")
    with override_settings(EMAIL_BACKEND="tests.capabilities.flows.test_effects.MailServerBusy"):
        automation.deliver()

    (run,) = automation.runs(flow)
    (token,) = automation.admin.get(f"flows/runs/{run['id']}").json()["tokens"]
    assert (run["state"], token["attempts"], token["error"]["code"]) == ("waiting", 1, "flows.mail_refused")
    assert datetime.fromisoformat(token["wake_at"]) > automation.now()


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
