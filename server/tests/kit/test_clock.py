"""Periods are half-open, adjoin each other and follow the zone's midnights."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit import clock
from guanxi.kit.clock import Days

SHANGHAI = ZoneInfo("Asia/Shanghai")
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("today", "2026-11-22", "2026-11-23"),
        ("yesterday", "2026-11-21", "2026-11-22"),
        ("tomorrow", "2026-11-23", "2026-11-24"),
        ("this_week", "2026-11-16", "2026-11-23"),
        ("last_week", "2026-11-09", "2026-11-16"),
        ("next_week", "2026-11-23", "2026-11-30"),
        ("this_month", "2026-11-01", "2026-12-01"),
        ("next_month", "2026-12-01", "2027-01-01"),
        ("this_quarter", "2026-10-01", "2027-01-01"),
        ("last_quarter", "2026-07-01", "2026-10-01"),
        ("last_year", "2025-01-01", "2026-01-01"),
        ("next_year", "2027-01-01", "2028-01-01"),
    ],
)
def test_period_seen_from_a_sunday(name, start, end):
    assert clock.period(name, date(2026, 11, 22)) == Days(date.fromisoformat(start), date.fromisoformat(end))


@given(days, st.sampled_from(["week", "month", "quarter", "year"]))
def test_last_this_and_next_adjoin_and_this_holds_the_day(day, unit):
    before, current, after = (clock.period(f"{which}_{unit}", day) for which in ("last", "this", "next"))

    assert before.end == current.start
    assert current.end == after.start
    assert current.start <= day < current.end


@given(days, st.integers(1, 400))
def test_last_days_include_the_day(day, count):
    span = clock.last(count, "day", day)

    assert (span.end - span.start).days == count
    assert span.end == day + timedelta(days=1)
    assert clock.upcoming(count, "day", day).start == day


def test_shift_by_months_ends_with_the_month():
    assert clock.shift(date(2026, 1, 31), 1, "month") == date(2026, 2, 28)
    assert clock.shift(date(2024, 3, 31), -1, "month") == date(2024, 2, 29)
    assert clock.shift(date(2026, 12, 15), 1, "month") == date(2027, 1, 15)


def test_midnight_is_the_zones():
    assert clock.midnight(date(2026, 11, 22), SHANGHAI) == datetime(2026, 11, 21, 16, tzinfo=UTC)
    assert clock.today(SHANGHAI, datetime(2026, 11, 21, 16, tzinfo=UTC)) == date(2026, 11, 22)


def test_day_of_the_clock_change_has_23_hours():
    start, end = Days(date(2026, 3, 29), date(2026, 3, 30)).instants(ZoneInfo("Europe/Berlin"))

    assert end - start == timedelta(hours=23)


def test_unknown_period_is_refused():
    with pytest.raises(KeyError):
        clock.period("this_century", date(2026, 1, 1))
