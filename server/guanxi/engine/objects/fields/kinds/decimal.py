"""A number with a fraction."""

from __future__ import annotations

from decimal import Decimal as Number
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, Introduction
from guanxi.engine.objects.fields.numbers import NumericKind, grouped
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field


@register
class Decimal(NumericKind):
    """An exact decimal number with ``scale`` digits after the point (default 2)."""

    key = "decimal"
    intro = Introduction(
        "number",
        "calculator",
        words("小数", "Decimal number"),
        words("精确到小数位的数", "An exact number with a fraction"),
        sample=words("12.5", "12.5"),
    )

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``1,234.5``."""
        return "" if value is None else grouped(value)

    def samples(self, field: Field) -> list[Any]:
        """Zero, both signs, the smallest step, the largest value."""
        return [Number(text) for text in ("0", "0.01", "-0.5", "12.5", "1234567.89", "999999999999999.99")]
