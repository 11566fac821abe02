"""References to several records of another object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.references import REFERENCE_SCHEMA, SAMPLE_IDS, record_id
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import REVERSE, REVERSE_LABEL, TARGET, Setting, words
from guanxi.engine.objects.model import Field

MAX_LINKS = 1000


@register
class ManyToMany(FieldKind):
    """Ids of records of ``target``, each once; no links is no value. They live in a link table with both indexes."""

    key = "many_to_many"
    intro = Introduction(
        "relation",
        "share-2",
        words("关联多条记录", "Several records"),
        words("另一个对象的多条记录", "Several records of another object"),
    )
    trait = "refs"
    sortable = False
    sample_settings: ClassVar[Mapping[str, Any]] = {"target": "company"}

    def columns(self, field: Field) -> tuple[Column, ...]:
        """None: the links are rows of their own."""
        return ()

    def settings_schema(self) -> tuple[Setting, ...]:
        """``target``, and how it is called from there (``reverse``, ``reverse_label``)."""
        return (TARGET, REVERSE, REVERSE_LABEL)

    def target(self, field: Field) -> str | None:
        """The object referred to."""
        return str(field.settings["target"])

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> tuple[UUID, ...] | None:
        """A list of ids or of objects with the key ``id``; the order of the first naming is kept."""
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list | tuple | set | frozenset):
            raise BadValue("fields.not_a_list")
        ids = tuple(dict.fromkeys(map(record_id, raw)))
        if len(ids) > MAX_LINKS:
            raise BadValue("fields.too_many", limit=MAX_LINKS)
        return ids or None

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> tuple[UUID, ...] | None:
        """Ids with commas, semicolons or blanks between them."""
        return self.parse(field, text.replace(",", " ").replace(";", " ").split(), env)

    def comparable(self, field: Field, raw: Any, env: ParseEnv) -> UUID:
        """One id: operators of links take lists and ask for each."""
        return record_id(raw)

    def param_type(self, field: Field) -> str:
        """Ids."""
        return "uuid"

    def same(self, a: Any, b: Any) -> bool:
        """Links have no order."""
        return set(a or ()) == set(b or ())

    def render(self, value: Any) -> list[str] | None:
        """The ids as texts; the reader puts titles beside them."""
        return None if value is None else [str(item) for item in value]

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """The ids; titles are the reader's matter."""
        return ", ".join(map(str, value or ()))

    def samples(self, field: Field) -> list[Any]:
        """One link, several links."""
        return [SAMPLE_IDS[:1], SAMPLE_IDS]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A list of references."""
        return {"type": "array", "items": REFERENCE_SCHEMA}
