"""What stands in the way of newly shipped definitions in a workspace, told so that somebody can do something about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.engine.objects.catalog import LIVE
from guanxi.engine.objects.definitions import ObjectDefinition
from guanxi.engine.objects.fields.registry import kind as kind_of
from guanxi.engine.objects.model import Snapshot
from guanxi.engine.objects.references import references
from guanxi.engine.objects.validation import Finding
from guanxi.infra.database.cursor import RecordCursor
from guanxi.infra.errors import FieldError

GONE = "dropped"


@dataclass(frozen=True)
class Row:
    """An object, field or component as a workspace has it."""

    table: str
    id: str
    object_id: str
    kind: str
    key: str
    state: str
    is_shipped: bool
    label: Mapping[str, str]


@dataclass(frozen=True)
class Rows:
    """Everything that a workspace has, by id."""

    by_id: Mapping[str, Row]

    @classmethod
    def load(cls, cursor: RecordCursor) -> Rows:
        """Read the catalog on the search path, in whatever state."""
        found = cursor.execute(
            "SELECT 'sys_object', id::text, id::text, '', key, state, shipped IS NOT NULL, live->'label' FROM sys_object"
            " UNION ALL SELECT 'sys_field', id::text, object_id::text, kind, key, state, shipped IS NOT NULL, live->'label'"
            " FROM sys_field UNION ALL SELECT 'sys_component', id::text, object_id::text, kind, key, state,"
            " shipped IS NOT NULL, live->'label' FROM sys_component"
        ).fetchall()
        return cls({row[1]: Row(*row) for row in found})

    def named(self, table: str, object_id: str, kind: str, key: str) -> Row | None:
        """What has a key: among objects, among the fields of one, or among its components of a kind."""
        for row in self.by_id.values():
            if row.table == table and row.key == key:
                same_owner = table == "sys_object" or row.object_id == object_id
                if same_owner and (table != "sys_component" or row.kind == kind):
                    return row
        return None


Wanted = tuple[str, str, str, str, str, str]
"""Table, id, id of the object, kind, key, and the key of the object."""


def _wanted(definitions: Sequence[ObjectDefinition]) -> Iterator[Wanted]:
    for one in definitions:
        yield "sys_object", one.id, one.id, "", one.key, one.key
        for field in one.fields:
            yield "sys_field", field.id, one.id, field.kind, field.key, one.key
        for component in one.components:
            yield "sys_component", component.id, one.id, component.kind, component.key, one.key


def clashes(rows: Rows, definitions: Sequence[ObjectDefinition]) -> Iterator[FieldError]:
    """Keys that the workspace uses for something of its own, and kinds and keys that changed under the same id."""
    for table, id_, object_id, kind, key, object_key in _wanted(definitions):
        place = object_key if table == "sys_object" else f"{object_key}.{key}"
        known = rows.by_id.get(id_)
        if known is not None:
            if known.key != key:
                yield FieldError(place, "install.key_changed", {"old": known.key, "new": key})
            elif known.kind != kind:
                yield FieldError(place, "install.kind_changed", {"old": _words(known.kind), "new": _words(kind)})
            continue
        other = rows.named(table, object_id, kind, key)
        if other is not None and other.state != GONE:
            code = "install.object_clash" if table == "sys_object" else "install.field_clash"
            yield FieldError(place, code, {"key": key, "name": dict(other.label or {}) or key})


def _words(kind: str) -> Any:
    try:
        return dict(kind_of(kind).intro.label)
    except LookupError:
        return kind


def free_keys(cursor: RecordCursor, rows: Rows, definitions: Sequence[ObjectDefinition]) -> None:
    """Keys of what was dropped for good are to be had again for what the product ships."""
    for table, id_, object_id, kind, key, _ in _wanted(definitions):
        other = rows.named(table, object_id, kind, key) if id_ not in rows.by_id else None
        if other is not None and other.state == GONE:
            freed = f"{key}__{other.id}"
            cursor.execute(f"UPDATE {table} SET key = $2 WHERE id = $1::text::uuid", [other.id, freed])


def explained(
    live: Snapshot, rows: Rows, definitions: Sequence[ObjectDefinition], found: Sequence[Finding]
) -> Iterator[FieldError]:
    """Findings as refusals; where a field that is no longer shipped is the cause, that is said, with what names it."""
    broken = {(one.object, one.part) for one in found}
    told: set[tuple[str, str]] = set()
    for object_key, field_key in removed(rows, definitions) if found else ():
        names = []
        for place, label in _dependents(live, object_key, field_key):
            if place in broken:
                told.add(place)
                names.append(label)
        if names:
            params = {"field": field_key, "names": ", ".join(names)}
            yield FieldError(f"{object_key}.{field_key}", "install.field_removed", params)
    for one in found:
        if (one.object, one.part) not in told:
            yield one.error


def removed(rows: Rows, definitions: Sequence[ObjectDefinition]) -> Iterator[tuple[str, str]]:
    """Fields in use that the product no longer ships, as (object, field)."""
    kept = {one for _, one, *_ in _wanted(definitions)}
    mine = {one.id: one.key for one in definitions}
    for row in rows.by_id.values():
        shipped = row.table == "sys_field" and row.is_shipped and row.state in LIVE
        if shipped and row.object_id in mine and row.id not in kept:
            yield mine[row.object_id], row.key


def _dependents(live: Snapshot, object_key: str, field_key: str) -> Iterator[tuple[tuple[str, str], str]]:
    """What of the workspace names a field: (object, part) as findings have it, and how it is called."""
    target = (object_key, field_key)
    for obj in live.objects.values():
        for one in obj.fields.values():
            named: Iterable[tuple[str, str | None]] = {(o, f) for o, f, _ in references(live, obj, one)}
            if not one.system and (target in named or target in one.kind.depends_on(live, obj, one)):
                yield (obj.key, one.key), f"{obj.key}.{one.key}"
        if obj.key != object_key:
            continue
        if obj.title == field_key or any(field_key in keys for keys in obj.uniques) or obj.board == field_key:
            yield (obj.key, ""), obj.key
        for those in obj.components.values():
            yield from (((obj.key, f"{c.kind}:{c.key}"), f"{obj.key} {c.kind} {c.key}") for c in those)
