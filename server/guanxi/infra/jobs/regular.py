"""Chores that come round every few minutes: functions that look for work and mostly find little."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from guanxi.infra.jobs.queue import enqueue
from guanxi.infra.jobs.registry import job

log = logging.getLogger("guanxi.jobs")

EVERY = timedelta(minutes=10)
Chore = Callable[[], None]
_chores: dict[str, Chore] = {}


def regular(name: str) -> Callable[[Chore], Chore]:
    """Register the decorated function as a chore; it must be safe to repeat. One that fails is logged and comes round again."""

    def register(chore: Chore) -> Chore:
        _chores[name] = chore
        return chore

    return register


def next_round(now: datetime) -> datetime:
    """The next moment at which a round is due."""
    seconds = EVERY.total_seconds()
    return datetime.fromtimestamp((now.timestamp() // seconds + 1) * seconds, tz=now.tzinfo)


def expect() -> None:
    """Queue the next round, once however often it is asked for."""
    due = next_round(timezone.now())
    enqueue("jobs.regular", {}, f"jobs.regular {due:%Y-%m-%dT%H:%M}", due)


@job("jobs.regular", at_once=1)
def run(_payload: dict[str, Any]) -> None:
    """Do every chore, each whatever becomes of the others; the next round is expected first."""
    expect()
    for name, chore in _chores.items():
        try:
            chore()
        except Exception:
            log.exception("the chore %s failed", name)
