"""Flows that would set themselves or each other off, and flows that write the same fields of the same records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows.checking import subjects
from guanxi.capabilities.flows.definition import Definition, Trigger
from guanxi.capabilities.flows.foresight import BEGINNING, PastRun, Written
from guanxi.capabilities.flows.judging import judge
from guanxi.capabilities.flows.kinds.base import Touch, step_kinds
from guanxi.capabilities.flows.live import Flow, live
from guanxi.capabilities.flows.matching import concerns, truths
from guanxi.capabilities.flows.triggers.base import change_triggers
from guanxi.engine.context import Context
from guanxi.engine.feed import Change
from guanxi.engine.feed.moments import Moment
from guanxi.engine.objects.model import Object

LOOKED_AT = 5_000
"""Writes of which it is asked what they would set off."""
ASKED = 20_000
NOBODY = UUID(int=0)


class Circles:
    """Looks at what thought-out runs would have written."""

    def __init__(self, ctx: Context, flow: Flow, definition: Definition) -> None:
        self._ctx, self._flow, self._definition = ctx, flow, definition
        others = [
            one for one in live(ctx).flows.values() if one.is_on and one.id != flow.id and one.version is not None
        ]
        self._others = {one.id: one for one in others}
        self._watches: list[tuple[Flow, Trigger]] = [
            (one, trigger)
            for one, told in [(flow, definition), *((one, one.version.definition) for one in others if one.version)]
            if told.object == definition.object
            for trigger in told.triggers
            if trigger.kind in change_triggers()
        ]
        self._looked = 0
        self.sets_off: Counter[UUID] = Counter()
        self.overlaps: Counter[tuple[UUID, str]] = Counter()
        self._records: set[UUID] = set()

    def look(self, obj: Object, runs: Sequence[PastRun]) -> None:
        """Look at the writes of some runs."""
        written = [(run, one) for run in runs for one in run.written]
        for run, one in written:
            if run.line is not None and len(self._records) < ASKED:
                self._records.add(run.line.record)
            self._same_fields(run, one)
        part = written[: max(LOOKED_AT - self._looked, 0)]
        self._looked += len(part)
        numbers = count(1)
        around = [_moment(obj, one, next(numbers)) for _, one in part]
        if not around or not self._watches:
            return
        before = truths(self._ctx, obj, self._watches, around, after=False, judge=judge)
        after = truths(self._ctx, obj, self._watches, around, after=True, judge=judge)
        for one in around:
            seq = one.change.seq
            hit = {
                flow.id
                for place, (flow, trigger) in enumerate(self._watches)
                if concerns(flow, trigger, one.change) and before[seq][place] and after[seq][place]
            }
            self.sets_off.update(hit)

    def _same_fields(self, run: PastRun, one: Written) -> None:
        line = run.line
        for key in one.fields if line is not None else ():
            places = line.touching(key) if line is not None else ()
            flows = {_flow_of(line.changes[place]) for place in places} if line is not None else set()
            self.overlaps.update((other, key) for other in flows if other not in (None, self._flow.id))

    def found(self) -> list[dict[str, Any]]:
        """What is worth a warning: codes with what they say."""
        mine = list(_touches(self._ctx, self._definition))
        told: list[dict[str, Any]] = []
        times = self.sets_off.pop(self._flow.id, 0)
        if times:
            kind = "flows.past_loop" if self._flow.own_effects else "flows.past_loop_held"
            told.append({"code": kind, "params": {"count": times, "looked": self._looked}})
        for other in self._others.values():
            theirs = other.version.definition if other.version else None
            if theirs is None:
                continue
            times = self.sets_off.get(other.id, 0)
            may = times or (
                (theirs.object != self._definition.object or any(one.op != "update" for one in mine))
                and _sets_off(mine, theirs)
            )
            back = _sets_off(list(_touches(self._ctx, theirs)), self._definition)
            if may and back:
                told.append({"code": "flows.past_circle", "params": {"flow": other.name}})
            elif times:
                params = {"flow": other.name, "count": times, "looked": self._looked}
                told.append({"code": "flows.past_sets_off", "params": params})
            elif may:
                told.append({"code": "flows.past_may_set_off", "params": {"flow": other.name}})
        for (flow, key), times in self.overlaps.most_common(10):
            name = self._others[flow].name if flow in self._others else "-"
            told.append({"code": "flows.past_overlap", "params": {"flow": name, "field": key, "count": times}})
        return told


def _touches(ctx: Context, definition: Definition) -> Iterator[Touch]:
    for node, about in subjects(ctx.snapshot, definition):
        kind = step_kinds().get(node.kind)
        if kind is not None:
            yield from kind.touches(ctx.snapshot, about, node.settings)


def _sets_off(touches: Sequence[Touch], definition: Definition) -> bool:
    """Whether such writes may set a flow off, conditions left aside."""
    kinds = change_triggers()
    for trigger in definition.triggers:
        kind = kinds.get(trigger.kind)
        for touch in touches:
            if kind is None or touch.object != definition.object:
                continue
            change = _change(touch.object, touch.op, {one: [None, None] for one in touch.fields}, 1)
            if kind.concerns(trigger, change):
                return True
    return False


def _moment(obj: Object, one: Written, number: int) -> Moment:
    return Moment(_change(obj.key, "update", {key: [None, None] for key in one.fields}, number), one.before, one.after)


def _change(key: str, op: str, diff: dict[str, list[Any]], number: int) -> Change:
    return Change(number, BEGINNING, NOBODY, None, "flow", key, NOBODY, op, 1, diff)


def _flow_of(change: Change) -> UUID | None:
    flow = (change.label or {}).get("flow")
    return UUID(flow) if flow else None
