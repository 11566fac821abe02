"""Waiting when nothing is waited for: until when a token would have waited, as the log of the past says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds.base import OUT, Foreseen, Go, Wait
from guanxi.capabilities.flows.kinds.logic import later
from guanxi.engine.context import Context
from guanxi.engine.feed.moments import Moment

Due = Callable[..., datetime | None]
Hears = Callable[..., Sequence[str | None]]


def until_date(batch: Foresight, due_of: Due, next_time: Callable[[Context], datetime]) -> list[Foreseen]:
    """Until the date that the record had, through every change of it; without a field until the next time of day."""
    key = batch.settings.get("field")
    places = range(len(batch.held))
    if not key:
        return [Foreseen(Wait(next_time(replace(batch.ctx, now=batch.now(place))))) for place in places]
    found = []
    for place, image in enumerate(batch.past()):
        line, subject, now = batch.run(place).line, batch.subject(place), batch.now(place)
        if image is None or subject is None or line is None:
            found.append(Foreseen(Go()))
            continue
        due = due_of(batch.ctx, subject[0], batch.settings, image)
        for change in line.touching(key) if image.id == line.record else ():
            at = line.changes[change].at
            if at > now and (due is None or at < due):
                due, now = due_of(batch.ctx, subject[0], batch.settings, line.image(change + 1, at)), at
        found.append(Foreseen(Wait(now if due is not None and due <= now else due)))
    return found


def until_heard(batch: Foresight, hears: Hears, holding: Collection[int], timeout: str) -> list[Foreseen]:
    """Until the log says that it happened, or it took too long; ``holding`` have nothing to wait for."""
    time: Any = batch.settings.get("time")
    untils = [later(batch.ctx, time, batch.now(place)) if time else None for place in range(len(batch.held))]
    told: list[tuple[int, Moment]] = []
    for place, until in enumerate(untils):
        line = batch.run(place).line
        if place in holding or line is None or batch.held[place][1].item is not None:
            continue
        for change in range(line.place_at(batch.now(place)), len(line.changes)):
            if until is not None and line.changes[change].at > until:
                break
            told.append((place, line.moment(change)))
    happened: dict[int, datetime] = {}
    ports = hears(batch.ctx, batch.object, batch.settings, [one for _, one in told]) if told else []
    for (place, moment), port in zip(told, ports, strict=True):
        if port is not None:
            happened.setdefault(place, moment.change.at)
    return [
        Foreseen(Go())
        if place in holding
        else Foreseen(Wait(happened[place], None, OUT) if place in happened else Wait(until, None, timeout))
        for place, until in enumerate(untils)
    ]
