"""A member of the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from guanxi.engine.objects.fields.base import Introduction
from guanxi.engine.objects.fields.kinds.lookup import Lookup
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import (
    HAND_OVER,
    ON_DELETE,
    REVERSE,
    REVERSE_LABEL,
    REVERSE_TAB,
    Setting,
    words,
)
from guanxi.engine.objects.model import Field

TARGET = "member"


@register
class Person(Lookup):
    """A reference to a member, shown with a face."""

    key = "person"
    intro = Introduction(
        "relation", "user", words("成员", "Member"), words("工作区中的一位同事", "A colleague of the workspace")
    )
    sample_settings: ClassVar[Mapping[str, Any]] = {"on_delete": "clear"}

    def settings_schema(self) -> tuple[Setting, ...]:
        """How it is called from the member, ``on_delete``, and whether it is handed over with what the person holds."""
        return (REVERSE, REVERSE_LABEL, REVERSE_TAB, ON_DELETE, replace(HAND_OVER, default=True))

    def target(self, field: Field) -> str | None:
        """Members."""
        return TARGET
