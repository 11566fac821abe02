"""A member of the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from guanxi.engine.objects.fields import settings as checks
from guanxi.engine.objects.fields.kinds.lookup import ON_DELETE, Lookup
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.model import Field

TARGET = "member"


@register
class Person(Lookup):
    """A reference to a member, shown with a face."""

    key = "person"
    sample_settings: ClassVar[Mapping[str, Any]] = {"on_delete": "clear"}

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """How it is called from the member, and ``on_delete``."""
        checks.allow(settings, "reverse", "reverse_label", "on_delete")
        checks.word(settings, "reverse")
        checks.one_of(settings, "on_delete", *ON_DELETE)

    def target(self, field: Field) -> str | None:
        """Members."""
        return TARGET
