"""How far a person reaches into the fields of an object: hidden, masked, revealed on demand, read, edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Level = Literal["hidden", "masked", "reveal", "read", "edit"]
LEVELS: tuple[Level, ...] = ("hidden", "masked", "reveal", "read", "edit")
"""From least to most: absent; shown as a mask; masked, and told whole on demand with a reason; read; edited."""
MASKED: tuple[Level, ...] = ("masked", "reveal")
"""Levels at which a mask stands in for the value."""
Levels = Mapping[str, Level]
_NONE: Mapping[str, Any] = MappingProxyType({})


def higher(a: Level, b: Level) -> Level:
    """The more permissive of two levels."""
    return a if LEVELS.index(a) >= LEVELS.index(b) else b


def lower(a: Level, b: Level) -> Level:
    """The less permissive of two levels."""
    return a if LEVELS.index(a) <= LEVELS.index(b) else b


def is_read(level: Level) -> bool:
    """Whether the value itself is told, so that it may be compared, sorted and grouped by."""
    return level in ("read", "edit")


@dataclass(frozen=True, slots=True)
class FieldLevels:
    """Levels by field, and by record type where a type has its own; whatever is not named may be edited."""

    plain: Levels = field(default_factory=lambda: _NONE)
    by_type: Mapping[str, Levels] = field(default_factory=lambda: _NONE)

    def of(self, key: str, record_type: str | None = None) -> Level:
        """The level of a field, on records of a type."""
        if record_type is not None and key in (own := self.by_type.get(record_type, _NONE)):
            return own[key]
        return self.plain.get(key, "edit")

    def differing(self, key: str) -> dict[str, Level]:
        """Levels of a field by the record types on which it is another one than on the rest."""
        plain = self.plain.get(key, "edit")
        return {one: levels[key] for one, levels in self.by_type.items() if levels.get(key, plain) != plain}

    def all_of(self, key: str) -> set[Level]:
        """Every level that the field has on records of some type."""
        return {self.plain.get(key, "edit"), *self.differing(key).values()}

    def lowest(self, key: str) -> Level:
        """The level that holds on records of every type."""
        found = self.plain.get(key, "edit")
        if self.by_type:
            for level in self.differing(key).values():
                found = lower(found, level)
        return found

    def highest(self, key: str) -> Level:
        """The level on the records on which it is most permissive."""
        found = self.plain.get(key, "edit")
        if self.by_type:
            for level in self.differing(key).values():
                found = higher(found, level)
        return found

    @property
    def named(self) -> set[str]:
        """Fields of which anything is said."""
        return {*self.plain, *(key for levels in self.by_type.values() for key in levels)}

    def merged(self, other: FieldLevels) -> FieldLevels:
        """The more permissive of two, field by field and type by type."""
        plain: dict[str, Level] = {key: higher(self.of(key), other.of(key)) for key in {*self.plain, *other.plain}}
        by_type: dict[str, dict[str, Level]] = {}
        for one in {*self.by_type, *other.by_type}:
            keys = {*self.by_type.get(one, _NONE), *other.by_type.get(one, _NONE)}
            by_type[one] = {key: higher(self.of(key, one), other.of(key, one)) for key in keys}
        left: dict[str, Level] = {key: level for key, level in plain.items() if level != "edit"}
        return FieldLevels.from_json(left, by_type)

    @classmethod
    def from_json(cls, plain: Levels, by_type: Mapping[str, Levels]) -> FieldLevels:
        """Levels as a role's permissions write them (``fields`` and ``types``)."""
        return cls(plain, by_type) if plain or by_type else EVERY_FIELD


EVERY_FIELD = FieldLevels()
"""Every field may be edited."""
