"""A calendar day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from guanxi.engine.objects.fields.base import BadValue, Column, FieldKind, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.moments import read_moment
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field

FIRST_YEAR = 1000
"""Earlier years are typing errors; a year of four digits also sorts as text."""


@register
class Date(FieldKind):
    """A day without a time, the same everywhere."""

    key = "date"
    intro = Introduction("time", "calendar", words("日期", "Date"), words("不含时间的某一天", "A day without a time"))
    trait = "date"
    groupable = True

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One date column."""
        return (Column("", "date"),)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> date | None:
        """A date, a moment (its day in the reader's time zone), or text that says one."""
        if type(raw) is str and len(raw) == 10:
            try:
                return _in_range(date.fromisoformat(raw))
            except ValueError:
                pass
        if raw is None or raw == "":
            return None
        if isinstance(raw, str):
            moment = read_moment(raw)
        elif isinstance(raw, datetime):
            moment = raw
        elif isinstance(raw, date):
            return _in_range(raw)
        else:
            moment = None
        if moment is None:
            raise BadValue("fields.not_a_date", value=shown(raw))
        if moment.tzinfo is not None and FIRST_YEAR <= moment.year < 9999:
            moment = moment.astimezone(env.time_zone)
        return _in_range(moment.date())

    def render(self, value: Any) -> str | None:
        """ISO 8601: ``2026-11-21``."""
        return None if value is None else value.isoformat()

    def samples(self, field: Field) -> list[Any]:
        """Today's century, a leap day, the ends of a year, the limits."""
        days = ("2026-11-21", "2024-02-29", "1999-12-31", "2000-01-01", "1000-01-01", "9999-12-31")
        return [date.fromisoformat(day) for day in days]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """An ISO date."""
        return {"type": "string", "format": "date"}


def _in_range(day: date) -> date:
    if day.year < FIRST_YEAR:
        raise BadValue("fields.date_too_early", year=FIRST_YEAR)
    return day
