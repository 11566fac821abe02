"""A region of China."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.coded import CodedKind
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field, label_text
from guanxi.kit import divisions

_NAMED = 5
LEVEL = Setting(
    "level", "choice", words("精确到", "Down to"), default="area",
    choices=(
        ("province", words("省", "Province")), ("city", words("市", "City")), ("area", words("区县", "District")),
        ("street", words("街道乡镇", "Street")),
    ),
)  # fmt: skip


@register
class Region(CodedKind):
    """A province, city, district or street of China, down to the field's ``level``; any level above will do too."""

    key = "region"
    intro = Introduction(
        "place",
        "map",
        words("行政区划", "Region"),
        words("省、市、区县、街道逐级选择", "Province, city, district, street"),
    )

    def settings_schema(self) -> tuple[Setting, ...]:
        """``level``: the lowest one."""
        return (LEVEL,)

    def prepare(self, settings: Mapping[str, Any]) -> int:
        """The number of the lowest level, from 0."""
        return divisions.LEVELS.index(settings.get("level", LEVEL.default))

    def find(self, field: Field, text: str, env: ParseEnv) -> str | None:
        """The division that a code or a text means."""
        try:
            key = divisions.find(text, max(field.prepared, 2)) or divisions.find(text)
        except divisions.Ambiguous as several:
            names = "、".join(self.name(key, env.language) for key in several.keys[:_NAMED])
            more = "…" if len(several.keys) > _NAMED else ""
            raise BadValue("fields.tree_ambiguous", value=shown(text), candidates=names + more) from None
        if key is not None and divisions.tree_of(key).level(key) > field.prepared:
            level = label_text(LEVEL.choices[field.prepared][1], env.language)
            raise BadValue("fields.tree_too_deep", level=level)
        return key

    def code(self, key: str) -> str:
        """The official code without the zeros at its end."""
        return key

    def name(self, key: str, language: str = "zh-CN") -> str:
        """All levels in one: ``广东省深圳市南山区``; the code for a division that is gone."""
        return divisions.full_name(key, language) if key in divisions.tree_of(key) else key

    def render(self, value: Any) -> dict[str, str] | None:
        """The code and the name, with the province in English as ``name_en``."""
        told = super().render(value)
        return None if told is None else {**told, "name_en": self.name(value, "en")}

    def json_schema(self, field: Field) -> dict[str, Any]:
        """The code and the names."""
        schema = super().json_schema(field)
        properties = {**schema["properties"], "name_en": {"type": "string"}}
        return {**schema, "properties": properties, "required": list(properties)}

    def samples(self, field: Field) -> list[Any]:
        """Every level down to the field's."""
        keys = ("44", "4403", "440305", "440305007")
        found = [*keys[: field.prepared + 1], "11", "31", "4419", "110101", "429004", "81"]
        return [key for key in found if divisions.tree_of(key).level(key) <= field.prepared]
