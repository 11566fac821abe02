"""A share in hundredths: 35 is 35 %."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, Introduction, ParseEnv
from guanxi.engine.objects.fields.numbers import NumericKind, grouped
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field


@register
class Percent(NumericKind):
    """A percentage, kept as the number before the sign, with ``scale`` digits after the point (default 2)."""

    key = "percent"
    intro = Introduction(
        "number",
        "percent",
        words("百分比", "Percent"),
        words("折扣、税率、占比", "Discounts, rates, shares"),
        sample=words("35%", "35%"),
    )

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> Decimal | None:
        """35, "35" and "35%" are the same."""
        return super().parse(field, _bare(raw), env)

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> Decimal:
        """The number as given, with or without the sign."""
        return super().comparable(field, _bare(raw), env)

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``35%``."""
        return "" if value is None else f"{grouped(value)}%"

    def samples(self, field: Field) -> list[Any]:
        """Nothing, all, parts of one, more than all, less than nothing."""
        return [Decimal(text) for text in ("0", "100", "35", "12.5", "0.01", "250", "-7.25")]


def _bare(raw: Any) -> Any:
    return raw.strip().rstrip("%％").rstrip() if isinstance(raw, str) else raw
