"""The trigger of flows that an incoming message sets off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.capabilities.flows.conditions import problems
from guanxi.capabilities.flows.definition import Problem, Trigger
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.capabilities.flows.triggers.base import ChangeTrigger, trigger_kind
from guanxi.capabilities.flows.triggers.changes import WHERE
from guanxi.engine.feed import Change
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.query.build import Source

MESSAGE = "message"
ANYBODY, KNOWN, UNKNOWN = "anybody", "known", "unknown"


@trigger_kind
class MessageIn(ChangeTrigger):
    """A message arrives."""

    key = "message.in"
    label = words("收到消息时", "A message arrives")
    help = words(
        "邮箱收到邮件时；流程的对象须为“消息”，条件可以用消息的任何字段",
        "When a mailbox receives a mail; the flow is about messages, and may ask for any field of them",
    )
    icon = "inbox"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``mailbox`` (any without one), ``sender``: known or not, ``automatic``: bounces and mailings too, ``where``."""
        senders = (
            (ANYBODY, words("任何人", "Anybody")),
            (KNOWN, words("已有的联系人、线索或公司", "A contact, lead or company that is there")),
            (UNKNOWN, words("陌生人", "Somebody unknown")),
        )
        return (
            Setting(
                "mailbox", "text", words("邮箱", "Mailbox"), words("不选则任何邮箱", "Any if none is chosen"),
                of="mailbox", max=36,
            ),
            Setting("sender", "choice", words("发件人", "From"), default=ANYBODY, choices=senders),
            Setting(
                "automatic", "flag", words("也包括自动邮件", "Automatic mails too"),
                words("退信、自动回复和群发邮件", "Bounces, automatic answers and mailings"),
            ),
            WHERE,
        )  # fmt: skip

    def check(self, place: Place) -> Iterator[Problem]:
        """The flow is about messages, and the condition is understood."""
        obj = place.object
        if obj is not None and obj.key != MESSAGE:
            yield place.problem("mailbox.flow_about_messages")
        elif obj is not None and place.settings.get("where") is not None:
            yield from problems(place, obj, place.settings["where"], "where")

    def concerns(self, trigger: Trigger, change: Change) -> bool:
        """Messages that are new."""
        return change.object == MESSAGE and change.op == "create"

    def asks(self, trigger: Trigger, *, after: bool) -> bool:
        """Of the message as it arrived."""
        return after

    def after(self, trigger: Trigger, source: Source) -> str | None:
        """That it is one of those meant."""
        held = compile_condition(source, {"where": {"and": list(_wanted(trigger.settings))}})
        when = trigger.settings.get("where")
        return held if when is None else f"({held}) AND ({compile_condition(source, when)})"


def _wanted(settings: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"field": "direction", "op": "eq", "value": "in"}
    if settings.get("mailbox"):
        yield {"field": "mailbox", "op": "eq", "value": str(settings["mailbox"])}
    if settings.get("sender") == KNOWN:
        yield {"field": "about", "op": "not_empty"}
    if settings.get("sender") == UNKNOWN:
        yield {"field": "about", "op": "is_empty"}
    if not settings.get("automatic"):
        yield {"not": {"field": "is_automatic", "op": "eq", "value": True}}
