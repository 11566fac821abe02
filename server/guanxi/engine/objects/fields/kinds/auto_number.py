"""A number that the engine gives to each new record."""

from __future__ import annotations

from datetime import date
from typing import Any

from guanxi.engine.objects.fields.base import Introduction
from guanxi.engine.objects.fields.kinds.text import Text
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field

MAX_DIGITS = 12
MAX_PREFIX = 20
PREFIX = Setting("prefix", "text", words("前缀", "Prefix"), max=MAX_PREFIX)
RESTART = Setting(
    "restart", "choice", words("重新编号", "Start again"), words("每年或每月从 1 开始；前缀中的 {year}、{month} 为当时的年、月", "Each year or month begins with 1; {year} and {month} in the prefix are those of the day"),
    default="never", choices=(("never", words("不重新编号", "Never")), ("year", words("每年", "Each year")), ("month", words("每月", "Each month"))),
)  # fmt: skip
GAPLESS = Setting(
    "gapless", "flag", words("编号连续", "Without gaps"), words("保存失败时不跳号；同时保存的人依次等待", "No number is lost when a save fails; who saves at once waits for the other"), default=False,
)  # fmt: skip
DIGITS = Setting("digits", "whole", words("最少位数", "Least digits"), default=6, min=1, max=MAX_DIGITS)


@register
class AutoNumber(Text):
    """``prefix`` and a running number with at least ``digits`` digits (default 6), given once and never reused.

    A number series: it may ``restart`` each year or month, whose digits the prefix tells, and may be ``gapless``.
    """

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
        """``prefix``, ``digits``, when to ``restart``, and whether there may be gaps."""
        return (PREFIX, DIGITS, RESTART, GAPLESS)

    def period(self, field: Field, day: date) -> str | None:
        """The period whose numbers are counted together; None where a sequence counts that nobody waits for."""
        restart = field.settings.get("restart") or "never"
        if restart == "never":
            return "" if field.settings.get("gapless") else None
        return f"{day:%Y}" if restart == "year" else f"{day:%Y-%m}"

    def number(self, field: Field, count: int, day: date | None = None) -> str:
        """The text of the count-th number: ``OPP-000042``, ``Q2026-0042``."""
        prefix = field.settings.get("prefix") or ""
        if day is not None:
            prefix = prefix.replace("{year}", f"{day:%Y}").replace("{month}", f"{day:%m}")
        return f"{prefix}{count:0{field.settings.get('digits', 6)}d}"

    def samples(self, field: Field) -> list[Any]:
        """The first, the tenth, and one that outgrew its digits."""
        return [self.number(field, count) for count in (1, 10, 10 ** int(field.settings.get("digits", 6)))]
