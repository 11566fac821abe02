"""The queue's tables and the way into them: a job is committed together with what caused it, or not at all."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
import psycopg
from django.db import connection
from django.utils import timezone

from guanxi.infra.jobs.registry import jobs

if TYPE_CHECKING:
    from pgqueuer.adapters.persistence.queries import Queries
    from pgqueuer.domain.settings import DBSettings
    from pgqueuer.ports.driver import Driver

# pgqueuer takes 14 MB: it is imported by the functions that need it, since most processes only now and then queue a job.

SCHEMA = "jobs"
"""The schema of the queue's tables: named in every statement, so no search path can hide them."""


@cache
def queue_settings() -> DBSettings:
    """pgqueuer's names of tables, types and functions."""
    from pgqueuer.domain.settings import DBSettings

    return DBSettings(db_schema=SCHEMA)


def queries(driver: Driver) -> Queries:
    """pgqueuer's statements on a connection of its own."""
    from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
    from pgqueuer.adapters.persistence.queries import Queries

    named = queue_settings()
    return Queries(
        driver,
        qbe=QueryBuilderEnvironment(named),
        qbq=QueryQueueBuilder(named),
        qbs=QuerySchedulerBuilder(named),
    )


def enqueue(
    name: str, payload: dict[str, Any], dedupe_key: str | None = None, run_at: datetime | None = None
) -> int | None:
    """Queue a call of the job `name` in the caller's transaction; its number.

    None when a job of the same `dedupe_key` is waiting or running already. `run_at` is the earliest start.
    KeyError for a name that no code registered.
    """
    if name not in jobs():
        raise KeyError(f"no job is registered as {name!r}")
    delay = max(run_at - timezone.now(), timedelta(0)) if run_at else timedelta(0)
    connection.ensure_connection()
    with psycopg.RawCursor(connection.connection) as cursor:
        cursor.execute(_enqueue_statement(), ([0], [name], [orjson.dumps(payload)], [delay], [dedupe_key], ["{}"]))
        row = cursor.fetchone()
    return None if row is None or row[0] is None else int(row[0])


def is_waiting(dedupe_key: str) -> bool:
    """Whether a job of this key is waiting or running."""
    with psycopg.RawCursor(connection.connection) as cursor:
        cursor.execute(
            f"select exists (select from {SCHEMA}.pgqueuer where dedupe_key = $1 and status in ('queued', 'picked'))",
            [dedupe_key],
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def failed() -> list[dict[str, Any]]:
    """Jobs that failed at every attempt, newest first: {id, name, payload, failed_at, error}."""
    with psycopg.RawCursor(connection.connection) as cursor:
        cursor.execute(
            f"""select q.id, q.entrypoint, q.payload, q.updated, l.traceback
                from {SCHEMA}.pgqueuer q
                left join lateral (
                    select traceback from {SCHEMA}.pgqueuer_log
                    where job_id = q.id and traceback is not null order by id desc limit 1
                ) l on true
                where q.status = 'failed' order by q.updated desc limit 200"""
        )
        rows = cursor.fetchall()
    return [
        {"id": number, "name": name, "payload": orjson.loads(payload or b"{}"), "failed_at": at, "error": error}
        for number, name, payload, at, error in rows
    ]


def forget_log(days: int) -> None:
    """Delete what the queue noted of jobs that ended so many days ago; of those that failed everything is kept."""
    with psycopg.RawCursor(connection.connection) as cursor:
        cursor.execute(
            f"""delete from {SCHEMA}.pgqueuer_log l where l.created < now() - make_interval(days => $1::int)
                and not exists (select from {SCHEMA}.pgqueuer q where q.id = l.job_id)""",
            [days],
        )


def install(conninfo: str) -> None:
    """Create the queue's tables, or bring those of an older release up to date."""
    from pgqueuer.db import PsycopgDriver

    async def converge() -> None:
        async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as own:
            statements = queries(PsycopgDriver(own))
            if await statements.schema_is_installed():
                await statements.upgrade()
            else:
                await statements.install()

    asyncio.run(converge())


@cache
def _enqueue_statement() -> bytes:
    from pgqueuer.adapters.persistence.qb import QueryQueueBuilder

    return QueryQueueBuilder(queue_settings()).build_enqueue_query("skip").encode()
