"""Pinyin of single characters: syllables and initials, with every common reading (`重`: zhong, chong)."""

from functools import cache
from importlib.resources import files


def all_readings() -> dict[str, tuple[str, ...]]:
    """Syllables without tones by character, the commonest first, `v` for `ü`. A shared table: not to be changed."""
    return _tables()[0]


def spell(text: str, separator: str = "") -> str:
    """Text with each Chinese character replaced by its commonest syllable: `华为` -> `huawei`."""
    spelled = _tables()[0]
    return separator.join(spelled[c][0] if c in spelled else c for c in text)


def split_syllables(letters: str, limit: int = 4) -> list[list[str]]:
    """The ways, at most `limit`, to read `letters` as syllables, of which the last may be unfinished.

    `xian` reads as `xian` and as `xi an`; long syllables come first. Empty when there is no way.
    """
    _, syllables, beginnings = _tables()
    # From each place, the places where its first syllable may end so that the rest can still be read: no dead ends.
    ends: list[list[int]] = [[] for _ in letters]
    for start in range(len(letters) - 1, -1, -1):
        if letters[start:] in beginnings:
            ends[start].append(len(letters))
        for end in range(min(start + _LONGEST_SYLLABLE, len(letters) - 1), start, -1):
            if ends[end] and letters[start:end] in syllables:
                ends[start].append(end)

    found: list[list[str]] = []

    def read_on(start: int, begun: list[str]) -> None:
        for end in ends[start]:
            if len(found) < limit:
                way = [*begun, letters[start:end]]
                if end == len(letters):
                    found.append(way)
                else:
                    read_on(end, way)

    if letters:
        read_on(0, [])
    return found


_LONGEST_SYLLABLE = 6


@cache
def _tables() -> tuple[dict[str, tuple[str, ...]], frozenset[str], frozenset[str]]:
    """Readings by character, all syllables, and all beginnings of syllables."""
    by_character: dict[str, tuple[str, ...]] = {}
    syllables: set[str] = set()
    for line in files("guanxi.kit").joinpath("data/pinyin.txt").read_text("utf-8").splitlines():
        syllable, _, characters = line.partition(" ")
        if not syllable:
            continue
        syllables.add(syllable)
        for character in characters:
            by_character[character] = (*by_character.get(character, ()), syllable)
    beginnings = frozenset(syllable[:end] for syllable in syllables for end in range(1, len(syllable) + 1))
    return by_character, frozenset(syllables), beginnings
