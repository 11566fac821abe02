"""Keys of objects and fields: made from labels when nobody gives one, never a word that the engine needs itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from guanxi.engine.objects.model import Labels
from guanxi.kit.folding import half_width
from guanxi.kit.pinyin import spell

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_KEY = 40
LONGEST_NAME = 63
"""Bytes of a name in PostgreSQL; it cuts longer ones silently, and two that are cut may be the same."""
RESERVED_FIELDS = frozenset(
    "id rev owner via_owner created_at created_by updated_at updated_by deleted_at"
    # Columns that every table of PostgreSQL has already.
    " ctid xmin xmax cmin cmax tableoid".split()
)
"""Keys that no field may have: columns of every record."""
RESERVED_OBJECTS = frozenset("any all system record records object objects".split())


def key_of(labels: Labels, taken: Callable[[str], bool], fallback: str) -> str:
    """A free key for something with these labels: English words where there are any, else pinyin.

    ``taken`` says which keys are not to be had; a number is then put behind.
    """
    made = _slug(labels.get("en", "")) or _slug(spell(labels.get("zh-CN", ""))) or fallback
    if made[0].isdigit():
        made = f"{fallback}_{made}"
    made = made[:LONGEST_KEY].rstrip("_")
    number, key = 1, made
    while taken(key):
        number += 1
        tail = f"_{number}"
        key = made[: LONGEST_KEY - len(tail)].rstrip("_") + tail
    return key


def _slug(text: str) -> str:
    """Latin words of a text with underscores between them; "" when a character in it has no place in a key."""
    plain = half_width(text).strip().lower()
    if any(ch.isalpha() and not ch.isascii() for ch in plain):
        return ""
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def physical(name: str) -> str:
    """The name of a table, index or sequence: as it is, or cut with a digest behind so that it stays its own."""
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:10]
    return f"{name[: LONGEST_NAME - 11]}_{digest}"
