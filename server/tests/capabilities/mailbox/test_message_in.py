"""Flows that an incoming message sets off: from the mail server to a lead with an owner."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from tests.capabilities.flows.conftest import Automation, Drafts, automation, drafts, rule
from tests.capabilities.mailbox.conftest import Post
from tests.support import world
from tests.support.clients import Client
from tests.support.mail_server import MailServer, mail

__all__ = ["automation", "drafts"]


def trigger(**settings: Any) -> dict[str, Any]:
    """The trigger."""
    return {"kind": "message.in", "settings": settings}


NOTE = {"kind": "notify", "settings": {"people": [{"kind": "role", "role": "manager"}], "subject": "{subject}"}}


@pytest.fixture
def inbox(mail_server: MailServer, automation: Automation, request: pytest.FixtureRequest) -> Iterator[Post]:
    """A mailbox of the workspace whose automation is at work."""
    with override_settings(OUTBOUND_LOOPBACK=True):
        yield Post(mail_server, request.node.name[:60])


def test_it_is_for_flows_about_messages(drafts: Drafts) -> None:
    assert drafts.problems(rule(trigger(sender="unknown"), NOTE, of="message")) == []
    assert "mailbox.flow_about_messages" in drafts.problems(rule(trigger(), NOTE, of="lead"))
    assert drafts.problems(rule(trigger(sender="a friend"), NOTE, of="message")) == ["fields.setting_choice"]
    bad = {"where": {"field": "no_such", "op": "eq", "value": 1}}
    assert drafts.problems(rule(trigger(where=bad), NOTE, of="message")) != []


def test_a_mail_from_somebody_unknown_becomes_a_lead_that_somebody_has(inbox: Post, automation: Automation) -> None:
    made = automation.admin.post("actions/flows/from-template", {"params": {"template": "mail_to_lead"}})
    flow = made.json()["result"]["flow"]
    published = automation.admin.post("actions/flows/publish", {"params": {"flow": flow}})
    assert published.status_code == 200, published.content.decode()
    known = automation.admin.make("contact", name="老客户", mail="old@example.com")
    box = inbox.connect()
    inbox.read(box)
    inbox.server.deliver(
        inbox.folder,
        mail("王芳 <wang@example.com>", "询价"),
        mail("old@example.com", "老客户来信"),
        mail("王芳 <wang@example.com>", "补充", Message_ID="<more@x>"),
        mail("news@example.com", "周刊", Precedence="bulk"),
    )
    assert inbox.read(box) == 4
    for _ in range(6):
        automation.round()

    (lead,) = automation.admin.post("records/lead/query", {}).json()["rows"]
    sales = {str(world.membership(one).member_id) for one in ("salesperson", "colleague", "other_salesperson")}
    assert (lead["name"], lead["mail"], lead["source"]) == ("王芳", "wang@example.com", "email")
    assert lead["owner"]["id"] in sales
    assert {run["state"] for run in automation.runs(flow)} == {"done"}, automation.runs(flow)
    assert len(automation.runs(flow)) == 2
    about = {one["subject"]: one["about"] and one["about"]["id"] for one in inbox.messages()}
    assert about == {"询价": lead["id"], "补充": lead["id"], "老客户来信": known["id"], "周刊": None}
    (task,) = automation.admin.post("records/task/query", {}).json()["rows"]
    assert (task["subject"], task["owner"]["id"]) == ("回复 王芳：询价", lead["owner"]["id"])
    owner = next(name for name in world.PEOPLE if str(world.membership(name).member_id) == lead["owner"]["id"])
    assert Client.signed_in_as(owner).post("records/message/count", {}).json()["count"] == 2


def test_only_the_mailbox_the_senders_and_what_the_condition_says(inbox: Post, automation: Automation) -> None:
    box = inbox.connect()
    inbox.read(box)
    urgent = {"where": {"field": "subject", "op": "contains", "value": "急"}}
    flows = {
        name: automation.flow(rule(trigger(**settings), NOTE, of="message"))
        for name, settings in {
            "any": {}, "mine": {"mailbox": box}, "other": {"mailbox": "01900000-0000-7000-8000-000000000001"},
            "known": {"sender": "known"}, "automatic": {"automatic": True}, "urgent": {"where": urgent},
            "formula": {"where": {"formula": 'CONTAINS(subject, "急")'}},
        }.items()
    }  # fmt: skip
    automation.admin.make("contact", name="老客户", mail="old@example.com")
    automation.round()
    inbox.server.deliver(
        inbox.folder,
        mail("old@example.com", "急"),
        mail("new@example.com", "不要紧"),
        mail("robot@example.com", "急 自动", Auto_Submitted="auto-replied"),
        mail("administrator@example.com", "急 自己"),
    )
    assert inbox.read(box) == 4
    automation.round()
    counts = {name: len(automation.runs(flow)) for name, flow in flows.items()}
    assert counts == {"any": 2, "mine": 2, "other": 0, "known": 1, "automatic": 3, "urgent": 1, "formula": 1}
