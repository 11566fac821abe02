"""Identifiers are ordered by time, whatever the clock does."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit.ids import uuid7, uuid7_at

moments = st.integers(10**15, 10**16).map(lambda us: datetime.fromtimestamp(us / 1e6, UTC))


def test_form_is_version_7():
    identifier = uuid7()

    assert identifier.version == 7
    assert str(identifier)[19] in "89ab"


def test_each_is_greater_than_the_one_before():
    made = [uuid7() for _ in range(20_000)]

    assert sorted(set(made)) == made


def test_threads_never_make_the_same():
    made = []

    def make():
        made.extend([uuid7() for _ in range(5_000)])

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 20_000


def test_order_survives_a_clock_that_is_set_back(monkeypatch):
    before = uuid7()
    hour_ago = time.time_ns() - 3_600_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: hour_ago)

    assert uuid7() > before


@given(moments, moments)
def test_made_for_a_moment_sorts_by_it(first, second):
    earlier, later = sorted([first, second])
    if later - earlier >= timedelta(milliseconds=1):
        assert uuid7_at(earlier) < uuid7_at(later)


@given(moments)
def test_moment_is_kept_to_the_millisecond(moment):
    made_at = datetime.fromtimestamp((uuid7_at(moment).int >> 80) / 1000, UTC)

    assert abs(made_at - moment) <= timedelta(milliseconds=1)


def test_what_was_before_1970_sorts_as_if_made_then():
    assert uuid7_at(datetime(1200, 1, 1, tzinfo=UTC)).int >> 80 == 0


def test_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"):
        uuid7_at(datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test
