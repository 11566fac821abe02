"""A time of day."""

from __future__ import annotations

from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.objects.fields.base import DEFAULT_ZONE, BadValue, Column, FieldKind, Introduction, ParseEnv, shown
from guanxi.engine.objects.fields.moments import read_time
from guanxi.engine.objects.fields.registry import register
from guanxi.engine.objects.fields.settings import words
from guanxi.engine.objects.model import Field


@register
class Time(FieldKind):
    """A time of day to the second, of no day and no time zone: opening hours, a usual hour to call."""

    key = "time"
    intro = Introduction(
        "time",
        "clock",
        words("时间", "Time of day"),
        words("一天中的时刻，例如营业时间", "Such as opening hours"),
        sample=words("09:30", "09:30"),
    )
    trait = "time"

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One column of time without zone."""
        return (Column("", "time"),)

    def parse(self, field: Field, raw: Any, env: ParseEnv) -> time | None:
        """A time, or text that says one: ``15:30``, ``下午3点半``, ``3:30 PM``."""
        if raw is None or raw == "":
            return None
        moment = raw if isinstance(raw, time) else read_time(raw) if isinstance(raw, str) else None
        if moment is None or moment.tzinfo is not None:
            raise BadValue("fields.not_a_time", value=shown(raw))
        return moment.replace(microsecond=0, fold=0)

    def render(self, value: Any) -> str | None:
        """``15:30``, with seconds only where there are any."""
        return None if value is None else _written(value)

    def text(self, field: Field, value: Any, language: str, zone: ZoneInfo = DEFAULT_ZONE) -> str:
        """``15:30``."""
        return "" if value is None else _written(value)

    def samples(self, field: Field) -> list[Any]:
        """Midnight, noon, the last second, an ordinary hour."""
        return [time(), time(12), time(23, 59, 59), time(9, 30), time(15, 5)]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """Hours and minutes, with seconds where there are any."""
        return {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"}


def _written(value: time) -> str:
    return value.isoformat("seconds" if value.second else "minutes")
