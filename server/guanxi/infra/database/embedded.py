"""The embedded PostgreSQL of one data directory: made once, started, watched, stopped, recovered after a crash."""

import contextlib
import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from guanxi.infra.database import tuning, wheel
from guanxi.infra.database.address import DATABASE_NAME, EMBEDDED_PORT, SUPERUSER
from guanxi.infra.database.location import cluster_home, socket_dir
from guanxi.infra.database.system_user import SystemUser, system_user
from guanxi.infra.errors import Unavailable

MAINTENANCE = "postgres"
"""The database that is there before any other."""
MINIMUM_FREE_BYTES = 200_000_000
STOP_SECONDS = 30
LEFTOVER_SECONDS = 20
"""How long processes of a killed server may take to let go of its memory."""
PR_SET_PDEATHSIG = 1


class EmbeddedServer:
    """One cluster and its server process.

    `start` may be called at any state the last run left behind; it returns when connections are accepted.
    """

    def __init__(self, data_dir: Path) -> None:
        self.home = cluster_home(data_dir)
        self.data = self.home / f"postgres-{wheel.MAJOR}"
        self.log = self.home / "logs" / "postgres.log"
        self.sockets = socket_dir(data_dir)
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def conninfo(self) -> str:
        """The libpq connection string of the product's database."""
        return f"host={self.sockets} port={EMBEDDED_PORT} user={SUPERUSER} dbname={DATABASE_NAME}"

    def start(self, *, bound_to_parent: bool = True) -> None:
        """Make the cluster if there is none, start the server or take over a running one, make the database.

        With `bound_to_parent` the server ends with this process where the system can promise it (Linux).
        Raises Unavailable with a sentence for an older data directory, a full disk, or a server that ends at once.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._refuse_other_versions()
            if self.is_ready():
                return
            self._refuse_full_disk()
            user = system_user()
            programs = user.reachable(wheel.installation()) / "bin"
            for folder in (self.home / "logs", self.sockets):
                user.own(folder)
            self._make_cluster(programs, user)
            (self.data / "postgresql.auto.conf").write_text(tuning.as_file(tuning.server_settings()))
            self._launch(programs, user, bound_to_parent=bound_to_parent)
            self._make_database()

    def stop(self) -> None:
        """End the server: sessions are cut, the data is written, nothing needs recovery at the next start."""
        process = self._process()
        if process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGINT)
            self._wait(process)
        self._child = None

    def is_ready(self) -> bool:
        """Whether the server accepts connections now."""
        return self._told("select 1", MAINTENANCE) == "1"

    def told(self, query: str) -> str | None:
        """What the product's database answers a query, as one text; None where there is no answer."""
        return self._told(query, DATABASE_NAME)

    def _told(self, query: str, database: str) -> str | None:
        # By a program of its own: the driver in this process would cost several times the memory of all the rest, for
        # as long as the product runs.
        address = f"host={self.sockets} port={EMBEDDED_PORT} user={SUPERUSER} dbname={database} connect_timeout=5"
        asked = [wheel.installation() / "bin" / "psql", address, "-XAtqc", query]
        answer = subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return None if answer.returncode else answer.stdout.decode().strip()

    def is_alive(self) -> bool:
        """Whether the server's process exists."""
        return self._process() is not None

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Two starters of the same cluster take turns."""
        with (self.home / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _refuse_other_versions(self) -> None:
        for folder in sorted(self.home.glob("postgres-[1-9][0-9]")):
            version = folder / "PG_VERSION"
            if version.exists() and (found := version.read_text().strip()) != str(wheel.MAJOR):
                raise Unavailable(
                    "database.other_version", {"found": found, "needed": wheel.MAJOR, "folder": str(folder)}
                )

    def _refuse_full_disk(self) -> None:
        free = shutil.disk_usage(self.home).free
        if free < MINIMUM_FREE_BYTES:
            raise Unavailable(
                "database.disk_full",
                {"folder": str(self.home), "free_mb": free // 10**6, "needed_mb": MINIMUM_FREE_BYTES // 10**6},
            )

    def _make_cluster(self, programs: Path, user: SystemUser) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        # Made under another name and renamed, so that a first start killed half-way leaves nothing that looks whole.
        fresh = self.home / f"{self.data.name}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        user.own(fresh)
        command = [
            programs / "initdb", "--pgdata", fresh, "--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8",
            "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-instructions",
        ]  # fmt: skip
        made = subprocess.run(
            command,
            user=user.uid,
            group=user.gid,
            extra_groups=_no_groups(user),
            cwd="/",
            capture_output=True,
            check=False,
        )
        if made.returncode:
            raise self._trouble(made.stderr.decode(errors="replace"))
        fresh.rename(self.data)

    def _launch(self, programs: Path, user: SystemUser, *, bound_to_parent: bool) -> None:
        self._forget_dead_server()
        first = _end_with(os.getpid()) if bound_to_parent and sys.platform == "linux" else None
        give_up_at = time.monotonic() + LEFTOVER_SECONDS
        while True:
            begin = self.log.stat().st_size if self.log.exists() else 0
            with self.log.open("ab") as log:
                self._child = subprocess.Popen(
                    [programs / "postgres", "-D", self.data, "-k", self.sockets, "-p", EMBEDDED_PORT],
                    user=user.uid, group=user.gid, extra_groups=_no_groups(user), cwd="/", process_group=0,
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    preexec_fn=first,  # noqa: PLW1509 - two system calls and no lock
                )  # fmt: skip
            while self._child.poll() is None:
                if self.is_ready():
                    return
                time.sleep(0.05)
            said = self._log_since(begin)
            # Processes of a server killed a moment ago still hold its memory: they end by themselves.
            if "shared memory" not in said or time.monotonic() > give_up_at:
                raise self._trouble(said)
            time.sleep(0.5)

    def _forget_dead_server(self) -> None:
        """Remove the process file of a server that was killed: its number may belong to any program by now."""
        if self._process() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (self.sockets / f".s.PGSQL.{EMBEDDED_PORT}.lock").unlink(missing_ok=True)

    def _process(self) -> psutil.Process | None:
        """The server's process as its process file tells, None when that process is not this server."""
        if self._child is not None and self._child.poll() is not None:
            self._child = None
        try:
            number = int((self.data / "postmaster.pid").read_text().split()[0])
            process = psutil.Process(number)
            is_server = process.status() != psutil.STATUS_ZOMBIE and str(self.data) in process.cmdline()
        except (OSError, ValueError, IndexError, psutil.Error):
            return None
        return process if is_server else None

    def _wait(self, process: psutil.Process) -> None:
        if self._child is not None and self._child.pid == process.pid:
            waiting: Callable[[float], object] = lambda seconds: self._child and self._child.wait(seconds)  # noqa: E731
        else:
            waiting = process.wait
        try:
            waiting(STOP_SECONDS)
        except (subprocess.TimeoutExpired, psutil.TimeoutExpired):
            process.send_signal(signal.SIGQUIT)
            waiting(STOP_SECONDS)

    def _make_database(self) -> None:
        known = self._told(f"select 1 from pg_database where datname = '{DATABASE_NAME}'", MAINTENANCE)
        if not known and self._told(f'create database "{DATABASE_NAME}"', MAINTENANCE) is None:
            raise self._trouble(f"FATAL: the database {DATABASE_NAME} could not be made")

    def _log_since(self, begin: int) -> str:
        with self.log.open("rb") as log:
            log.seek(begin)
            return log.read().decode(errors="replace")

    def _trouble(self, said: str) -> Unavailable:
        if "No space left on device" in said:
            return Unavailable("database.disk_full", {"folder": str(self.home), "free_mb": 0, "needed_mb": 200})
        last = next((line for line in reversed(said.splitlines()) if "FATAL" in line or "error" in line), "")
        return Unavailable("database.start_failed", {"reason": last or said[-300:].strip(), "log": str(self.log)})


def _no_groups(user: SystemUser) -> list[int] | None:
    """Root's groups are not handed to PostgreSQL's user."""
    return None if user.gid is None else [user.gid]


def _end_with(parent: int) -> Callable[[], None]:
    """What the new process does first: ask Linux for an orderly end when `parent` dies, however it dies."""

    def ask() -> None:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:
            os._exit(1)

    return ask
