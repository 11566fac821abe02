"""Folding: what must count as the same text when people search and when records are matched."""

import unicodedata
from functools import cache
from importlib.resources import files


def fold(text: str) -> str:
    """Text without differences of width, case and script: `ＡＢＣ` = `abc`, `萬科` = `万科`. Length may change."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_simplified())


def half_width(text: str) -> str:
    """Full-width letters, digits, brackets and spaces as their ASCII forms; Chinese punctuation stays."""
    return text.translate(_HALF_WIDTH)


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@cache
def _simplified() -> dict[int, int]:
    pairs = files("guanxi.kit").joinpath("data/traditional.txt").read_text("utf-8").split()
    return {ord(traditional): ord(simplified) for traditional, simplified in pairs}
