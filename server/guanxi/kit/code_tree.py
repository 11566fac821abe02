"""Classifications whose codes begin with the code of what they are part of: regions, industries."""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files


def _nothing(_key: str, _name: str) -> bool:
    return False


@dataclass(frozen=True)
class CodeTree:
    """A tree of names by key. ``lengths`` are the lengths of keys of each level, ``skipped`` says which nodes are
    never shown: they exist for the sake of the code alone.
    """

    names: Mapping[str, str]
    lengths: tuple[int, ...]
    skipped: Callable[[str, str], bool] = _nothing

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in sorted(self.names):
            if not self.is_skipped(key):
                path = self.path(key)
                found.setdefault(path[-2] if len(path) > 1 else "", []).append(key)
        return found

    def __contains__(self, key: object) -> bool:
        return key in self.names

    def level(self, key: str) -> int:
        """The depth of a key, from 0."""
        return self.lengths.index(len(key))

    def is_skipped(self, key: str) -> bool:
        """Whether the node is never shown."""
        return self.skipped(key, self.names[key])

    def path(self, key: str) -> list[str]:
        """The keys from the top to this one, those that are shown."""
        above = [key[:length] for length in self.lengths if length <= len(key)]
        return [one for one in above if one in self.names and not self.is_skipped(one)]

    def full_name(self, key: str, separator: str = "") -> str:
        """The names from the top, put together."""
        return separator.join(self.names[one] for one in self.path(key))

    def children(self, key: str = "", deepest: int | None = None) -> list[str]:
        """What is shown under a key, down to a level; in the place of a skipped node stand its own children."""
        found = self._children.get(key, [])
        return found if deepest is None else [one for one in found if self.level(one) <= deepest]


def read_names(file: str) -> dict[str, str]:
    """Names by key of a packed table in ``data``."""
    packed = files("guanxi.kit").joinpath("data", file).read_bytes()
    return dict(_pairs(lzma.decompress(packed).decode("utf-8").splitlines()))


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        key, _, name = line.partition(" ")
        yield key, name
