"""What would have set a flow off in a stretch of the past: when, by which trigger, about which record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from guanxi.capabilities.flows.definition import Definition, Trigger
from guanxi.capabilities.flows.judging import judge
from guanxi.capabilities.flows.live import Flow
from guanxi.capabilities.flows.matching import concerns, truths
from guanxi.capabilities.flows.triggers.base import change_triggers, time_triggers, trigger_kinds
from guanxi.engine.context import Context
from guanxi.engine.feed.moments import Moment
from guanxi.engine.feed.timelines import Timeline
from guanxi.engine.objects.model import Object


@dataclass(frozen=True, slots=True)
class Start:
    """A run that would have begun."""

    at: datetime
    trigger: str
    line: Timeline | None
    starter: UUID | None = None
    seq: int | None = None
    """The number of the change that it was, if it was one."""


@dataclass(frozen=True)
class Sorted:
    """The triggers of a definition by how the past is asked for them."""

    changes: Sequence[Trigger]
    times: Sequence[Trigger]
    unknown: Sequence[Trigger]
    """Those of which nothing is known that the past could be asked for: buttons, programs, what comes from outside."""


def sort(definition: Definition) -> Sorted:
    """The triggers of a definition."""
    kinds, timed, changes, times, unknown = trigger_kinds(), time_triggers(), [], [], []
    for one in definition.triggers:
        kind = kinds.get(one.kind)
        told = kind.in_the_log(one) if kind else None
        if told is not None and told.kind in change_triggers():
            changes.append(told)
        elif one.kind in timed:
            times.append(one)
        else:
            unknown.append(one)
    return Sorted(changes, times, unknown)


def by_changes(
    ctx: Context, obj: Object, flow: Flow, triggers: Sequence[Trigger], lines: Sequence[Timeline]
) -> list[Start]:
    """The changes of some records that would have set off a trigger, as consumers of the log are told them."""
    watches = [(flow, trigger) for trigger in triggers]
    around: list[Moment] = []
    where: dict[int, tuple[Timeline, list[int]]] = {}
    sorts: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for line in lines:
        for place, change in enumerate(line.changes):
            # Which trigger a change concerns depends on its sort, unless the change names the flows that led to it.
            sort = (change.op, tuple(change.diff))
            meant = sorts.get(sort) if not change.label else None
            if meant is None:
                meant = [number for number, watch in enumerate(watches) if concerns(*watch, change)]
                if not change.label:
                    sorts[sort] = meant
            if meant:
                around.append(line.moment(place))
                where[change.seq] = line, meant
    if not around:
        return []
    before = truths(ctx, obj, watches, around, after=False, judge=judge)
    after = truths(ctx, obj, watches, around, after=True, judge=judge)
    return [
        Start(one.change.at, watches[place][1].id, where[one.change.seq][0], one.change.actor, one.change.seq)
        for one in around
        for place in where[one.change.seq][1]
        if before[one.change.seq][place] and after[one.change.seq][place]
    ]
