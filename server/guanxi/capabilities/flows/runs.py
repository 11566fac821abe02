"""Runs and their tokens as the workspace keeps them: begun, claimed whole, written back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from guanxi.capabilities.flows import crowding
from guanxi.capabilities.flows.live import Flow
from guanxi.capabilities.flows.pacing import turns
from guanxi.engine.context import Context
from guanxi.kit.ids import uuid7

State = Literal["running", "waiting", "failed", "done", "stopped", "cancelled", "refused"]
ENDED = frozenset({"done", "stopped", "cancelled", "refused"})
CLAIMED = 500
"""Runs that one unit of work takes in hand."""


@dataclass
class Token:
    """Where a run stands, or one of several places. ``forks`` are the tokens that it was split from, the last one last.

    ``state`` is ``ready``, ``waiting``, ``joined`` or ``failed``; ``wake_at`` is when it goes on by itself, through
    ``port`` if it was waiting.
    """

    id: int
    node: str
    state: str = "ready"
    wake_at: datetime | None = None
    corr: str | None = None
    port: str | None = None
    forks: tuple[int, ...] = ()
    item: Mapping[str, Any] | None = None
    attempts: int = 0
    error: Mapping[str, Any] | None = None
    entered_at: datetime | None = None
    is_new: bool = False
    is_gone: bool = False
    is_changed: bool = False


@dataclass
class Step:
    """A line of a run's record."""

    token: int
    node: str
    outcome: str
    port: str | None
    note: Mapping[str, Any]


@dataclass
class Run:
    """One run in hand, with every token it has."""

    id: UUID
    flow: UUID
    version: UUID
    object: str | None
    record: UUID | None
    state: str
    actor: UUID | None
    starter: UUID | None
    path: Sequence[UUID]
    cause: Mapping[str, Any]
    data: dict[str, Any]
    steps: int
    parent: int | None
    started_at: datetime
    tokens: list[Token] = field(default_factory=list)
    made: list[Step] = field(default_factory=list)
    error: Mapping[str, Any] | None = None

    @property
    def live(self) -> list[Token]:
        """Tokens that have not come to their end."""
        return [one for one in self.tokens if not one.is_gone]

    def note(self, token: Token, outcome: str, port: str | None = None, note: Mapping[str, Any] | None = None) -> None:
        """Write a line of the record."""
        self.made.append(Step(token.id, token.node, outcome, port, note or {}))


@dataclass(frozen=True)
class Begin:
    """A run to be begun. ``key`` is what it is begun for: a run of the same key is begun once."""

    flow: Flow
    key: str
    cause: Mapping[str, Any]
    object: str | None = None
    record: UUID | None = None
    starter: UUID | None = None
    path: tuple[UUID, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    actor: UUID | None = None
    parent: int | None = None
    error: Mapping[str, Any] | None = None
    """Why it is not begun: it is kept as refused."""
    paced: bool = True
    """Whether it waits for its turn when the flow starts very often; not what a person or another run asks for."""


def begin(ctx: Context, asked: Sequence[Begin]) -> list[UUID]:
    """Begin runs with a token at their first node; those whose key is known are left out. Ids of the new ones."""
    if not asked:
        return []
    ids = [uuid7() for _ in asked]
    states = ["refused" if one.error else "running" for one in asked]
    rows = ctx.run(
        "INSERT INTO sys_run (id, flow, version, object, record, state, actor, starter, path, key, cause, data, parent,"
        " error, started_at, ended_at) SELECT v.id, v.flow, v.version, v.object, v.record, v.state, v.actor, v.starter,"
        " v.path::uuid[], v.key, v.cause::jsonb, v.data::jsonb, v.parent, v.error::jsonb, $15,"
        " CASE WHEN v.state = 'refused' THEN $15 END"
        " FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[],"
        " $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::text[])"
        " AS v(id, flow, version, object, record, state, actor, starter, path, key, cause, data, parent, error)"
        " ON CONFLICT (key) DO NOTHING RETURNING id",
        [
            ids, [one.flow.id for one in asked], [one.flow.version.id if one.flow.version else None for one in asked],
            [one.object for one in asked], [one.record for one in asked], states, [one.actor for one in asked],
            [one.starter for one in asked], [_uuids((*one.path, one.flow.id)) for one in asked],
            [one.key for one in asked], [_json(one.cause) for one in asked], [_json(one.data) for one in asked],
            [one.parent for one in asked], [_json(one.error) if one.error else None for one in asked], ctx.now,
        ],
    )  # fmt: skip
    made = {id_ for (id_,) in rows}
    starts = [
        (id_, one)
        for id_, one in zip(ids, asked, strict=True)
        if id_ in made and not one.error and one.flow.version is not None
    ]
    paced = [one for one in starts if one[1].paced]
    waking = dict(zip((id_ for id_, _ in paced), turns(ctx, [one.flow for _, one in paced]), strict=True))
    queued = crowding.waiting(ctx, [(id_, one.flow, one.record) for id_, one in starts])
    ctx.run(
        "INSERT INTO sys_token (run, node, state, wake_at, corr, entered_at)"
        " SELECT v.run, v.node, 'ready', v.wake_at, v.corr, $4"
        " FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $5::text[]) AS v(run, node, wake_at, corr)",
        [
            [id_ for id_, _ in starts],
            [one.flow.version.definition.start if one.flow.version else None for _, one in starts],
            [None if id_ in queued else waking.get(id_, ctx.now) for id_, _ in starts], ctx.now,
            [queued.get(id_) for id_, _ in starts],
        ],
    )  # fmt: skip
    return [id_ for id_ in ids if id_ in made]


_RUN = (
    "r.id, r.flow, r.version, r.object, r.record, r.state, r.actor, r.starter, r.path, r.cause, r.data, r.steps,"
    " r.parent, r.started_at"
)


def due(ctx: Context, idle: Collection[UUID]) -> list[tuple[UUID, UUID | None, tuple[UUID, ...]]]:
    """What waits to be done: (version, actor, path) of runs with a token that is due, the longest due first."""
    rows = ctx.run(
        "SELECT r.version, r.actor, r.path, min(t.wake_at) AS since FROM"
        " (SELECT t.run, t.wake_at FROM sys_token t JOIN sys_run r ON r.id = t.run WHERE t.wake_at <= $1"
        " AND r.flow <> ALL($2::uuid[]) ORDER BY t.wake_at LIMIT 2000) t"
        " JOIN sys_run r ON r.id = t.run GROUP BY r.version, r.actor, r.path ORDER BY since LIMIT 100",
        [ctx.now, list(idle)],
    )
    return [(version, actor, tuple(path)) for version, actor, path, _ in rows]


def claim(ctx: Context, version: UUID, actor: UUID | None, path: Sequence[UUID], limit: int = CLAIMED) -> list[Run]:
    """Runs of a group with a token that is due, locked, with all their tokens; what others hold is left to them."""
    rows = ctx.run(
        f"SELECT {_RUN} FROM sys_run r WHERE r.version = $1 AND r.actor IS NOT DISTINCT FROM $2 AND r.path = $3::uuid[]"
        " AND r.id IN (SELECT t.run FROM sys_token t JOIN sys_run o ON o.id = t.run WHERE t.wake_at <= $4"
        " AND o.version = $1 AND o.actor IS NOT DISTINCT FROM $2 AND o.path = $3::uuid[] ORDER BY t.wake_at LIMIT 10000)"
        " AND r.state IN ('running', 'waiting', 'failed') LIMIT $5::int FOR UPDATE SKIP LOCKED",
        [version, actor, list(path), ctx.now, limit],
    )
    return _with_tokens(ctx, rows)


def take(ctx: Context, ids: Sequence[UUID]) -> list[Run]:
    """These runs, locked in the order of their ids, with all their tokens."""
    rows = ctx.run(f"SELECT {_RUN} FROM sys_run r WHERE r.id = ANY($1::uuid[]) ORDER BY r.id FOR UPDATE", [list(ids)])
    return _with_tokens(ctx, rows)


def _with_tokens(ctx: Context, rows: Iterable[Sequence[Any]]) -> list[Run]:
    found = {row[0]: Run(*row) for row in rows}
    tokens = ctx.run(
        "SELECT run, id, node, state, wake_at, corr, port, forks, item, attempts, error, entered_at FROM sys_token"
        " WHERE run = ANY($1::uuid[]) ORDER BY id",
        [list(found)],
    )
    for run, id_, node, state, wake_at, corr, port, forks, *rest in tokens:
        found[run].tokens.append(Token(id_, node, state, wake_at, corr, port, tuple(forks), *rest))
    return list(found.values())


def split_at(ctx: Context, run: UUID, forks: Sequence[int]) -> dict[int, str]:
    """At which node each of some tokens of a run was split last."""
    rows = ctx.run(
        "SELECT DISTINCT ON (token) token, node FROM sys_run_step WHERE run = $1 AND token = ANY($2::bigint[])"
        " AND outcome = 'fork' ORDER BY token, number DESC",
        [run, list(forks)],
    )
    return dict(rows)


def new_ids(ctx: Context, count: int) -> list[int]:
    """Ids for tokens that are about to be made."""
    rows = ctx.run(
        "SELECT nextval(pg_get_serial_sequence('sys_token', 'id')) FROM generate_series(1, $1::int)", [count]
    )
    return [id_ for (id_,) in rows]


def _json(value: Any) -> str:
    return orjson.dumps(value, default=str).decode()


def _uuids(values: Iterable[UUID]) -> str:
    return "{" + ",".join(str(one) for one in values) + "}"
