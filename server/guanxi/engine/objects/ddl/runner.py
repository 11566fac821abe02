"""Applying a plan to a live workspace without ever making a reader wait behind it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg

from guanxi.engine.objects.ddl.plan import Plan
from guanxi.infra.database.cursor import RecordCursor

LOCK_TIMEOUT_MS = 200
"""A lock that is not had in this time is given back, so that nobody queues behind us; the caller tries again."""
MAX_ATTEMPTS = 5
PARTITIONS_AHEAD = 12
"""Months; the rest takes what comes later, until an upgrade moves it."""
LAST_MONTH = 12


def apply(cursor: RecordCursor, made: Plan) -> None:
    """Run the instant part in the current transaction and persist the deferred part with it."""
    cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_MS}ms'")
    for statement in made.instant:
        cursor.execute(statement)
    for step in made.deferred:
        cursor.execute(
            "INSERT INTO sys_ddl_step (kind, name, statement) VALUES ($1, $2, $3)",
            [step.kind, step.name, step.statement],
        )
    cursor.execute("SET LOCAL lock_timeout = 0")


def run_deferred(connection: psycopg.Connection[Any], schema: str) -> list[str]:
    """Run the waiting steps of a schema, each on its own; returns the names of those that failed for good.

    Needs a connection in autocommit mode. A step left half-way by a crash is taken over: an invalid index is dropped
    and built again.
    """
    cursor = RecordCursor(connection)
    cursor.execute(f'SET search_path = "{schema}", public')
    waiting = cursor.execute(
        "SELECT id, kind, name, statement FROM sys_ddl_step WHERE state = 'waiting' AND attempts < $1 ORDER BY id",
        [MAX_ATTEMPTS],
    ).fetchall()
    for id_, kind, name, statement in waiting:
        cursor.execute("UPDATE sys_ddl_step SET attempts = attempts + 1 WHERE id = $1", [id_])
        try:
            if kind == "index":
                _drop_invalid(cursor, name)
            cursor.execute(statement)
        except psycopg.Error as error:
            cursor.execute("UPDATE sys_ddl_step SET error = $2 WHERE id = $1", [id_, str(error)[:500]])
        else:
            cursor.execute("UPDATE sys_ddl_step SET state = 'done', error = NULL WHERE id = $1", [id_])
    failed = cursor.execute(
        "SELECT name FROM sys_ddl_step WHERE state = 'waiting' AND attempts >= $1", [MAX_ATTEMPTS]
    ).fetchall()
    return [name for (name,) in failed]


def _drop_invalid(cursor: RecordCursor, name: str) -> None:
    row = cursor.execute(
        "SELECT i.indisvalid FROM pg_index i WHERE i.indexrelid = to_regclass(quote_ident($1))", [name]
    ).fetchone()
    if row and not row[0]:
        cursor.execute(f'DROP INDEX CONCURRENTLY "{name}"')


def ensure_partitions(cursor: RecordCursor, now: datetime | None = None) -> None:
    """Make the change log's partitions of this month and the next ones; other months are kept in the rest.

    A month that already has rows in the rest gets them moved, so that coming late is no harm.
    """
    now = now or datetime.now(UTC)
    year, month = now.year, now.month
    for _ in range(PARTITIONS_AHEAD):
        name = f"sys_change_{year:04d}_{month:02d}"
        start = f"{year:04d}-{month:02d}-01 00:00+00"
        year, month = (year, month + 1) if month < LAST_MONTH else (year + 1, 1)
        end = f"{year:04d}-{month:02d}-01 00:00+00"
        if cursor.execute("SELECT to_regclass($1)", [name]).fetchone() != (None,):
            continue
        within = f"at >= '{start}' AND at < '{end}'"
        cursor.execute(f"CREATE TABLE {name} (LIKE sys_change INCLUDING DEFAULTS)")
        cursor.execute(
            f"WITH moved AS (DELETE FROM sys_change_rest WHERE {within} RETURNING *) INSERT INTO {name} SELECT * FROM moved"
        )
        cursor.execute(f"ALTER TABLE sys_change ATTACH PARTITION {name} FOR VALUES FROM ('{start}') TO ('{end}')")
