"""An industry of the national classification."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, Introduction, ParseEnv
from guanxi.engine.objects.fields.coded import CodedKind
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field
from guanxi.kit import industries


@register
class Industry(CodedKind):
    """A section, division, group or class of GB/T 4754-2017."""

    key = "industry"
    intro = Introduction(
        "choice",
        "factory",
        words("行业分类", "Industry"),
        words("国民经济行业分类 GB/T 4754", "The classes of GB/T 4754"),
    )

    def find(self, field: Field, text: str, env: ParseEnv) -> str | None:
        """The class that a code, a name or both mean."""
        return industries.find(text)

    def code(self, key: str) -> str:
        """The digits, or the letter of a section."""
        return industries.code(key)

    def name(self, key: str, language: str = "zh-CN") -> str:
        """The class's own name; the code for a class that is gone."""
        return industries.tree().names.get(key, key)

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``2710 化学药品原料药制造``: names alone stand for several classes."""
        return "" if value is None else f"{self.code(value)} {self.name(value)}"

    def samples(self, field: Field) -> list[Any]:
        """Every level."""
        return ["C", "C27", "C271", "C2710", "A01", "I651", "I6513"]
