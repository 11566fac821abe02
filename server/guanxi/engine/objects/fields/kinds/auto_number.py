"""A number that the engine gives to each new record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanxi.engine.objects.fields import settings as checks
from guanxi.engine.objects.fields.kinds.text import Text
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.model import Field

MAX_DIGITS = 12
MAX_PREFIX = 20


@register
class AutoNumber(Text):
    """``prefix`` and a running number with at least ``digits`` digits (default 6), given once and never reused."""

    key = "auto_number"
    groupable = False
    generated = True
    default_max_length = 100

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """``prefix`` and ``digits``."""
        checks.allow(settings, "prefix", "digits")
        checks.word(settings, "prefix")
        checks.whole(settings, "digits", 1, MAX_DIGITS)

    def number(self, field: Field, count: int) -> str:
        """The text of the count-th number: ``OPP-000042``."""
        return f"{field.settings.get('prefix', '')}{count:0{field.settings.get('digits', 6)}d}"

    def samples(self, field: Field) -> list[Any]:
        """The first, the tenth, and one that outgrew its digits."""
        return [self.number(field, count) for count in (1, 10, 10 ** int(field.settings.get("digits", 6)))]
