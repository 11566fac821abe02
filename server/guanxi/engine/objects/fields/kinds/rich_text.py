"""Formatted text, kept as clean HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import nh3

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, Introduction, ParseEnv
from guanxi.engine.objects.fields.kinds.long_text import LongText
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field

_TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "strong",
        "b",
        "em",
        "i",
        "u",
        "s",
        "del",
        "a",
        "ul",
        "ol",
        "li",
        "blockquote",
        "code",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "mark",
        "sub",
        "sup",
    ]
)
_ATTRIBUTES = {"a": {"href"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_BLOCK_END = re.compile(r"<(?:br|hr)\s*/?>|</(?:p|li|h[1-6]|blockquote|pre|tr)>")
_CELL_END = re.compile(r"</t[hd]>")
_TAG = re.compile(r"<[^>]*>")


def sanitised(source: str) -> str:
    """HTML reduced to harmless tags; whatever could run, load or restyle is gone. Cleaning twice changes nothing."""
    return nh3.clean(source, tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes=_SCHEMES).strip()


def plain_text(source: str) -> str:
    """What a reader of sanitised HTML sees: its words, one line for each block."""
    text = _TAG.sub("", _CELL_END.sub("\t", _BLOCK_END.sub("\n", source)))
    lines = (line.strip() for line in html.unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)


class _Columns(NamedTuple):
    html: str
    text: str


@register
class RichText(LongText):
    """Sanitised HTML. Its words are stored beside it, so that filters and search never meet a tag."""

    key = "rich_text"
    intro = Introduction(
        "text",
        "pilcrow",
        words("富文本", "Rich text"),
        words("带标题、列表和链接的文字", "Text with headings, lists and links"),
        sample=words("会议纪要：确认报价", "Minutes: price agreed"),
    )
    exact_text = False
    default_max_length = 100_000
    largest_max_length = 500_000

    def columns(self, field: Field) -> tuple[Column, ...]:
        """The HTML and its words."""
        return (Column("", "text"), Column("__text", "text"))

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """Sanitised HTML; None when nothing is left to read. ``max_length`` counts the HTML."""
        if raw is None:
            return None
        if not isinstance(raw, str):
            raise BadValue("fields.not_text")
        source = sanitised(self.clean(raw))
        if len(source) > field.prepared:
            raise BadValue("fields.too_long", limit=field.prepared, length=len(source))
        return source if plain_text(source) else None

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> str | None:
        """Plain text as paragraphs; text that begins with a tag is taken as HTML."""
        text = self.clean(text)
        if text.startswith("<"):
            return self.parse(field, text, env)
        lines = (f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())
        return self.parse(field, "".join(lines), env)

    def to_db(self, value: Any) -> tuple[Any, ...]:
        """The HTML and its words."""
        return (None, None) if value is None else _Columns(value, plain_text(value))

    def from_db(self, values: Sequence[Any]) -> Any:
        """The HTML."""
        return values[0]

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """The words."""
        return "" if value is None else plain_text(value)

    def expression(self, field: Field, alias: str) -> str:
        """The words are compared, not the tags."""
        return f'{alias}."{field.key}__text"'

    def compared_text(self, value: Any) -> str:
        """The words."""
        return plain_text(value)

    def samples(self, field: Field) -> list[Any]:
        """Paragraphs, lists, entities that look like tags, and links."""
        return [
            "<p>你好</p>",
            "<p>第一段 <strong>重点</strong></p><ul><li>甲</li><li>乙</li></ul>",
            "<p>1 &lt; 2 &amp; 3 &gt; 2</p>",
            sanitised('<p><a href="https://example.com/?a=1&amp;b=2">链接</a></p>'),
        ]
