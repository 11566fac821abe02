"""Buckets of calls: what fits in a minute, and that they fill again."""

import pytest
from django.test import override_settings

from guanxi.infra.errors import LimitReached
from guanxi.infra.http.limits import Buckets


@pytest.fixture
def clock():
    """A clock that stands until it is moved; one web process."""
    with override_settings(WEB_WORKERS=1):
        yield [0.0]


def test_a_minutes_calls_come_at_once_and_then_evenly(clock):
    buckets = Buckets(lambda: clock[0])
    for _ in range(6):
        buckets.take("a", 6)

    with pytest.raises(LimitReached):
        buckets.take("a", 6)
    clock[0] = 10
    buckets.take("a", 6)
    with pytest.raises(LimitReached):
        buckets.take("a", 6)


def test_one_name_does_not_use_up_anothers(clock):
    buckets = Buckets(lambda: clock[0])
    buckets.take("a", 1)

    buckets.take("b", 1)

    with pytest.raises(LimitReached):
        buckets.take("a", 1)


def test_waiting_fills_no_bucket_beyond_a_minute(clock):
    buckets = Buckets(lambda: clock[0])
    buckets.take("a", 2)
    clock[0] = 1000

    buckets.take("a", 2)
    buckets.take("a", 2)

    with pytest.raises(LimitReached):
        buckets.take("a", 2)


@override_settings(WEB_WORKERS=3)
def test_each_process_counts_its_share():
    clock = [0.0]
    buckets = Buckets(lambda: clock[0])
    for _ in range(3):
        buckets.take("a", 9)

    with pytest.raises(LimitReached):
        buckets.take("a", 9)
