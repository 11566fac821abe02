"""What time triggers would have found: for each state that a record was in, whether its time came while it was in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows.backtest.starts import Start
from guanxi.capabilities.flows.definition import Trigger
from guanxi.capabilities.flows.judging import is_timely, judge
from guanxi.capabilities.flows.timing import OVERLAP
from guanxi.capabilities.flows.triggers.base import time_triggers
from guanxi.capabilities.flows.triggers.dates import DATES, Dated, kind_of
from guanxi.capabilities.flows.triggers.schedule import NOTHING, Schedule, next_time
from guanxi.engine.context import Context
from guanxi.engine.feed.timelines import PastImage, Timeline, of_records
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.model import Object
from guanxi.engine.records.spans import every, span

Found = list[tuple[Timeline, int, datetime]]
"""Records, the place of the state they were in, and when their time came."""
MOST_TIMES = 2_000
"""Times of a schedule that are looked at; of more, the last ones."""


def is_known(trigger: Trigger) -> bool:
    """Whether the past can be asked for a trigger."""
    return isinstance(time_triggers()[trigger.kind], Dated | Schedule)


def of_changed(
    ctx: Context, obj: Object, trigger: Trigger, lines: Sequence[Timeline], since: datetime, until: datetime
) -> list[Start]:
    """For records that were changed meanwhile, through each state that they were in."""
    find = _finder(ctx, obj, trigger, since, until)
    found: Found = []
    for line in lines:
        for place in range(len(line.changes) + 1):
            begin = line.instants[place - 1] if place else None
            end = line.instants[place] if place < len(line.changes) else None
            if line.is_there(place) and (end is None or end > since):
                found.extend((line, place, at) for at in find(line, place, begin, end))
    return _fulfilled(ctx, obj, trigger, found)


def of_unchanged(
    ctx: Context, obj: Object | None, trigger: Trigger, changed: Collection[UUID], since: datetime, until: datetime
) -> Iterator[list[Start]]:
    """For records that are what they were at the beginning, and for what is about no record; part by part."""
    kind, settings = time_triggers()[trigger.kind], trigger.settings
    if isinstance(kind, Schedule) and (obj is None or settings.get("about") == NOTHING):
        yield [Start(at, trigger.id, None) for at in times_of(settings, since, until, ctx)]
        return
    if obj is None:
        return
    find = _finder(ctx, obj, trigger, since, until)
    when = settings.get("where")
    # What holds of them now held of them then, unless it depends on the day.
    timely = when is not None and is_timely(ctx, obj, lambda source: [compile_condition(source, when)])
    for ids in _candidates(ctx.as_system(), obj, trigger, None if timely else when, since, until):
        lines = of_records(ctx, obj, [one for one in ids if one not in changed])
        found = [(line, 0, at) for line in lines.values() for at in find(line, 0, line.written_at(0), None)]
        if timely:
            yield _fulfilled(ctx, obj, trigger, found)
        else:
            yield [Start(at, trigger.id, line) for line, _, at in found]


def times_of(settings: Mapping[str, Any], since: datetime, until: datetime, ctx: Context) -> list[datetime]:
    """The times of a schedule after an instant and not after another, at most so many of the last."""
    found, at = [], next_time(settings, since, ctx.env.time_zone)
    while at <= until:
        found.append(at)
        at = next_time(settings, at, ctx.env.time_zone)
    return found[-MOST_TIMES:]


def _finder(
    ctx: Context, obj: Object, trigger: Trigger, since: datetime, until: datetime
) -> Callable[[Timeline, int, datetime | None, datetime | None], list[datetime]]:
    """When the time came for a record in a state that began and ended at an instant."""
    kind = time_triggers()[trigger.kind]
    if isinstance(kind, Schedule):
        times = times_of(trigger.settings, since, until, ctx)
        return lambda _line, _place, begin, end: [
            at for at in times if (begin is None or begin <= at) and (end is None or at < end)
        ]
    field = kind.field(trigger, obj) if isinstance(kind, Dated) else None
    if field is None or not isinstance(kind, Dated):
        return lambda *_: []
    timing = kind.timing(trigger, field, ctx.env.time_zone)

    def due(line: Timeline, place: int, begin: datetime | None, end: datetime | None) -> list[datetime]:
        value = line.value(place, field.key)
        if value is None:
            return []
        at = timing.due(value)
        # What is written a little after its time came is found by the next sweep all the same.
        came = begin is None or at > begin - OVERLAP
        found = max(at, begin) if begin else at
        return [found] if came and since < at and found <= until and (end is None or found < end) else []

    return due


def _fulfilled(ctx: Context, obj: Object, trigger: Trigger, found: Found) -> list[Start]:
    """Those for whose record the condition held at that time."""
    when = trigger.settings.get("where")
    images: list[PastImage] = [line.image(place, at) for line, place, at in found]
    rows: Sequence[Sequence[Any]] = [(True,)] * len(found)
    if when is not None:
        rows = judge(ctx, obj, images, lambda source: [compile_condition(source, when)])
    return [Start(at, trigger.id, line) for (line, _, at), (held,) in zip(found, rows, strict=True) if held]


def _candidates(
    ctx: Context, obj: Object, trigger: Trigger, when: Any, since: datetime, until: datetime
) -> Iterator[Sequence[UUID]]:
    kind = time_triggers()[trigger.kind]
    field = kind.field(trigger, obj) if isinstance(kind, Dated) else None
    if isinstance(kind, Schedule):
        yield from every(ctx, obj, when)
    elif field is not None and isinstance(kind, Dated):
        timing = kind.timing(trigger, field, ctx.env.time_zone)
        low, high = timing.values(since, until, dates=kind_of(field) == DATES)
        for rows in span(ctx, obj, field.key, low, high, when):
            yield [record for record, _ in rows]
