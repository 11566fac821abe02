"""A reference to one record of one of several objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.references import SAMPLE_IDS, record_id
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import REVERSE, REVERSE_LABEL, Setting, words
from guanxi.engine.objects.model import Field

TARGETS = Setting("targets", "objects", words("可关联的对象", "Objects"), required=True)
OPEN_TO = Setting(
    "open_to", "text", words("也可关联有此功能的对象", "Also objects with this feature"),
    words("例如 activities：所有记录跟进的对象", "For instance activities: every object that activities are kept of"),
)  # fmt: skip


class About(NamedTuple):
    """The record that something is about: the key of its object and its id."""

    object: str
    id: UUID


@register
class AboutKind(FieldKind):
    """The record that a note, call or task is about, of one of the objects in the setting ``targets``."""

    key = "about"
    intro = Introduction(
        "relation",
        "waypoints",
        words("关联任意对象", "Any of several objects"),
        words("几种对象之一的一条记录", "One record of one of several objects"),
    )
    trait = "about"
    sortable = False
    sample_settings: ClassVar[Mapping[str, Any]] = {"targets": ["company", "contact"]}

    def columns(self, field: Field) -> tuple[Column, ...]:
        """The id and the key of the object. No foreign key can hold both: deletion is the engine's matter."""
        return (Column("", "uuid"), Column("__object", "text"))

    def indexes(self, field: Field) -> tuple[str, ...]:
        """Object first: it also answers what is about any record of an object."""
        return (f'USING btree ("{field.key}__object", "{field.key}")',)

    def settings_schema(self) -> tuple[Setting, ...]:
        """``targets``, the feature of further ones (``open_to``), its name there (``reverse``, ``reverse_label``)."""
        return (TARGETS, OPEN_TO, REVERSE, REVERSE_LABEL)

    def prepare(self, settings: Mapping[str, Any]) -> frozenset[str]:
        """The objects that may be referred to."""
        return frozenset(settings.get("targets", ()))

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> About | None:
        """An object with the keys ``object`` and ``id``."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, Mapping):
            raw = (raw.get("object"), raw.get("id"))
        if not isinstance(raw, tuple) or len(raw) != 2:
            raise BadValue("fields.not_about")
        target, identifier = raw
        if target not in field.prepared:
            raise BadValue("fields.about_object", object=str(target), known=", ".join(sorted(field.prepared)))
        return About(target, record_id(identifier))

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> About | None:
        """``company:0190...``."""
        target, colon, identifier = text.strip().partition(":")
        if not target:
            return None
        return self.parse(field, (target.strip(), identifier) if colon else (), env)

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> About:
        """Both the object and the id."""
        about = self.parse(field, raw, env)
        if about is None:
            raise BadValue("fields.value_required")
        return about

    def to_db(self, value: Any) -> tuple[Any, ...]:
        """The id and the object."""
        return (None, None) if value is None else (value.id, value.object)

    def from_db(self, values: Sequence[Any]) -> Any:
        """Both together; half a reference is none."""
        identifier, target = values
        return None if identifier is None or target is None else About(target, identifier)

    def render(self, value: Any) -> dict[str, str] | None:
        """The object and the id; the reader adds the title."""
        return None if value is None else {"object": value.object, "id": str(value.id)}

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``company:0190...``; the title is the reader's matter."""
        return "" if value is None else f"{value.object}:{value.id}"

    def samples(self, field: Field) -> list[Any]:
        """A record of every object, and two of the first."""
        targets = sorted(field.prepared)
        return [*(About(target, SAMPLE_IDS[0]) for target in targets), About(targets[0], SAMPLE_IDS[1])]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """The object, the id, and the title where the reader knows it."""
        return {
            "type": "object",
            "properties": {
                "object": {"type": "string", "enum": sorted(field.prepared)},
                "id": {"type": "string", "format": "uuid"},
                "title": {"type": ["string", "null"]},
                "restricted": {"type": "boolean"},
            },
            "required": ["object", "id"],
        }
