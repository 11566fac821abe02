"""A reference to one record of another object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from guanxi.engine.objects.fields.base import BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.references import REFERENCE_SCHEMA, SAMPLE_IDS, record_id
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import (
    HAND_OVER,
    ON_DELETE,
    REVERSE,
    REVERSE_LABEL,
    REVERSE_TAB,
    TARGET,
    Setting,
    words,
)
from guanxi.engine.objects.model import Field

TREE = Setting(
    "tree", "flag", words("形成层级", "Forms a tree"),
    words("关联自身对象时，记录不能成为自己的下级", "For references to the same object: no record stands below itself"),
)  # fmt: skip


@register
class Lookup(FieldKind):
    """The id of a record of the object named by the setting ``target``."""

    key = "lookup"
    intro = Introduction(
        "relation", "link", words("关联记录", "Lookup"), words("另一个对象的一条记录", "One record of another object")
    )
    trait = "ref"
    groupable = True
    sample_settings: ClassVar[Mapping[str, Any]] = {"target": "company", "on_delete": "clear"}

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One uuid column."""
        return (Column("", "uuid"),)

    def settings_schema(self) -> tuple[Setting, ...]:
        """``target``, how it is called from there (``reverse``, ``reverse_label``, ``reverse_tab``), ``on_delete``, ``tree``, and whether a
        member is one who holds the record."""
        return (TARGET, REVERSE, REVERSE_LABEL, REVERSE_TAB, ON_DELETE, TREE, HAND_OVER)

    def target(self, field: Field) -> str | None:
        """The object referred to."""
        return str(field.settings["target"])

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> UUID | None:
        """An id, its text, or an object with the key ``id``, as references are rendered."""
        return None if raw is None or raw == "" else record_id(raw)

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> UUID:
        """An id; ``@me`` where members are referred to."""
        if raw == "@me" and self.target(field) == "member" and env.me is not None:
            return env.me
        if raw is None or raw == "":
            raise BadValue("fields.value_required")
        return record_id(raw)

    def render(self, value: Any) -> str | None:
        """The id as text; the reader puts the title beside it."""
        return None if value is None else str(value)

    def samples(self, field: Field) -> list[Any]:
        """Ids of both ends of the range."""
        return list(SAMPLE_IDS)

    def json_schema(self, field: Field) -> dict[str, Any]:
        """The id, or the id with the record's title."""
        return REFERENCE_SCHEMA
