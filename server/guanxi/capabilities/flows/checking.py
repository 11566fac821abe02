"""Whether a definition makes sense: every kind known, every setting right, every step reachable, no way without an end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from guanxi.capabilities.flows.definition import Definition, Node, Problem
from guanxi.capabilities.flows.kinds.base import ERROR, Place, StepKind, step_kinds
from guanxi.capabilities.flows.triggers.base import TriggerKind, trigger_kinds
from guanxi.engine.objects.fields import settings as declared
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Snapshot


def check(snapshot: Snapshot, definition: Definition) -> list[Problem]:
    """Everything that is wrong; a flow with any of it is kept as a draft, and never published."""
    return [
        *_whole(snapshot, definition),
        *(problem for one in definition.triggers for problem in _trigger(snapshot, definition, one.id)),
        *(
            problem
            for node, about in subjects(snapshot, definition)
            for problem in _node(snapshot, definition, node, about)
        ),
        *_ways(definition),
    ]


def _whole(snapshot: Snapshot, definition: Definition) -> Iterator[Problem]:
    if definition.object is not None and definition.object not in snapshot.objects:
        yield Problem("flows.unknown_object", {"object": definition.object[:40]})
    if not definition.nodes or definition.start is None:
        yield Problem("flows.no_start")
    if not definition.triggers:
        yield Problem("flows.no_trigger")


def _trigger(snapshot: Snapshot, definition: Definition, id_: str) -> Iterator[Problem]:
    one = next(each for each in definition.triggers if each.id == id_)
    kind = trigger_kinds().get(one.kind)
    if kind is None:
        yield Problem("flows.unknown_kind", {"kind": one.kind[:40]}, id_)
        return
    place = Place(snapshot, definition, id_, one.settings)
    yield from _judged(place, kind)


def subjects(snapshot: Snapshot, definition: Definition) -> Iterator[tuple[Node, str | None]]:
    """Every node with the key of the object that it is about; one that cannot be reached is about the flow's."""
    kinds = step_kinds()
    found: dict[str, str | None] = {}
    waiting = [(definition.start, definition.object)] if definition.start else []
    while waiting:
        id_, about = waiting.pop()
        if id_ in found or id_ not in definition.nodes:
            continue
        found[id_] = about
        node = definition.nodes[id_]
        kind, obj = kinds.get(node.kind), snapshot.objects.get(about or "")
        waiting.extend(
            (target, kind.about(snapshot, obj, node.settings, port) if kind else about)
            for port, target in node.next.items()
        )
    for node in definition.nodes.values():
        yield node, found.get(node.id, definition.object)


def _node(snapshot: Snapshot, definition: Definition, node: Node, about: str | None) -> Iterator[Problem]:
    kind = step_kinds().get(node.kind)
    if kind is None:
        yield Problem("flows.unknown_kind", {"kind": node.kind[:40]}, node.id)
        return
    place = Place(snapshot, definition, node.id, node.settings, about)
    yield from _judged(place, kind)
    ports = (*kind.ports(node.settings), ERROR)
    yield from (Problem("flows.unknown_port", {"port": port[:40]}, node.id) for port in node.next if port not in ports)


def _judged(place: Place, kind: StepKind | TriggerKind) -> Iterator[Problem]:
    """What is wrong with the form of settings, and what the kind says of those that have their form."""
    wrong = {one.setting: one for one in _settings(place, kind.settings_schema())}
    yield from wrong.values()
    if kind.about_record and place.object is None:
        yield place.problem("flows.object_needed")
        return
    formed = {name: value for name, value in place.settings.items() if name not in wrong}
    yield from (one for one in kind.check(replace(place, settings=formed)) if one.setting not in wrong)


def _settings(place: Place, schema: tuple[declared.Setting, ...]) -> Iterator[Problem]:
    known = {one.name: one for one in schema}
    for name in [*known, *(name for name in place.settings if name not in known)]:
        given = {name: place.settings[name]} if name in place.settings else {}
        try:
            declared.check((known[name],) if name in known else schema, given)
        except BadValue as bad:
            # People know a setting by its label, not by its name.
            named = {"setting": known[name].label} if name in known and "setting" in bad.params else {}
            yield place.problem(bad.code, name, **{**bad.params, **named})


def _ways(definition: Definition) -> Iterator[Problem]:
    """Steps that nothing leads to, rounds that never pause, and joins at which nothing can meet."""
    if definition.start is None:
        return
    reached = {definition.start} | definition.after(definition.start)
    kinds = step_kinds()
    for node in definition.nodes.values():
        if node.id not in reached:
            yield Problem("flows.unreachable", {}, node.id)
        elif node.id in _hurried(definition, node.id):
            yield Problem("flows.round_without_wait", {}, node.id)
        kind = kinds.get(node.kind)
        if kind is not None and kind.joins:
            yield from _meeting(definition, node)


def _meeting(definition: Definition, join: Node) -> Iterator[Problem]:
    """A join waits for no more branches than there are: those that end before it are not waited for."""
    kinds = step_kinds()
    ways = [
        len(kind.ports(other.settings))
        for other in definition.nodes.values()
        if (kind := kinds.get(other.kind)) is not None and kind.forks and join.id in definition.after(other.id)
    ]
    wanted = join.settings.get("count") if join.settings.get("mode") == "some" else None
    if not ways:
        yield Problem("flows.join_without_fork", {}, join.id)
    elif isinstance(wanted, int) and wanted > max(ways):
        yield Problem("flows.join_too_many", {"count": wanted, "ways": max(ways)}, join.id, "count")


def _hurried(definition: Definition, id_: str) -> frozenset[str]:
    """Every node that can be reached from one without ever waiting."""
    kinds = step_kinds()
    seen: set[str] = set()

    def onward(node_id: str) -> list[str]:
        node = definition.nodes[node_id]
        kind = kinds.get(node.kind)
        return [] if kind is None or kind.waits else [one for one in node.next.values() if one in definition.nodes]

    waiting = onward(id_)
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting.extend(onward(one))
    return frozenset(seen)
