"""Paths of departments (``Head office/East/Shanghai``): made of the tree, and read back into it; pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

SEPARATOR = "/"
_IN_NAMES = "／"
"""What stands in a path for a separator that belongs to a name."""


@dataclass(frozen=True, slots=True)
class Node:
    """A department as far as its path is concerned."""

    name: str
    parent: UUID | None
    path: str | None = None

    @property
    def waits(self) -> bool:
        """Whether it was made by its path and not put below its parent yet."""
        return self.parent is None and SEPARATOR in (self.path or "")


Tree = Mapping[UUID, Node]


def steps(path: str) -> list[str]:
    """The names in a path, from the top; blanks around separators do not count."""
    return [part for part in (one.strip() for one in path.split(SEPARATOR)) if part]


def joined(names: Iterable[str]) -> str:
    """A path of steps."""
    return SEPARATOR.join(names)


def step(name: str) -> str:
    """A name as it stands in a path."""
    return name.strip().replace(SEPARATOR, _IN_NAMES)


def path_of(tree: Tree, start: UUID) -> str:
    """The path of a department, in a tree that may be damaged: a cycle ends the climb."""
    return below(tree, tree[start].parent, tree[start].name)


def below(tree: Tree, parent: UUID | None, name: str) -> str:
    """The path of a department of this name below a parent."""
    names, seen = [step(name)], set()
    while parent is not None and parent in tree and parent not in seen:
        seen.add(parent)
        names.append(step(tree[parent].name))
        parent = tree[parent].parent
    return joined(reversed(names))


def find(tree: Tree, parent: UUID | None, name: str) -> UUID | None:
    """The department below a parent that is called so, whatever the case of its letters."""
    wanted = step(name).casefold()
    named = (id_ for id_, one in tree.items() if one.parent == parent and step(one.name).casefold() == wanted)
    return next((id_ for id_ in named if not tree[id_].waits), None)
