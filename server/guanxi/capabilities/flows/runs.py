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
IN_SIGHT = 10_000
"""Tokens that are due, of which units of work are made at once."""


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
    given: Mapping[str, Any] | None = None
    """What its step was given in this visit, as far as it is not the same for every run."""


@dataclass
class Step:
    """A line of a run's record."""

    token: int
    node: str
    outcome: str
    port: str | None
    note: Mapping[str, Any]
    given: Mapping[str, Any] | None = None
    gave: Mapping[str, Any] | None = None
    item: Mapping[str, Any] | None = None


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

    def note(
        self,
        token: Token,
        outcome: str,
        port: str | None = None,
        note: Mapping[str, Any] | None = None,
        gave: Mapping[str, Any] | None = None,
    ) -> None:
        """Write a line of the record: with what the step was given, if this was a visit of one, and what it ``gave``."""
        self.made.append(Step(token.id, token.node, outcome, port, note or {}, token.given, gave, token.item))
        token.given = None


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
    rows = ctx.run(
        "INSERT INTO sys_run (id, flow, version, object, record, state, actor, starter, path, key, cause, data, parent,"
        " error, started_at, ended_at) SELECT v.id, v.flow, v.version, v.object, v.record, v.state, v.actor, v.starter,"
        " v.path, v.key, v.cause, v.data, v.parent, v.error, $2, CASE WHEN v.state = 'refused' THEN $2 END"
        " FROM json_to_recordset($1::text::json) AS v(id uuid, flow uuid, version uuid, object text, record uuid,"
        " state text, actor uuid, starter uuid, path uuid[], key text, cause jsonb, data jsonb, parent bigint, error jsonb)"
        " ON CONFLICT (key) DO NOTHING RETURNING id",
        [
            _json([
                {
                    "id": id_, "flow": one.flow.id, "version": one.flow.version.id if one.flow.version else None,
                    "object": one.object, "record": one.record, "state": "refused" if one.error else "running",
                    "actor": one.actor, "starter": one.starter, "path": [*one.path, one.flow.id], "key": one.key,
                    "cause": one.cause, "data": one.data, "parent": one.parent, "error": one.error,
                }
                for id_, one in zip(ids, asked, strict=True)
            ]),
            ctx.now,
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
        " SELECT v.run, v.node, 'ready', v.wake_at, v.corr, $2 FROM json_to_recordset($1::text::json)"
        " AS v(run uuid, node text, wake_at timestamptz, corr text)",
        [
            _json([
                {
                    "run": id_, "node": one.flow.version.definition.start if one.flow.version else None,
                    "wake_at": None if id_ in queued else waking.get(id_, ctx.now), "corr": queued.get(id_),
                }
                for id_, one in starts
            ]),
            ctx.now,
        ],
    )  # fmt: skip
    return [id_ for id_ in ids if id_ in made]


_RUN = (
    "r.id, r.flow, r.version, r.object, r.record, r.state, r.actor, r.starter, r.path, r.cause::text, r.data::text, r.steps,"
    " r.parent, r.started_at"
)


def due(ctx: Context, idle: Collection[UUID]) -> list[tuple[UUID | None, list[UUID]]]:
    """What waits to be done, the longest due first: runs with a token that is due, in parts that one unit of work takes
    in hand, each with its actor. Runs of one version and one chain of causes are in one part as far as they have room.
    """
    rows = ctx.run(
        "SELECT r.actor, array_agg(t.run ORDER BY t.wake_at), min(t.wake_at) AS since FROM"
        " (SELECT t.run, t.wake_at FROM sys_token t JOIN sys_run r ON r.id = t.run WHERE t.wake_at <= $1"
        " AND r.flow <> ALL($2::uuid[]) AND r.state IN ('running', 'waiting', 'failed') ORDER BY t.wake_at LIMIT $3::int) t"
        " JOIN sys_run r ON r.id = t.run GROUP BY r.actor, r.version, r.path ORDER BY since",
        [ctx.now, list(idle), IN_SIGHT],
    )
    parts: list[tuple[UUID | None, list[UUID]]] = []
    open_parts: dict[UUID | None, list[UUID]] = {}
    for actor, found, _ in rows:
        ids = list(dict.fromkeys(found))
        for start in range(0, len(ids), CLAIMED):
            some, part = ids[start : start + CLAIMED], open_parts.get(actor)
            if part is None or len(part) + len(some) > CLAIMED:
                part = open_parts[actor] = []
                parts.append((actor, part))
            part.extend(some)
    return parts


def claim(ctx: Context, ids: Sequence[UUID], actor: UUID | None, idle: Collection[UUID]) -> list[Run]:
    """Those of some runs of an actor that have a token that is still due, locked, with all their tokens; what others hold
    is left to them.
    """
    rows = ctx.run(
        f"SELECT {_RUN} FROM sys_run r WHERE r.id = ANY($1::uuid[]) AND r.actor IS NOT DISTINCT FROM $2"
        " AND r.flow <> ALL($3::uuid[]) AND r.state IN ('running', 'waiting', 'failed')"
        " AND EXISTS (SELECT 1 FROM sys_token t WHERE t.run = r.id AND t.wake_at <= $4) FOR UPDATE OF r SKIP LOCKED",
        [list(ids), actor, list(idle), ctx.now],
    )
    return _with_tokens(ctx, rows)


def take(ctx: Context, ids: Sequence[UUID]) -> list[Run]:
    """These runs, locked in the order of their ids, with all their tokens."""
    rows = ctx.run(f"SELECT {_RUN} FROM sys_run r WHERE r.id = ANY($1::uuid[]) ORDER BY r.id FOR UPDATE", [list(ids)])
    return _with_tokens(ctx, rows)


def _with_tokens(ctx: Context, rows: Iterable[Sequence[Any]]) -> list[Run]:
    found = {row[0]: Run(*row) for row in rows}
    for one in found.values():
        one.cause, one.data = orjson.loads(str(one.cause)), orjson.loads(str(one.data))
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
