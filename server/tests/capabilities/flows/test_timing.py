"""The instant that is counted from a date, and the dates that may lead to a stretch of instants."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.capabilities.flows.timing import OVERLAP, Timing
from guanxi.capabilities.flows.triggers.schedule import last_time, next_time

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """A local instant."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("timing", "value", "due"),
    [
        (Timing(0, "days", time(9), SHANGHAI), date(2026, 3, 2), "2026-03-02 09:00"),
        (Timing(-3, "days", time(9), SHANGHAI), date(2026, 3, 2), "2026-02-27 09:00"),
        (Timing(1, "working_days", time(9), SHANGHAI), date(2026, 3, 6), "2026-03-09 09:00"),
        (Timing(-1, "working_days", time(18, 30), SHANGHAI), date(2026, 3, 9), "2026-03-06 18:30"),
        (Timing(-2, "hours", time(9), SHANGHAI), date(2026, 3, 2), "2026-03-02 07:00"),
        (Timing(3, "days", None, SHANGHAI), at("2026-03-02 11:22"), "2026-03-05 11:22"),
        (Timing(3, "days", time(9), SHANGHAI), at("2026-03-02 11:22"), "2026-03-05 09:00"),
        (Timing(30, "minutes", None, SHANGHAI), at("2026-03-02 11:22"), "2026-03-02 11:52"),
        (Timing(2, "working_days", None, SHANGHAI), at("2026-03-05 11:22"), "2026-03-09 11:22"),
    ],
)
def test_it_is_due(timing, value, due):
    assert timing.due(value) == at(due)


INSTANTS = st.timedeltas(timedelta(0), timedelta(days=700)).map(lambda after: datetime(2025, 1, 1, tzinfo=UTC) + after)
TIMINGS = st.builds(
    Timing,
    st.integers(-30, 30),
    st.sampled_from(["minutes", "hours", "days", "working_days"]),
    st.one_of(st.none(), st.times().map(lambda one: one.replace(second=0, microsecond=0))),
    st.sampled_from([SHANGHAI, NEW_YORK]),
)


@given(TIMINGS, st.booleans(), st.data())
def test_every_value_that_is_due_in_a_stretch_is_in_its_span(timing, dates, data):
    value = data.draw(st.dates(date(2025, 1, 1), date(2026, 12, 1)) if dates else INSTANTS)
    due = timing.due(value)
    since = due - data.draw(st.timedeltas(timedelta(microseconds=1), timedelta(days=3)))
    until = due + data.draw(st.timedeltas(timedelta(0), timedelta(days=3)))

    low, high = timing.values(since, until, dates=dates)
    unbounded, _ = timing.values(None, until, dates=dates)

    assert low <= value <= high
    assert unbounded is None


@given(st.integers(-30, 30), st.sampled_from(["days", "working_days"]), st.data())
def test_by_day_it_is_asked_at_the_time_of_day_and_shortly_after(amount, unit, data):
    timing = Timing(amount, unit, time(9), SHANGHAI)
    asked = data.draw(INSTANTS)

    following = timing.next_at(asked)

    assert asked < following <= asked + timedelta(days=1)
    assert following.astimezone(SHANGHAI).time() in (time(9), time(9, OVERLAP.seconds // 60))


@pytest.mark.parametrize(
    ("settings", "last", "following"),
    [
        ({"every": "day", "at": "09:00"}, "2026-03-04 09:00", "2026-03-05 09:00"),
        ({"every": "day", "at": "18:00"}, "2026-03-03 18:00", "2026-03-04 18:00"),
        ({"every": "week", "weekday": "1", "at": "09:00"}, "2026-03-02 09:00", "2026-03-09 09:00"),
        ({"every": "week", "weekday": "5", "at": "09:00"}, "2026-02-27 09:00", "2026-03-06 09:00"),
        ({"every": "month", "day": 31, "at": "09:00"}, "2026-02-28 09:00", "2026-03-31 09:00"),
        ({"every": "month", "day": 1, "at": "09:00"}, "2026-03-01 09:00", "2026-04-01 09:00"),
        ({"every": "minutes", "minutes": 15}, "2026-03-04 12:00", "2026-03-04 12:15"),
        ({"every": "minutes", "minutes": 50}, "2026-03-04 11:40", "2026-03-04 12:30"),
    ],
)
def test_a_schedule_has_a_last_and_a_next_time(settings, last, following):
    now = at("2026-03-04 12:10")

    assert (last_time(settings, now, SHANGHAI), next_time(settings, now, SHANGHAI)) == (at(last), at(following))


def test_minutes_begin_anew_at_midnight():
    settings = {"every": "minutes", "minutes": 50}

    assert next_time(settings, at("2026-03-04 23:30"), SHANGHAI) == at("2026-03-05 00:00")
    assert last_time(settings, at("2026-03-05 00:10"), SHANGHAI) == at("2026-03-05 00:00")
