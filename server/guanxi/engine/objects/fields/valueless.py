"""Fields that stand among the others on a page and hold no value of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Column, FieldKind, ParseEnv
from guanxi.engine.objects.model import Field


class ValuelessKind(FieldKind):
    """No columns; nothing to select, compare, sort, group, import or export."""

    trait = "none"
    sortable = False
    holds_value = False

    def columns(self, field: Field) -> tuple[Column, ...]:
        """None."""
        return ()

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> None:
        """Nothing can be written."""
        if raw is not None and raw != "":
            raise BadValue("fields.holds_no_value")

    def to_db(self, value: Any) -> tuple[Any, ...]:
        """Nothing."""
        return ()

    def from_db(self, values: Sequence[Any]) -> None:
        """Nothing."""

    def samples(self, field: Field) -> list[Any]:
        """None."""
        return []

    def json_schema(self, field: Field) -> dict[str, Any]:
        """Always null."""
        return {"type": "null"}
