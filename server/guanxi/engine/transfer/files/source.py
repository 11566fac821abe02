"""A file that somebody wants to import, opened as one table of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from guanxi.engine.transfer.files.delimited import DELIMITERS, detect_delimiter
from guanxi.engine.transfer.files.delimited import rows as delimited_rows
from guanxi.engine.transfer.files.encoding import ENCODINGS, detect
from guanxi.engine.transfer.files.header import column_names, find_header
from guanxi.engine.transfer.files.workbook import Workbook
from guanxi.engine.transfer.formulas import plain
from guanxi.infra.errors import Invalid

LARGEST_FILE = 300 << 20
"""Bytes of an uploaded file."""

MOST_COLUMNS = 1000

_HEAD_ROWS = 50
_WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_CONTROL = frozenset(map(chr, range(32))) - frozenset("\t\n\f\r")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read. What is None is told from the file; ``header_row`` counts from 1, 0 stands for none."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: how it was read and the names of its columns."""

    reading: Reading
    columns: list[str]
    sheets: list[str]


class Source:
    """An opened file. ``table`` says what was found, ``rows`` streams the data."""

    def __init__(self, path: Path, reading: Reading) -> None:
        self._path = path
        self._book = Workbook(path) if _is_workbook(path) else None
        self._reading = self._complete(reading)
        head = list(islice(self._records(), _HEAD_ROWS))
        if not any(any(cell.strip() for cell in row) for row in head):
            raise Invalid(code="transfer.file_empty")
        header_row = self._reading.header_row
        if header_row is None:
            header_row = find_header(head)
        if header_row > len(head):
            raise Invalid(code="transfer.header_row_beyond", params={"row": header_row, "most": len(head)})
        self._reading = replace(self._reading, header_row=header_row)
        header = head[header_row - 1] if header_row else []
        width = max([len(header), *(_filled_width(row) for row in head[header_row:])])
        if width > MOST_COLUMNS:
            raise Invalid(code="transfer.too_many_columns", params={"columns": width, "most": MOST_COLUMNS})
        names = column_names(header, width)
        self.table = Table(self._reading, names, self._book.sheets if self._book else [])
        if next(self.rows(), None) is None:
            raise Invalid(code="transfer.only_header")

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row below the header that holds anything, as (its number in the file from 1, its cells).

        Cells are stripped of surrounding blanks and of the apostrophe that an export puts before a formula. Short
        rows are filled up; a longer row keeps its surplus cells, for whoever reads them to refuse.
        """
        width = len(self.table.columns)
        skip = self._reading.header_row or 0
        for number, row in enumerate(self._records(), 1):
            if number <= skip:
                continue
            cells = [plain(cell.strip()) for cell in row]
            if not any(cells):
                continue
            if len(cells) < width:
                cells.extend([""] * (width - len(cells)))
            yield number, cells

    def _records(self) -> Iterator[list[str]]:
        if self._book:
            return self._book.rows(self._reading.sheet or "")
        return delimited_rows(self._path, self._reading.encoding or "utf-8", self._reading.delimiter or ",")

    def _complete(self, reading: Reading) -> Reading:
        """The reading with every choice made, those of the caller checked."""
        if self._book:
            sheet = reading.sheet or self._book.first_sheet_with_rows()
            if sheet not in self._book.sheets:
                raise Invalid(code="transfer.unknown_sheet", params={"sheet": sheet})
            return Reading(sheet=sheet, header_row=reading.header_row)
        encoding = reading.encoding or detect(self._path)
        if encoding not in ENCODINGS:
            raise Invalid(code="transfer.unknown_encoding", params={"encoding": encoding})
        delimiter = reading.delimiter or detect_delimiter(self._path, encoding)
        if len(delimiter) != 1 or (reading.delimiter and delimiter not in DELIMITERS):
            raise Invalid(code="transfer.unknown_delimiter", params={"delimiter": delimiter})
        return Reading(encoding=encoding, delimiter=delimiter, header_row=reading.header_row)


def open_source(path: Path, reading: Reading | None = None) -> Source:
    """Open a file for reading as a table.

    Raises Invalid with a code of ``transfer.*`` when it is empty, too large, protected, broken or not a table.
    """
    size = path.stat().st_size
    if size == 0:
        raise Invalid(code="transfer.file_empty")
    if size > LARGEST_FILE:
        raise Invalid(code="transfer.file_too_large", params={"most": LARGEST_FILE >> 20})
    return Source(path, reading or Reading())


def _is_workbook(path: Path) -> bool:
    """Whether the file is a workbook; Invalid when it is neither that nor text."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_WORKBOOK_MARKS):
        return True
    wide = b"\0" in head
    text = head[: len(head) & ~1].decode(detect(path), "ignore") if wide else head.decode("latin-1")
    if sum(character in _CONTROL for character in text) > len(text) / 100:
        raise Invalid(code="transfer.not_a_table")
    return False


def _filled_width(row: list[str]) -> int:
    """Number of cells up to the last one that holds anything."""
    return next((place for place in range(len(row), 0, -1) if row[place - 1].strip()), 0)
