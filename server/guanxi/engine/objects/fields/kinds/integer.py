"""A whole number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.numbers import Range, shown, to_decimal
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import MAX, MIN, Setting, words
from guanxi.engine.objects.model import Field

LIMIT = 999_999_999_999_999
GROUPING = Setting("grouping", "flag", words("显示千分位", "Group thousands"), default=True)


@register
class Integer(FieldKind):
    """A whole number of at most 15 digits, which JSON and browsers keep exactly."""

    key = "integer"
    intro = Introduction(
        "number",
        "hash",
        words("整数", "Whole number"),
        words("人数、数量、年份", "Head counts, quantities, years"),
        sample=words("1,280", "1,280"),
    )
    trait = "number"
    groupable = True

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One bigint column."""
        return (Column("", "bigint"),)

    def settings_schema(self) -> tuple[Setting, ...]:
        """``min``, ``max``, and ``grouping`` (false writes bare digits: years, codes)."""
        return (MIN, MAX, GROUPING)

    def prepare(self, settings: Mapping[str, Any]) -> Range:
        """The range of values."""
        return Range.of(settings, scale=0)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> int | None:
        """A whole number, or text that says one; 12.0 is whole, 12.5 is refused rather than rounded."""
        if raw is None or raw == "":
            return None
        bounds: Range = field.prepared
        if type(raw) is int and -LIMIT <= raw <= LIMIT and bounds.low is None and bounds.high is None:
            return raw
        value = to_decimal(raw)
        if value != value.to_integral_value():
            raise BadValue("fields.not_whole", value=shown(raw))
        return int(bounds.fit(value))

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> Decimal:
        """Any number: ``gt 2.5`` is a fair question about whole numbers."""
        if raw is None or raw == "":
            raise BadValue("fields.value_required")
        return to_decimal(raw)

    def param_type(self, field: Field) -> str:
        """Compared as numeric."""
        return "numeric"

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``12,000``, or ``1998`` where the setting ``grouping`` is false."""
        if value is None:
            return ""
        return str(value) if field.settings.get("grouping") is False else f"{value:,}"

    def samples(self, field: Field) -> list[Any]:
        """Zero, both signs, thousands, the limits."""
        return [0, 1, -1, 42, 1998, 1_234_567, LIMIT, -LIMIT]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A JSON integer."""
        return {"type": "integer", "minimum": -LIMIT, "maximum": LIMIT}
