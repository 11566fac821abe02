"""A ready form of each object in ``sys_catalog_part``: what reading thousands of rows gives, in one row an object.

The rows of ``sys_object``, ``sys_field`` and ``sys_component`` are the truth. A ready form carries the mark of the rows
that it was made of and is used only while these are still there; whatever has none is read from the rows.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import partial
from typing import Any

import orjson

from guanxi.engine.objects import stored
from guanxi.engine.objects.assembly import ObjectRow
from guanxi.engine.objects.stored import FieldRow, Parts, StoredObject, Texts
from guanxi.infra.database.cursor import RecordCursor


def marks(cursor: RecordCursor, states: tuple[str, ...] | None = None) -> dict[str, str]:
    """What tells the stored rows of each object from any others that it had or will have, by the object's id; of
    objects in one of the states, or of all.

    Where a row version stands, and which transaction wrote it, tell one from every other.
    """
    return dict(cursor.execute(_MARKS, [None if states is None else list(states)]).fetchall())


def read(cursor: RecordCursor, wanted: Mapping[str, str]) -> dict[str, StoredObject]:
    """Objects by their ids, whose marks are known."""
    found: dict[str, StoredObject] = {}
    if wanted:
        ids = f"{{{','.join(wanted)}}}"
        for id_, mark, head, body in cursor.execute(_PARTS, [ids], binary=True).fetchall():
            if mark == wanted[id_]:
                found[id_] = _made(id_, head, body)
    rest = [id_ for id_ in wanted if id_ not in found]
    return found | {id_: texts.made() for id_, texts in stored.read(cursor, rest)}


def refresh(cursor: RecordCursor) -> None:
    """Make the ready forms of the schema on the search path that are missing or of rows that are gone."""
    now = marks(cursor)
    kept = dict(cursor.execute("SELECT object_id::text, mark FROM sys_catalog_part").fetchall())
    for id_, texts in stored.read(cursor, [id_ for id_, mark in now.items() if kept.get(id_) != mark]):
        cursor.execute(_KEEP, [id_, now[id_], *_packed(texts)])


def _packed(texts: Texts) -> tuple[bytes, bytes]:
    """What every snapshot has of an object, and apart from it what is made when somebody looks."""
    head = texts.head
    told = [head.key, head.area, head.live, head.custom, list(texts.fields), [tuple(one) for one in texts.pointing]]
    fields, components = texts.parts()
    return orjson.dumps(told), zlib.compress(orjson.dumps([[tuple(one) for one in fields], components]))


def _made(id_: str, head: bytes, body: bytes) -> StoredObject:
    key, area, live, custom, kinds, pointing = orjson.loads(head)
    row = ObjectRow(id_, key, area, live, custom)
    return StoredObject(row, frozenset(kinds), [FieldRow(*one) for one in pointing], partial(_unpacked, body))


def _unpacked(body: bytes) -> Parts:
    fields: list[Any]
    fields, components = orjson.loads(zlib.decompress(body))
    return [FieldRow(*one) for one in fields], components


_MARKS = (
    "SELECT o.id::text, concat_ws(' ', o.ctid, o.xmin, f.mark, '/', c.mark) FROM sys_object o"
    " LEFT JOIN (SELECT object_id, sum(hashtidextended(ctid, xmin::text::bigint)) AS mark FROM sys_field"
    " GROUP BY object_id) f ON f.object_id = o.id"
    " LEFT JOIN (SELECT object_id, sum(hashtidextended(ctid, xmin::text::bigint)) AS mark FROM sys_component"
    " GROUP BY object_id) c ON c.object_id = o.id WHERE $1::text[] IS NULL OR o.state = ANY($1) ORDER BY o.key"
)
_PARTS = "SELECT object_id::text, mark, head, body FROM sys_catalog_part WHERE object_id = ANY($1::uuid[])"
_KEEP = (
    "INSERT INTO sys_catalog_part (object_id, mark, head, body) VALUES ($1::text::uuid, $2, $3, $4)"
    " ON CONFLICT (object_id) DO UPDATE SET mark = excluded.mark, head = excluded.head, body = excluded.body"
)
