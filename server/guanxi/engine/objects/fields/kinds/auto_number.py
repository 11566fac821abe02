"""A number that the engine gives to each new record."""

from __future__ import annotations

from typing import Any

from guanxi.engine.objects.fields.base import Introduction
from guanxi.engine.objects.fields.kinds.text import Text
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field

MAX_DIGITS = 12
MAX_PREFIX = 20
PREFIX = Setting("prefix", "text", words("前缀", "Prefix"), max=MAX_PREFIX)
DIGITS = Setting("digits", "whole", words("最少位数", "Least digits"), default=6, min=1, max=MAX_DIGITS)


@register
class AutoNumber(Text):
    """``prefix`` and a running number with at least ``digits`` digits (default 6), given once and never reused."""

    key = "auto_number"
    intro = Introduction(
        "other",
        "list-ordered",
        words("自动编号", "Automatic number"),
        words("保存时自动生成的编号", "A number given when a record is saved"),
    )
    groupable = False
    generated = True
    default_max_length = 100

    def settings_schema(self) -> tuple[Setting, ...]:
        """``prefix`` and ``digits``."""
        return (PREFIX, DIGITS)

    def number(self, field: Field, count: int) -> str:
        """The text of the count-th number: ``OPP-000042``."""
        return f"{field.settings.get('prefix', '')}{count:0{field.settings.get('digits', 6)}d}"

    def samples(self, field: Field) -> list[Any]:
        """The first, the tenth, and one that outgrew its digits."""
        return [self.number(field, count) for count in (1, 10, 10 ** int(field.settings.get("digits", 6)))]
