"""Triggers by which somebody asks for a run: a button on the record, a program, another flow, a web hook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from guanxi.capabilities.flows import questions
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.capabilities.flows.triggers.base import TriggerKind, trigger_kind
from guanxi.engine.objects.fields.settings import Setting, words

BY_BUTTON, BY_PROGRAM, BY_FLOW, BY_HOOK = "manual", "api", "flow", "webhook"


QUESTIONS = Setting(
    "questions", "questions", words("启动表单", "Start form"),
    words("启动时要填写的内容，在变量 form 中", "What is asked when it is started; the answers are the variable “form”"),
)  # fmt: skip


class AskedFor(TriggerKind):
    """A trigger that nothing sets off by itself."""

    about_record: ClassVar[bool] = False

    def check(self, place: Place) -> Iterator[Problem]:
        """Questions make sense, where any are asked."""
        yield from questions.problems(place, place.settings.get("questions"), "questions")


@trigger_kind
class Button(AskedFor):
    """Somebody presses a button on the record."""

    key = BY_BUTTON
    label = words("手动按钮", "A button on the record")
    help = words("能编辑记录的人在记录上启动", "Whoever may edit the record starts it there")
    icon = "hand-click"
    about_record = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """What the button says, and who sees it."""
        return (
            Setting("label", "labels", words("按钮文字", "Label of the button")),
            Setting(
                "roles", "text", words("角色", "Roles"),
                words("角色标识，用逗号分隔；不填则所有能编辑记录的人", "Keys of roles with commas; all who may edit the record when left out"),
                max=500,
            ),
            QUESTIONS,
        )  # fmt: skip


@trigger_kind
class Program(AskedFor):
    """A program asks for it."""

    key = BY_PROGRAM
    label = words("接口调用", "A program asks for it")
    help = words("程序通过接口启动，权限同编辑记录", "By the interface, with the right to edit the record")
    icon = "api"

    def settings_schema(self) -> tuple[Setting, ...]:
        """What is to be given along."""
        return (QUESTIONS,)


@trigger_kind
class OtherFlow(AskedFor):
    """Another flow starts it."""

    key = BY_FLOW
    label = words("由其他流程启动", "Another flow starts it")
    help = words("供其他流程的“子流程”步骤使用", "For the step “start a flow” of others")
    icon = "subtask"


@trigger_kind
class Hook(AskedFor):
    """Another system calls an address."""

    key = BY_HOOK
    label = words("网址回调", "A web hook")
    help = words(
        "其他系统调用专属网址启动，数据在变量 body 中",
        "Another system calls an address; what it sends is the variable “body”",
    )
    icon = "webhook"
