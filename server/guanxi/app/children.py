"""The processes a running product consists of: started, watched, started again when they fall, ended together."""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

from guanxi.app.tether import VARIABLE

log = logging.getLogger("guanxi.supervisor")

STOP_SECONDS = 15
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""The C library otherwise keeps memory of its own for every thread, and hardly ever gives any back."""
STEADY_SECONDS = 60
"""A process that lived so long fell for a new reason: the waiting starts from the beginning."""


@dataclass
class Child:
    """One process and how to start it."""

    name: str
    command: list[str]
    folder: str | None = None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    wait_seconds: float = FIRST_WAIT_SECONDS
    start_at: float = 0.0
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def python(cls, name: str, module: str) -> "Child":
        """A process of the product itself."""
        return cls(name, [sys.executable, "-m", module])

    def start(self) -> None:
        """Start it in a session of its own, so that a Ctrl-C in the terminal reaches the supervisor alone."""
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            start_new_session=True,
            cwd=self.folder,
            env=FEW_ARENAS | os.environ | self.environment | {VARIABLE: "1"},
        )
        self.started_at = time.monotonic()

    def keep_alive(self) -> None:
        """Start it again when it ended by itself, waiting longer each time."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            log.error("%s ended with %s and is started again", self.name, self.process.returncode)
            self._end_group(signal.SIGKILL)
            self.process = None
            steady = now - self.started_at > STEADY_SECONDS
            self.wait_seconds = FIRST_WAIT_SECONDS if steady else min(self.wait_seconds * 2, LONGEST_WAIT_SECONDS)
            self.start_at = now + self.wait_seconds
        elif self.process is None and now >= self.start_at:
            self.start()

    def ask_to_stop(self) -> None:
        """Ask for an orderly end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self, until: float) -> None:
        """Wait for the end until that moment of the monotonic clock, then force it, helpers included."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, until - time.monotonic()))
        self._end_group(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _end_group(self, number: signal.Signals) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


def stop_all(children: list[Child]) -> None:
    """End every process, all asked at once."""
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        child.stop(until)
