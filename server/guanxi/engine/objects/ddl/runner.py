"""Applying a plan to a live workspace without ever making a reader wait behind it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
import psycopg

from guanxi.engine.objects.ddl.plan import Plan
from guanxi.infra.database.cursor import RecordCursor, savepoint
from guanxi.infra.errors import Conflict, Refusal

LOCK_TIMEOUT_MS = 100
"""A lock that is not had in this time is given back, so that nobody queues behind us; the caller tries again."""
LONGER_TIMEOUTS_MS = ((15.0, 1000), (5.0, 500), (2.0, 200))
"""After so many seconds in vain it is asked for a little longer: on a machine that is too busy to end anything in less."""
LONG_MS = 100
"""Whoever has held a table for so long is not stood in line for: everybody else would stand behind us in vain."""
POLITE_SECONDS = 5.0
"""So long we stay out of the line because of them: where they follow one another without end, nothing else helps."""
POLITE_PAUSE = 0.03
PATIENCE_SECONDS = 30.0
"""So long the instant part of a change tries again, with pauses in which everybody else goes on."""
LONGEST_PAUSE = 0.5
MAX_ATTEMPTS = 5
PARTITIONS_AHEAD = 12
"""Months; the rest takes what comes later, until an upgrade moves it."""
LAST_MONTH = 12
STATEMENTS = ("index", "drop_index", "validate")
"""Kinds of deferred steps that are one statement outside a transaction."""


def apply(cursor: RecordCursor, made: Plan, before: Callable[[], None] | None = None) -> None:
    """Persist the deferred part and run the instant part in the current transaction; tables are locked from then on.

    ``before`` is done with every attempt to have the locks, just before it, and is taken back with one in vain: for what
    nobody should wait for with either of them held. Conflict ``design.table_busy`` when a long transaction holds one of
    the tables all the time; nothing is changed then.
    """
    for step in made.deferred:
        cursor.execute(
            "INSERT INTO sys_ddl_step (kind, name, statement, object, field, payload)"
            " VALUES ($1, $2, $3, $4, $5, $6::text::jsonb)",
            [step.kind, step.name, step.statement, step.object, step.field, orjson.dumps(dict(step.payload)).decode()],
        )
    _instant(cursor, made, before or _nothing)


def _nothing() -> None:
    pass


def _instant(cursor: RecordCursor, made: Plan, before: Callable[[], None]) -> None:
    if not made.instant:
        before()
        return
    began, pause, tables = time.monotonic(), 0.02, sorted(made.tables)
    while True:
        in_vain_for = time.monotonic() - began
        _have_indexes_wait(cursor, tables)
        stands_in_line = in_vain_for >= POLITE_SECONDS or not _are_held_for_long(cursor, tables)
        if stands_in_line and _tried(cursor, made, _lock_timeout(in_vain_for), before):
            return
        if time.monotonic() - began >= PATIENCE_SECONDS:
            raise Conflict("design.table_busy", {"seconds": round(PATIENCE_SECONDS)})
        if stands_in_line:
            # Not in step with whatever comes back at equal intervals.
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - not a secret
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            time.sleep(POLITE_PAUSE)


_HELD = (
    "SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.granted AND l.locktype = 'relation'"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND l.relation IN (SELECT to_regclass(quote_ident(t)) FROM unnest($1::text[]) t)"
)


def _have_indexes_wait(cursor: RecordCursor, tables: Sequence[str]) -> None:
    """Take back the building of an index on one of the tables, and of one that waits for us to end.

    It holds its table for as long as it takes, and one that waits for us would never go on. The step stays and is run
    again later.
    """
    cursor.execute("SELECT pg_stat_clear_snapshot()")  # otherwise a transaction always sees what it saw first
    cursor.execute(
        "SELECT pg_cancel_backend(a.pid) FROM pg_stat_activity a WHERE a.pid <> pg_backend_pid()"
        " AND (a.query LIKE 'CREATE % CONCURRENTLY %' OR a.query LIKE 'DROP INDEX CONCURRENTLY %')"
        f" AND a.state = 'active' AND a.leader_pid IS NULL AND (EXISTS ({_HELD}) OR EXISTS (SELECT 1 FROM pg_locks w"
        " JOIN pg_locks own ON own.virtualxid = w.virtualxid AND own.granted AND own.pid = pg_backend_pid()"
        " WHERE w.pid = a.pid AND w.locktype = 'virtualxid' AND NOT w.granted))",
        [list(tables)],
    )


def _are_held_for_long(cursor: RecordCursor, tables: Sequence[str]) -> bool:
    """Whether somebody has one of the tables locked, in whatever mode, since some time ago."""
    found = cursor.execute(
        "SELECT 1 FROM pg_stat_activity a WHERE a.pid <> pg_backend_pid()"
        f" AND a.xact_start < clock_timestamp() - interval '{LONG_MS} ms' AND EXISTS ({_HELD}) LIMIT 1",
        [list(tables)],
    )
    return found.fetchone() is not None


def _lock_timeout(in_vain_for: float) -> int:
    """Milliseconds to wait in line for a lock after so many seconds of attempts."""
    return next((longer for after, longer in LONGER_TIMEOUTS_MS if in_vain_for >= after), LOCK_TIMEOUT_MS)


def _tried(cursor: RecordCursor, made: Plan, lock_timeout_ms: int, before: Callable[[], None]) -> bool:
    """Run the statements; False when a lock was not to be had, and then none of them was run.

    They are sent as one: between two of them others would wait for a process that is about something else.
    """
    bounded = [f"SET LOCAL lock_timeout = '{lock_timeout_ms}ms'", *made.instant, "SET LOCAL lock_timeout = 0"]
    try:
        with savepoint():
            before()
            cursor.execute("; ".join(bounded), prepare=False)
    except psycopg.errors.LockNotAvailable:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """A deferred step as it is stored."""

    id: int
    kind: str
    name: str
    statement: str
    object: str
    field: str
    payload: Mapping[str, Any]


@dataclass
class Report:
    """How a run of deferred steps ended: steps given up, and whether some wait for a lock or another run."""

    failed: list[str] = field(default_factory=list)
    waiting: bool = False


StepFunction = Callable[[Step], bool]
"""Does one batch in a transaction of its own; True when there is more to do."""


def run_deferred(
    connection: psycopg.Connection[Any], schema: str, functions: Mapping[str, StepFunction] | None = None
) -> Report:
    """Run the waiting steps of a schema, each on its own, in their order.

    Needs a connection in autocommit mode. A step left half-way by a crash is taken over: an invalid index is dropped
    and built again, a function goes on where its last batch ended. Steps whose kind is not among ``functions`` wait.
    """
    cursor = RecordCursor(connection)
    cursor.execute(f'SET search_path = "{schema}", public')
    # Building an index on every core at once would leave none to those who are asking meanwhile.
    cursor.execute("SET max_parallel_maintenance_workers = 0")
    report = Report()
    mine = cursor.execute("SELECT pg_try_advisory_lock(hashtextextended('ddl ' || $1, 0))", [schema]).fetchone()
    if not mine or not mine[0]:  # somebody else is at it
        report.waiting = True
        return report
    try:
        _run_all(cursor, functions or {}, report)
    finally:
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended('ddl ' || $1, 0))", [schema])
    failed = cursor.execute("SELECT name FROM sys_ddl_step WHERE state = 'failed' ORDER BY id").fetchall()
    report.failed = [name for (name,) in failed]
    return report


def _run_all(cursor: RecordCursor, functions: Mapping[str, StepFunction], report: Report) -> None:
    """Every waiting step, those that were added meanwhile too. Steps of one field wait for each other."""
    seen, held = 0, set[tuple[str, str]]()
    while waiting := [step for step in _waiting(cursor) if step.id > seen]:
        for step in waiting:
            seen = step.id
            place = (step.object, step.field)
            known = step.kind in STATEMENTS or step.kind in functions
            if place in held or not known or not _run(cursor, step, functions, report):
                report.waiting = True
                held.update({place} if step.field else ())


def _waiting(cursor: RecordCursor) -> list[Step]:
    """Steps to run. A step of a conversion that was given up holds those behind it, so that nothing half-made is put
    in the field's place, until the conversion is stopped.
    """
    rows = cursor.execute(
        "SELECT id, kind, name, statement, coalesce(object, ''), coalesce(field, ''), payload FROM sys_ddl_step s"
        " WHERE state = 'waiting' AND NOT EXISTS (SELECT 1 FROM sys_ddl_step f WHERE f.state = 'failed' AND f.id < s.id"
        " AND f.object = s.object AND f.field = s.field AND f.payload->>'field' = s.payload->>'field'"
        " AND f.payload->>'suffix' = s.payload->>'suffix') ORDER BY id"
    ).fetchall()
    return [Step(*row) for row in rows]


def _run(cursor: RecordCursor, step: Step, functions: Mapping[str, StepFunction], report: Report) -> bool:
    """True when the step is done."""
    # Counted before the work, so that a step which kills its worker is given up too.
    cursor.execute("UPDATE sys_ddl_step SET attempts = attempts + 1, updated_at = now() WHERE id = $1", [step.id])
    try:
        if step.kind in STATEMENTS:
            if step.kind == "index":
                _drop_invalid(cursor, step.name)
            cursor.execute(step.statement)
        else:
            while functions[step.kind](step):
                pass
    except (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled):
        report.waiting = True
        cursor.execute("UPDATE sys_ddl_step SET attempts = attempts - 1 WHERE id = $1", [step.id])
        return False
    except Exception as error:  # noqa: BLE001 - whatever it is, it is kept with the step and told to administrators
        hopeless = isinstance(error, psycopg.errors.UniqueViolation | Refusal)
        cursor.execute(
            "UPDATE sys_ddl_step SET error = $2, state = CASE WHEN attempts >= $3 OR $4 THEN 'failed' ELSE state END"
            " WHERE id = $1",
            [step.id, f"{type(error).__name__}: {error}"[:500], MAX_ATTEMPTS, hopeless],
        )
        return False
    cursor.execute("UPDATE sys_ddl_step SET state = 'done', error = NULL WHERE id = $1", [step.id])
    return True


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
