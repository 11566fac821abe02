"""The classification of industries GB/T 4754-2017: sections, divisions, groups and classes.

Keys are the section's letter before the digits (C, C27, C271, C2710), so that a key begins with that of its parent;
people write the digits alone.
"""

from __future__ import annotations

import re
from functools import cache

from guanxi.kit.code_tree import CodeTree, read_names
from guanxi.kit.folding import half_width

_CODE = re.compile(r"(?:([A-T])(\d{2,4})?|(\d{2,4}))", re.ASCII)
_CODE_AND_NAME = re.compile(r"([A-Ta-t]?\d{2,4}|[A-Ta-t])[\s.、]+(.+)", re.ASCII)


@cache
def tree() -> CodeTree:
    """All four levels."""
    return CodeTree(read_names("industries.txt.xz"), (1, 3, 4, 5))


def code(key: str) -> str:
    """The code as the standard prints it: the digits, or the letter of a section."""
    return key[1:] or key


def find(text: str) -> str | None:
    """The key that a code, a name, or both together mean; the widest of several classes of the same name."""
    text = half_width(text).strip()
    if not text or len(text) > 100:
        return None
    both = _CODE_AND_NAME.fullmatch(text)
    if both and (known := _of_code(both[1])):
        return known
    return _of_code(text) or _by_name().get(_plain(text))


def _of_code(text: str) -> str | None:
    match = _CODE.fullmatch(text.upper())
    if match is None:
        return None
    letter, behind, alone = match.groups()
    return letter + (behind or "") if letter and letter + (behind or "") in tree() else _by_digits().get(alone or "")


@cache
def _by_digits() -> dict[str, str]:
    return {key[1:]: key for key in tree().names if len(key) > 1}


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for key in sorted(tree().names, key=len):
        found.setdefault(_plain(tree().names[key]), key)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[\s、,，]+", "", half_width(name))
