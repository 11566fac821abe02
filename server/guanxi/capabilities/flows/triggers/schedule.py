"""Triggers by the clock: every so many minutes, every day, week or month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.capabilities.flows.conditions import problems
from guanxi.capabilities.flows.definition import Problem, Trigger
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.capabilities.flows.timing import CLOCK
from guanxi.capabilities.flows.triggers.base import Due, TimeTrigger, trigger_kind
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Object
from guanxi.engine.records.spans import every
from guanxi.kit import clock

UNITS = (
    ("minutes", words("每隔若干分钟", "Every so many minutes")),
    ("day", words("每天", "Every day")),
    ("week", words("每周", "Every week")),
    ("month", words("每月", "Every month")),
)
DAYS = tuple(
    (str(number), words(f"星期{zh}", en))
    for number, (zh, en) in enumerate(
        (("一", "Monday"), ("二", "Tuesday"), ("三", "Wednesday"), ("四", "Thursday"), ("五", "Friday"),
         ("六", "Saturday"), ("日", "Sunday")),
        start=1,
    )
)  # fmt: skip
RECORDS, NOTHING = "records", "nothing"
MORNING = "09:00"


@trigger_kind
class Schedule(TimeTrigger):
    """By the clock of the workspace, about every record of a condition or about none."""

    key = "schedule"
    label = words("按计划", "On a schedule")
    help = words(
        "每隔若干分钟，或每天、每周、每月；针对满足条件的记录", "Every so many minutes, every day, week or month"
    )
    icon = "clock"
    about_record = False

    def settings_schema(self) -> tuple[Setting, ...]:
        """How often and when, and about what."""
        about = (
            (RECORDS, words("满足条件的每条记录", "Every record of the condition")),
            (NOTHING, words("不针对记录", "No record")),
        )
        return (
            Setting("every", "choice", words("频率", "How often"), required=True, default="day", choices=UNITS),
            Setting("minutes", "whole", words("分钟数", "Minutes"), min=5, max=1440),
            Setting("weekday", "choice", words("星期几", "Day of the week"), default="1", choices=DAYS),
            Setting(
                "day", "whole", words("几号", "Day of the month"),
                words("当月没有这一天时，为最后一天", "The last day where a month has fewer"), default=1, min=1, max=31,
            ),
            Setting("at", "text", words("几点", "Time of day"), words("例如 09:00", "Such as 09:00"), max=5),
            Setting("about", "choice", words("针对", "About"), default=RECORDS, choices=about),
            Setting("where", "condition", words("条件", "Condition")),
        )  # fmt: skip

    def check(self, place: Place) -> Iterator[Problem]:
        """The times make sense, the condition is understood."""
        settings = place.settings
        if settings.get("every") == "minutes" and not settings.get("minutes"):
            yield place.problem("flows.how_many_minutes", "minutes")
        if (at := settings.get("at")) is not None and not re.fullmatch(CLOCK, str(at)):
            yield place.problem("flows.bad_time", "at", value=str(at)[:40])
        if place.object is not None and settings.get("where") is not None:
            yield from problems(place, place.object, settings["where"], "where")

    def due(
        self, ctx: Context, obj: Object | None, trigger: Trigger, since: datetime | None, until: datetime
    ) -> Iterator[Sequence[Due]]:
        """The last time that has come; times that were missed are not made up for."""
        at = last_time(trigger.settings, until, ctx.env.time_zone)
        if since is None or at <= since:
            return
        if obj is None or trigger.settings.get("about") == NOTHING:
            yield [Due(None, at)]
            return
        for ids in every(ctx, obj, trigger.settings.get("where")):
            yield [Due(record, at) for record in ids]

    def next_at(self, obj: Object | None, trigger: Trigger, asked: datetime, zone: ZoneInfo) -> datetime | None:
        """The next time."""
        return next_time(trigger.settings, asked, zone)


def last_time(settings: Mapping[str, Any], until: datetime, zone: ZoneInfo) -> datetime:
    """The last time of a schedule that is not after an instant."""
    return max(one for one in _around(settings, until, zone) if one <= until)


def next_time(settings: Mapping[str, Any], after: datetime, zone: ZoneInfo) -> datetime:
    """The first time of a schedule that is after an instant."""
    return min(one for one in _around(settings, after, zone) if one > after)


def _around(settings: Mapping[str, Any], instant: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Times of a schedule near an instant, on both sides of it."""
    unit = settings.get("every") or "day"
    day = instant.astimezone(zone).date()
    at = time.fromisoformat(settings.get("at") or MORNING)
    if unit == "minutes":
        step = timedelta(minutes=int(settings.get("minutes") or 1440))
        midnight = clock.midnight(day, zone)
        count = (instant - midnight) // step
        yield from (midnight + step * number for number in (count, count + 1) if step * number < timedelta(days=1))
        yield clock.midnight(day + timedelta(days=1), zone)
        return
    for days in _days(unit, settings, day):
        yield datetime.combine(days, at, zone)


def _days(unit: str, settings: Mapping[str, Any], day: date) -> Iterator[date]:
    for number in (-1, 0, 1):
        if unit == "day":
            yield day + timedelta(days=number)
        elif unit == "week":
            monday = clock.shift(clock.start_of("week", day), number, "week")
            yield monday + timedelta(days=int(settings.get("weekday") or 1) - 1)
        else:
            first = clock.shift(clock.start_of("month", day), number, "month")
            following = clock.shift(first, 1, "month")
            yield min(first + timedelta(days=int(settings.get("day") or 1) - 1), following - timedelta(days=1))
