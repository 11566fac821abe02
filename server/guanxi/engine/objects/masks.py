"""Fields whose values are told as masks: the field as it is, with a kind that reads the value and tells only its mask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, MASK, Column, FieldKind
from guanxi.engine.objects.model import Field

if TYPE_CHECKING:
    from collections.abc import Mapping


class Masked(FieldKind):
    """Stands in for the kind of a masked field: what comes out is text, whatever the value is."""

    key = "text"
    trait = "text"
    sortable = False
    holds_value = True

    def __init__(self, kind: FieldKind, field: Field) -> None:
        self._kind = kind
        self._field = field

    def columns(self, field: Field) -> tuple[Column, ...]:
        """Those of the value."""
        return tuple(self._kind.columns(self._field))

    def select(self, field: Field, alias: str) -> tuple[str, ...]:
        """The value's columns; references to many are told by a mask, how many there are is not."""
        return self._kind.select(self._field, alias) or (f"'{MASK}'",)

    def from_db(self, values: Sequence[Any]) -> str | None:
        """The mask of the value; None when there is none."""
        if self._kind.trait == "refs":
            return MASK
        native = self._kind.from_db(values)
        return None if native is None else self._kind.mask(native)

    def render(self, value: Any) -> Any:
        """The mask."""
        return value

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """The mask."""
        return value or ""

    def check_settings(self, settings: Mapping[str, Any]) -> None:
        """A masked field is never defined."""


def masked(field: Field) -> Field:
    """The field as somebody sees it whose roles mask it."""
    return replace(field, kind=Masked(field.kind, field))


ASIDE = "__masked"
"""Behind a field's key: where its value stands on the records of those types on which it is told as a mask."""


def masked_aside(field: Field) -> Field:
    """The masks of a field that is told on records of other types."""
    return replace(field, kind=Masked(field.kind, replace(field, key=f"{field.key}{ASIDE}")))


def aside(key: str, column: str) -> str:
    """The column in which one of a field's columns stands aside, to be told as a mask."""
    return f"{key}{ASIDE}{column.removeprefix(key)}"
