"""The catalog of a workspace: rows of ``sys_object``, ``sys_field`` and ``sys_component`` as immutable snapshots."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guanxi.engine.objects.components import record_type
from guanxi.engine.objects.computed.showing import shape
from guanxi.engine.objects.fields.registry import kind
from guanxi.engine.objects.model import Component, Field, Object, Relation, ShareReach, Snapshot
from guanxi.infra.database.cursor import RecordCursor

CACHE_SIZE = 200
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
        for key in [key for key in _cache if key[0] == schema]:
            del _cache[key]


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


def load(cursor: RecordCursor, schema: str, version: int, states: Iterable[str] = LIVE) -> Snapshot:
    """Read the catalog of the schema on the search path: objects, fields and components in one of the states."""
    wanted = list(states)
    cursor.execute(
        "SELECT id::text, key, area, live, shipped IS NULL FROM sys_object WHERE state = ANY($1) ORDER BY key", [wanted]
    )
    rows = {row[0]: ObjectRow(*row) for row in cursor.fetchall()}
    cursor.execute(
        "SELECT object_id::text, id::text, key, kind, live, state, shipped IS NULL FROM sys_field"
        " WHERE state = ANY($1) ORDER BY (live->>'position')::int, key",
        [wanted],
    )
    for object_id, *rest in cursor.fetchall():
        if object_id in rows:
            made = field_from(*rest)
            rows[object_id].fields[made.key] = made
    cursor.execute(
        "SELECT object_id::text, id::text, kind, key, live, shipped IS NULL FROM sys_component"
        " WHERE state = ANY($1) ORDER BY (live->>'position')::numeric, key",
        [wanted],
    )
    for object_id, *rest in cursor.fetchall():
        if object_id in rows:
            one = Component(*rest)
            rows[object_id].components.setdefault(one.kind, []).append(one)
    return assemble(schema, version, list(rows.values()))


def field_from(
    id_: str, key: str, kind_key: str, live: Mapping[str, Any], state: str = "active", custom: bool = False
) -> Field:
    """A field of its stored attributes."""
    names = "label help required unique searchable read_only hidden index default settings position".split()
    of = kind(kind_key).of(live["settings"])
    made = Field(id=id_, key=key, kind=of, state=state, custom=custom, **{n: live[n] for n in names})
    return replace(made, read_only=True) if of.computed else made


def assemble(schema: str, version: int, rows: list[ObjectRow]) -> Snapshot:
    """A snapshot of object rows with system fields and relations added."""
    _open_targets(rows)
    _give_types(rows)
    systems = {row.key: _system_fields(row.live["features"]) for row in rows}
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


def _system_fields(features: list[str]) -> dict[str, Field]:
    made = {}
    for place, (key, (kind_key, zh, en)) in enumerate(_SYSTEM_LABELS.items()):
        if key == "owner" and "owner" not in features:
            continue
        made[key] = Field(
            id=f"system:{key}", key=key, kind=kind(kind_key), label={"zh-CN": zh, "en": en}, system=True,
            read_only=key != "owner", settings={"target": "member"}, position=1000 + place,
        )  # fmt: skip
    return made
