"""What somebody who looks after automation is told of the data of a run: nothing of fields and records that they may not
read, wherever a step has carried it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import traces
from guanxi.capabilities.flows.checking import subjects
from guanxi.capabilities.flows.definition import Definition, Node
from guanxi.capabilities.flows.kinds.base import step_kinds
from guanxi.capabilities.flows.kinds.marks import SetVariables
from guanxi.capabilities.flows.shapes import StepSeen
from guanxi.capabilities.flows.values import FORMS, HOLE
from guanxi.engine.context import Context
from guanxi.engine.objects.computed.compile import compiled
from guanxi.engine.objects.computed.names import Names
from guanxi.engine.objects.computed.problems import BadFormula
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads
from guanxi.engine.records.formula_reach import reads_all

_REFERRING = ("ref", "refs", "about")


class Sight:
    """The data of runs of one version as the actor of a unit of work may know it."""

    def __init__(self, ctx: Context, definition: Definition) -> None:
        self._ctx, self._guard = ctx, ctx.guard()
        self._nodes = {
            node.id: (node, ctx.snapshot.objects.get(about or "")) for node, about in subjects(ctx.snapshot, definition)
        }

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Names under which runs remember something that the actor may not know."""
        found: frozenset[str] = frozenset()
        while True:
            more = frozenset(name for node, obj in self._nodes.values() for name in self._closed(node, obj, found))
            if more <= found:
                return found
            found |= more

    def remembered(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What a run remembers."""
        return {name: value for name, value in data.items() if name not in self.hidden}

    def tells_all_of(self, node_id: str) -> bool:
        """Whether the actor may know everything that a step is given."""
        node, obj = self._nodes.get(node_id, (None, None))
        if node is None:
            return False
        specs = node.settings.get("values")
        writes: Iterable[str] = specs if isinstance(specs, Mapping) and _is_of_many(specs) else ()
        return self._is_told(node, obj, node.settings, self.hidden) and all(
            self._is_field_told(node, obj, one) for one in writes
        )

    def note(self, note: Mapping[str, Any]) -> dict[str, Any]:
        """What a line of a run's record tells beside; what was remembered before somebody changed it is data too."""
        before = note.get("before")
        told = {name: value for name, value in note.items() if name != traces.NAME}
        return {**told, "before": self.remembered(before)} if isinstance(before, Mapping) else told

    def seen(self, node_id: str, kept: Mapping[str, Any] | None, *, item: bool) -> StepSeen | None:
        """What a step was given and gave, of what is ``kept``; ``item``: whether its entry of a loop may be seen."""
        node, obj = self._nodes.get(node_id, (None, None))
        if node is None or kept is None:
            return None
        given, gave = self._constants(node), dict(kept.get("out") or {})
        for name, value in (kept.get("in") or {}).items():
            whole = isinstance(value, Mapping) and _is_of_many(node.settings.get(name))
            given[name] = {**given.get(name, {}), **value} if whole else value
        if not item:
            return {"given": {}, "gave": {}, "hidden": [*given, *gave], "cut": False}
        hidden: list[str] = []
        for name, value in list(given.items()):
            spec = node.settings.get(name)
            if isinstance(value, Mapping) and isinstance(spec, Mapping) and _is_of_many(spec):
                whole = node.settings  # what no value of the setting tells of may come of any setting
                closed = [
                    one for one in value if not self._is_told(node, obj, spec.get(one, whole), self.hidden, writes=one)
                ]
                hidden += closed
                given[name] = {one: known for one, known in value.items() if one not in closed}
            elif not self._is_told(node, obj, node.settings if spec is None else spec, self.hidden):
                hidden.append(name)
                del given[name]
        hidden += [name for name in gave if name in self.hidden]
        gave = {name: value for name, value in gave.items() if name not in self.hidden}
        return {"given": given, "gave": gave, "hidden": hidden, "cut": bool(kept.get("cut"))}

    def _constants(self, node: Node) -> dict[str, Any]:
        """Values that are the same for every run, which the definition has."""
        found: dict[str, Any] = {}
        for name, spec in node.settings.items():
            if isinstance(spec, Mapping):
                known = {
                    key: one.get("value", one.get("text"))
                    for key, one in spec.items()
                    if isinstance(one, Mapping) and traces.is_constant(one)
                }
                found |= {name: known} if known else {}
        return found

    def _closed(self, node: Node, obj: Object | None, known: frozenset[str]) -> Iterator[str]:
        """The names under which a step remembers what the actor may not know."""
        if isinstance(step_kinds().get(node.kind), SetVariables):
            specs = node.settings.get("values") or {}
            yield from (name for name, spec in specs.items() if not self._is_told(node, obj, spec, known))
        elif (name := node.settings.get("as")) and not self._is_told(node, obj, node.settings, known):
            yield str(name)

    def _is_told(
        self, node: Node, obj: Object | None, spec: Any, known: frozenset[str], writes: str | None = None
    ) -> bool:
        """Whether the actor may know what becomes of a setting; ``writes``: the field that it is written to."""
        if writes is not None and not self._is_field_told(node, obj, writes):
            return False
        if isinstance(spec, str):
            return all(self._is_path_told(obj, path) for path in HOLE.findall(spec))
        if isinstance(spec, Mapping):
            if set(spec) == {"value"}:
                return True
            if set(spec) == {"data"}:
                return str(spec["data"]).split(".")[0] not in known
            if set(spec) == {"formula"}:
                return self._is_formula_told(obj, str(spec["formula"]))
            return all(self._is_told(node, obj, one, known) for one in spec.values())
        return not isinstance(spec, list) or all(self._is_told(node, obj, one, known) for one in spec)

    def _is_field_told(self, node: Node, obj: Object | None, key: str) -> bool:
        kind = step_kinds().get(node.kind)
        for touch in kind.touches(self._ctx.snapshot, obj.key if obj else None, node.settings) if kind else ():
            target = self._ctx.snapshot.objects.get(touch.object)
            field = target.fields.get(key) if target is not None and key in touch.fields else None
            if target is not None and field is not None and not self._guard.reads(target, field):
                return False
        return True

    def _is_formula_told(self, obj: Object | None, text: str) -> bool:
        if obj is None:
            return False
        try:
            formula = compiled(obj, text, Names(self._ctx.snapshot))
        except BadFormula:
            return False
        return reads_all(self._ctx, formula) and all(self._sees_all(one.obj) for one in formula.fields if one.steps)

    def _is_path_told(self, obj: Object | None, path: str) -> bool:
        *steps, last = path.split(".")
        for key in steps:
            field = obj.fields.get(key) if obj is not None else None
            if obj is None or field is None or not self._guard.reads(obj, field):
                return False
            obj = self._ctx.snapshot.objects.get(field.target or "")
            if obj is None or not self._sees_all(obj):
                return False
        if obj is None:
            return False
        field = obj.fields.get(last)
        if field is None:
            return last in _OF_EVERY_RECORD
        target = self._ctx.snapshot.objects.get(field.target or "") if field.kind.trait in _REFERRING else None
        return self._guard.reads(obj, field) and (target is None or target.key == "member" or self._sees_all(target))

    def _sees_all(self, obj: Object) -> bool:
        """Whether every record of an object may be read: which one a step came upon is not known any more."""
        return self._ctx.actor.rights(obj.key).reads and self._guard.sums_tell(obj)


_OF_EVERY_RECORD = ("id", "rev", "created_at", "updated_at")


def _is_of_many(spec: Any) -> bool:
    """Whether a setting holds many values by name, rather than being one itself."""
    return isinstance(spec, Mapping) and not (len(spec) == 1 and next(iter(spec)) in FORMS)


def items_in_sight(ctx: Context, kept: Sequence[Mapping[str, Any] | None]) -> set[tuple[str, str]]:
    """Entries of loops, (object, record), that the actor may see."""
    by_object: dict[str, set[UUID]] = {}
    for one in kept:
        item = (one or {}).get("item")
        if item and item["object"] in ctx.snapshot.objects and ctx.actor.rights(item["object"]).reads:
            by_object.setdefault(item["object"], set()).add(UUID(item["record"]))
    return {(key, str(one)) for key, ids in by_object.items() for one in reads.visible(ctx, key, list(ids))}
