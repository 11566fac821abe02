"""Measures over HTTP as a person, and the same SQL alone on a bare connection in the same run."""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import psutil
import psycopg

from bench import build
from bench.world import Size

BASE = f"http://127.0.0.1:{os.environ.get('GUANXI_PORT', '8790')}"

WARM_UP = 8


@dataclass
class Result:
    """One measured thing; times in milliseconds, ``rate`` in rows per second for bulk work."""

    name: str
    actor: str
    rows: int
    p50: float
    p95: float
    floor: float | None = None
    rate: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Median over the median of the bare SQL."""
        return self.p50 / self.floor if self.floor else None


@dataclass
class Results:
    """All of a run."""

    found: list[Result] = field(default_factory=list)
    memory: dict[str, int] = field(default_factory=dict)
    """Peak resident bytes by kind of process."""


@dataclass
class Answer:
    """What came back."""

    status_code: int
    content: bytes


class Session:
    """A signed-in person on one kept connection.

    Requests are sent by the standard library's client: the comfortable ones take a millisecond of their own for each,
    which would be measured as the product's.
    """

    def __init__(self, email: str, slug: str = build.SLUG) -> None:
        self.prefix = f"/api/v1/{slug}"
        self.client = httpx.Client(base_url=BASE + self.prefix, timeout=120)
        self.client.get(f"{BASE}/_allauth/browser/v1/config").raise_for_status()
        credentials = {"email": email, "password": build.PASSWORD}
        answer = self.client.post(f"{BASE}/_allauth/browser/v1/auth/login", json=credentials, headers=self._headers())
        answer.raise_for_status()
        self._connection = http.client.HTTPConnection(urlsplit(BASE).netloc, timeout=120)

    def _headers(self) -> dict[str, str]:
        return {"X-CSRFToken": self.client.cookies.get("csrftoken") or "", "Referer": BASE, "Origin": BASE}

    def send(self, method: str, path: str, body: Any = None) -> Answer:
        """One request that must succeed."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        headers = {**self._headers(), "Cookie": cookies, "Content-Type": "application/json"}
        address = quote(self.prefix + path, safe="/?&=%")
        content = b"" if body is None else json.dumps(body).encode()
        try:
            self._connection.request(method, address, content, headers)
        except BrokenPipeError:  # the server ends a connection that was idle for long; nothing was sent
            self._connection.close()
            self._connection.request(method, address, content, headers)
        response = self._connection.getresponse()
        answer = Answer(response.status, response.read())
        if answer.status_code >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.content[:500].decode()}")
        return answer


@contextmanager
def product() -> Iterator[psutil.Process]:
    """The product, running on the measured data."""
    environment = {**os.environ, "GUANXI_DEVELOPMENT": "1", "PYTHONPATH": "server"}
    command = [sys.executable, "-m", "guanxi.app", "up", "--no-sample"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                if httpx.get(f"{BASE}/healthz", timeout=2).status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.5)
        else:
            raise RuntimeError("the product did not start")
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(60)


class Memory(threading.Thread):
    """Samples the resident memory of the product's Python processes, shared pages counted once each."""

    def __init__(self, root: psutil.Process) -> None:
        super().__init__(daemon=True)
        self.root, self.peak, self.done = root, {}, threading.Event()

    def run(self) -> None:
        """Until done."""
        while not self.done.wait(0.5):
            now: dict[str, int] = {}
            for process in [self.root, *self.root.children(recursive=True)]:
                try:
                    line = " ".join(process.cmdline())
                    if "python" in line and "postgres" not in process.name():
                        kind = next((k for k in ("web", "live", "worker") if f"guanxi.app.{k}" in line), "supervisor")
                        now[kind] = now.get(kind, 0) + process.memory_full_info().pss
                except psutil.Error:
                    continue
            for kind, size in {**now, "all": sum(now.values())}.items():
                self.peak[kind] = max(self.peak.get(kind, 0), size)


def timed(rounds: int, call: Callable[[int], Any]) -> list[float]:
    """Milliseconds of each call after a warm-up."""
    for number in range(WARM_UP):
        call(-1 - number)
    times = []
    for number in range(rounds):
        begun = time.perf_counter()
        call(number)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _said() -> dict[str, str]:
    """What a unit of work tells computed fields about the moment."""
    now = datetime.now(UTC)
    return {
        "guanxi.now": now.isoformat(), "guanxi.today": now.date().isoformat(), "guanxi.zone": "Asia/Shanghai",
        "guanxi.language": "zh-CN", "guanxi.me": "",
    }  # fmt: skip


class Floor:
    """The same SQL alone: statements that the engine compiles for the person, on a bare connection."""

    def __init__(self, email: str) -> None:
        from django.db import connection

        from guanxi.capabilities.identity.models import Membership
        from guanxi.capabilities.identity.organisation import engine_workspace, organisation_of
        from guanxi.infra.database.address import conninfo

        row = Membership.objects.select_related("workspace").get(account__email=email, workspace__slug=build.SLUG)
        self.workspace = engine_workspace(row.workspace)
        self.actor = organisation_of(row.workspace).actor(row.member_id, row.account_id)
        self.connection = psycopg.connect(conninfo(connection.settings_dict), autocommit=True)
        self.connection.execute(f'SET search_path = "{row.workspace.schema}", public')
        self.connection.execute("SET plan_cache_mode = force_custom_plan")
        for name, value in _said().items():
            self.connection.execute("SELECT set_config(%s, %s, false)", [name, value])

    def statements(self, call: Callable[[Any], Any]) -> list[tuple[str, list[Any]]]:
        """What a call of the engine sends to the database after the transaction's first statement."""
        from guanxi.engine.context import Context, work

        sent: list[tuple[str, list[Any]]] = []
        plain = Context.run

        def record(ctx: Any, statement: str, params: Any = ()) -> Any:
            sent.append((statement, list(params)))
            return plain(ctx, statement, params)

        Context.run = record  # type: ignore[method-assign]
        try:
            with work(self.workspace, self.actor, via="api") as ctx:
                call(ctx)
        finally:
            Context.run = plain  # type: ignore[method-assign]
        return sent

    def measure(self, rounds: int, call: Callable[[Any], Any]) -> float:
        """Median milliseconds of the statements alone."""
        sent = self.statements(call)
        cursor = psycopg.RawCursor(self.connection)

        def again(_: int) -> None:
            for statement, params in sent:
                cursor.execute(statement, params)
                if cursor.description:
                    cursor.fetchall()

        return statistics.median(timed(rounds, again))


def result(name: str, actor: str, rows: int, times: list[float], floor: float | None = None) -> Result:
    """Median and 95th percentile of times."""
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    made = Result(name, actor, rows, statistics.median(ordered), p95, floor)
    print(f"  {name:<26} {actor:<12} p50 {made.p50:8.1f}  p95 {made.p95:8.1f}  floor {floor or 0:7.1f} ms", flush=True)
    return made


def run_peers(size: Size, *, rounds: int, only: str = "") -> Results:
    """Start the product and measure what stands beside others."""
    from bench import peers

    results = Results()
    with product():
        for name, email, case in peers.measured():
            if only in name:
                results.found.extend(case(Session(email), Floor(email), "administrator", rounds, size))
    return results


def run(size: Size, *, rounds: int, only: str = "") -> Results:
    """Start the product and measure everything whose name contains ``only``."""
    from bench import access, automation, cases, forecasting, shaping

    results = Results()
    with product() as root:
        memory = Memory(root)
        memory.start()
        _settle()
        for actor, email in (("salesperson", build.SALESPERSON), ("manager", build.MANAGER)):
            session, floor = Session(email), Floor(email)
            for name, case in [*cases.cases(actor), *shaping.cases(actor), *automation.cases(actor)]:
                if only in name:
                    results.found.extend(case(session, floor, actor, rounds, size))
        for name, email, measured in [*access.cases(), *forecasting.cases()]:
            if only in name:
                called = access.PEOPLE.get(email, (name,))[0]
                results.found.extend(measured(Session(email), Floor(email), called, rounds, size))
        memory.done.set()
        memory.join()
        results.memory = memory.peak
    return results


def _settle() -> None:
    """Wait until consumers were told of what was built: they would be measured along with the requests."""
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.identity.organisation import engine_workspace
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.feed.places import lags

    workspace = engine_workspace(Workspace.objects.get(slug=build.SLUG))
    while True:
        with work(workspace, SYSTEM, via="system") as ctx:
            if not any(one.waiting for one in lags(ctx)):
                return
        time.sleep(2)


def body(answer: Answer | httpx.Response) -> Any:
    """The JSON of an answer."""
    return json.loads(answer.content)
