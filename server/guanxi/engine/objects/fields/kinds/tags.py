"""Free labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.kinds.text import one_line
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field

MAX_TAGS = 50
MAX_LENGTH = 50
_SEPARATORS = re.compile(r"[,，;；、|\n\r\t]+")


@register
class Tags(FieldKind):
    """Short words people make up, each once, in the order they were given; no tags is no value."""

    key = "tags"
    intro = Introduction(
        "choice",
        "tags",
        words("标签", "Tags"),
        words("随手添加的词", "Words that people make up"),
        sample=words("重点客户、老客户", "Key account, renewal"),
    )
    trait = "tags"
    sortable = False
    searchable = True

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One array of words."""
        return (Column("", "text[]"),)

    def indexes(self, field: Field) -> tuple[str, ...]:
        """One that answers "has any of" and "has all of"."""
        return (f'USING gin ("{field.key}")',)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> tuple[str, ...] | None:
        """A list of words, or text with separators between them; a separator inside a word parts it too."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, str):
            raw = (raw,)
        if not isinstance(raw, list | tuple | set | frozenset):
            raise BadValue("fields.not_a_list")
        tags: dict[str, None] = {}
        for item in raw:
            if not isinstance(item, str):
                raise BadValue("fields.not_text")
            for part in _SEPARATORS.split(item):
                tag = one_line(part)
                if len(tag) > MAX_LENGTH:
                    raise BadValue("fields.tag_too_long", limit=MAX_LENGTH)
                if tag:
                    tags[tag] = None
        if len(tags) > MAX_TAGS:
            raise BadValue("fields.too_many", limit=MAX_TAGS)
        return tuple(tags) or None

    def to_db(self, value: Any) -> tuple[Any, ...]:
        """The words as a list."""
        return (None if value is None else list(value),)

    def from_db(self, values: Sequence[Any]) -> Any:
        """The words as a tuple."""
        return tuple(values[0]) if values[0] else None

    def render(self, value: Any) -> list[str] | None:
        """The words."""
        return None if value is None else list(value)

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """The words."""
        return ("、" if language.startswith("zh") else ", ").join(value or ())

    def samples(self, field: Field) -> list[Any]:
        """One, several, with spaces and quotes."""
        return [("VIP",), ("重点", "华南"), ("key account", "o'brien", '"q"', "{a}", "null"), ("乙", "甲")]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A list of words."""
        return {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH}}
