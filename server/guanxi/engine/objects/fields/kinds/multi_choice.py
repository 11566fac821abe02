"""Several of several options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.dependent import ALLOWED, DEPENDS_ON
from guanxi.engine.objects.fields.options import SAMPLE_SETTINGS, Options
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import OPTIONS, Setting, words
from guanxi.engine.objects.model import Field


@register
class MultiChoice(FieldKind):
    """The keys of some options, each once, in the order of the options; choosing nothing is no value."""

    key = "multi_choice"
    intro = Introduction(
        "choice",
        "list-checks",
        words("多选", "Multiple choice"),
        words("从选项中选多个", "Several of the options"),
        sample=words("微信、电话", "WeChat, phone"),
    )
    trait = "choices"
    sortable = False
    sample_settings: ClassVar[Mapping[str, Any]] = SAMPLE_SETTINGS

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One array of keys."""
        return (Column("", "text[]"),)

    def indexes(self, field: Field) -> tuple[str, ...]:
        """One that answers "has any of" and "has all of"."""
        return (f'USING gin ("{field.key}")',)

    def settings_schema(self) -> tuple[Setting, ...]:
        """``options``: a list of {key, label, color}; ``depends_on`` and ``allowed`` where another choice narrows them."""
        return (OPTIONS, DEPENDS_ON, ALLOWED)

    def prepare(self, settings: Mapping[str, Any]) -> Options:
        """The options, found by key and by label."""
        return Options.of(settings)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> tuple[str, ...] | None:
        """A list of keys of known options; one key alone is a list of one."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, str):
            raw = (raw,)
        if not isinstance(raw, list | tuple | set | frozenset):
            raise BadValue("fields.not_a_list")
        options: Options = field.prepared
        for key in raw:
            if type(key) is not str or key not in options.labels:
                raise options.unknown(key, env.language)
        return tuple(sorted(set(raw), key=options.order.__getitem__)) or None

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> tuple[str, ...] | None:
        """Labels in any language or keys, with a comma, semicolon, ``、`` or line break between them."""
        keys = field.prepared.find_all(text)
        if keys is None:
            raise field.prepared.unknown(text.strip(), env.language)
        return self.parse(field, keys, env)

    def to_db(self, value: Any) -> tuple[Any, ...]:
        """The keys as a list."""
        return (None if value is None else list(value),)

    def from_db(self, values: Sequence[Any]) -> Any:
        """The keys as a tuple."""
        return tuple(values[0]) if values[0] else None

    def render(self, value: Any) -> list[str] | None:
        """The keys."""
        return None if value is None else list(value)

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """The labels."""
        separator = "、" if language.startswith("zh") else ", "
        return separator.join(field.prepared.text(key, language) for key in value or ())

    def samples(self, field: Field) -> list[Any]:
        """One, two and all options."""
        keys = tuple(field.prepared.labels)
        return list(dict.fromkeys((keys[:1], keys[-1:], keys[:2], keys)))

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A list of keys."""
        keys = list(field.prepared.labels)
        return {"type": "array", "items": {"type": "string", "enum": keys}, "uniqueItems": True}
