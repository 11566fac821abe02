"""The queue promises: a job commits with its cause, runs once it is committed, retries, and is never lost silently."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from guanxi.infra.jobs import enqueue, job, queue
from guanxi.infra.jobs.registry import jobs

WORKER = Path(__file__).parent / "job_worker.py"


@job("test.append")
def _append(payload: dict) -> None:
    """Known to this process so that it can be queued; the worker process has its own."""


@job("test.fail", attempts=2)
def _fail(payload: dict) -> None:
    """See _append."""


@job("test.kill", attempts=2)
def _kill(payload: dict) -> None:
    """See _append."""


@job("test.slow")
def _slow(payload: dict) -> None:
    """See _append."""


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from jobs.pgqueuer")
        return cursor.fetchone()[0]


def _until(condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def _worker(name: str, tmp_path: Path, server) -> subprocess.Popen:
    env = dict(os.environ, GUANXI_TEST_DATABASE=server.conninfo(name), GUANXI_TEST_FOLDER=str(tmp_path))
    env["PYTHONPATH"] = os.pathsep.join(sys.path)
    env["GUANXI_TEST_DATABASE_NAME"] = name
    return subprocess.Popen([sys.executable, str(WORKER)], env=env)


def test_a_job_of_a_rolled_back_transaction_never_existed(empty_database):
    with transaction.atomic():
        enqueue("test.append", {"line": "1"})
        transaction.set_rollback(True)

    assert _waiting() == 0


def test_the_same_dedupe_key_waits_once(empty_database):
    first = enqueue("test.append", {}, dedupe_key="nightly")
    second = enqueue("test.append", {}, dedupe_key="nightly")

    assert first is not None
    assert second is None
    assert _waiting() == 1


def test_an_unknown_job_is_refused_where_it_is_queued(empty_database):
    with pytest.raises(KeyError):
        enqueue("test.nobody", {})


def test_two_functions_of_one_name_are_refused():
    with pytest.raises(ValueError, match=r"test\.append"):
        job("test.append")(_fail)
    assert jobs()["test.append"].handler is _append


@pytest.mark.committing
def test_a_worker_runs_jobs_keeps_the_failed_and_ends_on_sigterm(committing_empty_database, server, tmp_path):
    worker = _worker(committing_empty_database, tmp_path, server)
    try:
        for number in range(20):
            enqueue("test.append", {"line": str(number)})
        enqueue("test.fail", {"why": "always"})
        _until(lambda: len(list(tmp_path.glob("done-*"))) == 20)
        _until(lambda: len(queue.failed()) == 1)
    finally:
        worker.send_signal(signal.SIGTERM)

    assert worker.wait(15) == 0
    (failed,) = queue.failed()
    assert failed["name"] == "test.fail"
    assert failed["payload"] == {"why": "always"}
    assert "always" in str(failed["error"])


@pytest.mark.committing
@pytest.mark.slow
def test_jobs_of_a_killed_worker_are_run_by_the_next(committing_empty_database, server, tmp_path):
    worker = _worker(committing_empty_database, tmp_path, server)
    enqueue("test.slow", {"line": "survivor"})
    _until((tmp_path / "started-survivor").exists)
    worker.kill()
    worker.wait()
    (tmp_path / "go").touch()

    worker = _worker(committing_empty_database, tmp_path, server)
    try:
        _until((tmp_path / "done-survivor").exists)
        _until(lambda: _waiting() == 0)
    finally:
        worker.send_signal(signal.SIGTERM)

    assert worker.wait(15) == 0


@pytest.mark.committing
@pytest.mark.slow
def test_a_job_that_kills_its_workers_is_kept_as_failed(committing_empty_database, server, tmp_path):
    enqueue("test.kill", {})
    for _ in range(2):
        assert _worker(committing_empty_database, tmp_path, server).wait(30) == 1

    worker = _worker(committing_empty_database, tmp_path, server)
    try:
        _until(lambda: len(queue.failed()) == 1)
    finally:
        worker.send_signal(signal.SIGTERM)

    assert worker.wait(15) == 0
    assert len(list(tmp_path.glob("killed-*"))) == 2
    assert "JobNeverEnds" in str(queue.failed()[0]["error"])
