"""Triggers by a date of the record: it is reached, or nothing has happened for so long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from guanxi.capabilities.flows.conditions import problems
from guanxi.capabilities.flows.definition import Problem, Trigger
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.capabilities.flows.timing import CLOCK, Timing, timing_of
from guanxi.capabilities.flows.triggers.base import Due, TimeTrigger, trigger_kind
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records.spans import span

INSTANTS, DATES = "timestamptz", "date"
MORNING = "09:00"
DIRECTIONS = (("before", words("之前", "Before")), ("after", words("之后", "After")))
WHERE = Setting(
    "where", "condition", words("条件", "Condition"),
    words("到时间的那一刻，记录满足什么条件", "What holds of the record when the time has come"),
)  # fmt: skip
ALREADY = Setting(
    "already", "flag", words("包括已到期的记录", "Also those already due"),
    words("发布时，此前已到期的记录也运行一次", "When published, it also runs for records that were due before"),
)  # fmt: skip


class Dated(TimeTrigger):
    """What they have in common: a field from which time is counted, and a condition."""

    def field(self, trigger: Trigger, obj: Object) -> Field | None:
        """The field from which it is counted."""
        return obj.fields.get(str(trigger.settings.get("field")))

    def timing(self, trigger: Trigger, field: Field, zone: ZoneInfo) -> Timing:
        """How it is counted."""
        raise NotImplementedError

    def check(self, place: Place) -> Iterator[Problem]:
        """The field holds dates and is found by an index; the condition is understood."""
        obj = place.object
        if obj is None:
            return
        field = self.field(Trigger(place.id, self.key, place.settings), obj)
        if field is None:
            yield place.problem("flows.unknown_field", "field", field=str(place.settings.get("field"))[:40])
        elif kind_of(field) not in (INSTANTS, DATES):
            yield place.problem("flows.no_date_field", "field", field=field.key)
        elif not field.index and not field.system:
            yield place.problem("flows.index_needed", "field", field=field.key)
        if place.settings.get("where") is not None:
            yield from problems(place, obj, place.settings["where"], "where")
        if (at := place.settings.get("at")) is not None and not re.fullmatch(CLOCK, str(at)):
            yield place.problem("flows.bad_time", "at", value=str(at)[:40])

    def due(
        self, ctx: Context, obj: Object | None, trigger: Trigger, since: datetime | None, until: datetime
    ) -> Iterator[Sequence[Due]]:
        """Records whose time has come, in the order of the field."""
        field = self.field(trigger, obj) if obj else None
        if obj is None or field is None:
            return
        timing = self.timing(trigger, field, ctx.env.time_zone)
        low, high = timing.values(since, until, dates=kind_of(field) == DATES)
        for rows in span(ctx, obj, field.key, low, high, trigger.settings.get("where")):
            ones = [Due(record, timing.due(value)) for record, value in rows]
            yield [one for one in ones if one.at <= until and (since is None or one.at > since)]

    def next_at(self, obj: Object | None, trigger: Trigger, asked: datetime, zone: ZoneInfo) -> datetime | None:
        """At the time of day, or a minute later."""
        field = self.field(trigger, obj) if obj else None
        return None if field is None else self.timing(trigger, field, zone).next_at(asked)


@trigger_kind
class DateReached(Dated):
    """So long before or after a date of the record."""

    key = "date.reached"
    label = words("到达日期时", "A date is reached")
    help = words(
        "记录的日期字段之前或之后若干小时、天或工作日", "So many hours, days or working days before or after a date"
    )
    icon = "calendar-event"

    def settings_schema(self) -> tuple[Setting, ...]:
        """The field, how long before or after it, at what time of day."""
        return (
            Setting("field", "field", words("日期字段", "Date field"), required=True),
            Setting("offset", "duration", words("相差", "How long"), default={"amount": 0, "unit": "days"}),
            Setting("direction", "choice", words("之前或之后", "Before or after"), default="after", choices=DIRECTIONS),
            Setting(
                "at", "text", words("几点", "Time of day"),
                words("例如 09:00；时间字段不填则为其自身的时刻", "Such as 09:00; a time field without it keeps its own"),
                max=5,
            ),
            WHERE,
            ALREADY,
        )  # fmt: skip

    def timing(self, trigger: Trigger, field: Field, zone: ZoneInfo) -> Timing:
        """As the settings say; dates without a time of day are reached in the morning."""
        settings = trigger.settings
        at = settings.get("at") or (MORNING if kind_of(field) == DATES else None)
        offset = settings.get("offset") or {"amount": 0, "unit": "days"}
        return timing_of(offset, settings.get("direction") or "after", at, zone)


@trigger_kind
class Idle(Dated):
    """Nothing has happened to the record for so long."""

    key = "record.idle"
    label = words("长时间未更新时", "Nothing has happened for a while")
    help = words(
        "记录在若干分钟、小时、天或工作日内未更新",
        "The record was not changed for minutes, hours, days or working days",
    )
    icon = "zzz"

    def settings_schema(self) -> tuple[Setting, ...]:
        """How long, and since when it is counted."""
        return (
            Setting("time", "duration", words("时长", "How long"), required=True),
            Setting(
                "field", "field", words("起算时间", "Counted from"),
                words("不选则为更新时间，例如可选最近跟进", "None chosen means its last change"),
            ),
            WHERE,
            ALREADY,
        )  # fmt: skip

    def field(self, trigger: Trigger, obj: Object) -> Field | None:
        """The one chosen, otherwise that of the last change."""
        return obj.fields.get(str(trigger.settings.get("field") or "updated_at"))

    def timing(self, trigger: Trigger, field: Field, zone: ZoneInfo) -> Timing:
        """Dates are counted from their morning."""
        return timing_of(trigger.settings["time"], "after", MORNING if kind_of(field) == DATES else None, zone)


def kind_of(field: Field) -> str | None:
    """The type in which dates are kept; None for a field that has none."""
    if not field.kind.holds_value or len(field.columns) != 1 or field.columns[0][1] not in (INSTANTS, DATES):
        return None
    return field.columns[0][1]
