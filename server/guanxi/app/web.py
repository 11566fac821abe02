"""Starts the web server: `python -m guanxi.app.web`."""

import gc
import multiprocessing
import os

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from guanxi.app.tether import hold
from guanxi.infra import settings

THREADS = 8
THREAD_IDLE_SECONDS = 600
"""Threads keep their database connection, so they are kept long."""


def load() -> None:
    """Load the product before the processes that answer are made: what was loaded is then in memory once for all.

    Where they do not begin as a copy of this one, each loads it for itself.
    """
    if multiprocessing.get_start_method() != "fork":
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.infra.settings")
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 - all that answers is imported now
    # Looking for garbage writes to what it looks at, and what is written to is not shared any more.
    gc.collect()
    gc.freeze()


def main() -> None:
    """Serve until SIGTERM."""
    hold()
    load()
    Server(
        "guanxi.app.wsgi:application",
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=settings.WEB_WORKERS,
        blocking_threads=int(os.environ.get("GUANXI_WEB_THREADS", THREADS)),
        blocking_threads_idle_timeout=THREAD_IDLE_SECONDS,
        http1_settings=HTTP1Settings(header_read_timeout=30_000),
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=10,
    ).serve()


if __name__ == "__main__":
    main()
