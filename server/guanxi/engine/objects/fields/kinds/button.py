"""A button on the record's page that runs an action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from guanxi.engine.objects.fields.base import Introduction
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.fields.valueless import ValuelessKind

RECORD = "@record"
"""Stands for the id of the record in the parameters of a button."""


@register
class Button(ValuelessKind):
    """Runs the action named in the settings with their parameters; ``@record`` stands for the record's id.

    Whoever may not run the action does not see the button; the runner checks it again.
    """

    key = "button"
    intro = Introduction(
        "other",
        "mouse-pointer-click",
        words("按钮", "Button"),
        words("点击后执行一个动作", "Runs an action when clicked"),
    )
    sample_settings: ClassVar[Mapping[str, Any]] = {
        "action": "activities.complete_task",
        "params": {"task": RECORD},
    }

    def settings_schema(self) -> tuple[Setting, ...]:
        """``action``, its ``params``, and whether to ask before (``confirm``)."""
        return (
            Setting("action", "action", words("动作", "Action"), required=True),
            Setting(
                "params",
                "values",
                words("参数", "Parameters"),
                words("@record 代表当前记录", "@record stands for this record"),
            ),
            Setting("confirm", "flag", words("执行前确认", "Ask before running"), default=False),
        )
