"""Administrative divisions of China from province to street, read from text as people write it.

Keys are the official codes without the zeros at their end: 44, 4403, 440305, 440305001. The parts of Hong Kong, Macao
and Taiwan have numbers of this product's own below 81, 82 and 71, since the standard gives them none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from guanxi.kit.code_tree import CodeTree, read_names
from guanxi.kit.folding import half_width

LEVELS = ("province", "city", "area", "street")
_LENGTHS = (2, 4, 6, 9)
_PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_SEPARATORS = re.compile(r"[\s/>|,，、·\-—]+")
_CODE = re.compile(r"\d{2,12}", re.ASCII)
_ENDINGS = (
    re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$"),
    re.compile(r"(?:市|地区|盟|自治州)$"),
    re.compile(r"(?:自治县|自治旗|林区|新区|[区县市旗])$"),
    re.compile(r"(?:街道办事处|街道|[镇乡])$"),
)
_SHORTEST = 2
ENGLISH = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "Inner Mongolia", "21": "Liaoning",
    "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu", "33": "Zhejiang", "34": "Anhui",
    "35": "Fujian", "36": "Jiangxi", "37": "Shandong", "41": "Henan", "42": "Hubei", "43": "Hunan", "44": "Guangdong",
    "45": "Guangxi", "46": "Hainan", "50": "Chongqing", "51": "Sichuan", "52": "Guizhou", "53": "Yunnan",
    "54": "Tibet", "61": "Shaanxi", "62": "Gansu", "63": "Qinghai", "64": "Ningxia", "65": "Xinjiang", "71": "Taiwan",
    "81": "Hong Kong", "82": "Macao",
}  # fmt: skip
"""What the provinces are called in English; what lies below them is told by its own name in any language."""


class Ambiguous(ValueError):
    """A text that means several divisions; ``keys`` are some of them."""

    def __init__(self, keys: list[str]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


@cache
def tree() -> CodeTree:
    """Provinces, cities and areas."""
    names = read_names("divisions.txt.xz")
    return CodeTree(names, _LENGTHS, lambda key, name: _is_placeholder(names, key, name))


@cache
def tree_with_streets() -> CodeTree:
    """All four levels; read when a street is first asked for."""
    names = {**tree().names, **read_names("streets.txt.xz")}
    return CodeTree(names, _LENGTHS, lambda key, name: _is_placeholder(names, key, name))


def tree_of(key: str) -> CodeTree:
    """The smaller tree that knows keys of this length."""
    return tree_with_streets() if len(key) > _LENGTHS[2] else tree()


def name(key: str, language: str = "zh-CN") -> str:
    """What a division is called where it is known what it lies within."""
    return (ENGLISH.get(key) if language == "en" else None) or tree_of(key).names[key]


def full_name(key: str, language: str = "zh-CN") -> str:
    """All levels in one: ``广东省深圳市南山区``, ``Guangdong 深圳市南山区``."""
    names = [name(one, language) for one in tree_of(key).path(key)]
    return f"{names[0]} {''.join(names[1:])}".strip() if language == "en" else "".join(names)


def of_code(code: str) -> str | None:
    """The key of an official code of up to 12 digits, None when there is no such division."""
    if not _CODE.fullmatch(code):
        return None
    for length in (9, 6, 4, 2):
        if len(code) < length or code[length:].strip("0"):
            continue
        key = code[:length]
        if key in tree_of(key):
            return tree_of(key).path(key)[-1]
    return None


@lru_cache(maxsize=20_000)
def find(text: str, deepest: int = 3) -> str | None:
    """The division that a text or a code means, None when it means none; Ambiguous when it means several.

    Levels may be left out and names be short: ``广东省深圳市南山区``, ``深圳 南山``, ``440305``; provinces are known by
    their English names too.
    """
    text = _SEPARATORS.sub("", half_width(text)).lower().removeprefix("中华人民共和国").removeprefix("中国")
    if not text or len(text) > 100:
        return None
    if text.isdigit():
        return of_code(text)
    found = list(_walks("", text, deepest))
    for start, key in _openings(text):
        left_out = tree().level(key) + 1
        found.extend((short + 1, left_out + more, one) for short, more, one in _walks(key, text[start:], deepest))
    if not found:
        return None
    best = min(found)[:2]
    keys = sorted({key for short, places, key in found if (short, places) == best})
    if len(keys) > 1:
        raise Ambiguous(keys)
    return keys[0]


def _walks(key: str, rest: str, deepest: int) -> Iterator[tuple[int, int, str]]:
    """Ways to read the rest below a key: short names used, levels below it, and where it ends."""
    if not rest:
        if key:
            yield 0, 0, key
        return
    for child in _next(key, deepest):
        for short, form in enumerate(_forms(child)):
            if rest.startswith(form):
                for more, places, end in _walks(child, rest[len(form) :], deepest):
                    yield short + more, places + 1, end


def _next(key: str, deepest: int) -> list[str]:
    """What may follow: children, and below a province its areas too, as the city is often left out."""
    known = tree() if deepest < 3 or len(key) < _LENGTHS[1] else tree_with_streets()
    found = known.children(key, deepest)
    if len(key) == _LENGTHS[0] and deepest >= 2:
        found = found + [one for city in found if len(city) == _LENGTHS[1] for one in known.children(city, deepest)]
    return found


@cache
def _forms(key: str) -> tuple[str, ...]:
    """The name, the name without what it ends in, and the English one."""
    whole = _SEPARATORS.sub("", half_width(tree_of(key).names[key])).lower()
    short = _ENDINGS[_LENGTHS.index(len(key))].sub("", whole)
    english = (_SEPARATORS.sub("", ENGLISH[key]).lower(),) if key in ENGLISH else ()
    return (whole, *((short,) if short != whole and len(short) >= _SHORTEST else ()), *english)


def _openings(text: str) -> Iterator[tuple[int, str]]:
    """Cities and areas that the text begins with, when the province is left out."""
    known = _by_form()
    for end in range(_SHORTEST, min(len(text), 15) + 1):
        for key in known.get(text[:end], ()):
            yield end, key


@cache
def _by_form() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    known = tree()
    for key in known.names:
        if len(key) > _LENGTHS[0] and not known.is_skipped(key):
            for form in _forms(key):
                found.setdefault(form, []).append(key)
    return found


def _is_placeholder(names: dict[str, str], key: str, name: str) -> bool:
    """A level that exists in codes alone: 市辖区 of a municipality, the one area of a city without areas."""
    if len(key) == _LENGTHS[1]:
        return name in _PLACEHOLDERS
    return len(key) == _LENGTHS[2] and names.get(key[:4]) == name
