"""What a flow says: when it starts and which steps follow each other. Data, checked against the catalog it is for.

    {"object": "opportunity",
     "triggers": [{"id": "t1", "kind": "record.updated", "settings": {"fields": ["amount"], "where": {...}}}],
     "start": "n1",
     "nodes": [{"id": "n1", "kind": "branch", "settings": {...}, "next": {"yes": "n2", "else": "n3"}}, ...]}

A node's ``next`` maps its ports to the nodes that follow; a port that leads nowhere ends there. ``label``, ``note`` and
``at`` (the place of a node or a trigger on the canvas) are for people, as is ``notes``: [{id, text, at}], comments that lie
on the canvas; they are kept with every version, and mean nothing to the engine. ``"at_once": {"most": 1, "by": "record"}`` has further runs of a record,
or of the whole flow, wait until one has ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

NODES = 200
TRIGGERS = 20
AT_ONCE = 1000


@dataclass(frozen=True)
class Problem:
    """Something wrong with a definition: at which node or trigger (None: the whole), in which setting, and what."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    at: str | None = None
    setting: str | None = None


@dataclass(frozen=True)
class Trigger:
    """One way in which a flow starts."""

    id: str
    kind: str
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Node:
    """One step."""

    id: str
    kind: str
    settings: Mapping[str, Any]
    next: Mapping[str, str]
    label: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Definition:
    """A whole flow. ``object`` is the key of the object whose records it is about; None for none."""

    object: str | None
    triggers: tuple[Trigger, ...]
    start: str | None
    nodes: Mapping[str, Node]
    at_once: tuple[int, str] | None = None
    """How many runs may go on at once, and whether that is of the flow or of each record; None for any number."""

    @cached_property
    def before(self) -> Mapping[str, tuple[str, ...]]:
        """The nodes that lead to each node."""
        found: dict[str, list[str]] = {id_: [] for id_ in self.nodes}
        for node in self.nodes.values():
            for target in node.next.values():
                if target in found:
                    found[target].append(node.id)
        return {id_: tuple(ones) for id_, ones in found.items()}

    def after(self, id_: str) -> frozenset[str]:
        """Every node that can be reached from one."""
        seen: set[str] = set()
        waiting = list(self.nodes[id_].next.values())
        while waiting:
            one = waiting.pop()
            if one in self.nodes and one not in seen:
                seen.add(one)
                waiting.extend(self.nodes[one].next.values())
        return frozenset(seen)


def read(data: Any) -> tuple[Definition, list[Problem]]:
    """The definition in JSON, and what is wrong with its form; what has no form is left out."""
    problems: list[Problem] = []
    whole = data if isinstance(data, Mapping) else {}
    if not isinstance(data, Mapping):
        problems.append(Problem("flows.not_an_object"))
    object_key = whole.get("object")
    triggers = tuple(_triggers(whole.get("triggers"), problems))
    nodes = {node.id: node for node in _nodes(whole.get("nodes"), problems)}
    start = whole.get("start")
    if start is not None and start not in nodes:
        problems.append(Problem("flows.no_such_node", {"node": str(start)[:40]}))
        start = None
    for node in nodes.values():
        problems.extend(
            Problem("flows.no_such_node", {"node": str(target)[:40]}, node.id)
            for target in node.next.values()
            if target not in nodes
        )
    at_once = _at_once(whole.get("at_once"), problems)
    return Definition(object_key if isinstance(object_key, str) else None, triggers, start, nodes, at_once), problems


def _at_once(data: Any, problems: list[Problem]) -> tuple[int, str] | None:
    if data is None:
        return None
    one = _mapping(data)
    most, by = one.get("most"), one.get("by", "flow")
    if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= AT_ONCE or by not in ("flow", "record"):
        problems.append(Problem("flows.bad_at_once", {"limit": AT_ONCE}))
        return None
    return most, by


def _triggers(data: Any, problems: list[Problem]) -> Iterator[Trigger]:
    for id_, one in _each(data, TRIGGERS, "triggers", problems):
        yield Trigger(id_, str(one.get("kind")), _mapping(one.get("settings")))


def _nodes(data: Any, problems: list[Problem]) -> Iterator[Node]:
    for id_, one in _each(data, NODES, "nodes", problems):
        following = {str(port): str(target) for port, target in _mapping(one.get("next")).items() if target is not None}
        yield Node(id_, str(one.get("kind")), _mapping(one.get("settings")), following, _label(one.get("label")))


def _label(value: Any) -> Mapping[str, str]:
    """What people call a node, in each language; one text is that of all."""
    return {"zh-CN": value, "en": value} if isinstance(value, str) and value else _mapping(value)


def _each(data: Any, limit: int, name: str, problems: list[Problem]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    entries: Sequence[Any] = data if isinstance(data, list | tuple) else ()
    if data is not None and not isinstance(data, list | tuple):
        problems.append(Problem("flows.not_a_list", {"name": name}))
    if len(entries) > limit:
        problems.append(Problem("flows.too_many", {"name": name, "limit": limit}))
    known: set[str] = set()
    for one in entries[:limit]:
        id_ = one.get("id") if isinstance(one, Mapping) else None
        if not isinstance(id_, str) or not id_ or id_ in known:
            problems.append(Problem("flows.bad_id", {"name": name, "id": str(id_)[:40]}))
            continue
        known.add(id_)
        yield id_, one


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
