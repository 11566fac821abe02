"""The number of Chinese resident identity cards, GB 11643-1999: 18 characters, the last of which checks the others."""

import re
from datetime import date

from guanxi.kit.folding import half_width

_SHAPE = re.compile(r"[1-9]\d{16}[0-9X]", re.ASCII)
_WEIGHTS = tuple(pow(2, place, 11) for place in range(17, 0, -1))
_CHARACTERS = "10X98765432"
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)


def normalise(text: str) -> str:
    """Capital X, half width, without spaces and hyphens."""
    return re.sub(r"[\s\-]", "", half_width(text)).upper()


def is_valid(number: str) -> bool:
    """Whether a normalised number has the right shape, a province, a day of birth and the right check character."""
    if not _SHAPE.fullmatch(number) or number[:2] not in _PROVINCES or number[17] != check_character(number):
        return False
    try:
        return date.fromisoformat(number[6:14]).year >= 1850
    except ValueError:
        return False


def check_character(number: str) -> str:
    """The 18th character that belongs to the first 17 digits."""
    return _CHARACTERS[sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11]
