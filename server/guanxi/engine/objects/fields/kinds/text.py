"""A single line of text."""

from __future__ import annotations

from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Column, FieldKind, ParseEnv
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.model import Field

MAX_LENGTH = 500


@register
class Text(FieldKind):
    """Text without line breaks, at most ``max_length`` characters (default 500). Empty text is no value."""

    key = "text"
    trait = "text"
    groupable = True
    searchable = True
    default_max_length = MAX_LENGTH

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One text column."""
        return (Column("", "text"),)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """Trimmed text; numbers are taken as their digits."""
        if raw is None:
            return None
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise BadValue("fields.not_text")
        text = self.clean(str(raw))
        limit = int(field.settings.get("max_length", self.default_max_length))
        if len(text) > limit:
            raise BadValue("fields.too_long", limit=limit, length=len(text))
        return text or None

    def clean(self, text: str) -> str:
        """Text with line breaks and control characters removed (NUL cannot be stored at all)."""
        if not text.isprintable():
            text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return text.strip()

    def samples(self, field: Field) -> list[Any]:
        """Latin, Chinese, characters outside the basic plane, quotes and wildcards."""
        return ["Acme", "深圳市华信科技有限公司", "𠮷野家", "100% _off_", "O'Neil \"x\"", "a", "Z"]
