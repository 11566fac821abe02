"""Text of several lines."""

from __future__ import annotations

from typing import Any

from guanxi.engine.objects.fields.base import Introduction
from guanxi.engine.objects.fields.kinds.text import Text
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field

# Control characters but tab and line feed, and halves of surrogate pairs, which no database stores.
_UNSTORABLE = dict.fromkeys(
    [code for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)) if code not in (0x09, 0x0A)]
)


@register
class LongText(Text):
    """Text that keeps its line breaks, at most ``max_length`` characters (default 20,000)."""

    key = "long_text"
    intro = Introduction(
        "text",
        "text",
        words("多行文本", "Long text"),
        words("可换行的文字，例如备注", "Text with line breaks, such as a note"),
        sample=words("客户希望下周演示", "Wants a demo next week"),
    )
    sortable = False
    groupable = False
    names_record = False
    default_max_length = 20_000
    largest_max_length = 100_000

    def clean(self, text: str) -> str:
        """Text with line breaks as line feeds and without other control characters."""
        if not text.isprintable():
            text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSTORABLE)
        return text.strip()

    def samples(self, field: Field) -> list[Any]:
        """One line, several lines, a tab, quotes and delimiters of files."""
        return ["一行", "第一行\n第二行\n\n第四行", "a\tb", 'say "hi", then; go', "𠮷" * 300]
