"""A rating in stars."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.kinds.integer import Integer
from guanxi.engine.objects.fields.numbers import Range, to_decimal
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field

STARS = Setting("max", "whole", words("最高分", "Highest rating"), default=5, min=3, max=10)
_STARS = re.compile(r"(★+)☆*")
_OF = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})", re.ASCII)


@register
class Rating(Integer):
    """A whole number of stars from 1 to ``max`` (default 5); no stars is no value."""

    key = "rating"
    intro = Introduction(
        "number",
        "star",
        words("评分", "Rating"),
        words("用星级表示的分数", "A number of stars"),
        sample=words("4", "4"),
    )

    def settings_schema(self) -> tuple[Setting, ...]:
        """``max``: the most stars."""
        return (STARS,)

    def prepare(self, settings: Mapping[str, Any]) -> Range:
        """From no star to the most stars."""
        return Range.of({"min": 0, "max": settings.get("max", STARS.default)}, scale=0)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> int | None:
        """A number of stars: 4, ``4/5`` of the same scale, ``★★★★``."""
        if raw is None or raw == "":
            return None
        most = int(field.prepared.high)
        stars = raw
        if isinstance(raw, str):
            text = raw.strip()
            drawn, scaled = _STARS.fullmatch(text), _OF.fullmatch(text)
            if drawn:
                stars = len(drawn[1])
            elif scaled and int(scaled[2]) == most:
                stars = int(scaled[1])
            else:
                stars = text
        value = to_decimal(stars)
        if value != value.to_integral_value() or not 0 <= value <= most:
            raise BadValue("fields.not_a_rating", value=shown(raw), max=most)
        return int(value) or None

    def samples(self, field: Field) -> list[Any]:
        """Every rating."""
        return list(range(1, int(field.prepared.high) + 1))

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A whole number of stars."""
        return {"type": "integer", "minimum": 1, "maximum": int(field.prepared.high)}
