"""The catalog of a workspace: rows of ``sys_object``, ``sys_field`` and ``sys_component`` as immutable snapshots."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from guanxi.engine.objects.components import record_type
from guanxi.engine.objects.computed.showing import shape
from guanxi.engine.objects.fields.registry import kind
from guanxi.engine.objects.model import Component, Field, Object, Relation, ShareReach, Snapshot
from guanxi.infra.database.cursor import RecordCursor

CACHE_SIZE = 200
VERSIONS = 3
"""Snapshots of one schema that are kept: units of work that began before a change still use the one before it."""
_cache: OrderedDict[tuple[str, int], Snapshot] = OrderedDict()
_lock = threading.Lock()

LIVE = ("active", "creating")
"""States in which requests see an object, field or component; a field being created waits for its values."""
PHYSICAL = ("active", "creating", "archived", "retiring")
"""States in which the tables and columns are there."""

_SYSTEM_LABELS: Mapping[str, tuple[str, str, str]] = {
    "owner": ("person", "负责人", "Owner"),
    "created_at": ("datetime", "创建时间", "Created at"),
    "created_by": ("person", "创建人", "Created by"),
    "updated_at": ("datetime", "更新时间", "Updated at"),
    "updated_by": ("person", "更新人", "Updated by"),
}


def snapshot(cursor: RecordCursor, schema: str, version: int) -> Snapshot:
    """The snapshot of a schema at the version that the transaction has read, or at a later one to which the catalog
    has moved meanwhile; cached in the process.
    """
    with _lock:
        found = _cache.get((schema, version))
        if found is not None:
            _cache.move_to_end((schema, version))
            return found
    loaded, version = _settled(cursor, schema, version)
    with _lock:
        _cache[schema, version] = loaded
        for at in [at for at in _cache if at[0] == schema][:-VERSIONS]:
            del _cache[at]
        while len(_cache) > CACHE_SIZE:
            _cache.popitem(last=False)
    return loaded


def _settled(cursor: RecordCursor, schema: str, version: int) -> tuple[Snapshot, int]:
    """The catalog with the version that it had before and after it was read: its statements see what is committed
    between them, and a catalog of two halves must never be kept under one version.
    """
    while True:
        loaded = load(cursor, schema, version)
        row = cursor.execute("SELECT version FROM sys_catalog").fetchone()
        if row is None or row[0] == version:
            return loaded, version
        version = row[0]


def forget(schema: str) -> None:
    """Drop cached snapshots of a schema (a schema made anew after deletion counts its versions from 1 again)."""
    with _lock:
        for at in [at for at in _cache if at[0] == schema]:
            del _cache[at]
        for of in [of for of in _parts if of[0] == schema]:
            del _parts[of]


def next_version(cursor: RecordCursor) -> int:
    """Say that the catalog on the search path has changed; every unit of work that begins later reads it anew.

    A version is an instant in microseconds, so that no two catalogs have the same one: not those of a schema that was
    restored from a file, nor one whose change was rolled back.
    """
    row = cursor.execute(
        "UPDATE sys_catalog SET version = greatest(version + 1, (extract(epoch FROM clock_timestamp()) * 1e6)::bigint)"
        " RETURNING version"
    ).fetchone()
    if row is None:
        raise RuntimeError("the schema has no catalog")
    version: int = row[0]
    return version


@dataclass
class ObjectRow:
    """One row of ``sys_object`` with what belongs to it."""

    id: str
    key: str
    area: str
    live: Mapping[str, Any]
    custom: bool = False
    fields: dict[str, Field] = field(default_factory=dict)
    components: dict[str, list[Component]] = field(default_factory=dict)


@dataclass
class _Part:
    """An object as it is stored, in whatever states: made once for as long as none of its rows changes.

    Fields are kept as they were made, or as their rows where their kinds belong to one snapshot alone.
    """

    row: ObjectRow
    fields: list[tuple[str, Field | tuple[Any, ...]]] = field(default_factory=list)
    components: list[tuple[str, Component]] = field(default_factory=list)

    def within(self, states: tuple[str, ...]) -> ObjectRow:
        """The object with the fields and components that are in one of the states, for one snapshot."""
        row = ObjectRow(self.row.id, self.row.key, self.row.area, self.row.live, self.row.custom)
        for state, one in self.fields:
            if state in states:
                made = one if isinstance(one, Field) else field_from(*one)
                row.fields[made.key] = made
        for state, component in self.components:
            if state in states:
                row.components.setdefault(component.kind, []).append(component)
        return row


_parts: OrderedDict[tuple[str, str], tuple[Any, _Part]] = OrderedDict()
PARTS = 20_000
"""Objects that a process remembers, of all workspaces."""


def load(cursor: RecordCursor, schema: str, version: int, states: Iterable[str] = LIVE) -> Snapshot:
    """Read the catalog of the schema on the search path: objects, fields and components in one of the states.

    Only objects of which a row was written since this process last read them are read again: where a row version
    stands, and which transaction wrote it, tell one from every other.
    """
    wanted = tuple(states)
    marks = {id_: tuple(mark) for id_, *mark in cursor.execute(_MARKS, [list(wanted)]).fetchall()}
    with _lock:
        held = {id_: _parts.get((schema, id_)) for id_ in marks}
    known = {id_: found[1] for id_, found in held.items() if found is not None and found[0] == marks[id_]}
    fresh = _read(cursor, [id_ for id_ in marks if id_ not in known])
    with _lock:
        for id_, part in fresh.items():
            _parts[schema, id_] = (marks[id_], part)
        while len(_parts) > PARTS:
            _parts.popitem(last=False)
    parts = known | fresh
    return assemble(schema, version, [parts[id_].within(wanted) for id_ in marks if id_ in parts])


_MARKS = (
    "SELECT o.id::text, o.ctid::text, o.xmin::text, f.mark, c.mark FROM sys_object o"
    " LEFT JOIN (SELECT object_id, sum(hashtextextended(ctid::text || ' ' || xmin::text, 0)) AS mark FROM sys_field"
    " GROUP BY object_id) f ON f.object_id = o.id"
    " LEFT JOIN (SELECT object_id, sum(hashtextextended(ctid::text || ' ' || xmin::text, 0)) AS mark FROM sys_component"
    " GROUP BY object_id) c ON c.object_id = o.id WHERE o.state = ANY($1) ORDER BY o.key"
)
"""What tells the stored rows of each object from any others that it had or will have."""


def _read(cursor: RecordCursor, ids: list[str]) -> dict[str, _Part]:
    """Objects with all their fields and components."""
    if not ids:
        return {}
    found = cursor.execute(
        "SELECT id::text, key, area, live, shipped IS NULL FROM sys_object WHERE id = ANY($1::uuid[])", [ids]
    ).fetchall()
    parts = {row[0]: _Part(ObjectRow(*row)) for row in found}
    rows = cursor.execute(
        "SELECT object_id::text, id::text, key, kind, live, state, shipped IS NULL FROM sys_field"
        " WHERE object_id = ANY($1::uuid[]) ORDER BY (live->>'position')::int, key",
        [ids],
    ).fetchall()
    for object_id, *rest in rows:
        made = field_from(*rest)
        parts[object_id].fields.append((rest[4], tuple(rest) if made.kind.computed else made))
    rows = cursor.execute(
        "SELECT object_id::text, state, id::text, kind, key, live, shipped IS NULL FROM sys_component"
        " WHERE object_id = ANY($1::uuid[]) ORDER BY (live->>'position')::numeric, key",
        [ids],
    ).fetchall()
    for object_id, state, *rest in rows:
        parts[object_id].components.append((state, Component(*rest)))
    return parts


def field_from(
    id_: str, key: str, kind_key: str, live: Mapping[str, Any], state: str = "active", custom: bool = False
) -> Field:
    """A field of its stored attributes."""
    of = kind(kind_key).of(live["settings"])
    return Field(
        id=id_, key=key, kind=of, label=live["label"], help=live["help"], required=live["required"],
        unique=live["unique"], searchable=live["searchable"], read_only=live["read_only"] or of.computed,
        hidden=live["hidden"], index=live["index"], default=live["default"], settings=live["settings"],
        position=live["position"], state=state, custom=custom,
    )  # fmt: skip


def assemble(schema: str, version: int, rows: list[ObjectRow]) -> Snapshot:
    """A snapshot of object rows with system fields and relations added."""
    _open_targets(rows)
    _give_types(rows)
    systems = {row.key: _system_fields(has_owner="owner" in row.live["features"]) for row in rows}
    shape({row.key: {**systems[row.key], **row.fields} for row in rows}, {row.key: row.fields for row in rows})
    relations: dict[str, dict[str, Relation]] = {}
    for row in rows:
        for one in row.fields.values():
            reverse = one.settings.get("reverse")
            if not reverse:
                continue
            label = one.settings.get("reverse_label") or row.live["plural"]
            for target in one.settings.get("targets", [one.target]):
                relations.setdefault(target, {})[reverse] = Relation(reverse, label, row.key, one.key)
    objects = {}
    for row in rows:
        live = row.live
        objects[row.key] = Object(
            id=row.id, key=row.key, area=row.area, label=live["label"], plural=live["plural"], icon=live["icon"],
            color=live["color"], title=live["title"], group=live["group"], position=live["position"],
            features=frozenset(live["features"]), fields={**row.fields, **systems[row.key]},
            relations=relations.get(row.key, {}), layout=live["layout"], inherit=live["inherit"], board=live["board"],
            read_also=(live["access"] or {}).get("read_also"), private=(live["access"] or {}).get("private"),
            share_reach=_share_reach((live["access"] or {}).get("share_reach")),
            custom=row.custom,
            uniques=tuple(tuple(keys) for keys in live.get("uniques") or ()),
            components={kind_: tuple(those) for kind_, those in row.components.items()},
        )  # fmt: skip
    made = Snapshot(schema, version, objects)
    for obj in objects.values():
        for one in obj.fields.values():
            if one.kind.computed:
                one.kind.bind(made, obj, one)
    return made


def _share_reach(told: Mapping[str, Any] | None) -> ShareReach:
    if not told:
        return ShareReach()
    objects = told.get("objects")
    return ShareReach(int(told.get("steps", 1)), None if objects is None else frozenset(objects))


def _give_types(rows: list[ObjectRow]) -> None:
    """The field of a record's type offers the types that its object has."""
    for row in rows:
        held = row.fields.get(record_type.FIELD)
        if held is not None and held.kind.key == record_type.FIELD:
            types = row.components.get(record_type.RecordType.key, ())
            row.fields[held.key] = record_type.typed(held, types)


def _open_targets(rows: list[ObjectRow]) -> None:
    """References to several objects mean those that are there, and every object with the feature they are open to."""
    present = {row.key for row in rows}
    for row in rows:
        for key, one in row.fields.items():
            named = one.settings.get("targets")
            if named is None:
                continue
            feature = one.settings.get("open_to")
            opened = [other.key for other in rows if feature in other.live["features"]] if feature else []
            targets = [target for target in dict.fromkeys([*named, *opened]) if target in present]
            if targets != named:
                row.fields[key] = replace(one, settings={**one.settings, "targets": targets})


@cache
def _system_fields(*, has_owner: bool) -> Mapping[str, Field]:
    """The fields that every object has, the same ones for all."""
    made = {}
    for place, (key, (kind_key, zh, en)) in enumerate(_SYSTEM_LABELS.items()):
        if key == "owner" and not has_owner:
            continue
        made[key] = Field(
            id=f"system:{key}", key=key, kind=kind(kind_key), label={"zh-CN": zh, "en": en}, system=True,
            read_only=key != "owner", settings={"target": "member"}, position=1000 + place,
        )  # fmt: skip
    return made
