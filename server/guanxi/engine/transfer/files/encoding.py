"""The character encoding of a text file, told from its bytes."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5", "cp1252")
"""Encodings offered to people, most usual first."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHUNK = 1 << 20
_EVIDENCE = 1 << 18
_COMMON_ENOUGH = 0.6
_BROKEN_AT_MOST = 0.01


def detect(path: Path) -> str:
    """The most likely encoding of a text file, one of ``ENCODINGS``.

    A byte order mark decides; then valid UTF-8; then the place of the zero bytes (UTF-16); then whether the bytes
    make common characters in GB18030 or in Big5. The whole file is looked at, because a list may well begin with
    thousands of plain ASCII lines.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if b"\0" in head:
        return "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"
    evidence = _beyond_ascii(path)
    if not evidence or _broken(evidence, "utf-8") <= _BROKEN_AT_MOST:
        return "utf-8"
    shares = {"gb18030": _share(evidence, _common_in_gb), "big5": _share(evidence, _common_in_big5)}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _COMMON_ENOUGH else "cp1252"


def mark_length(path: Path, encoding: str) -> int:
    """Number of bytes of the byte order mark at the file's beginning that belongs to the encoding."""
    with path.open("rb") as file:
        head = file.read(4)
    return next((len(mark) for mark, name in _MARKS if name == encoding and head.startswith(mark)), 0)


def _beyond_ascii(path: Path) -> bytes:
    """Lines that hold bytes above ASCII, up to a quarter of a megabyte: all there is to tell encodings by."""
    found: list[bytes] = []
    size = 0
    with path.open("rb") as file:
        for chunk in _whole_lines(iter(lambda: file.read(_CHUNK), b"")):
            if chunk.isascii():
                continue
            for line in chunk.splitlines(keepends=True):
                if not line.isascii():
                    found.append(line)
                    size += len(line)
                    if size >= _EVIDENCE:
                        return b"".join(found)
    return b"".join(found)


def _whole_lines(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """The same bytes, cut behind line ends, so that no character of several bytes is cut in two."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        cut = data.rfind(b"\n") + 1
        rest = data[cut:]
        if cut:
            yield data[:cut]
    if rest:
        yield rest


def _broken(data: bytes, encoding: str) -> float:
    """Undecodable places as a share of the bytes above ASCII."""
    return data.decode(encoding, "replace").count("�") / max(1, sum(byte > 0x7F for byte in data))


def _share(data: bytes, common: Callable[[int, int], bool]) -> float:
    """Share of the two-byte characters that are common ones; a stray byte counts as an uncommon character."""
    total = hits = at = 0
    end = len(data)
    while at < end:
        lead = data[at]
        if lead < 0x80:
            at += 1
            continue
        trail = data[at + 1] if at + 1 < end else 0
        total += 1
        hits += common(lead, trail)
        at += 2 if trail >= 0x40 else 1
    return hits / max(1, total)


def _common_in_gb(lead: int, trail: int) -> bool:
    """Level 1 of GB 2312 (the 3,755 usual characters, rows 16-55) and the punctuation of rows 1-3."""
    return trail >= 0xA1 and (0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3)


def _common_in_big5(lead: int, trail: int) -> bool:
    """Level 1 of Big5 (the 5,401 usual characters) and its punctuation."""
    return 0xA1 <= lead <= 0xC6 and (0x40 <= trail <= 0x7E or 0xA1 <= trail <= 0xFE)
