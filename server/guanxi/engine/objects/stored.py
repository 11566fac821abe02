"""Objects as they are stored: fields and components stay the text that was read until somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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


class FieldRow(NamedTuple):
    """A field as it is stored."""

    kind: str
    state: str
    id: str
    key: str
    custom: bool
    live: Mapping[str, Any]

    def made(self) -> Field:
        """The field."""
        return field_from(self.id, self.key, self.kind, self.live, self.state, self.custom)


Parts = tuple[list[FieldRow], list[Any]]
"""Fields and components of an object as they are stored."""


class StoredObject:
    """An object in whatever states, read once for as long as none of its rows changes.

    Fields are kept as they were made, or as their rows where their kinds belong to one snapshot alone.
    """

    def __init__(
        self, head: ObjectRow, kinds: frozenset[str], pointing: Sequence[FieldRow], read: Callable[[], Parts]
    ) -> None:
        """``pointing`` are the fields that name other objects; ``read`` gives all, when somebody first looks."""
        self._head = head
        self._read = read
        self._pointing = sorted(pointing, key=_place)
        self._kinds, bound = _kinds_of(kinds)
        self._stands_alone = not bound and not any("targets" in one.live["settings"] for one in pointing)
        self._shared: dict[tuple[str, ...], ObjectRow] = {}
        self._made: tuple[list[tuple[str, Field | FieldRow]], list[tuple[str, Component]]] | None = None

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
                fields, components = self._read()
                self._made = (list(_fields(fields)), list(_components(components)))
                self._read = _gone
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


class Texts(NamedTuple):
    """The rows of one object as the database tells them."""

    head: ObjectRow
    fields: dict[str, str]
    """By kind."""
    components: str

    @property
    def pointing(self) -> list[FieldRow]:
        """The fields that name other objects."""
        telling = {kind_: text for kind_, text in self.fields.items() if any(word in text for word in _TELLING)}
        return [one for one in _rows(telling) if not _POINTING.isdisjoint(one.live["settings"])]

    def parts(self) -> Parts:
        """All fields and components."""
        return list(_rows(self.fields)), orjson.loads(f"[{self.components}]")

    def made(self) -> StoredObject:
        """The object, whose fields stay text until somebody looks at them."""
        return StoredObject(self.head, frozenset(self.fields), self.pointing, self.parts)


def read(cursor: RecordCursor, ids: Sequence[str]) -> Iterator[tuple[str, Texts]]:
    """Objects with all their fields and components, each with its id."""
    for start in range(0, len(ids), READ_AT_ONCE):
        wanted = [f"{{{','.join(ids[start : start + READ_AT_ONCE])}}}"]
        heads = cursor.execute(_OBJECTS, wanted).fetchall()
        fields: dict[str, dict[str, str]] = {}
        for object_id, kind_key, text in cursor.execute(_FIELDS, wanted).fetchall():
            fields.setdefault(object_id, {})[kind_key] = text
        components = dict(cursor.execute(_COMPONENTS, wanted).fetchall())
        for id_, key, area, live, custom in heads:
            head = ObjectRow(id_, key, area, orjson.loads(live), custom)
            yield id_, Texts(head, fields.get(id_, {}), components.get(id_, ""))


_POINTING = frozenset(("reverse", "targets"))
"""Settings of fields that tell of other objects: what is seen from there, or what may be named here."""
_TELLING = tuple(f'"{one}"' for one in _POINTING)
_OBJECTS = "SELECT id::text, key, area, live::text, shipped IS NULL FROM sys_object WHERE id = ANY($1::uuid[])"
_FIELDS = (
    """SELECT object_id::text, kind, string_agg('["' || state || '","' || id || '","' || key || '",'"""
    """ || (shipped IS NULL)::text || ',' || live::text || ']', ',')"""
    " FROM sys_field WHERE object_id = ANY($1::uuid[]) GROUP BY object_id, kind"
)
"""Fields as one text for all of an object's of one kind: thousands of rows cost more to hand over than to read."""
_COMPONENTS = (
    """SELECT object_id::text, string_agg('["' || state || '","' || id || '","' || kind || '",' || to_json(key)"""
    """ || ',' || (shipped IS NULL)::text || ',' || live::text || ']', ',')"""
    " FROM sys_component WHERE object_id = ANY($1::uuid[]) GROUP BY object_id"
)


def _gone() -> Parts:
    raise RuntimeError("what was read is made of it once")


def _rows(texts: Mapping[str, str]) -> Iterator[FieldRow]:
    for kind_key, text in texts.items():
        for state, id_, key, custom, live in orjson.loads(f"[{text}]"):
            yield FieldRow(kind_key, state, id_, key, custom, live)


def _place(row: FieldRow) -> tuple[int, str]:
    return row.live["position"], row.key


def _fields(rows: list[FieldRow]) -> Iterator[tuple[str, Field | FieldRow]]:
    """Fields in their order, each with its state."""
    for row in sorted(rows, key=_place):
        yield row.state, row if kind(row.kind).computed else row.made()


def _components(rows: list[Any]) -> Iterator[tuple[str, Component]]:
    """Components in their order, each with its state."""
    for state, id_, kind_key, key, custom, live in sorted(rows, key=lambda row: (row[5]["position"], row[3])):
        yield state, Component(id_, kind_key, key, live, custom)
