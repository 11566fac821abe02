"""Dates and times as people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from guanxi.kit.folding import half_width

_YEAR_FIRST = r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号]?"
_COMPACT = r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"
_MONTH_FIRST = r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"
_NAME_SECOND = r"(?P<d>\d{1,2})[\s-](?P<name>[a-z]{3,9})\.?,?[\s-](?P<y>\d{4}|\d{2})"
_NAME_FIRST = r"(?P<name>[a-z]{3,9})\.?\s(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<y>\d{4})"
_WEEKDAY = r"\s*(?:[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?)?"
_TIME = (
    r"(?:t|\s*)(?P<half>上午|下午|中午|晚上|凌晨|早上)?\s*(?P<h>\d{1,2})\s*[:时点]\s*(?P<min>\d{1,2})?分?"
    r"(?::?(?P<s>\d{1,2})(?:[.,](?P<f>\d{1,9}))?秒?)?\s*(?P<ampm>[ap]\.?m\.?)?"
    r"\s*(?P<zone>z|utc|[+-]\d{2}:?\d{2})?"
)
_FORMS = tuple(
    re.compile(f"{day}{_WEEKDAY}(?:{_TIME})?", re.ASCII)
    for day in (_YEAR_FIRST, _COMPACT, _MONTH_FIRST, _NAME_SECOND, _NAME_FIRST)
)
_TIME_ALONE = re.compile(_TIME, re.ASCII)
_HOUR_ALONE = re.compile(r"(?P<h>\d{1,2})\s*(?P<ampm>[ap]\.?m\.?)", re.ASCII)
# Days since 1899-12-30, from 1927 to 2173: five digits, so that a year or a compact date is never taken for one.
_SERIAL = re.compile(r"(\d{5})(\.\d+)?", re.ASCII)
_SERIAL_EPOCH = datetime.fromisoformat("1899-12-30")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONGEST_TEXT = 100
_PIVOT = 69
"""Two-digit years from 69 on belong to the 20th century, as POSIX has it."""


def read_moment(text: str) -> datetime | None:
    """The date and time that a text says, None when it says none; naive unless the text names an offset.

    A date alone is its midnight. Numeric dates that do not begin with the year are month first, as spreadsheets in
    English write them; day first is refused wherever it can be told, never guessed. Understood besides ISO 8601:
    ``2026/11/21 8:00``, ``2026年11月21日 下午3点``, ``11/21/2026 3:00 PM``, ``21-Nov-26`` and serial numbers.
    """
    if len(text) > LONGEST_TEXT:
        return None
    text = half_width(text).strip().lower()
    serial = _SERIAL.fullmatch(text)
    if serial:
        return _of_serial(int(serial[1]), float(serial[2] or 0))
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            try:
                return _assemble(match.groupdict())
            except ValueError:
                return None
    return None


def read_time(text: str) -> time | None:
    """The time of day that a text says, None when it says none: ``15:30``, ``下午3点半``, ``3:30 pm``."""
    if len(text) > LONGEST_TEXT:
        return None
    text = half_width(text).strip().lower().replace("点半", "点30分").replace("点钟", "点")
    match = _TIME_ALONE.fullmatch(text) or _HOUR_ALONE.fullmatch(text)
    if match is None:
        return None
    parts = {"half": None, "min": None, "s": None, "f": None, "ampm": None, **match.groupdict()}
    try:
        return None if parts.get("zone") else _time(parts)
    except ValueError:
        return None


def _of_serial(days: int, part: float) -> datetime:
    # Spreadsheets keep times as fractions of a day; the nearest second is what was typed.
    return _SERIAL_EPOCH + timedelta(days=days, seconds=round(part * 86_400))


def _assemble(parts: dict[str, str | None]) -> datetime:
    name = parts.get("name")
    month = _month(name) if name else int(parts["m"] or 0)
    year = int(parts["y"] or 0)
    if year < 100:
        year += 1900 if year >= _PIVOT else 2000
    return datetime.combine(date(year, month, int(parts["d"] or 0)), _time(parts), _zone(parts["zone"]))


def _month(name: str) -> int:
    return next((number for number, start in enumerate(_MONTHS, 1) if name.startswith(start)), 0)


def _time(parts: dict[str, str | None]) -> time:
    if parts["h"] is None:
        return time()
    hour = int(parts["h"])
    half = parts["half"] or (parts["ampm"] or "")[:1]
    if (half in ("下午", "晚上", "p") and hour < 12) or (half == "中午" and hour < 3):
        hour += 12
    elif half in ("a", "上午", "凌晨") and hour == 12:
        hour = 0
    return time(hour, int(parts["min"] or 0), int(parts["s"] or 0), int((parts["f"] or "").ljust(6, "0")[:6]))


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in ("z", "utc"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
