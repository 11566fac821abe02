"""A single line of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, max_length, words
from guanxi.engine.objects.model import Field

# What cannot be stored (NUL, halves of surrogate pairs) or would break a line; joiners inside emoji stay.
_BREAKS = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233, *range(55296, 57344)), " ")
LARGEST_LENGTH = 2000


def one_line(text: str) -> str:
    """Trimmed text in one line, without control characters."""
    if not text.isprintable():
        text = " ".join(text.translate(_BREAKS).split())
    return text.strip()


_MASKED = 4
"""Characters of a masked text at most, so that its length is not told."""


@register
class Text(FieldKind):
    """Text without line breaks, at most ``max_length`` characters (default 500). Empty text is no value."""

    key = "text"
    intro = Introduction(
        "text",
        "type",
        words("单行文本", "Text"),
        words("一行文字，例如名称、型号", "One line of text, such as a name or a model"),
        sample=words("华信科技", "Acme"),
    )
    trait = "text"
    groupable = True
    searchable = True
    names_record = True
    default_max_length = 500
    largest_max_length = LARGEST_LENGTH

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One text column; the length is kept by ``parse``, so that changing it rewrites no table."""
        return (Column("", "text"),)

    def settings_schema(self) -> tuple[Setting, ...]:
        """``max_length`` in characters."""
        return (max_length(self.largest_max_length, self.default_max_length),)

    def prepare(self, settings: Mapping[str, Any]) -> Any:
        """The limit of the length."""
        return int(settings.get("max_length", self.default_max_length))

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """Trimmed text; a number is taken as its digits, a whole one without a point, as spreadsheets show it."""
        if raw is None:
            return None
        if not isinstance(raw, str):
            raw = _digits(raw)
        text = self.clean(raw)
        if len(text) > field.prepared:
            raise BadValue("fields.too_long", limit=field.prepared, length=len(text))
        return text or None

    def clean(self, text: str) -> str:
        """Text in one line without control characters."""
        return one_line(text)

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> Any:
        """Text of any length: looking for more than fits finds nothing, which is the right answer."""
        text = self.clean(raw if isinstance(raw, str) else _digits(raw))
        if not text:
            raise BadValue("fields.value_required")
        return text

    def mask(self, value: Any) -> str:
        """Its first character."""
        return f"{value[:1]}{'*' * min(max(len(value) - 1, 1), _MASKED)}"

    def samples(self, field: Field) -> list[Any]:
        """Latin, Chinese, characters outside the basic plane, joined emoji, quotes and wildcards."""
        return ["Acme", "深圳市华信科技有限公司", "𠮷野家", "👩‍💻 team", "100% _off_", 'O\'Neil "x"', "a\\b", "Z"]


def _digits(raw: Any) -> str:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise BadValue("fields.not_text")
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
