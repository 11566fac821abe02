"""Ids of records as callers give them, and how references look in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.fields.numbers import shown

SAMPLE_IDS = (
    UUID("01900000-0000-7000-8000-000000000001"),
    UUID("01900000-0000-7000-8000-000000000002"),
    UUID("0199ffff-ffff-7fff-bfff-ffffffffffff"),
)

REFERENCE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "format": "uuid"},
        {
            "type": "object",
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "title": {"type": ["string", "null"]},
                "restricted": {"type": "boolean"},
            },
            "required": ["id"],
        },
    ]
}


def record_id(raw: Any) -> UUID:
    """The id that a UUID, its text, or an object with the key ``id`` names; BadValue otherwise."""
    if type(raw) is UUID:
        return raw
    if isinstance(raw, Mapping):
        raw = raw.get("id")
        if isinstance(raw, UUID):
            return raw
    if isinstance(raw, str):
        try:
            return UUID(raw.strip())
        except ValueError:
            pass
    raise BadValue("fields.not_a_reference", value=shown(raw))
