"""Runs queued jobs in threads, each with its own database connection, until it is told to stop."""

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import asyncpg
import orjson
from django.db import close_old_connections
from pgqueuer import AsyncpgDriver, PgQueuer
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor
from pgqueuer.models import Context as JobContext
from pgqueuer.models import Job as QueuedJob
from pgqueuer.ports.driver import Driver
from psycopg.conninfo import conninfo_to_dict

from guanxi.infra.jobs.queue import SCHEMA, queries
from guanxi.infra.jobs.registry import Handler, Job, jobs

log = logging.getLogger("guanxi.jobs")

THREADS = 4
HEARTBEAT_TIMEOUT = timedelta(seconds=15)
"""A job whose worker was silent for so long is given to another."""
POLL = timedelta(seconds=5)
SPENT = f"select count(*) > $2 as spent from {SCHEMA}.pgqueuer_log where job_id = $1 and status = 'picked'"
"""Whether a job was started more often than $2 times, this time included."""
RECONNECT_SECONDS = 1.0


def run_worker(conninfo: str, *, threads: int = THREADS, heartbeat_timeout: timedelta = HEARTBEAT_TIMEOUT) -> None:
    """Work until SIGTERM or SIGINT; running jobs may finish. A lost database is waited for."""
    asyncio.run(_work(conninfo, threads, heartbeat_timeout))


async def _work(conninfo: str, threads: int, heartbeat_timeout: timedelta) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    with ThreadPoolExecutor(threads, thread_name_prefix="job") as pool:
        while not stopping.is_set():
            try:
                await _work_on_one_connection(conninfo, pool, threads, stopping, heartbeat_timeout)
            except (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, OSError) as error:
                log.warning("database lost, trying again: %s", error)
                await _pause(stopping)
            except Exception:
                # One broken round must not end the worker: the jobs it held are picked up after their heartbeat.
                log.exception("worker round failed")
                await _pause(stopping)


async def _work_on_one_connection(
    conninfo: str, pool: ThreadPoolExecutor, threads: int, stopping: asyncio.Event, heartbeat_timeout: timedelta
) -> None:
    # asyncpg, because it hears notifications while it waits for nothing else: a job starts within milliseconds.
    connection = await asyncpg.connect(**_asyncpg_address(conninfo))
    try:
        statements = queries(AsyncpgDriver(connection))
        queue = PgQueuer(statements.driver, queries=statements)
        for entry in jobs().values():
            _offer(queue, entry, pool)
        watcher = asyncio.create_task(_stop_when(stopping, queue))
        try:
            await queue.qm.run(
                dequeue_timeout=POLL,
                batch_size=max(1, threads // 2),
                max_concurrent_tasks=max(2, threads),
                heartbeat_timeout=heartbeat_timeout,
                shutdown_on_listener_failure=True,
            )
        finally:
            watcher.cancel()
    finally:
        connection.terminate()


def _asyncpg_address(conninfo: str) -> dict[str, Any]:
    """asyncpg's names for what a libpq connection string says."""
    names = {"dbname": "database", "sslmode": "ssl"}
    known = {"host", "port", "user", "password", "dbname", "sslmode"}
    return {names.get(key, key): value for key, value in conninfo_to_dict(conninfo).items() if key in known and value}


def _offer(queue: PgQueuer, entry: Job, pool: ThreadPoolExecutor) -> None:
    async def run(queued: QueuedJob) -> None:
        payload: dict[str, Any] = orjson.loads(queued.payload or b"{}")
        await asyncio.get_running_loop().run_in_executor(pool, _call, entry.handler, payload)

    queue.entrypoint(
        entry.name,
        concurrency_limit=entry.at_once,
        on_failure="hold",
        executor_factory=partial(_Attempts, driver=queue.connection, max_attempts=entry.attempts - 1),
    )(run)


class JobNeverEnds(Exception):
    """Every attempt of a job ended without an answer: it kills or stalls the worker that runs it."""


@dataclass(kw_only=True)
class _Attempts(DatabaseRetryEntrypointExecutor):
    """Counts a start that was never answered as an attempt, so that a job that kills its worker is kept as failed."""

    driver: Driver

    async def execute(self, job: QueuedJob, context: JobContext) -> None:
        (starts,) = await self.driver.fetch(SPENT, job.id, self.max_attempts + 1)
        if starts["spent"]:
            raise JobNeverEnds(job.entrypoint)
        await super().execute(job, context)


def _call(handler: Handler, payload: dict[str, Any]) -> None:
    close_old_connections()
    try:
        handler(payload)
    finally:
        close_old_connections()


async def _stop_when(stopping: asyncio.Event, queue: PgQueuer) -> None:
    await stopping.wait()
    queue.shutdown.set()


async def _pause(stopping: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), RECONNECT_SECONDS)
    except TimeoutError:
        return
