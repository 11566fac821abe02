"""Yes or no."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field

_WORDS: dict[str, bool | None] = {"": None}
_WORDS |= dict.fromkeys(("true", "yes", "y", "t", "1", "on", "是", "对", "有", "√", "✓", "✔"), True)
_WORDS |= dict.fromkeys(("false", "no", "n", "f", "0", "off", "否", "不", "无", "×", "✗", "✘"), False)
_TEXTS = {"zh-CN": ("否", "是"), "en": ("No", "Yes")}


@register
class Boolean(FieldKind):
    """True, false, or not answered."""

    key = "boolean"
    intro = Introduction("choice", "toggle-left", words("是/否", "Yes or no"), words("一个开关", "A switch"))
    trait = "boolean"
    groupable = True

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One boolean column."""
        return (Column("", "boolean"),)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> bool | None:
        """A JSON boolean, 1 and 0, or one of the words of both languages."""
        if raw is None or raw is True or raw is False:
            return raw
        word = str(raw).strip().lower() if isinstance(raw, str | int) else None
        if word is None or word not in _WORDS:
            raise BadValue("fields.not_boolean", value=shown(raw))
        return _WORDS[word]

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``是`` and ``否``, ``Yes`` and ``No``."""
        return "" if value is None else _TEXTS.get(language, _TEXTS["en"])[value]

    def samples(self, field: Field) -> list[Any]:
        """Both."""
        return [True, False]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A JSON boolean."""
        return {"type": "boolean"}
