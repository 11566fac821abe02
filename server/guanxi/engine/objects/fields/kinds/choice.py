"""One of several options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.dependent import ALLOWED, DEPENDS_ON
from guanxi.engine.objects.fields.options import SAMPLE_SETTINGS, Options
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import OPTIONS, Setting, words
from guanxi.engine.objects.model import Field


@register
class Choice(FieldKind):
    """The key of one option. Options are listed in the settings and sorted in that order."""

    key = "choice"
    intro = Introduction(
        "choice",
        "circle-dot",
        words("单选", "Single choice"),
        words("从选项中选一个", "One of several options"),
        sample=words("微信", "WeChat"),
    )
    trait = "choice"
    groupable = True
    sample_settings: ClassVar[Mapping[str, Any]] = SAMPLE_SETTINGS

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One text column with the key, no database enum: adding an option changes no table."""
        return (Column("", "text"),)

    def settings_schema(self) -> tuple[Setting, ...]:
        """``options``: a list of {key, label, color}; ``depends_on`` and ``allowed`` where another choice narrows them."""
        return (OPTIONS, DEPENDS_ON, ALLOWED)

    def prepare(self, settings: Mapping[str, Any]) -> Options:
        """The options, found by key and by label."""
        return Options.of(settings)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """The key of a known option."""
        if raw is None or raw == "":
            return None
        options: Options = field.prepared
        if type(raw) is not str or raw not in options.labels:
            raise options.unknown(raw, env.language)
        return raw

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> str | None:
        """The option with this label in any language, whatever its case, or with this key."""
        options: Options = field.prepared
        text = text.strip()
        if not text:
            return None
        key = options.find(text)
        if key is None:
            raise options.unknown(text, env.language)
        return key

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """The label."""
        return "" if value is None else field.prepared.text(value, language)

    def sort_expression(self, field: Field, alias: str) -> str:
        """The position of the option."""
        keys = ",".join(f"'{key}'" for key in field.prepared.labels)
        return f"array_position(array[{keys}]::text[], {self.expression(field, alias)})"

    def samples(self, field: Field) -> list[Any]:
        """Every option."""
        return list(field.prepared.labels)

    def json_schema(self, field: Field) -> dict[str, Any]:
        """One of the keys."""
        return {"type": "string", "enum": list(field.prepared.labels)}
