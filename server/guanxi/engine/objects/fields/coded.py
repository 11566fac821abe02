"""Values that are nodes of a classification: compared, sorted and filtered by the codes their parts have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, ParseEnv, shown
from guanxi.engine.objects.model import Field


class CodedKind(FieldKind):
    """The key of a node; keys begin with the key of their parent, so that "lies within" is a comparison of beginnings."""

    trait = "tree"
    groupable = True
    searchable = True

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One text column with the key."""
        return (Column("", "text"),)

    def indexes(self, field: Field) -> tuple[str, ...]:
        """On demand one that answers "lies within", whatever the language of the database sorts by."""
        return (f'USING btree ("{field.key}" text_pattern_ops)',) if field.index else ()

    @abstractmethod
    def find(self, field: Field, text: str, env: ParseEnv) -> str | None:
        """The key that a code or words mean, None when they mean none."""

    @abstractmethod
    def code(self, key: str) -> str:
        """The key as callers and people know it."""

    @abstractmethod
    def name(self, key: str, language: str = "zh-CN") -> str:
        """What the node is called where nothing else tells where it lies."""

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> str | None:
        """A code, an object with ``code``, or words."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, Mapping):
            raw = raw.get("code")
        if isinstance(raw, str):
            if not raw.strip():
                return None
            key = self.find(field, raw, env)
            if key is not None:
                return key
        raise BadValue("fields.not_in_tree", value=shown(raw))

    def render(self, value: Any) -> dict[str, str] | None:
        """The code and the name."""
        return None if value is None else {"code": self.code(value), "name": self.name(value)}

    def group_key(self, cell: Any) -> Any:
        """The code and the name."""
        return self.render(cell)

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """The name."""
        return "" if value is None else self.name(value, language)

    def json_schema(self, field: Field) -> dict[str, Any]:
        """The code and the name."""
        properties = {"code": {"type": "string"}, "name": {"type": "string"}}
        return {"type": "object", "properties": properties, "required": list(properties)}
