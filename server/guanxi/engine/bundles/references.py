"""Records that a configuration names: told by what they are called, so that it means the same in every workspace.

A filter that names a colleague, a right that reaches a department, a rule for a role: inside values they are ids, which
no other workspace knows. In a bundle such an id is a ``Ref``, in a file ``{ "$ref" = "member:wang@example.com" }``.
Where in a value it stands does not matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.naming import KEY
from guanxi.engine.records import reads

MARK = "$ref"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Swap = Callable[[Any], Any]
"""Takes anything within a value that is neither a mapping nor a list, and gives what is to stand there."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A record by its object and what it is called. ``id`` is the record's own where the reference was read from a
    workspace; two references are the same by their names.
    """

    object: str
    name: str
    id: str | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.object}:{self.name}"


def ref_of(text: Any) -> Ref | None:
    """The reference that a file writes as ``object:name``; None for what is none."""
    key, _, name = text.partition(":") if isinstance(text, str) else ("", "", "")
    return Ref(key, name) if name.strip() and KEY.fullmatch(key) else None


def swapped(value: Any, swap: Swap) -> Any:
    """A value with everything in it swapped; keys of mappings stay."""
    if isinstance(value, Mapping):
        return {name: swapped(one, swap) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [swapped(one, swap) for one in value]
    return swap(value)


def within(value: Any) -> Iterator[Any]:
    """Everything in a value that is neither a mapping nor a list."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from within(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from within(one)
    else:
        yield value


def refs(value: Any) -> Iterator[Ref]:
    """The references in a value."""
    return (one for one in within(value) if isinstance(one, Ref))


def has_ids(value: Any) -> bool:
    """Whether a value names records, by reference or by id."""
    return any(isinstance(one, Ref) or _is_id(one) for one in within(value))


def plain(value: Any) -> Any:
    """A value as JSON, its references as ``object:name``."""
    return swapped(value, lambda one: str(one) if isinstance(one, Ref) else one)


Named = Callable[[Context], Mapping[UUID, Sequence[str]]]
"""What every live record of an object goes by, best name first."""

_named: dict[str, Named] = {}


def tell_by_name(object_key: str, named: Named) -> None:
    """Say how records of an object are called in configurations. Objects of which nobody says so stay ids."""
    _named[object_key] = named


def by_fields(object_key: str, *fields: str) -> Named:
    """Records go by the values of fields: the first that they have, or one of the others."""

    def named(ctx: Context) -> Mapping[UUID, Sequence[str]]:
        rows = reads.native(ctx, object_key, reads.ids(ctx, object_key, None), fields)
        return {id_: [str(row[name]) for name in fields if row[name]] for id_, row in rows.items()}

    return named


def is_told_by_name(object_key: str) -> bool:
    """Whether a reference to a record of the object means something in another workspace."""
    return object_key in _named


class Names:
    """What the records of one workspace are called; read when first asked for, and until ``forget`` not again."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._tables: dict[str, tuple[dict[str, Ref], dict[str, str]]] = {}

    def here(self, value: Any) -> Any:
        """The value with the references of this workspace: for ids of its records, and for references to them that
        were read elsewhere. What it does not know stays as it is.
        """
        return swapped(value, self._here)

    def record(self, ref: Ref) -> str | None:
        """The id of the record that a reference means here; None when there is none, or more than one."""
        if ref.object not in _named:
            return None
        ids, names = self._table(ref.object)
        return ref.id if ref.id in ids else names.get(_folded(ref.name))

    def forget(self, object_key: str) -> None:
        """Ask again for the records of an object, some of which were written."""
        self._tables.pop(object_key, None)

    def _here(self, one: Any) -> Any:
        if isinstance(one, Ref):
            record = self.record(one)
            return one if record is None else self._table(one.object)[0].get(record, one)
        if _is_id(one):
            for key in _named:
                if found := self._table(key)[0].get(one):
                    return found
        return one

    def _table(self, key: str) -> tuple[dict[str, Ref], dict[str, str]]:
        found = self._tables.get(key)
        if found is None:
            found = self._tables[key] = self._read(key)
        return found

    def _read(self, key: str) -> tuple[dict[str, Ref], dict[str, str]]:
        system = self._ctx.as_system()
        if key not in system.snapshot.objects:
            return {}, {}
        named = {str(id_): list(names) for id_, names in _named[key](system).items()}
        borne = Counter(folded for names in named.values() for folded in {_folded(one) for one in names})
        ids: dict[str, Ref] = {}
        found: dict[str, str] = {}
        for id_, names in named.items():
            own = [one for one in names if borne[_folded(one)] == 1]
            for name in [*own, *names][:1]:
                ids[id_] = Ref(key, name, id_)
            found.update((_folded(one), id_) for one in own)
        return ids, found


def _folded(name: str) -> str:
    return name.strip().casefold()


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 36 and _ID.fullmatch(value) is not None
