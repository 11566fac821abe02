"""Doing something again and again beside a long transaction, on a connection of its own: telling how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

log = logging.getLogger("guanxi.database")


@contextmanager
def beside(function: Callable[[], None], every_seconds: float) -> Iterator[None]:
    """Call a function over and over while the block runs, in a thread that has its own connection.

    What goes wrong there is logged and ends the calls; the block knows nothing of it.
    """
    over = threading.Event()

    def call() -> None:
        try:
            while not over.wait(every_seconds):
                function()
        except Exception:
            log.exception("what went on beside a transaction failed")
        finally:
            connection.close()

    thread = threading.Thread(target=call, name="beside", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
