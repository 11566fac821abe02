"""Who takes part in the story of one customer, and what the company has set up before it begins."""

import secrets
from typing import Any

from tests.browser.visit import Visit

ASKED = [{"field": key, "required": True} for key in ("name", "company_name", "mobile")] + [
    {"field": key} for key in ("title", "industry", "need")
]
ITEM = "Budget confirmed"


class Story:
    """The people, the words that tell this customer from others, and what came of it so far."""

    def __init__(self, visit: Any, language: str) -> None:
        self.language, self.mobile = language, f"139{secrets.randbelow(10**8):08}"
        self.name = f"故事机械 {self.mobile[3:]}"
        self.boss, self.manager = visit("administrator", language), visit("manager", language)
        self.sales, self.stranger = visit("salesperson", language), visit(None, language)
        self.me = self.sales.api("GET", "me")["member"]
        self.form = self.gate = self.flow = ""
        self.undo: list[tuple[str, str]] = []

    def make(self, object_key: str, **values: object) -> str:
        """A setting of the administrator, which is taken away at the end."""
        made = self.boss.create(object_key, **values)
        self.undo.insert(0, (object_key, made))
        return made

    def clear(self) -> None:
        """Take the settings away; what happened stays."""
        boss = self.boss
        boss.api("PATCH", f"records/stage/{self.gate}", {"values": {"entry_fields": None, "checklist": None}})
        boss.api("PATCH", f"records/flow/{self.flow}", {"values": {"state": "paused"}})
        boss.api("PATCH", f"records/web_form/{self.form}", {"values": {"active": False}})
        for object_key, record in self.undo:
            boss.api("DELETE", f"records/{object_key}/{record}")


def prepare(story: Story) -> None:
    """What an administrator sets up: the form, who is given what it brings, a gate, and who allows large discounts."""
    boss = story.boss
    story.form = boss.create("web_form", name=story.name, title="预约演示", fields=ASKED, source="exhibition")
    story.make("territory", name=story.name, industries=["media"], members=[story.me["id"]], position=0)
    story.make("assignment_rule", name=story.name, by_territory=True, accept_minutes=60, position=-9,
               where={"field": "company_name", "op": "eq", "value": story.name})  # fmt: skip
    _gate(story)
    _approval(story)


def _gate(story: Story) -> None:
    """The second stage of the standard pipeline asks for something, for as long as the story goes on."""
    where = {"and": [
        {"field": "pipeline.is_default", "op": "eq", "value": True}, {"field": "position", "op": "eq", "value": 2},
    ]}  # fmt: skip
    (stage,) = story.boss.find("stage", where, "name")
    story.gate = stage["id"]
    values = {"entry_fields": ["next_step"], "checklist": [{"name": ITEM}]}
    story.boss.api("PATCH", f"records/stage/{story.gate}", {"values": values})


def _approval(story: Story) -> None:
    """A discount above the limit is for the manager and then for the general manager to allow."""

    def asked(key: str, person: Visit, name: str, following: dict) -> dict:
        people = [{"kind": "member", "members": [person.api("GET", "me")["member"]["id"]]}]
        return {"id": key, "kind": "approval.approve", "label": {"zh-CN": name, "en": name}, "next": following,
                "settings": {"people": people, "mode": "any"}}  # fmt: skip

    where = {"and": [
        {"field": "discount_excess", "op": "gt", "value": 0},
        {"field": "company.name", "op": "eq", "value": story.name},
    ]}  # fmt: skip
    settings = {"op": "update", "fields": ["discount_excess"], "where": {"where": where}}
    nodes = [asked("first", story.manager, "主管", {"approved": "last"}), asked("last", story.boss, "总经理", {})]
    definition = {"object": "quote", "start": "first", "nodes": nodes,
                  "triggers": [{"id": "t", "kind": "approval.before", "settings": settings}]}  # fmt: skip
    story.flow = story.boss.create("flow", name=story.name, kind="approval", run_as="system", definition=definition)
    story.boss.api("POST", "actions/flows/publish", {"params": {"flow": story.flow}})
