"""A moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.moments import read_moment
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field

FIRST_YEAR, LAST_YEAR = 1000, 9998
"""A year away from what Python can hold, so that no time zone carries a moment over the edge."""


@register
class DateTime(FieldKind):
    """A moment, kept in UTC to the microsecond. Text without an offset is read in the reader's time zone."""

    key = "datetime"
    intro = Introduction(
        "time", "calendar-clock", words("日期时间", "Date and time"), words("精确到分秒的时刻", "A moment")
    )
    trait = "datetime"
    groupable = True
    exact_text = False

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One column of time with zone."""
        return (Column("", "timestamptz"),)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> datetime | None:
        """A moment, a day (its midnight), or text that says one; aware, in UTC."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, str):
            moment = _of_text(raw)
        elif isinstance(raw, datetime):
            moment = raw
        elif isinstance(raw, date):
            moment = datetime.combine(raw, time())
        else:
            moment = None
        if moment is None:
            raise BadValue("fields.not_a_moment", value=shown(raw))
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise BadValue("fields.moment_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=env.time_zone)
        return moment.astimezone(UTC)

    def render(self, value: Any) -> str | None:
        """ISO 8601 in UTC: ``2026-11-21T08:00:00Z``."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``2026-11-21 16:00`` in the zone; seconds only where there are any, never their fractions."""
        if value is None:
            return ""
        local = value.astimezone(zone).replace(tzinfo=None)
        return local.isoformat(" ", "seconds" if local.second else "minutes")

    def samples(self, field: Field) -> list[Any]:
        """Whole minutes, seconds, microseconds, both sides of midnight in Shanghai, the limits."""
        moments = (
            "2026-11-21T08:00:00",
            "2026-11-20T15:59:59",
            "2026-11-20T16:00:00",
            "2024-02-29T23:30:01.000002",
            "1000-01-02T00:00:00",
            "9998-12-30T00:00:00",
        )
        return [datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in moments]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """An ISO moment."""
        return {"type": "string", "format": "date-time"}


def _of_text(text: str) -> datetime | None:
    # The standard parser is ten times as fast and reads what the API sends; a bare number may be a serial.
    if not text.isdigit():
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    return read_moment(text)
