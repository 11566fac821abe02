"""Titles of the records that a page refers to: one statement for all of them, under the reader's own access."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.query.build import Bind

Titles = Mapping[tuple[str, UUID], str]


def titles(ctx: Context, wanted: Iterable[tuple[str, UUID]]) -> Titles:
    """Titles by (object, id); records that the actor may not see, or that are gone, are missing."""
    by_object: dict[str, set[UUID]] = {}
    for object_key, record in wanted:
        by_object.setdefault(object_key, set()).add(record)
    if not by_object:
        return {}
    bind = Bind()
    guard = ctx.guard()
    parts = []
    for key in sorted(by_object):
        obj = ctx.snapshot.objects.get(key)
        if obj is None:
            continue
        ids = bind(list(by_object[key]), "uuid[]")
        title = obj.fields[obj.title]
        expression = f"{title.kind.expression(title, 't')}::text"
        parts.append(
            f"SELECT '{key}', t.id, {expression} FROM \"{obj.table}\" t"
            f" WHERE t.id = ANY({ids}) AND t.deleted_at IS NULL AND {guard.rows(obj, 't', bind)}"
        )
    rows = ctx.run(" UNION ALL ".join(parts), bind.values) if parts else []
    return {(key, record): title or "" for key, record, title in rows}


def reference(found: Titles, object_key: str, record: UUID) -> dict[str, Any]:
    """A reference as the API shows it; without a title when the reader may not see the record."""
    title = found.get((object_key, record))
    if title is None:
        return {"id": str(record), "title": None, "restricted": True}
    return {"id": str(record), "title": title}
