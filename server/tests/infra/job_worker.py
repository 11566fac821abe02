"""A worker process with jobs of its own, started by test_jobs.py."""

import os
import time
from datetime import timedelta
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "guanxi.infra.settings"
django.setup()

from guanxi.infra.jobs import job  # noqa: E402
from guanxi.infra.jobs.worker import run_worker  # noqa: E402

FOLDER = Path(os.environ["GUANXI_TEST_FOLDER"])


@job("test.append")
def append(payload: dict) -> None:
    """Leave a file."""
    (FOLDER / f"done-{payload['line']}").touch()


@job("test.fail", attempts=2)
def fail(payload: dict) -> None:
    """Fail at every attempt."""
    raise RuntimeError(payload["why"])


@job("test.kill", attempts=2)
def kill(payload: dict) -> None:
    """Take the worker along."""
    (FOLDER / f"killed-{time.monotonic_ns()}").touch()
    os._exit(1)


@job("test.slow")
def slow(payload: dict) -> None:
    """Say that it began, wait for permission, leave a file."""
    (FOLDER / f"started-{payload['line']}").touch()
    while not (FOLDER / "go").exists():
        time.sleep(0.05)
    (FOLDER / f"done-{payload['line']}").touch()


run_worker(os.environ["GUANXI_TEST_DATABASE"], heartbeat_timeout=timedelta(seconds=2))
