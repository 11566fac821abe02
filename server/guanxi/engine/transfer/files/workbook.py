"""Workbooks (XLSX, XLS, XLSB, ODS) as rows of text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from guanxi.infra.errors import Invalid

LARGEST_UNPACKED = 1 << 30
"""Bytes that a workbook may unpack to; a small file that unpacks to more is refused unread."""

_INSIDE = frozenset({"[Content_Types].xml", "content.xml"})
"""What every archive that is a workbook contains."""

_Cell = int | float | str | bool | time | date | datetime | timedelta


class Workbook:
    """An opened workbook: the names of its sheets, and the rows of one of them."""

    def __init__(self, path: Path) -> None:
        """Open a workbook; Invalid when it is protected by a password, broken, or unpacks to too much."""
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                entries = archive.infolist()
            if not any(entry.filename in _INSIDE for entry in entries):
                raise Invalid(code="transfer.not_a_table")
            if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise Invalid(code="transfer.workbook_too_large")
        try:
            self._book = CalamineWorkbook.from_path(path)
        except PasswordError as error:
            raise Invalid(code="transfer.workbook_protected") from error
        except (CalamineError, OSError) as error:
            raise Invalid(code="transfer.workbook_broken") from error
        self.sheets = [sheet.name for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        self._read: tuple[str, CalamineSheet] | None = None

    def first_sheet_with_rows(self) -> str:
        """Name of the first sheet that holds anything; the first of all when none does."""
        return next((name for name in self.sheets if self._sheet(name).height > 0), self.sheets[0])

    def rows(self, name: str) -> Iterator[list[str]]:
        """Every row of a sheet from its first line on, cells as text: dates in ISO form, 3.0 as "3"."""
        for row in self._sheet(name).iter_rows():
            yield [cell if type(cell) is str else _text(cell) for cell in row]

    def _sheet(self, name: str) -> CalamineSheet:
        if self._read is None or self._read[0] != name:
            try:
                self._read = (name, self._book.get_sheet_by_name(name))
            except CalamineError as error:
                raise Invalid(code="transfer.workbook_broken") from error
        return self._read[1]


def _text(cell: _Cell) -> str:
    """A cell's value as a person would type it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
