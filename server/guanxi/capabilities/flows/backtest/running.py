"""A flow through the last days: everything that would have set it off, and what each run would have done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import worked
from guanxi.capabilities.flows.backtest import hints, starts, times
from guanxi.capabilities.flows.backtest.circles import Circles
from guanxi.capabilities.flows.backtest.machine import Foreseer, begin
from guanxi.capabilities.flows.backtest.starts import Sorted, Start
from guanxi.capabilities.flows.backtest.tally import Tally, ended_as, way_of
from guanxi.capabilities.flows.backtest.unmet import unmet
from guanxi.capabilities.flows.definition import Definition
from guanxi.capabilities.flows.live import Flow, Version
from guanxi.capabilities.flows.told import instant
from guanxi.engine.context import Context
from guanxi.engine.feed import timelines
from guanxi.engine.feed.timelines import Timeline
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads

THOUGHT = 200_000
"""Runs whose steps are thought through; of more, it is only told that they would have begun."""
AT_ONCE = 2_000


@dataclass(frozen=True)
class Asked:
    """What is tried: a definition of a flow, as its draft has it or as a version does, over so many days."""

    flow: Flow
    definition: Definition
    days: int

    @property
    def version(self) -> Version:
        """The definition, as runs have one."""
        run_as = self.flow.version.run_as if self.flow.version else "owner"
        return Version(UUID(int=0), self.flow.id, 0, self.definition, run_as)


class Backtest:
    """One back-test in a unit of work that sees one state of the database. What is told is what its actor may know."""

    def __init__(self, ctx: Context, asked: Asked, tell: Callable[[int], None] = lambda _: None) -> None:
        """``tell`` is called with how many changes were looked at; what it raises ends the test."""
        self._ctx, self._asked, self._tell = ctx, asked, tell
        self._object: Object | None = ctx.snapshot.objects.get(asked.definition.object or "")
        self._flow = asked.flow
        self._until = ctx.now
        self._since = ctx.now - timedelta(days=asked.days)
        self._tally = Tally(ctx)
        self._circles = Circles(ctx, asked.flow, asked.definition)
        self._loads: dict[str, Counter[UUID]] = {}
        self._sums = self._object is None or ctx.guard().sums_tell(self._object)
        self._changes = self._gone = self._thought = self._left_out = 0
        self._seen: set[UUID] = set()

    def run(self) -> dict[str, Any]:
        """What would have happened, as JSON."""
        sorted_ = starts.sort(self._asked.definition)
        known = [one for one in sorted_.times if times.is_known(one)]
        changed: set[UUID] = set()
        if self._object is not None:
            for count, lines in timelines.timelines(self._ctx, self._object, self._since):
                self._changes += count
                self._gone += count - sum(len(line.changes) for line in lines)
                self._think(self._of_lines(self._object, sorted_, lines))
                if known:
                    changed.update(line.record for line in lines)
                self._tell(self._changes)
        for trigger in known:
            parts = times.of_unchanged(self._ctx, self._object, trigger, changed, self._since, self._until)
            for part in parts:
                self._think(part)
                self._tell(self._changes)
        unknown = [*sorted_.unknown, *(one for one in sorted_.times if one not in known)]
        return {
            **self._tally.to_json(self._seen),
            "since": instant(self._since),
            "until": instant(self._until),
            "changes": self._changes if self._sums else None,
            "warnings": self._circles.found(),
            "hints": list(
                hints.of(
                    self._ctx, self._flow, self._asked.definition, self._since, unknown=unknown,
                    gone=self._gone if self._sums else 0, left_out=self._left_out > 0,
                    not_thought=self._tally.starts - self._thought, deeds={what for what, _ in self._tally.deeds},
                )
            ),
        }  # fmt: skip

    def _of_lines(self, obj: Object, sorted_: Sorted, lines: Sequence[Timeline]) -> list[Start]:
        found = starts.by_changes(self._ctx, obj, self._flow, sorted_.changes, lines)
        for trigger in sorted_.times:
            if times.is_known(trigger):
                found += times.of_changed(self._ctx, obj, trigger, lines, self._since, self._until)
        return found

    def _think(self, found: Sequence[Start]) -> None:
        """Count the starts, and think their runs through."""
        for place in range(0, len(found), AT_ONCE):
            part = found[place : place + AT_ONCE]
            seen = self._visible(part)
            if not self._sums:
                # Nothing is told of records that a rule keeps from the reader, not even how many there are.
                told = [one for one in part if one.line is None or one.line.record in seen]
                self._left_out += len(part) - len(told)
                part = told
            self._seen |= seen
            for one in part:
                record = one.line.record if one.line else None
                self._tally.begun(one.trigger, one.at, record, seen=record is None or record in seen)
            self._simulate(part[: max(THOUGHT - self._thought, 0)], seen)

    def _simulate(self, part: Sequence[Start], seen: set[UUID]) -> None:
        version = self._asked.version
        runs = [begin(self._flow, version, one, self._thought + n) for n, one in enumerate(part)]
        self._thought += len(runs)
        if not runs:
            return
        Foreseer(self._ctx, version, self._flow, runs, self._loads, until=self._until).go()
        for run in runs:
            self._tally.ended(run, seen=run.record is None or run.record in seen)
        if self._object is not None:
            self._circles.look(self._object, runs)

    def _visible(self, part: Sequence[Start]) -> set[UUID]:
        """Those of the records that the actor may see, in the bin or not."""
        ids = list({one.line.record for one in part if one.line is not None})
        if not ids or self._object is None:
            return set()
        key = self._object.key
        return reads.visible(self._ctx, key, ids) | reads.visible(self._ctx, key, ids, deleted=True)


def closely(ctx: Context, asked: Asked, record: UUID | None) -> dict[str, Any]:
    """One run of a draft about a record as it is now, or about none, thought through to its end."""
    obj = ctx.snapshot.objects.get(asked.definition.object or "")
    line = timelines.of_records(ctx, obj, [record]).get(record) if obj is not None and record is not None else None
    version = asked.version
    run = begin(asked.flow, version, Start(ctx.now, "", line, ctx.author), 1)
    image = run.image()
    Foreseer(ctx, version, asked.flow, [run], {}, until=None, closely=True).go()
    return {
        **way_of(run, ended_as(run)), "data": worked.plain(run.data),
        "unmet": unmet(ctx, obj, asked.definition, image) if obj is not None and image is not None else [],
    }  # fmt: skip
