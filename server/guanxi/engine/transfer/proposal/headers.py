"""The words of a header, and which other words mean the same."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_REMARK = re.compile(r"[(\[（【].*?[)\]）】]|\*|必填|选填")
_SEPARATOR = re.compile(r"[^\w]+|_+")
_TECHNICAL = re.compile(r"(?:^(?:property_|properties\.)(?:hs_)?|__c$)", re.IGNORECASE)
_CJK_GAP = re.compile(r"(?<=[㐀-鿿]) +(?=[㐀-鿿])")


@lru_cache(maxsize=4096)
def words(header: str) -> str:
    """A header's words in one spelling: ``AccountId``, ``account_id`` and ``Account ID *`` are all ``account id``.

    Remarks in brackets and the marks that other systems put on their own fields are left out.
    """
    text = _TECHNICAL.sub("", unicodedata.normalize("NFKC", header).strip())
    text = _REMARK.sub(" ", text) or text
    text = " ".join(_SEPARATOR.sub(" ", _CAMEL.sub(" ", text)).lower().split())
    return _CJK_GAP.sub("", text)


@cache
def table() -> dict[str, Any]:
    """The table of synonyms as it stands in ``synonyms.toml``."""
    return tomllib.loads(files("guanxi.engine.transfer.proposal").joinpath("synonyms.toml").read_text(encoding="utf-8"))


@cache
def _groups(kind: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(table()[kind]):
        for word in group:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def mean_the_same(kind: str, a: str, b: str) -> bool:
    """Whether two spellings (as of ``words``) are equal or stand in one group of ``fields`` or ``objects``."""
    if a == b:
        return bool(a)
    groups = _groups(kind)
    return bool(groups.get(a, frozenset()) & groups.get(b, frozenset()))


def synonyms(kind: str, word: str) -> frozenset[str]:
    """Every word that means the same as ``word``, itself included."""
    found = {word} if word else set[str]()
    for number in _groups(kind).get(word, ()):
        found.update(table()[kind][number])
    return frozenset(found)
