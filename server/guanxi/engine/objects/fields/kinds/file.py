"""Attached files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv
from guanxi.engine.objects.fields.kinds.text import one_line
from guanxi.engine.objects.fields.references import SAMPLE_IDS, record_id
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field

MAX_FILES = 100
MAX_NAME = 255
MAX_TYPE = 127


@register
class File(FieldKind):
    """Files that were uploaded before: for each its id, name, size in bytes and media type. No file is no value."""

    key = "file"
    intro = Introduction(
        "file",
        "paperclip",
        words("附件", "Files"),
        words("上传的文件", "Uploaded files"),
        sample=words("采购合同.pdf", "contract.pdf"),
    )
    trait = "file"
    sortable = False
    searchable = True
    exact_text = False

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One jsonb list; the bytes are elsewhere."""
        return (Column("", "jsonb"),)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> list[dict[str, Any]] | None:
        """A list of what the upload answered; a file named twice is there once."""
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list | tuple):
            raise BadValue("fields.not_a_file")
        files = {file["id"]: file for file in map(_file, raw)}
        if len(files) > MAX_FILES:
            raise BadValue("fields.too_many", limit=MAX_FILES)
        return list(files.values()) or None

    def parse_text(self, field: Field, text: str, env: ParseEnv) -> None:
        """Text cannot hold files."""
        if text.strip():
            raise BadValue("fields.not_a_file")

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """The names."""
        return ("、" if language.startswith("zh") else ", ").join(file["name"] for file in value or ())

    def samples(self, field: Field) -> list[Any]:
        """One file, two files, an empty one."""
        first, second, third = map(str, SAMPLE_IDS)
        contract = {"id": first, "name": "合同.pdf", "size": 52_431, "type": "application/pdf"}
        photo = {"id": second, "name": "photo 1.jpg", "size": 1_048_576, "type": "image/jpeg"}
        empty = {"id": third, "name": "空.txt", "size": 0, "type": "text/plain"}
        return [[contract], [photo, contract], [empty]]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A list of descriptions."""
        properties = {
            "id": {"type": "string", "format": "uuid"},
            "name": {"type": "string", "maxLength": MAX_NAME},
            "size": {"type": "integer", "minimum": 0},
            "type": {"type": "string", "maxLength": MAX_TYPE},
        }
        return {
            "type": "array",
            "items": {"type": "object", "properties": properties, "required": list(properties)},
        }


def _file(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise BadValue("fields.not_a_file")
    name, size, media = raw.get("name"), raw.get("size"), raw.get("type")
    if not isinstance(name, str) or not isinstance(media, str) or type(size) is not int or size < 0:
        raise BadValue("fields.not_a_file")
    name, media = one_line(name), one_line(media)
    if not name or len(name) > MAX_NAME or len(media) > MAX_TYPE:
        raise BadValue("fields.not_a_file")
    return {"id": str(record_id(raw)), "name": name, "size": size, "type": media}
