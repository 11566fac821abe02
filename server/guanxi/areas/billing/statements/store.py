"""Batches of statements as the workspace keeps them: who asked for what, how far it is, what came of it.

Each batch is its asker's alone. What was made so far lies in parts; a part is told in the transaction that says how far
the batch is, so that no company is done twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.infra.errors import NotFound

State = Literal["waiting", "running", "done", "failed", "cancelled"]
GOING_ON: frozenset[State] = frozenset({"waiting", "running"})
DEAD = timedelta(minutes=15)
"""One that has told nothing for so long is at an end."""
KEPT = 10
"""Batches that are told of each person."""


@dataclass(frozen=True)
class Stored:
    """One batch; ``done`` of ``total`` companies are behind it, ``left_out`` of them without a statement."""

    id: UUID
    asks: Mapping[str, Any]
    state: State
    stop: bool
    done: int
    total: int
    left_out: int
    error: Mapping[str, Any] | None
    sha256: str | None
    size: int | None
    created_at: datetime
    updated_at: datetime

    @property
    def period(self) -> tuple[date, date]:
        """Its first and its last day."""
        return date.fromisoformat(self.asks["begins"]), date.fromisoformat(self.asks["ends"])


@dataclass(frozen=True)
class Made:
    """What became of one company: the file within the batch and the balances, neither where it was left out."""

    place: int
    company: UUID
    file: str | None
    balances: Sequence[Mapping[str, str]] | None


_NAMES = (
    "r.id, r.asks, r.state, r.stop, r.done, r.total,"
    " (SELECT count(*) FROM sys_statement s WHERE s.run = r.id AND s.place < r.done AND s.file IS NULL),"
    " r.error, r.sha256, r.size, r.created_at, r.updated_at"
)


def add(ctx: Context, id_: UUID, asks: Mapping[str, Any], companies: Sequence[UUID]) -> None:
    """Keep a new batch of the actor."""
    ctx.run(
        "INSERT INTO sys_statement_run (id, asked_by, asks, state, total, created_at, updated_at)"
        " VALUES ($1, $2, $3::text::jsonb, 'waiting', $4::int, $5, $5)",
        [id_, ctx.author, orjson.dumps(asks).decode(), len(companies), ctx.now],
    )
    ctx.run(
        "INSERT INTO sys_statement (run, place, company)"
        " SELECT $1, place - 1, company FROM unnest($2::uuid[]) WITH ORDINALITY AS t(company, place)",
        [id_, list(companies)],
    )


def get(ctx: Context, id_: UUID, *, lock: bool = False) -> Stored:
    """One of the actor's own; NotFound for any other."""
    if lock:
        ctx.run("SELECT 1 FROM sys_statement_run WHERE id = $1 FOR UPDATE", [id_])
    rows = ctx.run(f"SELECT {_NAMES} FROM sys_statement_run r WHERE r.id = $1 AND r.asked_by = $2", [id_, ctx.author])
    if not rows:
        raise NotFound("billing.run_unknown", {"id": str(id_)})
    return Stored(*rows[0])


def own(ctx: Context) -> list[Stored]:
    """The actor's own batches, the last one first."""
    rows = ctx.run(
        f"SELECT {_NAMES} FROM sys_statement_run r WHERE r.asked_by = $1 ORDER BY r.id DESC LIMIT {KEPT}", [ctx.author]
    )
    return [Stored(*row) for row in rows]


def companies(ctx: Context, id_: UUID, since: int, count: int) -> list[tuple[int, UUID]]:
    """The next companies of a batch, with their places."""
    rows = ctx.run(
        "SELECT place, company FROM sys_statement WHERE run = $1 AND place >= $2::int ORDER BY place LIMIT $3::int",
        [id_, since, count],
    )
    return [(place, company) for place, company in rows]


def keep(ctx: Context, id_: UUID, made: Sequence[Made], part: str | None) -> None:
    """Note what became of companies, the stored part that holds their statements, and how far the batch is."""
    ctx.run(
        "UPDATE sys_statement s SET file = m.file, balances = m.balances::jsonb"
        " FROM unnest($2::int[], $3::text[], $4::text[]) AS m(place, file, balances)"
        " WHERE s.run = $1 AND s.place = m.place",
        [
            id_, [one.place for one in made], [one.file for one in made],
            [None if one.balances is None else orjson.dumps(one.balances).decode() for one in made],
        ],
    )  # fmt: skip
    if part is not None:
        ctx.run("INSERT INTO sys_statement_part VALUES ($1, $2::int, $3)", [id_, made[0].place, part])
    ctx.run(
        "UPDATE sys_statement_run SET state = 'running', done = $2::int, updated_at = $3 WHERE id = $1",
        [id_, made[-1].place + 1, ctx.now],
    )


def made(ctx: Context, id_: UUID) -> list[Made]:
    """What became of every company of a batch."""
    rows = ctx.run("SELECT place, company, file, balances FROM sys_statement WHERE run = $1 ORDER BY place", [id_])
    return [Made(*row) for row in rows]


def parts(ctx: Context, id_: UUID) -> list[str]:
    """The stored parts of a batch, in order."""
    return [sha for (sha,) in ctx.run("SELECT sha256 FROM sys_statement_part WHERE run = $1 ORDER BY place", [id_])]


def forget_parts(ctx: Context, id_: UUID) -> None:
    """The parts are no longer needed."""
    ctx.run("DELETE FROM sys_statement_part WHERE run = $1", [id_])


def say(ctx: Context, id_: UUID, state: State, error: Mapping[str, Any] | None = None) -> None:
    """Say in which state a batch is by now, and why."""
    told = orjson.dumps(error).decode() if error else None
    ctx.run(
        "UPDATE sys_statement_run SET state = $2, error = $3::text::jsonb, stop = false, updated_at = $4 WHERE id = $1",
        [id_, state, told, ctx.now],
    )


def finish(ctx: Context, id_: UUID, sha256: str, size: int) -> None:
    """The batch is done; its file is there."""
    ctx.run("UPDATE sys_statement_run SET sha256 = $2, size = $3::bigint WHERE id = $1", [id_, sha256, size])
    say(ctx, id_, "done")


def stop(ctx: Context, id_: UUID) -> None:
    """Have it end behind the part it is at; one that waits ends at once."""
    ctx.run(
        "UPDATE sys_statement_run SET stop = state = 'running', updated_at = $2,"
        " state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END WHERE id = $1",
        [id_, ctx.now],
    )


def forget_before(ctx: Context, at: datetime) -> list[str]:
    """Forget the batches of all people that ended before a moment; the stored files that held them."""
    over = ctx.run("SELECT id, sha256 FROM sys_statement_run WHERE updated_at < $1", [at])
    files = [sha for _, sha in over if sha]
    for id_, _ in over:
        files += parts(ctx, id_)
    ctx.run("DELETE FROM sys_statement_run WHERE id = ANY($1::uuid[])", [[id_ for id_, _ in over]])
    return files
