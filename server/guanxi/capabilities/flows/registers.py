"""Registers of kinds: classes that are found by their key. Steps, triggers and effects each have one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Protocol, TypeVar


class Keyed(Protocol):
    """A kind: it has a key of its own and is made without arguments."""

    key: ClassVar[str]


K = TypeVar("K", bound=Keyed)
One = TypeVar("One", bound=Any)


class Kinds(Generic[K]):
    """The kinds of one sort, in the order in which they were registered."""

    def __init__(self, sort: str) -> None:
        """``sort`` is what a refusal calls them."""
        self._sort = sort
        self._known: dict[str, K] = {}

    def register(self, cls: type[One]) -> type[One]:
        """Register a kind; ValueError for a key that another kind has."""
        known = self._known.get(cls.key)
        if known is not None and type(known) is not cls:
            raise ValueError(f"the {self._sort} kind {cls.key!r} is registered twice")
        self._known[cls.key] = cls()
        return cls

    def __call__(self) -> Mapping[str, K]:
        """Every kind by its key."""
        return self._known
