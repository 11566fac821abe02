"""What printed documents have in common: texts and pictures of the template that is the default of a language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from guanxi.capabilities.files import stored
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.storage import store

PICTURES = ("logo", "seal", "signature")
_TEMPLATE = ("language", "title", "seller", "intro", "terms", "footer", "columns", *PICTURES)


def template(ctx: Context, language: str, chosen: UUID | None = None) -> dict[str, Any]:
    """The template that is named, else the default one of the language; empty where there is none."""
    system = ctx.as_system()
    if chosen is None:
        where = {"and": [
            {"field": "is_default", "op": "eq", "value": True}, {"field": "language", "op": "eq", "value": language},
        ]}  # fmt: skip
        chosen = next(iter(reads.ids(system, "quote_template", where)), None)
    return reads.native(system, "quote_template", [chosen], _TEMPLATE).get(chosen, {}) if chosen else {}


def pictures(ctx: Context, own: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> dict[str, Path]:
    """Where the pictures of a template lie, and ``more`` values of file fields; those that are gone are left out."""
    files = {**{key: own.get(key) for key in PICTURES}, **(more or {})}
    ids = {name: UUID(value[0]["id"]) for name, value in files.items() if value}
    kept = stored.find(ctx, list(ids.values()))
    return {name: store.path_of(kept[one].sha256) for name, one in ids.items() if one in kept}
