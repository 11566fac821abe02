"""Lines of records: what is sent under a table's key is written as records of the lines' object.

It happens in the unit of work of the record itself, so that both are kept or neither, stand in one change set and are
undone together. Lines are records like any other: their object's rights, rules, history and revisions hold for them.
A line that is not named stays as it is, so that a line somebody else added meanwhile, or one that the writer may not
see, is never lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.fields.references import record_id
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import reads
from guanxi.infra.errors import Conflict, FieldError, Invalid

TRAIT = "rows"
MAX_LINES = 1000
"""Lines of one record in one write."""
_KEYS = frozenset({"id", "rev", "values", "delete"})

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lines:
    """What was sent for one table of one record: its place in the caller's list, and the lines."""

    field: Field
    row: int
    lines: Sequence[Any]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line, checked: to create without an id, to delete, or to change."""

    parent: UUID
    row: int
    place: int
    id: UUID | None
    rev: int | None
    values: Values
    delete: bool


def part(obj: Object, rows: Sequence[Values]) -> tuple[Sequence[Values], list[Lines]]:
    """The rows without their tables of lines, and those."""
    tables = [field for field in obj.fields.values() if field.kind.trait == TRAIT]
    if not tables:
        return rows, []
    keys = {field.key for field in tables}
    found = [
        Lines(field, place, row[field.key])
        for place, row in enumerate(rows)
        for field in tables
        if row.get(field.key) is not None
    ]
    return [{key: value for key, value in row.items() if key not in keys} for row in rows], found


def write(ctx: Context, obj: Object, tables: Sequence[Lines], ids: Sequence[UUID]) -> set[UUID]:
    """Write the lines of records; ``ids`` are the records by their place in the caller's list.

    Returns the records whose lines changed. Invalid names every refused cell as ``<table>.<place>.<field>``.
    """
    by_table: dict[str, list[Lines]] = {}
    for one in tables:
        by_table.setdefault(one.field.key, []).append(one)
    changed: set[UUID] = set()
    for some in by_table.values():
        changed |= _Table(ctx, obj, some[0].field).write([line for one in some for line in _checked(one, ids[one.row])])
    return changed


def _checked(sent: Lines, parent: UUID) -> Iterator[_Line]:
    """The lines of one record in the form they must have."""
    key, lines = sent.field.key, sent.lines
    if not isinstance(lines, list | tuple):
        raise Invalid([FieldError(key, "fields.rows_expected", {}, sent.row)])
    if len(lines) > MAX_LINES:
        raise Invalid([FieldError(key, "fields.too_many", {"limit": MAX_LINES}, sent.row)])
    for place, line in enumerate(lines):
        try:
            yield _line(line, parent, sent.row, place)
        except BadValue:
            raise Invalid([FieldError(f"{key}.{place}", "fields.rows_expected", {}, sent.row)]) from None


def _line(line: Any, parent: UUID, row: int, place: int) -> _Line:
    if not isinstance(line, Mapping) or set(line) - _KEYS:
        raise BadValue("fields.rows_expected")
    values, rev, delete = line.get("values", {}), line.get("rev"), line.get("delete", False)
    identity = None if line.get("id") is None else record_id(line["id"])
    known = isinstance(values, Mapping) and isinstance(delete, bool) and (rev is None or type(rev) is int)
    if not known or (identity is None and (delete or "values" not in line)):
        raise BadValue("fields.rows_expected")
    return _Line(parent, row, place, identity, rev, values, delete)


class _Table:
    """One table of lines of an object, for one list of lines."""

    def __init__(self, ctx: Context, obj: Object, field: Field) -> None:
        self._ctx = ctx
        self._key = field.key
        child, link = str(field.settings["object"]), str(field.settings["field"])
        known = ctx.snapshot.objects.get(child)
        points = known.fields.get(link) if known else None
        if points is None or points.kind.trait != "ref" or points.target != obj.key:
            raise Conflict("fields.rows_broken", {"object": child, "field": link})
        self._child, self._link = ctx.object(child), link

    def write(self, lines: Sequence[_Line]) -> set[UUID]:
        """Delete, change and create, in this order: what is deleted is in nobody's way."""
        from guanxi.engine.records import writes

        ctx, child = self._ctx, self._child.key
        self._check_belonging(lines)
        gone = [line for line in lines if line.delete]
        kept = [line for line in lines if line.id is not None and not line.delete]
        fresh = [line for line in lines if line.id is None]
        touched: set[UUID] = set()
        if gone:
            with self._told(gone):
                writes.delete(ctx, child, [line.id for line in gone if line.id])
            touched |= {line.parent for line in gone}
        if kept:
            with self._told(kept):
                done = writes.update(
                    ctx, child, [writes.Change(line.id, line.values, line.rev) for line in kept if line.id]
                )
            touched |= {line.parent for line in kept if line.id in done}
        if fresh:
            with self._told(fresh):
                writes.create(ctx, child, [{**line.values, self._link: line.parent} for line in fresh])
            touched |= {line.parent for line in fresh}
        return touched

    def _check_belonging(self, lines: Sequence[_Line]) -> None:
        """Refuse lines of other records, lines that are to be moved away, and deletions of what changed meanwhile."""
        named = [(line, line.id) for line in lines if line.id is not None]
        if not named:
            return
        parents = reads.native(self._ctx, self._child.key, [identity for _, identity in named], [self._link])
        errors = []
        for line, identity in named:
            if parents.get(identity, {}).get(self._link) != line.parent or self._link in line.values:
                params = {"row": line.place + 1}
                errors.append(FieldError(f"{self._key}.{line.place}", "fields.row_not_here", params, line.row))
        if errors:
            raise Invalid(errors)
        for line, identity in named:
            if line.delete and line.rev is not None:
                current = reads.get(self._ctx, self._child.key, identity)
                if current["rev"] != line.rev:
                    raise Conflict("records.stale", {"current": current, "yours": {"delete": True}})

    @contextmanager
    def _told(self, lines: Sequence[_Line]) -> Iterator[None]:
        """Refusals of lines, told by the places that their records' writer knows."""
        try:
            yield
        except Invalid as refused:
            errors = []
            for error in refused.fields:
                line = lines[error.row or 0]
                errors.append(FieldError(f"{self._key}.{line.place}.{error.field}", error.code, error.params, line.row))
            raise Invalid(errors, refused.code, refused.params) from None
