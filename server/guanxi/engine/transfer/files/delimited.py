"""Delimited text (CSV and its relatives) as rows of text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from guanxi.engine.transfer.files.encoding import mark_length
from guanxi.infra.errors import Invalid

DELIMITERS = (",", ";", "\t", "|")
"""Delimiters offered to people, most usual first."""

LARGEST_CELL = 1 << 20
"""Characters in one cell; more than this means that a quotation mark was opened and never closed."""

_SAMPLE_ROWS = 200
_END = "\0end"
"""Stands behind the last line, where a mark that is still open swallows it; no line of a file has a NUL."""
_ANNOUNCED = re.compile(r"\A\ufeff?sep=(.)\s*\Z")

csv.field_size_limit(LARGEST_CELL)


def detect_delimiter(path: Path, encoding: str) -> str:
    """The delimiter that cuts the first rows into the most even table; a comma when nothing speaks for another.

    A first line ``sep=;``, as spreadsheet programs write it, decides by itself.
    """
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        announced = _ANNOUNCED.match(file.readline(16))
    if announced:
        return announced[1]
    return max(DELIMITERS, key=lambda delimiter: _evenness(path, encoding, delimiter))


def rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """Every record as cells; an empty line is an empty list. Bytes that do not decode become U+FFFD.

    Raises Invalid ``transfer.quote_open`` with the record's number where a quotation mark is never closed.
    """
    with path.open("rb") as raw:
        raw.seek(mark_length(path, encoding))
        start = raw.tell()
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        file.seek(start)
        lines = chain((line.replace("\0", "") if "\0" in line else line for line in file), (_END,))
        reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        number = 0
        try:
            for number, cells in enumerate(reader, 1):
                if cells == [_END]:
                    return
                if cells and cells[-1].endswith(_END):
                    raise Invalid(code="transfer.quote_open", params={"row": number})
                yield [] if number == 1 and _ANNOUNCED.match(delimiter.join(cells)) else cells
        except csv.Error as error:
            raise Invalid(code="transfer.quote_open", params={"row": number + 1}) from error


def _evenness(path: Path, encoding: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter fits: (share of rows with the usual number of cells, that number), (0, 0) for none."""
    try:
        widths = Counter(len(cells) for cells in islice(rows(path, encoding, delimiter), _SAMPLE_ROWS) if cells)
    except Invalid:
        return 0.0, 0
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 0
    width, count = max(wide.items(), key=lambda item: item[1] * item[0])
    return round(count / widths.total(), 1), width
