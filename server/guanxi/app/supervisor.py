"""Runs the product on one machine: database, server, event stream and worker, until it is told to stop."""

import contextlib
import fcntl
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guanxi.app import prepared
from guanxi.app.children import Child, stop_all
from guanxi.infra import settings
from guanxi.infra.database.embedded import EmbeddedServer
from guanxi.infra.errors import Conflict, Unavailable
from guanxi.infra.paths import checkout

log = logging.getLogger("guanxi.supervisor")

READY_SECONDS = 60
LOOK_SECONDS = 0.5


class Stopped(Exception):
    """The person or the system asked for the end."""


def run(*, sample: bool, development: bool) -> None:
    """Start everything, say where it is, watch it until SIGTERM or Ctrl-C, end it in good order.

    Raises Refusals with a sentence for what a person can mend: an occupied port, a second start on the same data,
    a database that does not start.
    """
    stop = _stop_on_signals()
    with _only_one(settings.DATA_DIR), _database() as database:
        check_ports()
        facts = _facts(database, sample=sample)
        children = _children(development=development)
        try:
            for child in children:
                child.start()
            _wait_until_ready(children, stop)
            announce(facts, development=development)
            _watch(children, database, stop, reload=development)
        finally:
            stop_all(children)


def prepare(*, sample: bool) -> dict[str, Any]:
    """Bring the data up to this release in a process of its own, whose memory is given back.

    The facts to announce: {"sign_ins": [{"role", "email", "password"}]}.
    """
    command = [sys.executable, "-m", "guanxi.app.prepare", *(() if sample else ("--no-sample",))]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise Unavailable("app.not_prepared")
    return json.loads(done.stdout)


def _facts(database: EmbeddedServer | None, *, sample: bool) -> dict[str, Any]:
    """Prepare, unless this very code has prepared our own cluster before; another server may hold anything by now."""
    known = database and prepared.known_facts(settings.DATA_DIR, database, sample=sample)
    if known:
        return known
    facts = prepare(sample=sample)
    prepared.remember(settings.DATA_DIR)
    return facts


def check_ports() -> None:
    """Refuse to start where somebody else listens: Unavailable names the port and the setting that moves it."""
    for port, setting in ((settings.PORT, "GUANXI_PORT"), (settings.LIVE_PORT, "GUANXI_LIVE_PORT")):
        with socket.socket(socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.HOST, port))
            except OSError as error:
                raise Unavailable(
                    "app.port_in_use", {"port": port, "setting": setting, "reason": error.strerror}
                ) from error


def announce(facts: dict[str, Any], *, development: bool) -> None:
    """Print the address and the sign-ins of the sample workspace."""
    from guanxi.infra.i18n import sentence, terminal_language

    language = terminal_language()
    address = f"http://localhost:{settings.DEVELOPMENT_PORT}" if development else settings.PUBLIC_URL
    lines = ["", sentence("app.ready", {"address": address}, language)]
    if facts["sign_ins"]:
        lines += ["", sentence("app.sign_ins", {}, language)]
    for entry in facts["sign_ins"]:
        role = sentence(f"app.role.{entry['role']}", {}, language)
        lines.append(f"  {entry['email']:<28} {entry['password']:<16} {role}")
    if settings.DEVELOPMENT:
        lines += ["", sentence("app.outbox", {"address": f"{settings.PUBLIC_URL}/dev/outbox"}, language)]
    elif not settings.MAIL_IS_SENT:
        lines += ["", sentence("app.no_mail", {}, language)]
    lines += ["", sentence("app.how_to_stop", {}, language), ""]
    print("\n".join(lines), flush=True)


def _children(*, development: bool) -> list[Child]:
    children = [
        Child.python("web", "guanxi.app.web"),
        Child.python("live", "guanxi.app.live"),
        Child.python("worker", "guanxi.app.worker"),
    ]
    root = checkout()
    if development and root is not None:
        npm = Path(sys.executable).parent / "npm"
        path = f"{npm.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        environment = {"PATH": path, "GUANXI_SERVER": settings.PUBLIC_URL, "PORT": str(settings.DEVELOPMENT_PORT)}
        children.append(Child("screens", [str(npm), "run", "dev"], folder=str(root / "web"), environment=environment))
    return children


def _watch(children: list[Child], database: EmbeddedServer | None, stop: threading.Event, *, reload: bool) -> None:
    sources = _Sources() if reload else None
    while not stop.wait(LOOK_SECONDS):
        if database is not None and not database.is_alive():
            log.error("the database ended and is started again")
            with contextlib.suppress(Unavailable):
                database.start()
        if sources is not None and sources.changed():
            log.info("source changed, starting again")
            ours = [child for child in children if child.name != "screens"]
            stop_all(ours)
            for child in ours:
                child.start()
        for child in children:
            child.keep_alive()


def _wait_until_ready(children: list[Child], stop: threading.Event) -> None:
    end = time.monotonic() + READY_SECONDS
    while not stop.is_set():
        if _answers():
            return
        fallen = next((child for child in children if child.process and child.process.poll() is not None), None)
        if fallen is not None or time.monotonic() > end:
            raise Unavailable("app.not_ready", {"process": fallen.name if fallen else "web"})
        time.sleep(0.05)
    raise Stopped


def _answers() -> bool:
    """Whether the server says that it is well; asked without a library whose encryption would stay in memory for ever."""
    host = "127.0.0.1" if settings.HOST == settings.EVERYWHERE else settings.HOST
    with contextlib.suppress(OSError), socket.create_connection((host, settings.PORT), timeout=5) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        with connection.makefile("rb") as answer:
            return answer.readline().split()[1:2] == [b"200"]
    return False


@contextlib.contextmanager
def _database() -> Iterator[EmbeddedServer | None]:
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    server = EmbeddedServer(settings.DATA_DIR)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """One product on one data directory; the lock ends with the process, however it ends."""
    with (folder / "supervisor.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Conflict("app.already_running", {"folder": str(folder), "process": lock.read().strip()}) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


class _Sources:
    """The newest change of the server's own files."""

    def __init__(self) -> None:
        self.newest = self._look()

    def changed(self) -> bool:
        """Whether a file changed since the last look."""
        newest = self._look()
        moved, self.newest = newest != self.newest, newest
        return moved

    @staticmethod
    def _look() -> tuple[int, int]:
        root = Path(__file__).resolve().parent.parent
        times = [
            path.stat().st_mtime_ns for pattern in ("**/*.py", "**/*.toml", "**/*.json") for path in root.glob(pattern)
        ]
        return len(times), max(times)
