"""Numbers and dates written in a style that fields do not read by themselves, brought into one that they do."""

from __future__ import annotations

import re
from collections.abc import Callable

from guanxi.engine.transfer.imports.settings import Entry

_DATE = re.compile(r"(\d{1,4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,4})(?!\d)(.*)", re.DOTALL)


def restyle(entry: Entry) -> Callable[[str], str] | None:
    """What to do with the entry's text before its field reads it; None when nothing is needed."""
    trait = entry.field.kind.trait
    if trait == "number" and entry.decimal_mark == ",":
        return _comma_decimal
    if trait in {"date", "datetime"} and entry.date_order == "dmy":
        return lambda text: _year_first(text, day=0, month=1)
    if trait in {"date", "datetime"} and entry.date_order == "mdy":
        return lambda text: _year_first(text, day=1, month=0)
    return None


def _comma_decimal(text: str) -> str:
    """``1.234,56`` and ``1 234,56`` as ``1234.56``."""
    return re.sub(r"[.\s'\u00a0\u202f](?=\d{3}(?:\D|$))", "", text).replace(",", ".")


def _year_first(text: str, *, day: int, month: int) -> str:
    """``31/12/2026 8:00`` as ``2026-12-31 8:00``; text that begins with the year, or is no such date, as it is."""
    match = _DATE.fullmatch(text)
    if not match or len(match[1]) > 2:
        return text
    pair = (match[1], match[2])
    year = match[3] if len(match[3]) == 4 else f"20{match[3]:0>2}"
    return f"{year}-{pair[month]:0>2}-{pair[day]:0>2}{match[4]}"
