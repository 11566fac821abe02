"""Where a table's header is and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

_NOT_A_NAME = re.compile(r"[-+$¥€£]?[\d.,\s:/-]+%?")
_FILLED_ENOUGH = 0.6


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """Number (from 1) of the header among a file's first rows; 0 when the rows hold nothing but figures.

    Titles and notes above a table fill few of its columns: the header is the first row filled about as well as
    rows usually are.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    usual = median([count for count in filled if count] or [0])
    for number, (row, count) in enumerate(zip(rows, filled, strict=True), 1):
        if count and count >= usual * _FILLED_ENOUGH:
            names = [cell.strip() for cell in row if cell.strip()]
            return 0 if all(_NOT_A_NAME.fullmatch(name) for name in names) else number
    return 0


def column_names(header: Sequence[str], width: int) -> list[str]:
    """Distinct names for ``width`` columns: a nameless one is called by its place (``#3``), a repeated one counted."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for place in range(width):
        name = " ".join(header[place].split()) if place < len(header) else ""
        name = name or f"#{place + 1}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
