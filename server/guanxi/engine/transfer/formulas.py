"""Text that a spreadsheet program would run as a formula: harmless on the way out, plain again on the way in."""

from __future__ import annotations

import re

_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[\d\s.,]+%?")


def defused(text: str) -> str:
    """The text behind an apostrophe when a spreadsheet program would run it; signed numbers stay as they are."""
    return f"'{text}" if text.startswith(_STARTS) and not _NUMBER.fullmatch(text) else text


def plain(text: str) -> str:
    """The text that ``defused`` was given."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_STARTS) else text
