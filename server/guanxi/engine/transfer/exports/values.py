"""Columns of native values as the cells of an exported file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import FieldKind
from guanxi.engine.objects.model import Field
from guanxi.engine.objects.query.page import Selected
from guanxi.engine.records import reads
from guanxi.engine.records.titles import Titles
from guanxi.engine.transfer.formulas import defused

_FEW = frozenset({"choice", "boolean", "date"})
"""Traits with few distinct values, whose text is made once for each."""

_TYPED = frozenset({"number", "date", "datetime"})
_REMEMBERED = 20_000


class Column:
    """One exported column: takes the values out of rows, names the records they refer to, makes the cells.

    Cells are text in the reader's language, references are told by their titles; a record that the reader may not
    see is an empty cell. ``typed`` cells are for workbooks: numbers and days stay numbers and days, moments are told
    in the workspace's time zone. Text for CSV is made harmless to spreadsheet programs.
    """

    def __init__(self, ctx: Context, item: Selected, *, typed: bool) -> None:
        self._item = item
        self._field: Field = item.operand.field
        self._zone = ctx.env.time_zone
        self._language = ctx.language
        self._typed = typed
        self._memo: dict[Any, Any] = {None: None if typed else ""}
        trait = self._field.kind.trait
        self._cell: Callable[[Any], Any] = self._as_it_is if typed and trait in _TYPED else self._text
        self._is_reference = trait in ("ref", "refs", "about")

    def values(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """The native values of this column."""
        item, kind = self._item, self._field.kind
        if item.width == 1 and kind.trait != "refs" and type(kind).from_db is FieldKind.from_db:
            return [row[item.start] for row in rows]
        return [reads.native_value(item, row) for row in rows]

    def referred(self, values: Iterable[Any]) -> set[tuple[str, UUID]]:
        """The records that the values refer to."""
        if not self._is_reference:
            return set()
        if self._field.kind.trait == "ref":
            target = self._field.target or ""
            return {(target, value) for value in {*values} - {None}}
        return {key for value in values for key in reads.references(self._field, value)}

    def cells(self, values: Sequence[Any], found: Titles) -> list[Any]:
        """The cells of the values."""
        if self._is_reference:
            return self._titles(values, found)
        memo, cell = self._memo, self._cell
        if self._field.kind.trait not in _FEW:
            empty = memo[None]
            return [empty if value is None else cell(value) for value in values]
        if len(memo) > _REMEMBERED:
            self._memo = memo = {None: memo[None]}
        for value in {*values} - memo.keys():
            memo[value] = cell(value)
        return [memo[value] for value in values]

    def masked(self, rows: Sequence[Sequence[Any]], cells: list[Any]) -> list[Any]:
        """The cells, with masks on records of the types on which the field is told as one."""
        if self._item.mask is None:
            return cells
        return [self._item.masked(row) or cell for row, cell in zip(rows, cells, strict=True)]

    def _titles(self, values: Sequence[Any], found: Titles) -> list[str]:
        if self._field.kind.trait != "ref":
            told = ([found.get(key, "") for key in reads.references(self._field, value)] for value in values)
            return [self._harmless("; ".join(titles)) for titles in told]
        target = self._field.target or ""
        known = {value: self._harmless(found.get((target, value), "")) for value in {*values} - {None}}
        known[None] = ""
        return [known[value] for value in values]

    def _text(self, value: Any) -> str:
        text = self._field.kind.text(self._field, value, self._language, self._zone)
        return text if self._field.kind.trait in _TYPED else self._harmless(text)

    def _as_it_is(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, datetime):
            return value.astimezone(self._zone).replace(tzinfo=None)
        return value if isinstance(value, int) or self._field.kind.trait == "date" else self._text(value)

    def _harmless(self, text: str) -> str:
        return text if self._typed else defused(text)
