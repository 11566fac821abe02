"""The unified social credit code (统一社会信用代码) of Chinese organisations and its check digit, GB 32100-2015."""

import re

from guanxi.kit.folding import half_width

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_SHAPE = re.compile(f"[1-9A-HJ-NPQRTUWXY][1-59][0-9]{{6}}[{_ALPHABET}]{{10}}")


def normalise(text: str) -> str:
    """Upper case, half width, without spaces and hyphens."""
    return re.sub(r"[\s\-]", "", half_width(text)).upper()


def is_valid(code: str) -> bool:
    """Whether a normalised code has the right shape and check digit."""
    return bool(_SHAPE.fullmatch(code)) and code[17] == check_digit(code)


def check_digit(code: str) -> str:
    """The 18th character that belongs to the first 17 (which must be of the code's alphabet)."""
    total = sum(_VALUES[character] * weight for character, weight in zip(code[:17], _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]
