"""The catalog of a workspace: rows of ``sys_object`` and ``sys_field`` read into immutable snapshots."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from guanxi.engine.objects.fields.registry import kind
from guanxi.engine.objects.model import Field, Object, Relation, Snapshot
from guanxi.infra.database.cursor import RecordCursor

CACHE_SIZE = 200
_cache: OrderedDict[tuple[str, int], Snapshot] = OrderedDict()
_lock = threading.Lock()

_SYSTEM_LABELS: Mapping[str, tuple[str, str, str]] = {
    "owner": ("person", "负责人", "Owner"),
    "created_at": ("datetime", "创建时间", "Created at"),
    "created_by": ("person", "创建人", "Created by"),
    "updated_at": ("datetime", "更新时间", "Updated at"),
    "updated_by": ("person", "更新人", "Updated by"),
}


def snapshot(cursor: RecordCursor, schema: str, version: int) -> Snapshot:
    """The snapshot of a schema at the version that the transaction has read; cached in the process."""
    with _lock:
        found = _cache.get((schema, version))
        if found is not None:
            _cache.move_to_end((schema, version))
            return found
    loaded = load(cursor, schema, version)
    with _lock:
        _cache[schema, version] = loaded
        while len(_cache) > CACHE_SIZE:
            _cache.popitem(last=False)
    return loaded


def forget(schema: str) -> None:
    """Drop cached snapshots of a schema (a schema made anew after deletion counts its versions from 1 again)."""
    with _lock:
        for key in [key for key in _cache if key[0] == schema]:
            del _cache[key]


def load(cursor: RecordCursor, schema: str, version: int) -> Snapshot:
    """Read the catalog of the schema on the search path."""
    cursor.execute("SELECT id::text, key, area, live FROM sys_object WHERE state = 'active' ORDER BY key")
    objects = cursor.fetchall()
    cursor.execute(
        "SELECT object_id::text, id::text, key, kind, live, state FROM sys_field"
        " WHERE state = 'active' ORDER BY (live->>'position')::int, key"
    )
    fields: dict[str, dict[str, Field]] = {}
    for object_id, *rest in cursor.fetchall():
        made = field_from(*rest)
        fields.setdefault(object_id, {})[made.key] = made
    return assemble(schema, version, [(id_, key, area, live, fields.get(id_, {})) for id_, key, area, live in objects])


def field_from(id_: str, key: str, kind_key: str, live: Mapping[str, Any], state: str = "active") -> Field:
    """A field of its stored attributes."""
    names = "label help required unique searchable read_only hidden index default settings position".split()
    return Field(id=id_, key=key, kind=kind(kind_key), state=state, **{n: live[n] for n in names})


def assemble(
    schema: str, version: int, rows: list[tuple[str, str, str, Mapping[str, Any], dict[str, Field]]]
) -> Snapshot:
    """A snapshot of object rows (id, key, area, attributes, own fields) with system fields and relations added."""
    relations: dict[str, dict[str, Relation]] = {}
    for _, key, _, live, fields in rows:
        for one in fields.values():
            reverse = one.settings.get("reverse")
            if not reverse:
                continue
            label = one.settings.get("reverse_label") or live["plural"]
            for target in one.settings.get("targets") or [str(one.target)]:
                relations.setdefault(target, {})[reverse] = Relation(reverse, label, key, one.key)
    objects = {}
    for id_, key, area, live, fields in rows:
        objects[key] = Object(
            id=id_, key=key, area=area, label=live["label"], plural=live["plural"], icon=live["icon"],
            color=live["color"], title=live["title"], group=live["group"], position=live["position"],
            features=frozenset(live["features"]), fields={**fields, **_system_fields(live["features"])},
            relations=relations.get(key, {}), layout=live["layout"], inherit=live["inherit"], board=live["board"],
            read_also=(live["access"] or {}).get("read_also"),
        )  # fmt: skip
    return Snapshot(schema, version, objects)


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
