"""Telephone numbers: one normal form to match and search by, whatever way they were written.

Mainland numbers are few kinds with fixed lengths, so they are told apart here; numbers of other countries are kept
as they are if they could be one. The full world tables would weigh 30 MB in memory and not match better.
"""

import re

from guanxi.kit.folding import half_width

_EXTENSION = re.compile(r"\s*(?:;ext=|ext\.?|extension|分机号?|转|x|#|,)\s*[:.]?\s*(\d{1,6})$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-.()/_\u00b7\u2010-\u2015\u3000]+")
_MOBILE = re.compile("1[3-9][0-9]{9}")
_BEIJING_AND_TWO_DIGITS = re.compile("(?:10|2[0-9])[2-9][0-9]{7}")
_AREA_OF_THREE = re.compile("[3-9][1-9][0-9][2-9][0-9]{6,7}")
_SERVICE = re.compile("[48]00[0-9]{7}")
_SHORTEST, _LONGEST = 5, 15


class BadPhone(ValueError):
    """The text cannot be a telephone number."""


def normalise(text: str) -> str:
    """`138 0013 8000` -> `+8613800138000`; `010-6234 5678 转 801` -> `+861062345678;ext=801`.

    Foreign numbers keep their digits, with `+` if they came with a country code. A number that says neither
    country nor area stays digits alone. BadPhone when it has letters, or fewer than 5 or more than 15 digits.
    """
    plain = half_width(text).strip()
    extension = ""
    if match := _EXTENSION.search(plain):
        plain, extension = plain[: match.start()], f";ext={match[1]}"
    plain = _SEPARATORS.sub("", plain)
    international = plain.startswith("+")
    digits = plain.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        raise BadPhone(text)
    if not international and digits.startswith("00"):
        international, digits = True, digits[2:]
    if not _SHORTEST <= len(digits) <= _LONGEST:
        raise BadPhone(text)
    if national := _mainland(digits, international):
        return f"+86{national}{extension}"
    return ("+" if international else "") + digits + extension


def display(number: str) -> str:
    """A normalised number as it is read aloud: `138 0013 8000`, `010-6234 5678`, `+1 2025550123`."""
    bare, _, extension = number.partition(";ext=")
    tail = f" 转 {extension}" if extension else ""
    if not bare.startswith("+86"):
        return bare + tail
    national = bare[3:]
    if _MOBILE.fullmatch(national):
        return f"{national[:3]} {national[3:7]} {national[7:]}{tail}"
    if _SERVICE.fullmatch(national):
        return f"{national[:3]}-{national[3:6]}-{national[6:]}{tail}"
    area = 2 if _BEIJING_AND_TWO_DIGITS.fullmatch(national) else 3
    local = national[area:]
    return f"0{national[:area]}-{local[:-4]} {local[-4:]}{tail}"


def _mainland(digits: str, international: bool) -> str | None:
    """The national number when the digits are a mainland one, None otherwise."""
    if international:
        if not digits.startswith("86"):
            return None
        return next((n for n in (digits[2:], digits[2:].removeprefix("0")) if _is_national(n)), None)
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits
    if digits.startswith("0") and _is_national(digits[1:]):
        return digits[1:]
    if digits.startswith("86") and _MOBILE.fullmatch(digits[2:]):
        return digits[2:]
    return None


def _is_national(digits: str) -> bool:
    return any(p.fullmatch(digits) for p in (_MOBILE, _BEIJING_AND_TWO_DIGITS, _AREA_OF_THREE, _SERVICE))
