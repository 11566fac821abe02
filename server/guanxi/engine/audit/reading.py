"""Reading the audit log: its entries and the change sets of the change log as one list, latest first, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.engine.audit.entries import Entry
from guanxi.engine.audit.kinds import SEAL
from guanxi.engine.audit.notes import COLUMNS
from guanxi.engine.audit.verifying import entry_of
from guanxi.engine.context import Context, Origin
from guanxi.engine.marks import Mark
from guanxi.infra.errors import BadRequest

CHANGE = "change"
"""The kind under which change sets stand among the entries."""
MAX_ITEMS = 200
_SETS, _ENTRIES = 0, 1
"""Sources of the list; at one instant the later one comes first."""
AT_ONCE = 2000
"""Items that are held at a time where all are read."""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A change set as far as the audit tells of it."""

    id: UUID
    at: datetime
    member: UUID | None
    via: str
    origin: Origin
    label: Mapping[str, Any] | None
    counts: Mapping[str, int]
    undone: bool


Item = Entry | ChangeSet


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is None is not asked. Without ``kinds`` everything is told but the sealing of changes."""

    kinds: tuple[str, ...] | None = None
    member: UUID | None = None
    object: str | None = None
    record: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    ip: str | None = None
    """The beginning of an address."""
    key: str | None = None
    """The name that the API key or app had by which it was done."""
    key_id: UUID | None = None
    """The key or app itself, however it was called; ``key`` then finds what was done before ids were kept."""


@dataclass(frozen=True, slots=True)
class Page:
    """Items, latest first, and where the next ones begin."""

    items: list[Item]
    next_cursor: str | None


def page(ctx: Context, wanted: Wanted, limit: int = 50, cursor: str | None = None) -> Page:
    """One page of what is looked for."""
    if not 1 <= limit <= MAX_ITEMS:
        raise BadRequest("query.bad_limit", {"limit": MAX_ITEMS})
    items, mark = _page(ctx, wanted, limit, Mark.decode(cursor, numbered=_ENTRIES) if cursor else None)
    return Page(items, mark and mark.encode())


def _page(ctx: Context, wanted: Wanted, limit: int, mark: Mark | None) -> tuple[list[Item], Mark | None]:
    """Items behind a mark, and the mark behind which there are more."""
    found: list[tuple[Mark, Item]] = []
    kinds = wanted.kinds
    if kinds is None or set(kinds) - {CHANGE}:
        found.extend(_entries(ctx, wanted, limit + 1, mark))
    if kinds is None or CHANGE in kinds:
        found.extend(_change_sets(ctx, wanted, limit + 1, mark))
    found.sort(key=lambda pair: _order(pair[0]), reverse=True)
    return [item for _, item in found[:limit]], found[limit - 1][0] if len(found) > limit else None


def pages(ctx: Context, wanted: Wanted) -> Iterator[list[Item]]:
    """All that is looked for, latest first, a bounded number at a time."""
    mark: Mark | None = None
    while True:
        items, mark = _page(ctx, wanted, AT_ONCE, mark)
        yield items
        if mark is None:
            return


def changes_of(ctx: Context, change_set: UUID, limit: int) -> list[tuple[str, UUID, str, list[str], datetime]]:
    """Object, record, operation, names of the fields and instant of the first changes of a change set."""
    rows = ctx.run(
        "SELECT object, record, op, ARRAY(SELECT jsonb_object_keys(diff)), at FROM sys_change WHERE change_set = $1"
        " ORDER BY seq LIMIT $2::int",
        [change_set, limit],
    )
    return [tuple(row) for row in rows]  # type: ignore[misc]


def change_set(ctx: Context, id_: UUID) -> ChangeSet | None:
    """One change set."""
    rows = ctx.run(f"{_CHANGE_SETS} WHERE s.id = $1", [id_])
    return _change_set(rows[0]) if rows else None


def last_of(ctx: Context, kind: str) -> Entry | None:
    """The latest entry of a kind."""
    rows = ctx.run(f"SELECT {COLUMNS} FROM sys_audit WHERE kind = $1 ORDER BY at DESC, seq DESC LIMIT 1", [kind])
    return entry_of(rows[0]) if rows else None


def _order(mark: Mark) -> tuple[datetime, int, int]:
    return mark.at, mark.source, int(mark.tie) if mark.source else UUID(mark.tie).int


def _entries(ctx: Context, wanted: Wanted, limit: int, mark: Mark | None) -> Iterator[tuple[Mark, Entry]]:
    at, tie = _bounds(mark, _ENTRIES)
    rows = ctx.run(
        f"SELECT {COLUMNS} FROM sys_audit WHERE ($1::text[] IS NULL OR kind = ANY($1)) AND ($1 IS NOT NULL OR kind <> $2)"
        " AND ($3::uuid IS NULL OR member = $3) AND ($4::text IS NULL OR object = $4)"
        " AND ($5::uuid IS NULL OR record = $5) AND ($6::timestamptz IS NULL OR at >= $6)"
        " AND ($7::timestamptz IS NULL OR at < $7) AND ($8::text IS NULL OR starts_with(ip, $8))"
        " AND ($9::timestamptz IS NULL OR at < $9 OR (at = $9 AND ($10::bigint IS NULL OR seq < $10)))"
        f" AND {_by_key('key', 'key_id', 12)}"
        " ORDER BY at DESC, seq DESC LIMIT $11::int",
        [
            None if wanted.kinds is None else list(wanted.kinds), SEAL, wanted.member, wanted.object, wanted.record,
            wanted.since, wanted.until, wanted.ip, at, None if tie is None else int(tie), limit, wanted.key,
            wanted.key_id,
        ],
    )  # fmt: skip
    for row in rows:
        entry = entry_of(row)
        yield Mark(entry.draft.at, _ENTRIES, str(entry.seq)), entry


_CHANGE_SETS = (
    "SELECT s.id, s.at, s.actor, s.via, s.ip, s.agent, s.session, s.key, s.key_id, s.label, s.counts,"
    " s.undone_by IS NOT NULL"
    " FROM sys_change_set s"
)


def _change_sets(ctx: Context, wanted: Wanted, limit: int, mark: Mark | None) -> Iterator[tuple[Mark, ChangeSet]]:
    """Change sets that changed records; sharing and looking at hidden values have entries of their own."""
    at, tie = _bounds(mark, _SETS)
    rows = ctx.run(
        f"{_CHANGE_SETS} WHERE EXISTS (SELECT 1 FROM jsonb_object_keys(s.counts) one"
        " WHERE split_part(one, '.', 2) <> ALL (ARRAY['share', 'reveal'])"
        " AND ($1::text IS NULL OR split_part(one, '.', 1) = $1))"
        " AND ($2::uuid IS NULL OR s.actor = $2)"
        " AND ($3::uuid IS NULL OR s.id IN (SELECT change_set FROM sys_change WHERE record = $3))"
        " AND ($4::timestamptz IS NULL OR s.at >= $4) AND ($5::timestamptz IS NULL OR s.at < $5)"
        " AND ($6::text IS NULL OR starts_with(s.ip, $6))"
        " AND ($7::timestamptz IS NULL OR s.at < $7 OR (s.at = $7 AND ($8::uuid IS NULL OR s.id < $8)))"
        f" AND {_by_key('s.key', 's.key_id', 10)}"
        " ORDER BY s.at DESC, s.id DESC LIMIT $9::int",
        [
            wanted.object, wanted.member, wanted.record, wanted.since, wanted.until, wanted.ip, at,
            None if tie is None else UUID(tie), limit, wanted.key, wanted.key_id,
        ],
    )  # fmt: skip
    for row in rows:
        found = _change_set(row)
        yield Mark(found.at, _SETS, str(found.id)), found


def _by_key(name: str, id_: str, place: int) -> str:
    """SQL that is true for what was done by the key whose name and id stand at two places of the parameters."""
    called, itself = f"${place}::text", f"${place + 1}::uuid"
    by_name = f"{itself} IS NULL AND ({called} IS NULL OR {name} = {called})"
    return f"({by_name} OR {id_} = {itself} OR {id_} IS NULL AND {name} = {called})"


def _bounds(mark: Mark | None, source: int) -> tuple[datetime | None, str | None]:
    """From where a source goes on: before the mark's instant, and at that instant behind its tie."""
    if mark is None:
        return None, None
    if source == mark.source:
        return mark.at, mark.tie
    # At one instant the entries come first; those of the other source at the mark's instant are all before or behind.
    return (mark.at, None) if source < mark.source else (mark.at, _FIRST)


_FIRST = "0"


def _change_set(row: tuple[Any, ...]) -> ChangeSet:
    id_, at, actor, via, ip, agent, session, key, key_id, label, counts, undone = row
    return ChangeSet(id_, at, actor, via, Origin(ip, agent, session, key, key_id), label, counts, undone)
