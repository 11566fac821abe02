"""Any JSON value, for settings and data of other systems."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field

MAX_DEPTH = 32
MAX_LENGTH = 200_000
MAX_EXACT = 2**53 - 1
"""Larger whole numbers change on their way through a browser; as text they keep."""


@register
class Json(FieldKind):
    """A JSON value of any shape. null and empty text are no value; an empty list or object is one."""

    key = "json"
    intro = Introduction(
        "other",
        "braces",
        words("JSON", "JSON"),
        words("其他系统的结构化数据", "Structured data of other systems"),
        sample=words('{"键": "值"}', '{"key": "value"}'),
    )
    trait = "json"
    sortable = False

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One jsonb column."""
        return (Column("", "jsonb"),)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> Any:
        """The value itself, once it is sure that every reader gets it back as it is."""
        if raw is None or raw == "":
            return None
        _check(raw, MAX_DEPTH)
        length = len(_written(raw))
        if length > MAX_LENGTH:
            raise BadValue("fields.too_long", limit=MAX_LENGTH, length=length)
        return raw

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> Any:
        """JSON text."""
        if not text.strip():
            return None
        try:
            return self.parse(field, json.loads(text), env)
        except (ValueError, RecursionError):
            raise BadValue("fields.not_json") from None

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """JSON text in one line."""
        return "" if value is None else _written(value)

    def samples(self, field: Field) -> list[Any]:
        """Every JSON type, nested, and the empty ones."""
        return [{"a": [1, 2.5, None, True], "键": {"b": "值"}}, [], {}, [{"x": "\n\"'"}], "text", 0, False, -1.5]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """Anything."""
        return {}


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _check(value: Any, depth: int) -> None:
    """Refuse what JSON, the database or browsers cannot hold exactly."""
    if depth == 0:
        raise BadValue("fields.json_too_deep", depth=MAX_DEPTH)
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int | float):
        # The comparison is false for what is not a number at all.
        if not abs(value) <= MAX_EXACT:
            raise BadValue("fields.json_number", limit=MAX_EXACT)
    elif isinstance(value, str):
        _check_text(value)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth - 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise BadValue("fields.not_json")
            _check_text(key)
            _check(item, depth - 1)
    else:
        raise BadValue("fields.not_json")


def _check_text(text: str) -> None:
    if not text.isprintable() and ("\0" in text or any("\ud800" <= char <= "\udfff" for char in text)):
        raise BadValue("fields.json_text")
