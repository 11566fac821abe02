"""How much is done."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from guanxi.engine.objects.fields.base import Introduction
from guanxi.engine.objects.fields.kinds.percent import Percent
from guanxi.engine.objects.fields.numbers import Range
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field


@register
class Progress(Percent):
    """A whole percentage from 0 to 100, drawn as a bar."""

    key = "progress"
    intro = Introduction(
        "number",
        "chart-no-axes-gantt",
        words("进度", "Progress"),
        words("0 到 100 的进度条", "A bar from 0 to 100"),
        sample=words("60%", "60%"),
    )

    def settings_schema(self) -> tuple[Setting, ...]:
        """There are none."""
        return ()

    def prepare(self, settings: Mapping[str, Any]) -> Range:
        """From nothing to all."""
        return Range.of({"min": 0, "max": 100}, scale=0)

    def samples(self, field: Field) -> list[Any]:
        """Nothing, all, and between."""
        return [Decimal(text) for text in ("0", "100", "35", "1", "99")]
