"""Starts the web server: `python -m guanxi.app.web`."""

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


def main() -> None:
    """Serve until SIGTERM."""
    hold()
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
