"""Chores that come round: each is done whatever becomes of the others, and the next round is always expected."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection

from guanxi.infra.jobs import nightly, regular
from guanxi.infra.jobs.queue import enqueue, is_waiting


def test_a_chore_that_fails_keeps_none_of_the_others_from_being_done(monkeypatch):
    done = []

    def fails():
        raise RuntimeError

    monkeypatch.setattr(regular, "_chores", {"a": fails, "b": lambda: done.append("b")})
    monkeypatch.setattr(regular, "enqueue", lambda *asked: done.append(asked[0]))

    regular.run({})

    assert done == ["jobs.regular", "b"]


@pytest.mark.parametrize(
    ("now", "due"),
    [("2026-03-01T18:59:59", "19:00"), ("2026-03-01T19:00:00", "19:10"), ("2026-03-01T19:03:20", "19:10")],
)
def test_rounds_are_at_whole_tens_of_minutes(now, due):
    found = regular.next_round(datetime.fromisoformat(now).replace(tzinfo=UTC))

    assert f"{found:%H:%M:%S}" == f"{due}:00"


def test_a_round_is_expected_once(empty_database):
    regular.expect()
    regular.expect()

    assert enqueue("jobs.regular", {}, f"jobs.regular {regular.next_round(datetime.now(UTC)):%Y-%m-%dT%H:%M}") is None


def test_a_queued_job_is_waiting(empty_database):
    assert is_waiting("some key") is False

    enqueue("jobs.regular", {}, "some key")

    assert is_waiting("some key") is True


def test_the_log_of_what_ended_long_ago_is_forgotten_at_night(empty_database):
    enqueue("jobs.regular", {}, "still waiting")
    with psycopg.RawCursor(connection.connection) as cursor:
        cursor.execute("update jobs.pgqueuer_log set created = now() - interval '40 days'")
        cursor.execute(
            "insert into jobs.pgqueuer_log (job_id, status, priority, entrypoint, created)"
            " values (900001, 'successful', 0, 'x', now() - interval '40 days'), (900002, 'successful', 0, 'x', now())"
        )

        nightly.forget_old_log()

        cursor.execute("select distinct job_id >= 900000, job_id from jobs.pgqueuer_log order by 1, 2")
        rows = cursor.fetchall()
    assert [of_a_test for of_a_test, _ in rows] == [False, True]
    assert rows[-1][1] == 900002
