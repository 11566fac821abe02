"""Questions about trees kept as child -> parent; pure functions on plain values."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def has_cycle(parents: Mapping[Node, Node | None], start: Node) -> bool:
    """Whether climbing from `start` comes back to `start`."""
    seen: set[Node] = set()
    node = parents.get(start)
    while node is not None and node not in seen:
        if node == start:
            return True
        seen.add(node)
        node = parents.get(node)
    return False


def with_ancestors(parents: Mapping[Node, Node | None], start: Node) -> list[Node]:
    """The node and all above it, nearest first, in a tree that may be damaged: a cycle ends the climb."""
    found: list[Node] = []
    node: Node | None = start
    while node is not None and node not in found:
        found.append(node)
        node = parents.get(node)
    return found


def with_descendants(parents: Mapping[Node, Node | None], roots: Iterable[Node]) -> set[Node]:
    """The roots and all nodes below them, in a tree that may be damaged: a cycle ends the walk."""
    children: dict[Node, list[Node]] = defaultdict(list)
    for child, parent in parents.items():
        if parent is not None:
            children[parent].append(child)
    found: set[Node] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(children[node])
    return found
