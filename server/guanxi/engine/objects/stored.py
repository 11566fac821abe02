"""Objects as they are stored: fields and components stay the text that was read until somebody looks at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import orjson

from guanxi.engine.objects.assembly import Later, ObjectRow, belongs_to_snapshot, field_from, making
from guanxi.engine.objects.fields.base import FieldKind
from guanxi.engine.objects.fields.registry import kind
from guanxi.engine.objects.model import Component, Field
from guanxi.infra.database.cursor import RecordCursor

READ_AT_ONCE = 500
"""Objects whose rows are in memory together: what is read is larger than what is kept of it."""


class _FieldRow(NamedTuple):
    """A field as it is stored."""

    state: str
    id: str
    key: str
    kind: str
    live: Mapping[str, Any]
    custom: bool

    def made(self) -> Field:
        """The field."""
        return field_from(self.id, self.key, self.kind, self.live, self.state, self.custom)


class StoredObject:
    """An object in whatever states, read once for as long as none of its rows changes.

    Fields are kept as they were made, or as their rows where their kinds belong to one snapshot alone.
    """

    def __init__(
        self, head: ObjectRow, fields: Mapping[str, str], pointing: Sequence[_FieldRow], components: str
    ) -> None:
        """``fields`` and ``components`` are texts, of fields by kind; ``pointing`` the fields that name other objects."""
        self._head = head
        self._texts = (fields, components)
        self._pointing = sorted(pointing, key=_place)
        self._kinds, bound = _kinds_of(frozenset(fields))
        self._stands_alone = not bound and not any("targets" in one.live["settings"] for one in pointing)
        self._shared: dict[tuple[str, ...], ObjectRow] = {}
        self._made: tuple[list[tuple[str, Field | _FieldRow]], list[tuple[str, Component]]] | None = None

    def within(self, states: tuple[str, ...]) -> ObjectRow:
        """The object with the fields and components that are in one of the states: for one snapshot, or for all where
        nothing of other objects goes into it; what it has is then made when somebody looks.
        """
        if not self._stands_alone:
            return self._whole(states)
        with making:
            if states not in self._shared:
                pointing = tuple(one.made() for one in self._pointing if one.state in states)
                later = Later(partial(self._whole, states), self._kinds, pointing)
                self._shared[states] = self._row(later)
            return self._shared[states]

    def _row(self, later: Later | None = None) -> ObjectRow:
        one = self._head
        return ObjectRow(one.id, one.key, one.area, one.live, one.custom, later=later)

    def _whole(self, states: tuple[str, ...]) -> ObjectRow:
        with making:
            if self._made is None:
                fields, components = self._texts
                self._made = (list(_fields(fields)), list(_components(components)))
                self._texts = ({}, "")
        row = self._row()
        for state, one in self._made[0]:
            if state in states:
                made = one if isinstance(one, Field) else one.made()
                row.fields[made.key] = made
        for state, component in self._made[1]:
            if state in states:
                row.components.setdefault(component.kind, []).append(component)
        return row


@lru_cache(maxsize=1000)
def _kinds_of(keys: frozenset[str]) -> tuple[frozenset[FieldKind], bool]:
    """The kinds with some keys, and whether fields of any of them belong to one snapshot."""
    found = frozenset(map(kind, keys))
    return found, any(map(belongs_to_snapshot, found))


def read(cursor: RecordCursor, ids: Sequence[str]) -> dict[str, StoredObject]:
    """Objects with all their fields and components, by their ids."""
    found: dict[str, StoredObject] = {}
    for start in range(0, len(ids), READ_AT_ONCE):
        found |= _read_some(cursor, ids[start : start + READ_AT_ONCE])
    return found


def _read_some(cursor: RecordCursor, ids: Sequence[str]) -> dict[str, StoredObject]:
    wanted = [f"{{{','.join(ids)}}}"]
    heads = cursor.execute(_OBJECTS, wanted).fetchall()
    fields: dict[str, dict[str, str]] = {}
    pointing: dict[str, list[_FieldRow]] = {}
    for object_id, kind_key, text in cursor.execute(_FIELDS, wanted).fetchall():
        fields.setdefault(object_id, {})[kind_key] = text
        if '"reverse"' in text or '"targets"' in text:
            those = (one for one in _rows(kind_key, text) if not _POINTING.isdisjoint(one.live["settings"]))
            pointing.setdefault(object_id, []).extend(those)
    components = dict(cursor.execute(_COMPONENTS, wanted).fetchall())
    return {
        id_: StoredObject(
            ObjectRow(id_, key, area, orjson.loads(live), custom),
            fields.get(id_, {}),
            pointing.get(id_, ()),
            components.get(id_, ""),
        )
        for id_, key, area, live, custom in heads
    }


_POINTING = frozenset(("reverse", "targets"))
"""Settings of fields that tell of other objects: what is seen from there, or what may be named here."""
_OBJECTS = "SELECT id::text, key, area, live::text, shipped IS NULL FROM sys_object WHERE id = ANY($1::text::uuid[])"
_FIELDS = (
    """SELECT object_id::text, kind, string_agg('["' || state || '","' || id || '","' || key || '",'"""
    """ || (shipped IS NULL)::text || ',' || live::text || ']', ',')"""
    " FROM sys_field WHERE object_id = ANY($1::text::uuid[]) GROUP BY object_id, kind"
)
"""Fields as one text for all of an object's of one kind: thousands of rows cost more to hand over than to read."""
_COMPONENTS = (
    """SELECT object_id::text, string_agg('["' || state || '","' || id || '","' || kind || '",' || to_json(key)"""
    """ || ',' || (shipped IS NULL)::text || ',' || live::text || ']', ',')"""
    " FROM sys_component WHERE object_id = ANY($1::text::uuid[]) GROUP BY object_id"
)


def _rows(kind_key: str, text: str) -> Iterator[_FieldRow]:
    for state, id_, key, custom, live in orjson.loads(f"[{text}]"):
        yield _FieldRow(state, id_, key, kind_key, live, custom)


def _place(row: _FieldRow) -> tuple[int, str]:
    return row.live["position"], row.key


def _fields(texts: Mapping[str, str]) -> Iterator[tuple[str, Field | _FieldRow]]:
    """Fields in their order, each with its state."""
    rows = [row for kind_key, text in texts.items() for row in _rows(kind_key, text)]
    for row in sorted(rows, key=_place):
        yield row.state, row if kind(row.kind).computed else row.made()


def _components(text: str) -> Iterator[tuple[str, Component]]:
    """Components in their order, each with its state."""
    rows = orjson.loads(f"[{text}]")
    for state, id_, kind_key, key, custom, live in sorted(rows, key=lambda row: (row[5]["position"], row[3])):
        yield state, Component(id_, kind_key, key, live, custom)
