"""The catalog of a workspace: rows of ``sys_object``, ``sys_field`` and ``sys_component`` as immutable snapshots."""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from guanxi.engine.objects import ready
from guanxi.engine.objects.assembly import assemble
from guanxi.engine.objects.model import Snapshot
from guanxi.engine.objects.stored import StoredObject
from guanxi.infra.database.cursor import RecordCursor

CACHE_SIZE = 200
VERSIONS = 3
"""Snapshots of one schema that are kept: units of work that began before a change still use the one before it."""
_cache: OrderedDict[tuple[str, int], Snapshot] = OrderedDict()
_turns: dict[tuple[str, int], threading.Lock] = {}
TURN_SECONDS = 2.0
_lock = threading.Lock()

LIVE = ("active", "creating")
"""States in which requests see an object, field or component; a field being created waits for its values."""
PHYSICAL = ("active", "creating", "archived", "retiring")
"""States in which the tables and columns are there."""


def snapshot(cursor: RecordCursor, schema: str, version: int) -> Snapshot:
    """The snapshot of a schema at the version that the transaction has read, or at a later one to which the catalog
    has moved meanwhile; cached in the process.
    """
    found = _kept(schema, version)
    if found is not None:
        return found
    with _one_at_a_time(schema, version):
        found = _kept(schema, version)
        if found is not None:
            return found
        loaded, version = _settled(cursor, schema, version)
        keep(schema, version, loaded)
    return loaded


def keep(schema: str, version: int, made: Snapshot) -> None:
    """Have the process remember the snapshot of a version that is committed."""
    with _lock:
        _cache[schema, version] = made
        for at in [at for at in _cache if at[0] == schema][:-VERSIONS]:
            del _cache[at]
        while len(_cache) > CACHE_SIZE:
            _cache.popitem(last=False)


def _kept(schema: str, version: int) -> Snapshot | None:
    with _lock:
        found = _cache.get((schema, version))
        if found is not None:
            _cache.move_to_end((schema, version))
        return found


@contextmanager
def _one_at_a_time(schema: str, version: int) -> Iterator[None]:
    """After a change all threads want the same new snapshot: one of them makes it, the others wait for that.

    Not for ever: what a transaction holds in the database could be what the one that reads is waiting for.
    """
    with _lock:
        turn = _turns.setdefault((schema, version), threading.Lock())
    had = turn.acquire(timeout=TURN_SECONDS)
    try:
        yield
    finally:
        if had:
            turn.release()
        with _lock:
            _turns.pop((schema, version), None)


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
    ready.refresh(cursor)
    version: int = row[0]
    return version


_parts: OrderedDict[tuple[str, str], tuple[str, StoredObject]] = OrderedDict()
PARTS = 3_000
"""Objects that a process remembers, of all workspaces."""


def load(cursor: RecordCursor, schema: str, version: int, states: Iterable[str] = LIVE) -> Snapshot:
    """Read the catalog of the schema on the search path: objects, fields and components in one of the states.

    Only objects of which a row was written since this process last read them are read again. What is read is made when
    somebody looks at it.
    """
    wanted = tuple(states)
    with _nothing_collected():
        marks = ready.marks(cursor, wanted)
        with _lock:
            held = {id_: _parts.get((schema, id_)) for id_ in marks}
        known = {id_: found[1] for id_, found in held.items() if found is not None and found[0] == marks[id_]}
        fresh = ready.read(cursor, {id_: mark for id_, mark in marks.items() if id_ not in known})
        with _lock:
            for id_, part in fresh.items():
                _parts[schema, id_] = (marks[id_], part)
            while len(_parts) > PARTS:
                _parts.popitem(last=False)
        parts = known | fresh
        return assemble(schema, version, [parts[id_].within(wanted) for id_ in marks if id_ in parts])


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Leave garbage alone for a moment: of the many things that a catalog is made of none is any, and looking through
    them time and again takes as long as making them.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
