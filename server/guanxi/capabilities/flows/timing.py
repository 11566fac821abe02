"""When something comes due that is counted from a date: so many hours, days or working days from it, at a time of day.

Pure arithmetic on values, both ways: from a date to the instant, and from a stretch of instants to the dates.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.kit import clock, working_days

OVERLAP = timedelta(minutes=5)
"""What becomes due is asked for so far back once more: it may have been written shortly before and committed after."""
EVERY = timedelta(minutes=1)
"""How often those are asked for that become due at any moment."""
CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
"""A time of day, such as 09:30."""


@dataclass(frozen=True)
class Timing:
    """``amount`` of ``unit`` from a date (before it when negative), at the time of day ``at`` where the workspace is.

    Without ``at`` a value that is an instant keeps its own time of day; dates always have one.
    """

    amount: int
    unit: str
    at: time | None
    zone: ZoneInfo

    @property
    def by_day(self) -> bool:
        """Whether everything becomes due at one time of day."""
        return self.at is not None and self.unit in ("days", "working_days")

    @cached_property
    def _stretch(self) -> timedelta:
        """So much, where days are as long as 24 hours."""
        return timedelta(**{self.unit: self.amount})

    @property
    def _more(self) -> timedelta:
        """What is added to the instant, beside whole days of the calendar."""
        return timedelta() if self.unit in ("days", "working_days") else self._stretch

    def due(self, value: date | datetime) -> datetime:
        """The instant for a date or for an instant."""
        if not isinstance(value, datetime):
            return self._combined(value, self.at or time())
        if self.unit != "working_days" and self.at is None:
            return value + self._stretch
        local = value.astimezone(self.zone)
        return self._combined(local.date(), self.at or local.time())

    def values(self, since: datetime | None, until: datetime, *, dates: bool) -> tuple[Any, Any]:
        """A span that has every value that is due after ``since`` and not after ``until``, and perhaps some others."""
        if not dates and self.unit != "working_days" and self.at is None:
            return since and since - self._stretch, until - self._stretch
        last = self._latest(self._day(until))
        first = self._earliest(self._day(since)) if since else None
        if dates:
            return first, last
        return first and clock.midnight(first, self.zone), clock.midnight(last + timedelta(days=1), self.zone)

    def next_at(self, asked: datetime) -> datetime:
        """When to ask again: at the time of day, once more when what was on its way is there, or after a while."""
        if not self.by_day or self.at is None:
            return asked + EVERY
        day = asked.astimezone(self.zone).date()
        times = [
            datetime.combine(day + timedelta(days=days), self.at, self.zone) + late
            for days in (-1, 0, 1)
            for late in (timedelta(), OVERLAP)
        ]
        return min(one for one in times if one > asked)

    def _combined(self, day: date, at: time) -> datetime:
        return datetime.combine(self._shifted(day), at.replace(tzinfo=None), self.zone) + self._more

    def _shifted(self, day: date) -> date:
        if self.unit == "working_days":
            return working_days.after(day, self.amount)
        return day + timedelta(days=self.amount) if self.unit == "days" else day

    def _day(self, instant: datetime) -> date:
        return (instant - self._more).astimezone(self.zone).date()

    def _earliest(self, day: date) -> date:
        """The first date that is shifted to a day or behind it."""
        low, near = self._near(day)
        return date.fromordinal(low + bisect_left(near, day.toordinal()))

    def _latest(self, day: date) -> date:
        """The last date that is shifted to a day or before it."""
        low, near = self._near(day)
        return date.fromordinal(low + bisect_right(near, day.toordinal()) - 1)

    def _near(self, day: date) -> tuple[int, _Shifted]:
        reach = 2 * abs(self.amount) + 40 if self.unit in ("days", "working_days") else 2
        low = day.toordinal() - reach
        return low, _Shifted(self, low, 2 * reach)


class _Shifted:
    """The ordinals that dates are shifted to, in order, worked out where they are asked for."""

    def __init__(self, timing: Timing, low: int, length: int) -> None:
        self._timing, self._low, self._length = timing, low, length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, place: int) -> int:
        return self._timing._shifted(date.fromordinal(self._low + place)).toordinal()  # noqa: SLF001 - its other half


def timing_of(duration: Mapping[str, Any], direction: str, at: str | None, zone: ZoneInfo) -> Timing:
    """The timing that settings say."""
    sign = -1 if direction == "before" else 1
    return Timing(sign * int(duration["amount"]), duration["unit"], time.fromisoformat(at) if at else None, zone)
