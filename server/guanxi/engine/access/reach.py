"""Whose records, and which, a right covers: a scope of owners, chosen departments, filters, or several together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

Scope = Literal["none", "own", "department", "tree", "all"]
SCOPES: tuple[Scope, ...] = ("none", "own", "department", "tree", "all")
Filter = Mapping[str, Any]


def wider(a: Scope, b: Scope) -> Scope:
    """The more permissive of two scopes."""
    return a if SCOPES.index(a) >= SCOPES.index(b) else b


@dataclass(frozen=True, slots=True)
class Reach:
    """Records whose owner is in ``scope`` or in one of ``departments`` or below, and those that a filter keeps."""

    scope: Scope = "none"
    departments: frozenset[UUID] = frozenset()
    where: tuple[Filter, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether nothing is reached."""
        return self.scope == "none" and not self.departments and not self.where

    @property
    def is_all(self) -> bool:
        """Whether every record is reached."""
        return self.scope == "all"

    @property
    def is_by_owner(self) -> bool:
        """Whether the owner alone tells what is reached."""
        return not self.where

    def merged(self, other: Reach) -> Reach:
        """What either of two reaches covers."""
        if self.is_all or other.is_all:
            return ALL
        added = tuple(one for one in other.where if one not in self.where)
        return Reach(wider(self.scope, other.scope), self.departments | other.departments, self.where + added)

    def covers(self, other: Reach) -> bool:
        """Whether everything that the other reaches is certainly reached: filters are compared as they are written."""
        return self.merged(other) == self

    def with_filters(self, change: Callable[[Filter], Filter]) -> Reach:
        """The same reach with its filters changed."""
        return replace(self, where=tuple(change(one) for one in self.where)) if self.where else self

    @classmethod
    def from_json(cls, data: Scope | Mapping[str, Any]) -> Reach:
        """A scope's name, or ``{scope, departments, where}``, as a role's permissions write it."""
        if isinstance(data, str):
            return _SIMPLE[data]
        if data.get("scope") == "all":
            return ALL
        where = data.get("where")
        departments = frozenset(UUID(str(one)) for one in data.get("departments") or ())
        return cls(data.get("scope") or "none", departments, () if where is None else (where,))

    def to_json(self) -> Scope | dict[str, Any]:
        """The scope's name where there is nothing else, otherwise all parts."""
        if not self.departments and not self.where:
            return self.scope
        told: dict[str, Any] = {"scope": self.scope}
        if self.departments:
            told["departments"] = sorted(str(one) for one in self.departments)
        if self.where:
            told["where"] = self.where[0] if len(self.where) == 1 else {"or": list(self.where)}
        return told


_SIMPLE: Mapping[str, Reach] = {scope: Reach(scope) for scope in SCOPES}
NOBODY = _SIMPLE["none"]
ALL = _SIMPLE["all"]

MINE = "@me"
"""A value in a filter of a role or an access rule that stands for the member; ``@me.<field>`` for what they hold."""
NOTHING: Filter = {"field": "id", "op": "is_empty"}
"""A filter that keeps no record."""


def own_fields(filters: Iterable[Filter]) -> set[str]:
    """Fields of the member that filters ask for by ``@me.<field>``."""
    found: set[str] = set()

    def note(value: Any) -> Any:
        if isinstance(value, str) and value.startswith(f"{MINE}."):
            found.add(value.removeprefix(f"{MINE}."))
        return value

    for tree in filters:
        _each_value(tree, note)
    return found


def put_in(tree: Filter, mine: Mapping[str, Any]) -> Filter:
    """The filter with the member's own values in place of ``@me.<field>`` and ``@me``; ``mine`` holds the member's id as
    ``id``. A comparison with a value that the member does not have keeps nothing.
    """

    def value_of(value: Any) -> Any:
        if value == MINE:
            return mine["id"]
        if isinstance(value, str) and value.startswith(f"{MINE}."):
            return mine.get(value.removeprefix(f"{MINE}."))
        return value

    return _each_value(tree, value_of)


def _each_value(tree: Any, change: Callable[[Any], Any]) -> Any:
    """The filter with every compared value changed."""
    if not isinstance(tree, Mapping):
        return tree
    made: dict[str, Any] = dict(tree)
    for word in ("and", "or"):
        if isinstance(made.get(word), list):
            made[word] = [_each_value(part, change) for part in made[word]]
    for word in ("not", "where"):
        if word in made:
            made[word] = _each_value(made[word], change)
    if made.get("value") is None:
        return made
    raw = made["value"]
    if isinstance(raw, list):
        several: list[Any] = []
        for one in raw:
            put = change(one)
            several.extend(put if isinstance(put, (list, tuple)) else [put])
        made["value"] = [one for one in several if one is not None]
    else:
        made["value"] = change(raw)
    return NOTHING if made["value"] is None or made["value"] == [] else made
