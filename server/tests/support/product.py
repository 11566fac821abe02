"""Starts the whole product as its own processes on a temporary data folder and free ports."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from typing import LiteralString
from urllib.parse import urlsplit

import httpx
import psutil
import psycopg
from psycopg import sql

from tests.support.folders import data_folder

START_SECONDS = 180
NOTHING = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Plain HTTP needs no certificates; reading those of the machine takes longer than the request."""


class OwnDatabase:
    """A database made on a server, for one product."""

    def __init__(self, server: str) -> None:
        self._server, self._name = server, f"guanxi_product_{os.getpid()}_{secrets.token_hex(4)}"
        self._run("create database {}")

    @property
    def address(self) -> str:
        """Its URL."""
        return urlsplit(self._server)._replace(path=f"/{self._name}").geturl()

    def drop(self) -> None:
        """Remove it, cutting whoever is connected to it."""
        self._run("drop database if exists {} with (force)")

    def _run(self, statement: LiteralString) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self._name)))


class Product:
    """One `guanxi up` of the test's own."""

    def __init__(self, *arguments: str, server: str | None = None) -> None:
        """`server`: the address of a PostgreSQL server, on which it has a database of its own; else it brings its own."""
        self.database = OwnDatabase(server) if server else None
        self.data = data_folder("guanxi-up-")
        self.port, self.live_port = free_port(), free_port()
        self.arguments = arguments or ("up", "--no-sample")
        self.process: subprocess.Popen[str] | None = None
        self.output = self.data.with_suffix(".out")
        """What it printed, in a file: a pipe nobody reads would stop it when it is full."""

    @classmethod
    def like(cls, other: "Product") -> "Product":
        """One with the data of another, which is stopped; it was prepared as the other one was."""
        made = cls(*other.arguments)
        subprocess.run(["cp", "-a", f"{other.data}/.", made.data], check=True)
        return made

    @property
    def address(self) -> str:
        """Where the screens and the API are."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self, **more: str) -> dict[str, str]:
        """The environment the product runs in."""
        inherited = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "LC_ALL", "LANG"}}
        own = {
            "GUANXI_DATA": str(self.data),
            "GUANXI_PORT": str(self.port),
            "GUANXI_LIVE_PORT": str(self.live_port),
            "GUANXI_URL": self.address,
            "GUANXI_DEVELOPMENT": "1",
            "GUANXI_WEB_WORKERS": "2",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        return inherited | own | ({"DATABASE_URL": self.database.address} if self.database else {}) | more

    def start(self, **more: str) -> None:
        """Start it and wait until it answers."""
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "guanxi.app", *self.arguments],
                env=self.environment(**more),
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        self.until_healthy(START_SECONDS)

    def until_healthy(self, seconds: float) -> None:
        """Wait until it answers; fail with what it printed when it does not, or when it ends first."""
        assert self.process is not None
        try:
            until(lambda: self.is_healthy() or self.process.poll() is not None, seconds)
            assert self.process.poll() is None, f"ended with {self.process.returncode}"
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.output.read_text()[-4000:]}") from None

    def is_healthy(self) -> bool:
        """Whether the server answers and its database too."""
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.address}/healthz", timeout=5, verify=NOTHING).status_code == 200
        return False

    def command(self, *arguments: str, typed: str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        """Run another command on the same data; `typed` is what it reads."""
        return subprocess.run(
            [sys.executable, "-m", "guanxi.app", *arguments],
            env=self.environment(**more), input=typed, capture_output=True, text=True, timeout=START_SECONDS, check=False,
        )  # fmt: skip

    def script(self, source: str) -> str:
        """Run Python on the product's database; what it printed."""
        head = "import django; django.setup()\n"
        environment = self.environment(DJANGO_SETTINGS_MODULE="guanxi.infra.settings")
        return subprocess.run(
            [sys.executable, "-c", head + source], env=environment, capture_output=True, text=True, check=True
        ).stdout

    def family(self) -> list[psutil.Process]:
        """Every process it consists of."""
        assert self.process is not None
        return [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]

    def member(self, module: str) -> psutil.Process | None:
        """The process of the product that runs a module, or the database server; None when it is down."""
        for one in self.family():
            with contextlib.suppress(psutil.Error):
                if module in " ".join(one.cmdline()):
                    return one
        return None

    def stop(self) -> str:
        """End it as a person would; what it printed."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        return self.output.read_text()

    def remove(self) -> None:
        """Whatever state it is in: end it and remove its data."""
        if self.process is not None and self.process.poll() is None:
            family = self.family()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.stop()
            for one in family:
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.kill()
        if self.database:
            self.database.drop()
        shutil.rmtree(self.data, ignore_errors=True)
        self.output.unlink(missing_ok=True)


def until(condition: Callable[[], bool], seconds: float) -> None:
    """Wait for a condition; fail when it does not come."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


def free_port() -> int:
    """A port that nobody listens on now, below those that outgoing connections take for themselves meanwhile."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
