"""Back-tests as the workspace keeps them: asked for, at work, with what came of them. Each is its asker's alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.infra.errors import NotFound

State = Literal["waiting", "running", "done", "failed", "cancelled"]
GOING_ON = frozenset({"waiting", "running"})
KEPT = 10
"""Back-tests of a flow that are kept for each person."""
DEAD = timedelta(minutes=15)
"""One that has told nothing for so long is at an end."""


@dataclass(frozen=True)
class Stored:
    """One back-test; ``asks`` is the definition that is tried, over how many days, and of which version (None: a draft)."""

    id: UUID
    flow: UUID
    asks: Mapping[str, Any]
    state: State
    stop: bool
    done: int
    total: int
    result: Mapping[str, Any] | None
    error: Mapping[str, Any] | None
    created_at: datetime
    updated_at: datetime


_NAMES = "id, flow, asks, state, stop, done, total, result, error, created_at, updated_at"
_SHORT = _NAMES.replace("result", "NULL").replace("asks", "asks - 'definition'")


def add(ctx: Context, id_: UUID, flow: UUID, asks: Mapping[str, Any]) -> None:
    """Keep one that is asked for; the oldest of the same person and flow are thrown away."""
    ctx.run(
        "INSERT INTO sys_backtest (id, flow, asked_by, asks, state, created_at, updated_at)"
        " VALUES ($1, $2, $3, $4::text::jsonb, 'waiting', $5, $5)",
        [id_, flow, ctx.author, orjson.dumps(asks).decode(), ctx.now],
    )
    ctx.run(
        "DELETE FROM sys_backtest WHERE flow = $1 AND asked_by = $2 AND state NOT IN ('waiting', 'running') AND id NOT IN"
        " (SELECT id FROM sys_backtest WHERE flow = $1 AND asked_by = $2 ORDER BY id DESC LIMIT $3::int)",
        [flow, ctx.author, KEPT],
    )


def get(ctx: Context, id_: UUID) -> Stored:
    """One of the actor's own; NotFound for any other."""
    rows = ctx.run(f"SELECT {_NAMES} FROM sys_backtest WHERE id = $1 AND asked_by = $2", [id_, ctx.author])
    if not rows:
        raise NotFound("flows.no_such_backtest", {"id": str(id_)})
    return Stored(*rows[0])


def of_flow(ctx: Context, flow: UUID) -> list[Stored]:
    """The actor's own of a flow, the last one first, without what came of them."""
    rows = ctx.run(
        f"SELECT {_SHORT} FROM sys_backtest WHERE flow = $1 AND asked_by = $2 ORDER BY id DESC LIMIT {KEPT}",
        [flow, ctx.author],
    )
    return [Stored(*row) for row in rows]


def at_work(ctx: Context, id_: UUID, done: int, total: int) -> bool:
    """Tell how far it is; whether it is to go on."""
    rows = ctx.run(
        "UPDATE sys_backtest SET state = 'running', done = $2, total = $3, updated_at = $4 WHERE id = $1"
        " AND state IN ('waiting', 'running') RETURNING stop",
        [id_, done, total, ctx.now],
    )
    return bool(rows) and not rows[0][0]


def end(
    ctx: Context,
    id_: UUID,
    state: State,
    result: Mapping[str, Any] | None = None,
    error: Mapping[str, Any] | None = None,
) -> None:
    """Say how it ended."""
    ctx.run(
        "UPDATE sys_backtest SET state = $2, result = $3::text::jsonb, error = $4::text::jsonb, updated_at = $5,"
        " done = CASE WHEN $2 = 'done' THEN total ELSE done END WHERE id = $1 AND state IN ('waiting', 'running')",
        [
            id_, state, orjson.dumps(result).decode() if result is not None else None,
            orjson.dumps(error).decode() if error is not None else None, ctx.now,
        ],
    )  # fmt: skip


def stop(ctx: Context, id_: UUID) -> None:
    """Have it end soon: one that waits at once, one at work when it next tells how far it is."""
    ctx.run(
        "UPDATE sys_backtest SET stop = true, state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END"
        " WHERE id = $1",
        [id_],
    )
