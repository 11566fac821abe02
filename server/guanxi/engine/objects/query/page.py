"""Pages of records: selected paths, order, and keyset paging that costs the same on page 1 and page 10,000.

The first sort key is walked in two segments, first the rows that have a value, then those that have none. In each
segment the order is total (the id breaks ties) and an ordinary index on ``(column, id)`` serves it in either
direction, because NULLs never take part in the comparison.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Literal
from uuid import UUID

import orjson

from guanxi.engine.objects.query.build import Operand, Source, link_table
from guanxi.infra.errors import BadRequest

Direction = Literal["asc", "desc"]
UNSORTABLE_TRAITS = ("refs", "tags", "choices", "file", "json", "about")
MAX_SORTS = 5


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key of the order: an expression with the SQL type used to bring cursor values back."""

    sql: str
    sql_type: str
    direction: Direction
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Selected:
    """A selected path and where its columns stand in the row; ``mask`` tells it where it is told as a mask alone."""

    path: str
    operand: Operand
    start: int
    width: int
    mask: Selected | None = None

    def masked(self, row: Sequence[Any]) -> str | None:
        """The mask that a row tells instead of the value; None where it tells the value, or there is none."""
        if self.mask is None:
            return None
        cells = row[self.mask.start : self.mask.start + self.mask.width]
        return None if all(cell is None for cell in cells) else self.mask.operand.field.kind.from_db(cells)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the segment (values or NULLs of the first key) and the last row's keys and id.

    ``query`` is the mark of the question whose pages it leads through; it means nothing to any other.
    """

    segment: int
    keys: tuple[str | None, ...]
    id: str
    query: str

    def encode(self) -> str:
        """Opaque text for the caller."""
        raw = orjson.dumps([self.segment, list(self.keys), self.id, self.query])
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, count: int, query: str) -> Cursor:
        """The cursor of an earlier answer; BadRequest when it is not one for this question."""
        try:
            segment, keys, record, asked = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            if segment not in (0, 1) or len(keys) != count or asked != query:
                raise ValueError
            record = str(UUID(record))
        except (ValueError, TypeError, AttributeError, binascii.Error):
            raise BadRequest("query.bad_cursor") from None
        return cls(segment, tuple(keys), record, query)


def mark_of(question: object) -> str:
    """A short mark by which a question is known again."""
    raw = orjson.dumps(question, default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    return blake2b(raw, digest_size=9).hexdigest()


def selection(source: Source, paths: Sequence[str], *, masks: bool = False) -> tuple[list[Selected], list[str]]:
    """Selected paths and the SQL of their columns, ``id`` and ``rev`` first; with ``masks`` for records of those types
    on which a field is told as one.
    """
    items: list[Selected] = []
    columns = [f"{source.alias}.id", f"{source.alias}.rev"]
    for path in paths:
        operand = source.resolve(path, shown=True)
        if operand.field.kind.trait == "refs":
            table = link_table(operand.obj, operand.field)
            sql = [f'ARRAY(SELECT l.target FROM "{table}" l WHERE l.source = {operand.alias}.id ORDER BY l.position)']
        else:
            sql = [*operand.field.kind.select(operand.field, operand.alias)]
        aside = source.mask(operand) if masks else None
        told = [*aside.field.kind.select(aside.field, aside.alias)] if aside else []
        mask = Selected(path, aside, len(columns) + len(sql), len(told)) if aside else None
        items.append(Selected(path, operand, len(columns), len(sql), mask))
        columns += [*sql, *told]
    return items, columns


def sort_keys(source: Source, sort: Sequence[tuple[str, Direction]]) -> list[SortKey]:
    """Keys of the order. A reference is sorted by the title of what it refers to."""
    if len(sort) > MAX_SORTS:
        raise BadRequest("query.too_many_sorts", {"limit": MAX_SORTS})
    keys = []
    for path, direction in sort:
        if direction not in ("asc", "desc"):
            raise BadRequest("query.bad_direction", {"field": path})
        operand = source.resolve(path)
        if operand.field.kind.trait in UNSORTABLE_TRAITS or not operand.field.kind.sortable:
            raise BadRequest("query.not_sortable", {"field": path})
        operand = source.join_title(operand) or operand
        kind = operand.field.kind
        sql = kind.sort_expression(operand.field, operand.alias)
        plain = sql == operand.sql
        sql_type = kind.param_type(operand.field) if plain else "integer"
        keys.append(SortKey(sql, sql_type, direction, nullable=path not in ("id", "created_at", "updated_at", "rev")))
    return keys


def order_by(keys: Sequence[SortKey], alias: str, segment: int) -> str:
    """ORDER BY of one segment; the id runs in the direction of the first key, so that one index serves both."""
    last = keys[0].direction if keys else "asc"
    parts = []
    for place, key in enumerate(keys):
        if place == 0:
            if segment == 0:
                parts.append(f"{key.sql} {key.direction.upper()}")
        else:
            parts.append(f"{key.sql} {key.direction.upper()} NULLS LAST")
    parts.append(f"{alias}.id {last.upper()}")
    return ", ".join(parts)


def segment_condition(keys: Sequence[SortKey], segment: int) -> str:
    """Rows of the segment: first key present, or first key empty."""
    if not keys or not keys[0].nullable:
        return "TRUE"
    return f"{keys[0].sql} IS NOT NULL" if segment == 0 else f"{keys[0].sql} IS NULL"


def after(source: Source, keys: Sequence[SortKey], cursor: Cursor) -> str:
    """Rows behind the cursor within its segment."""
    bind = source.bind
    last = keys[0].direction if keys else "asc"
    identity = (f"{source.alias}.id", last, bind(cursor.id, "uuid"))
    parts: list[tuple[SortKey, str | None]] = []
    for place, (key, value) in enumerate(zip(keys, cursor.keys, strict=True)):
        if place == 0 and cursor.segment == 1:
            continue
        parts.append((key, None if value is None else f"{bind(value, 'text')}::{key.sql_type}"))
    symbol = ">" if last == "asc" else "<"
    if len(parts) == 1 and parts[0][0] is keys[0] and parts[0][1] is not None:
        key, place_of = parts[0]
        return f"({key.sql}, {identity[0]}) {symbol} ({place_of}, {identity[2]})"
    condition = f"{identity[0]} {symbol} {identity[2]}"
    for key, place_of in reversed(parts):
        condition = _chain(key, place_of, condition)
    return condition


def _chain(key: SortKey, value: str | None, rest: str) -> str:
    """One key of the comparison: behind the value, or equal to it and the remaining keys behind."""
    if value is None:  # NULLs come last: nothing but further NULLs can follow
        return f"({key.sql} IS NULL AND {rest})"
    symbol = ">" if key.direction == "asc" else "<"
    return f"({key.sql} {symbol} {value} OR {key.sql} IS NULL OR ({key.sql} = {value} AND {rest}))"
