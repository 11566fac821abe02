"""Taking back a change of very many records: a job does it, in one transaction like any undo, and tells how far it is.

What is told stands in ``sys_undo`` and is written beside that transaction; only its end is written with it. A job that
dies has changed nothing and begins anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Literal
from uuid import UUID

import orjson
import psycopg

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.acting import acting_or_told, order_of
from guanxi.engine.context import CatalogMoved, Context, Origin, Workspace, work
from guanxi.engine.records import undo
from guanxi.infra.database.beside import beside
from guanxi.infra.errors import Conflict, NotFound, Refusal
from guanxi.infra.jobs import enqueue, job

FROM = 5000
"""A change of more records than this is taken back by a job."""
TOLD_SECONDS = 1.0
DEAD = timedelta(minutes=10)
"""A job that has not told anything for so long was given up."""

State = Literal["none", "waiting", "running", "done", "failed"]
Opening = Callable[..., AbstractContextManager[Context]]

log = logging.getLogger("guanxi.records")


@dataclass(frozen=True)
class Progress:
    """How far an undo is: ``done`` of ``total`` writes. ``undone`` and ``conflicts`` count records once it is over."""

    state: State = "none"
    total: int = 0
    done: int = 0
    undone: int = 0
    conflicts: int = 0
    error: Mapping[str, Any] | None = None
    change_set: UUID | None = None
    """The change set that the undo itself is."""


def writes_of(ctx: Context, change_set: UUID) -> int:
    """How many writes a change set has; 0 when there is none."""
    rows = ctx.run("SELECT value::int FROM sys_change_set, jsonb_each_text(counts) WHERE id = $1", [change_set])
    return sum(count for (count,) in rows)


def is_long(ctx: Context, change_set: UUID) -> bool:
    """Whether a job has to take it back."""
    return writes_of(ctx, change_set) > FROM


def begin(ctx: Context, change_set: UUID, *, skip_conflicts: bool) -> Progress:
    """Queue the undo of a change set, with the rights that the actor has when it runs and no more than now.

    Conflict while it is being undone or was undone already.
    """
    if _visible(ctx, change_set) is not None:
        raise Conflict("records.already_undone", {"id": str(change_set)})
    total = writes_of(ctx, change_set)
    begun = ctx.run(
        "INSERT INTO sys_undo AS u (change_set, member, state, total, at) VALUES ($1, $2, 'waiting', $3, $4)"
        " ON CONFLICT (change_set) DO UPDATE SET member = $2, state = 'waiting', total = $3, at = $4, done = 0,"
        " undone = 0, conflicts = 0, error = NULL WHERE u.state IN ('done', 'failed') OR u.at < $5 RETURNING 1",
        [change_set, ctx.actor.member_id, total, ctx.now, ctx.now - DEAD],
    )
    if not begun:
        raise Conflict("records.undo_running", {"id": str(change_set)})
    payload = {
        "workspace": ctx.workspace.id, **order_of(ctx.actor), "change_set": str(change_set),
        "skip_conflicts": skip_conflicts, "language": ctx.language,
        "origin": {**asdict(ctx.origin), "key_id": ctx.origin.key_id and str(ctx.origin.key_id)},
    }  # fmt: skip
    enqueue("records.undo", payload)
    return Progress("waiting", total)


def progress(ctx: Context, change_set: UUID) -> Progress:
    """How far the undo of a change set is that a job takes back; NotFound for whom it does not concern."""
    _visible(ctx, change_set)
    rows = ctx.run(
        "SELECT state, total, done, undone, conflicts, error, by_change_set FROM sys_undo WHERE change_set = $1",
        [change_set],
    )
    return Progress(*rows[0]) if rows else Progress()


def _visible(ctx: Context, change_set: UUID) -> UUID | None:
    """By what the change set was undone; NotFound unless it is the actor's own or they may see the audit."""
    rows = ctx.run("SELECT actor, undone_by FROM sys_change_set WHERE id = $1", [change_set])
    if not rows or (rows[0][0] != ctx.actor.member_id and not ctx.actor.may("audit")):
        raise NotFound("records.change_set_not_found", {"id": str(change_set)})
    undone_by: UUID | None = rows[0][1]
    return undone_by


@job("records.undo")
def undo_job(payload: Mapping[str, Any]) -> None:
    """Take a change set back; payload as of ``begin``. An undo that fails has changed nothing, and says why."""
    change_set = UUID(payload["change_set"])
    found = acting_or_told(payload, lambda place, refusal: _fail(place, change_set, refusal.code, refusal.params))
    if found is None:
        return
    workspace, actor = found
    open_work = partial(work, workspace, actor, via="undo", language=payload["language"], origin=_origin(payload))
    while True:
        try:
            _take_back(open_work, workspace, change_set, skip_conflicts=bool(payload["skip_conflicts"]))
        except CatalogMoved:  # somebody changed the object meanwhile
            continue
        except Refusal as refusal:
            _fail(workspace, change_set, refusal.code, refusal.params)
        except psycopg.OperationalError:
            raise
        except Exception:
            log.exception("undo of %s failed", change_set)
            _fail(workspace, change_set, "records.undo_failed", {})
        return


def _origin(payload: Mapping[str, Any]) -> Origin:
    told = payload["origin"]
    return Origin(**{**told, "key_id": UUID(told["key_id"]) if told.get("key_id") else None})


def _take_back(open_work: Opening, workspace: Workspace, change_set: UUID, *, skip_conflicts: bool) -> None:
    _tell(workspace, change_set, 0)
    with open_work(label={"undo": str(change_set)}) as ctx:
        if not alone(ctx, change_set, "SELECT 1 FROM sys_undo WHERE change_set = $1 AND state = 'running'"):
            return
        with watched(ctx, partial(_tell, workspace, change_set)):
            done = undo.undo(ctx, change_set, skip_conflicts=skip_conflicts)
        ctx.run(
            "UPDATE sys_undo SET state = 'done', done = total, undone = $2, conflicts = $3, by_change_set = $4, at = $5"
            " WHERE change_set = $1",
            [change_set, done.undone, len(done.conflicts), ctx.change_set, ctx.now],
        )


def alone(ctx: Context, key: UUID, still: str) -> bool:
    """Whether this transaction is the only one at work on something that still has to be done.

    Two workers may hold a job for a moment after one was thought dead: the second waits, and finds nothing left.
    """
    ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [str(key)])
    return bool(ctx.run(still, [key]))


@contextmanager
def watched(ctx: Context, tell: Callable[[int], None]) -> Iterator[None]:
    """Tell every now and then how many writes the unit of work has made so far."""
    with beside(lambda: tell(sum(dict(ctx.counts).values())), TOLD_SECONDS):
        yield


def _tell(workspace: Workspace, change_set: UUID, done: int) -> None:
    with work(workspace, SYSTEM, via="job") as ctx:
        ctx.run(
            "UPDATE sys_undo SET state = 'running', done = least($2, total), at = $3"
            " WHERE change_set = $1 AND state IN ('waiting', 'running')",
            [change_set, done, ctx.now],
        )


def _fail(workspace: Workspace, change_set: UUID, code: str, params: Mapping[str, Any]) -> None:
    told = {name: value for name, value in params.items() if name != "conflicts"}
    with work(workspace, SYSTEM, via="job") as ctx:
        ctx.run(
            "UPDATE sys_undo SET state = 'failed', conflicts = $2, error = $3::text::jsonb, at = $4 WHERE change_set = $1",
            [change_set, _conflicts(params), orjson.dumps({"code": code, "params": told}).decode(), ctx.now],
        )


def _conflicts(params: Mapping[str, Any]) -> int:
    return int(params["count"]) if "conflicts" in params else 0
