"""Ties a process to the one that started it: when that one dies, however it dies, this one ends in good order."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable

GRACE_SECONDS = 20
VARIABLE = "GUANXI_TETHERED"
"""Set by the supervisor for processes whose standard input is a pipe that it holds open."""


def hold() -> None:
    """End this process when the supervisor is gone; nothing happens in a process started by hand."""
    if os.environ.get(VARIABLE):
        _watch(_end_of_input)


def hold_to_parent() -> None:
    """End this worker process when the server process that made it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        _watch(parent.join)


def _end_of_input() -> None:
    # Read past Python's own buffer: its lock would be held in every process forked meanwhile.
    while os.read(0, 1024):
        pass


def _watch(returns_at_end: Callable[[], object]) -> None:
    def watch() -> None:
        returns_at_end()
        threading.Timer(GRACE_SECONDS, os._exit, (1,)).start()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="tether", daemon=True).start()
