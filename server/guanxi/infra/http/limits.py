"""How many requests a minute a key, a program or an address may make, counted in each process of the web server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.conf import settings

from guanxi.infra.errors import LimitReached

_MOST = 10_000
"""Names that one process remembers; the fullest are forgotten first, which nobody but them gains from."""


class Buckets:
    """One bucket for each name: it holds a minute's calls, and fills evenly while it is used."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._levels: dict[str, tuple[float, float]] = {}

    def take(self, name: str, per_minute: int) -> None:
        """Take one call out of the bucket; LimitReached when it is empty. Each web process counts its share."""
        share = max(1.0, per_minute / settings.WEB_WORKERS)
        now = self._clock()
        with self._lock:
            level, at = self._levels.get(name, (share, now))
            level = min(share, level + (now - at) * share / 60)
            if level < 1:
                raise LimitReached("request.too_often", {"limit": per_minute})
            if name not in self._levels and len(self._levels) >= _MOST:
                self._forget(now)
            self._levels[name] = (level - 1, now)

    def _forget(self, now: float) -> None:
        """Drop whatever was not used for a minute, and everything when that is not enough: those buckets are full."""
        self._levels = {name: one for name, one in self._levels.items() if now - one[1] < 60}
        if len(self._levels) >= _MOST:
            self._levels.clear()


BUCKETS = Buckets()
