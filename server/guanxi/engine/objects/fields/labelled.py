"""Lists of things each with a label: several phone numbers, mail addresses, web addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, ParseEnv, shown
from guanxi.engine.objects.fields.options import Options
from guanxi.engine.objects.fields.settings import Setting, Words, words
from guanxi.engine.objects.model import Field

MAX_ITEMS = 20
_SEPARATORS = re.compile(r"[;；、|\n\r]+")
_LABELLED = re.compile(r"([^:：]{1,40})[:：](.*)", re.DOTALL)


class Item(NamedTuple):
    """One of several, with the key of its label or None."""

    value: str
    label: str | None = None


def labels_setting(options: Sequence[tuple[str, Words]]) -> Setting:
    """The labels that people choose from; a field may have others."""
    default = [{"key": key, "label": dict(label)} for key, label in options]
    return Setting("labels", "options", words("分类", "Labels"), default=default)


class LabelledList(FieldKind):
    """Several values, each once, the most important first; ``one`` says what a single value looks like.

    The values are compared, the labels are not.
    """

    trait = "list"
    sortable = False
    searchable = True
    labels: ClassVar[Setting]

    def columns(self, field: Field) -> tuple[Column, ...]:
        """The values, and beside them their labels, "" where there is none."""
        return (Column("", "text[]"), Column("__labels", "text[]"))

    def indexes(self, field: Field) -> tuple[str, ...]:
        """One that answers "has any of" and "has all of"."""
        return (f'USING gin ("{field.key}")',)

    def settings_schema(self) -> tuple[Setting, ...]:
        """``labels`` to choose from."""
        return (self.labels,)

    def prepare(self, settings: Mapping[str, Any]) -> Options:
        """The labels, found by key and by word."""
        return Options.of({"options": settings.get("labels") or self.labels.default})

    def one(self, field: Field, text: str) -> str | None:
        """The normal form of a single value, None when the text is empty; BadValue when it is none."""
        raise NotImplementedError

    def written(self, value: str) -> str:
        """A single value as people read it."""
        return value

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> tuple[Item, ...] | None:
        """A list of texts or of objects with ``value`` and ``label``; text is taken apart at its separators."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, str):
            return self.parse_text(field, raw, env)
        if isinstance(raw, Mapping) or not isinstance(raw, list | tuple):
            raise BadValue("fields.not_a_list")
        return self._list([self._item(field, each, env) for each in raw])

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> tuple[Item, ...] | None:
        """``工作：138 0013 8000；个人：139 0013 9000``, the labels in either language or left out."""
        items = []
        for part in _SEPARATORS.split(text):
            said = _LABELLED.fullmatch(part.strip())
            label = field.prepared.find(said[1].strip()) if said else None
            items.append((said[2] if said and label else part, label))
        return self._list([self._checked(field, value, label) for value, label in items])

    def _item(self, field: Field, raw: Any, env: ParseEnv) -> Item | None:
        if isinstance(raw, Item):
            value, label = raw
        elif isinstance(raw, Mapping):
            if set(raw) - {"value", "label"}:
                raise BadValue("fields.not_a_list")
            value, label = raw.get("value"), raw.get("label") or None
        else:
            value, label = raw, None
        if value is not None and not isinstance(value, str):
            raise BadValue("fields.not_text")
        if label is not None and (not isinstance(label, str) or label not in field.prepared.labels):
            known = "、".join(field.prepared.text(key, env.language) for key in field.prepared.labels)
            raise BadValue("fields.unknown_label", label=shown(label), known=known)
        return self._checked(field, value or "", label)

    def _checked(self, field: Field, text: str, label: str | None) -> Item | None:
        value = self.one(field, text.strip())
        return None if value is None else Item(value, label)

    def _list(self, items: Sequence[Item | None]) -> tuple[Item, ...] | None:
        once: dict[str, Item] = {}
        for item in items:
            if item is not None:
                once.setdefault(item.value, item)
        if len(once) > MAX_ITEMS:
            raise BadValue("fields.too_many", limit=MAX_ITEMS)
        return tuple(once.values()) or None

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> list[str]:
        """The values alone."""
        items = self.parse(field, [raw] if isinstance(raw, str) else raw, env)
        if not items:
            raise BadValue("fields.value_required")
        return [item.value for item in items]

    def to_db(self, value: Any) -> tuple[Any, ...]:
        """The values and the labels."""
        if value is None:
            return (None, None)
        return ([item.value for item in value], [item.label or "" for item in value])

    def from_db(self, values: Sequence[Any]) -> Any:
        """Both together."""
        found, labels = values
        if not found:
            return None
        return tuple(
            Item(value, label or None) for value, label in zip(found, labels or [""] * len(found), strict=True)
        )

    def render(self, value: Any) -> list[dict[str, Any]] | None:
        """Objects with ``value`` and ``label``."""
        return None if value is None else [{"value": item.value, "label": item.label} for item in value]

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``工作：138 0013 8000；139 0013 9000``."""
        if value is None:
            return ""
        colon, separator = ("：", "；") if language.startswith("zh") else (": ", "; ")
        told = []
        for item in value:
            label = field.prepared.text(item.label, language) + colon if item.label else ""
            told.append(label + self.written(item.value))
        return separator.join(told)

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A list of values with the keys of their labels."""
        keys = [*field.prepared.labels, None]
        properties = {"value": {"type": "string", "minLength": 1}, "label": {"enum": keys}}
        return {
            "type": "array",
            "items": {"type": "object", "properties": properties, "required": list(properties)},
        }
