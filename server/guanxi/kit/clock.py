"""Calendar periods as half-open ranges of days, and days as ranges of instants, in a given time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PERIODS = frozenset({"today", "yesterday", "tomorrow"}) | {
    f"{which}_{unit}" for which in ("last", "this", "next") for unit in ("week", "month", "quarter", "year")
}
"""Names of periods relative to today. Weeks begin on Monday, quarters and years in the first month of the (fiscal) year."""

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `start` until the day before `end`."""

    start: date
    end: date

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The same stretch as instants (UTC): from the first midnight of the zone until the last, exclusive."""
        return midnight(self.start, zone), midnight(self.end, zone)


def now() -> datetime:
    """This instant, aware, UTC."""
    return datetime.now(UTC)


def today(zone: ZoneInfo, at: datetime | None = None) -> date:
    """The day it is in the zone, at an instant or now."""
    return (at or now()).astimezone(zone).date()


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins in a zone, as UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def period(name: str, on: date, first_month: int = 1) -> Days:
    """The days of a named period (see PERIODS) as seen on a day; KeyError for another name."""
    if name not in PERIODS:
        raise KeyError(name)
    if name in ("today", "yesterday", "tomorrow"):
        day = on + timedelta(days=("yesterday", "today", "tomorrow").index(name) - 1)
        return Days(day, day + timedelta(days=1))
    which, unit = name.split("_")
    steps = ("last", "this", "next").index(which) - 1
    begin = start_of(unit, on, first_month)
    return Days(shift(begin, steps, unit), shift(begin, steps + 1, unit))


def last(count: int, unit: str, on: date) -> Days:
    """The `count` days, weeks or months that end with `on`, which is included."""
    end = on + timedelta(days=1)
    return Days(shift(end, -count, unit), end)


def upcoming(count: int, unit: str, on: date) -> Days:
    """The `count` days, weeks or months that begin with `on`, which is included."""
    return Days(on, shift(on, count, unit))


def start_of(unit: str, day: date, first_month: int = 1) -> date:
    """First day of the day's week, month, quarter or year; years begin with ``first_month``, quarters count from it."""
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return shift(day.replace(day=1), -((day.month - first_month) % _MONTHS[unit]), "month")


def shift(day: date, count: int, unit: str) -> date:
    """The day `count` units later; a day that the month does not have becomes its last."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
    year, month = divmod(months, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (following - first).days) - 1)
