"""The tree that figures are rolled up: departments with those below them, and the people who belong to each.

Everybody counts once, in the department of their main position. Figures of nobody, and of people without a department,
stand at the top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar
from uuid import UUID

Kind = Literal["company", "department", "person", "nobody"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree; the company and "nobody" have no id."""

    kind: Kind
    id: UUID | None = None


COMPANY, NOBODY = Node("company"), Node("nobody")


def department(id_: UUID) -> Node:
    """The node of a department."""
    return Node("department", id_)


def person(id_: UUID | None) -> Node:
    """The node of a person; of nobody without one."""
    return NOBODY if id_ is None else Node("person", id_)


class Tree:
    """Departments (child to parent) and people (to their department); a damaged tree ends where it would repeat itself."""

    def __init__(self, departments: Mapping[UUID, UUID | None], people: Mapping[UUID, UUID | None]) -> None:
        self._above: dict[Node, Node] = {NOBODY: COMPANY}
        for one, parent in departments.items():
            self._above[department(one)] = (
                department(parent) if parent is not None and parent in departments else COMPANY
            )
        for one, where in people.items():
            self._above[person(one)] = department(where) if where is not None and where in departments else COMPANY
        self._below: dict[Node, list[Node]] = {}
        for node, above in self._above.items():
            self._below.setdefault(above, []).append(node)
        self._cut_circles()

    def _cut_circles(self) -> None:
        """Departments that stand below themselves stand at the top instead."""
        reached = {COMPANY, *self.within(COMPANY)}
        for node in list(self._above):
            if node not in reached:
                self._below[self._above[node]].remove(node)
                self._above[node] = COMPANY
                self._below.setdefault(COMPANY, []).append(node)
                reached |= {node, *self.within(node)}

    def __contains__(self, node: Node) -> bool:
        """Whether there is such a place."""
        return node == COMPANY or node in self._above

    def children(self, node: Node) -> list[Node]:
        """What stands directly below."""
        return self._below.get(node, [])

    def trail(self, node: Node) -> list[Node]:
        """The nodes from the company down to this one."""
        found = [node]
        while node in self._above:
            node = self._above[node]
            found.append(node)
        return found[::-1]

    def within(self, node: Node) -> Iterator[Node]:
        """Everything below a node, whatever stands above coming first."""
        waiting = list(self.children(node))
        seen: set[Node] = set()
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            yield one
            waiting.extend(self.children(one))

    def people(self, node: Node) -> set[UUID]:
        """The people of a node and of all below it."""
        return {one.id for one in (node, *self.within(node)) if one.kind == "person" and one.id is not None}

    def rolled_up(self, leaves: Mapping[Node, T], nothing: T, add: Callable[[T, T], T]) -> dict[Node, T]:
        """By node the sum of its own leaf and of all below it; nodes with nothing below them are left out."""
        found: dict[Node, T] = {}

        def put(node: Node, value: T) -> None:
            found[node] = add(found.get(node, nothing), value)

        for leaf, value in leaves.items():
            put(leaf if leaf in self else NOBODY, value)
        for node in reversed([*self.within(COMPANY)]):
            if node in found:
                put(self._above[node], found[node])
        return found
