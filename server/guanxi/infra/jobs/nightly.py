"""Chores of the night: functions that are called once a day, while few people work."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from guanxi.infra.jobs.queue import enqueue, forget_log
from guanxi.infra.jobs.registry import job

log = logging.getLogger("guanxi.jobs")

HOUR = 3
LOG_DAYS = 30
Chore = Callable[[], None]
_chores: dict[str, Chore] = {}


def nightly(name: str) -> Callable[[Chore], Chore]:
    """Register the decorated function as a chore; it must be safe to repeat. One that fails is logged and tried again the next night."""

    def register(chore: Chore) -> Chore:
        _chores[name] = chore
        return chore

    return register


def next_night(now: datetime) -> datetime:
    """The next time that it is HOUR o'clock where the installation is."""
    local = timezone.localtime(now)
    tonight = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight > local else tonight + timedelta(days=1)


def expect() -> None:
    """Queue the chores of the next night, once however often it is asked for."""
    due = next_night(timezone.now())
    enqueue("jobs.nightly", {}, f"jobs.nightly {due.date()}", due)


@job("jobs.nightly")
def run(_payload: dict[str, Any]) -> None:
    """Do every chore, each whatever becomes of the others; the next night is expected first."""
    expect()
    for name, chore in _chores.items():
        try:
            chore()
        except Exception:
            log.exception("the chore %s failed", name)


@nightly("jobs.log")
def forget_old_log() -> None:
    """Keep the queue's own log short: jobs come round every few minutes."""
    forget_log(LOG_DAYS)
