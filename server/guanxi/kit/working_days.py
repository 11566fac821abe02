"""Working days of mainland China: Monday to Friday, with the public holidays and the weekends worked instead.

Years without a notice of the State Council in the data know weekends alone.
"""

import tomllib
from bisect import bisect_right
from datetime import date
from functools import cache
from importlib.resources import files


@cache
def exceptions() -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Days off from Monday to Friday, and Saturdays and Sundays that are worked, each in order."""
    data = tomllib.loads(files("guanxi.kit").joinpath("data/working_days.toml").read_text("utf-8"))
    off = sorted(day for year in data.values() for day in year["off"] if day.weekday() < 5)
    worked = sorted(day for year in data.values() for day in year["worked"] if day.weekday() >= 5)
    return tuple(off), tuple(worked)


def weekdays_until(day: date) -> int:
    """Days from Monday to Friday since the first day of year 1, this one included."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def until(day: date) -> int:
    """Working days since the first day of year 1, this one included; differences count those between two days."""
    off, worked = exceptions()
    return weekdays_until(day) - bisect_right(off, day) + bisect_right(worked, day)


def between(start: date, end: date) -> int:
    """Working days from one day to another, both included; negative when the second comes first."""
    if end < start:
        return -between(end, start)
    return until(end) - until(start) + is_working_day(start)


def is_working_day(day: date) -> bool:
    """Whether people work on the day."""
    off, worked = exceptions()
    return day not in _found(off) if day.weekday() < 5 else day in _found(worked)


@cache
def _found(days: tuple[date, ...]) -> frozenset[date]:
    return frozenset(days)


def after(day: date, count: int) -> date:
    """The count-th working day after a day, before it when negative; the day itself for none. OverflowError beyond
    the years that dates have.
    """
    if not count:
        return day
    number = until(day) + count if count > 0 else until(day) - is_working_day(day) + count + 1
    off, worked = exceptions()
    low, high = _nth_weekday(number - len(worked)), min(_nth_weekday(number + len(off)), date.max.toordinal())
    if low > high or until(date.fromordinal(high)) < number:
        raise OverflowError("beyond the last year")
    while low < high:
        middle = (low + high) // 2
        if until(date.fromordinal(middle)) < number:
            low = middle + 1
        else:
            high = middle
    return date.fromordinal(low)


def _nth_weekday(number: int) -> int:
    """The ordinal of the n-th day from Monday to Friday since the first day of year 1."""
    weeks, rest = divmod(number - 1, 5)
    return weeks * 7 + rest + 1
