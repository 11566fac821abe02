"""Steps that wait for a date of the record, or for something to happen to it.

What is waited for is noted on the token before the record is looked at: a change that is committed meanwhile finds the
token, or is seen by the look. So the step is asked twice, the second time after the token was kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import conditions
from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.foresight import Foresight
from guanxi.capabilities.flows.kinds import ahead
from guanxi.capabilities.flows.kinds.base import (
    AGAIN,
    OUT,
    Foreseen,
    Go,
    Outcome,
    Place,
    StepKind,
    Wait,
    step_kind,
)
from guanxi.capabilities.flows.kinds.logic import later
from guanxi.capabilities.flows.timing import CLOCK, timing_of
from guanxi.capabilities.flows.triggers.dates import DATES, DIRECTIONS, INSTANTS, MORNING, kind_of
from guanxi.engine.context import Context
from guanxi.engine.feed.moments import Moment
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object
from guanxi.engine.records import locking, reads
from guanxi.engine.records.rules.images import Image, evaluate

TIMEOUT = "timeout"
HOLDS, CHANGED, DELETED = "holds", "changed", "deleted"
SOON = timedelta(microseconds=1)
"""After the unit of work that keeps the token."""


class WaitsForRecord(StepKind):
    """A kind whose tokens are told of each change of their record; ``hears`` says which of them go on."""

    def hears(
        self, ctx: Context, obj: Object, settings: Mapping[str, Any], moments: Sequence[Moment]
    ) -> Sequence[str | None]:
        """For each change the port through which a token leaves that waits for its record; None: it goes on waiting."""
        raise NotImplementedError


def corr_of(record: UUID) -> str:
    """What a token waits for that waits for a record."""
    return f"record:{record}"


@step_kind
class WaitUntil(WaitsForRecord):
    """The run pauses until a date of the record, or a time of day."""

    key = "wait_until"
    label = words("等到某时", "Wait until")
    help = words(
        "等到记录的日期之前或之后若干时间；日期为空时继续等待它被填写",
        "Until so long before or after a date of the record; an empty date is waited for",
    )
    icon = "calendar-pause"
    group = "logic"
    waits = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """The field, how long before or after it, at what time of day; without a field the next such time."""
        return (
            Setting(
                "field", "field", words("日期字段", "Date field"),
                words("不选则等到下一个设定的时刻", "None chosen means the next time of day"),
            ),
            Setting("offset", "duration", words("相差", "How long"), default={"amount": 0, "unit": "days"}),
            Setting("direction", "choice", words("之前或之后", "Before or after"), default="after", choices=DIRECTIONS),
            Setting("at", "text", words("几点", "Time of day"), words("例如 09:00", "Such as 09:00"), max=5),
        )  # fmt: skip

    def check(self, place: Place) -> Iterator[Problem]:
        """The field holds dates; there is a field or a time of day."""
        key, at = place.settings.get("field"), place.settings.get("at")
        field = place.object.fields.get(str(key)) if place.object else None
        if key and field is None:
            yield place.problem("flows.unknown_field", "field", field=str(key)[:40])
        elif field is not None and kind_of(field) not in (INSTANTS, DATES):
            yield place.problem("flows.no_date_field", "field", field=field.key)
        if not key and not at:
            yield place.problem("flows.no_time", "field")
        if at is not None and not re.fullmatch(CLOCK, str(at)):
            yield place.problem("flows.bad_time", "at", value=str(at)[:40])

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Waits until the record's date, whatever it is changed to meanwhile."""
        if not batch.settings.get("field"):
            until = _next(batch.ctx, batch.settings["at"])
            return [Wait(until)] * len(batch.held)
        out: list[Outcome] = []
        images = _images(batch)
        for (_, token), subject in zip(batch.held, batch.subjects(), strict=True):
            if subject is None or subject[1] not in images:
                out.append(Go())
                continue
            corr = corr_of(subject[1])
            if token.corr != corr:
                out.append(Wait(batch.ctx.now + SOON, corr, AGAIN))
                continue
            due = self._due(batch.ctx, subject[0], batch.settings, images[subject[1]])
            out.append(Go() if due is not None and due <= batch.ctx.now else Wait(due, corr, OUT))
        return out

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """Until the date that the record had, through every change of it."""
        return ahead.until_date(batch, self._due, lambda ctx: _next(ctx, batch.settings["at"]))

    def hears(
        self, ctx: Context, obj: Object, settings: Mapping[str, Any], moments: Sequence[Moment]
    ) -> Sequence[str | None]:
        """Asked again when the date is another one."""
        return [AGAIN if settings.get("field") in one.change.diff else None for one in moments]

    def _due(self, ctx: Context, obj: Object, settings: Mapping[str, Any], image: Image) -> datetime | None:
        field = obj.fields.get(settings["field"])
        value = image.values.get(settings["field"]) if field else None
        if field is None or value is None:
            return None
        at = settings.get("at") or (MORNING if kind_of(field) == DATES else None)
        offset = settings.get("offset") or {"amount": 0, "unit": "days"}
        return timing_of(offset, settings.get("direction") or "after", at, ctx.env.time_zone).due(value)


@step_kind
class WaitForChange(WaitsForRecord):
    """The run pauses until the record fulfils a condition, or is changed or deleted; not longer than it may."""

    key = "wait_for"
    label = words("等待事件", "Wait for")
    help = words(
        "等到记录满足条件、被更新或被删除；超时走“超时”出口",
        "Until the record fulfils a condition, is changed or deleted; otherwise the way “timeout”",
    )
    icon = "ear"
    group = "logic"
    waits = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """What is waited for, and how long at most."""
        fors = (
            (HOLDS, words("满足条件", "A condition holds")),
            (CHANGED, words("被更新", "It is changed")),
            (DELETED, words("被删除", "It is deleted")),
        )
        return (
            Setting("for", "choice", words("等待", "Wait for"), required=True, default=HOLDS, choices=fors),
            Setting("where", "condition", words("条件", "Condition")),
            Setting(
                "fields", "fields", words("字段", "Fields"),
                words("只在这些字段变化时；不选则任何字段", "Only when one of these changes; none chosen means any"),
            ),
            Setting("time", "duration", words("最长等待", "At most")),
        )  # fmt: skip

    def ports(self, settings: Mapping[str, Any]) -> Sequence[str]:
        """It happened, or it took too long."""
        return (OUT, TIMEOUT)

    def check(self, place: Place) -> Iterator[Problem]:
        """The condition is there and understood, fields exist."""
        when = place.settings.get("where")
        if when is None and place.settings.get("for") == HOLDS:
            yield place.problem("components.condition_missing", "where")
        elif when is not None and place.object is not None:
            yield from conditions.problems(place, place.object, when, "where")
        for key in place.settings.get("fields") or ():
            if place.object is not None and key not in place.object.fields:
                yield place.problem("flows.unknown_field", "fields", field=str(key)[:40])

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Goes on where the condition holds already; of changes only those from now on count."""
        settings, images = batch.settings, _images(batch)
        holding: set[UUID] = set()
        if settings.get("for") == HOLDS and images:
            holding = _holding(batch.ctx, _object(batch), list(images.values()), settings["where"])
        out: list[Outcome] = []
        for (_, token), subject in zip(batch.held, batch.subjects(), strict=True):
            time_ = settings.get("time")
            until = later(batch.ctx, time_, token.entered_at) if time_ else None
            if subject is None or (subject[1] not in images and settings.get("for") != DELETED):
                out.append(Wait(until, None, TIMEOUT))
            elif subject[1] in holding:
                out.append(Go())
            elif token.corr != corr_of(subject[1]):
                out.append(Wait(batch.ctx.now + SOON, corr_of(subject[1]), AGAIN))
            elif settings.get("for") == DELETED and subject[1] not in images:
                out.append(Go())
            else:
                out.append(Wait(until, token.corr, TIMEOUT))
        return out

    def foresee(self, batch: Foresight) -> Sequence[Foreseen]:
        """As the log says whether it happened; otherwise until it took too long."""
        settings = batch.settings
        holding: set[int] = set()
        if settings.get("for") == HOLDS:
            rows = batch.judged(lambda _: lambda source: [compile_condition(source, settings["where"])])
            holding = {place for place, row in enumerate(rows) if row is not None and row[0]}
        return ahead.until_heard(batch, self.hears, holding, TIMEOUT)

    def hears(
        self, ctx: Context, obj: Object, settings: Mapping[str, Any], moments: Sequence[Moment]
    ) -> Sequence[str | None]:
        """The condition is judged on the record right after the change."""
        wanted = settings.get("for")
        if wanted == DELETED:
            return [OUT if one.change.op == "delete" else None for one in moments]
        asked = [
            one
            for one in moments
            if one.after is not None
            and (wanted == HOLDS or (one.change.op == "update" and one.change.alters(settings.get("fields") or ())))
        ]
        images = [one.after for one in asked if one.after is not None]
        when = settings.get("where")
        truths = evaluate(ctx, obj, images, lambda source: [compile_condition(source, when)]) if images else []
        held = {one.change.seq for one, (truth,) in zip(asked, truths, strict=True) if truth}
        return [OUT if one.change.seq in held else None for one in moments]


def _images(batch: Batch) -> dict[UUID, Image]:
    """The records as they are now, as far as they are not in the bin."""
    found: dict[UUID, Image] = {}
    by_object: dict[str, list[UUID]] = {}
    for subject in batch.subjects():
        if subject is not None:
            by_object.setdefault(subject[0].key, []).append(subject[1])
    for key, ids in by_object.items():
        obj = batch.ctx.snapshot.object(key)
        live = reads.visible(batch.ctx.as_system(), key, list(set(ids)))
        stored = locking.stored(batch.ctx, obj, sorted(live))
        found |= {one: Image(one, values) for one, values in stored.items()}
    return found


def _object(batch: Batch) -> Object:
    return next((subject[0] for subject in batch.subjects() if subject is not None), batch.object)


def _holding(ctx: Context, obj: Object, images: Sequence[Image], when: Any) -> set[UUID]:
    rows = evaluate(ctx, obj, images, lambda source: [compile_condition(source, when)])
    return {image.id for image, (truth,) in zip(images, rows, strict=True) if truth}


def _next(ctx: Context, at: str) -> datetime:
    """The next time that it is so late where the workspace is."""
    local = ctx.now.astimezone(ctx.env.time_zone)
    today = datetime.combine(local.date(), time.fromisoformat(at), ctx.env.time_zone)
    if today > ctx.now:
        return today
    return datetime.combine(local.date() + timedelta(days=1), time.fromisoformat(at), ctx.env.time_zone)
