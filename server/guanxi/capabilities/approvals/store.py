"""Approvals and their tasks as the workspace keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.infra.errors import NotFound
from guanxi.kit.ids import uuid7

ApprovalState = Literal["pending", "returned", "approved", "rejected", "withdrawn", "failed"]
TaskState = Literal["open", "queued", "approved", "rejected", "returned", "transferred", "cancelled", "read"]
OPEN = ("open", "queued")
NoteKind = Literal[
    "start", "resubmit", "approve", "reject", "auto_approve", "auto_reject", "repeat", "transfer", "add_before",
    "add_after", "add_with", "return", "withdraw", "urge", "comment", "cc", "remind", "escalate", "finish", "fail",
    "hand_on",
]  # fmt: skip


@dataclass
class Approval:
    """One request: what is to be decided, whose it is, and how it stands.

    ``op`` and ``pending`` are the change that is held until it is approved; ``pending`` is None where nothing is held.
    """

    id: UUID
    run: UUID
    flow: UUID
    object: str | None
    record: UUID | None
    op: str
    pending: Mapping[str, Any] | None
    state: ApprovalState
    submitter: UUID | None
    title: str
    submitted_at: datetime
    ended_at: datetime | None
    error: Mapping[str, Any] | None


@dataclass
class Task:
    """What one person is asked at one node. ``position`` is the place among those who decide in turn; ``round`` grows
    when the node is come to again."""

    id: UUID
    approval: UUID
    node: str
    round: int
    position: int
    kind: str
    assignee: UUID
    state: TaskState
    weight: int
    origin: UUID | None
    comment: str | None
    due_at: datetime | None
    created_at: datetime
    acted_at: datetime | None
    acted_by: UUID | None
    urged_at: datetime | None


_APPROVAL = "id, run, flow, object, record, op, pending, state, submitter, title, submitted_at, ended_at, error"
_TASK = (
    "id, approval, node, round, position, kind, assignee, state, weight, origin, comment, due_at, created_at, acted_at,"
    " acted_by, urged_at"
)
MAY_DECIDE = (
    "t.assignee = ANY($1::uuid[]) AND (t.assignee = ($1::uuid[])[1] OR a.submitter IS DISTINCT FROM ($1::uuid[])[1])"
)
"""A task is somebody's to decide, who comes first of those told: their own, or for others unless they submitted it."""


def add(ctx: Context, one: Approval) -> None:
    """Keep a new approval."""
    ctx.run(
        "INSERT INTO sys_approval (id, run, flow, object, record, op, pending, state, submitter, title, submitted_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8, $9, $10, $11)",
        [
            one.id, one.run, one.flow, one.object, one.record, one.op, _json(one.pending), one.state, one.submitter,
            one.title, one.submitted_at,
        ],
    )  # fmt: skip


def of_runs(ctx: Context, runs: Sequence[UUID]) -> dict[UUID, Approval]:
    """The approvals of runs, by the run."""
    rows = ctx.run(f"SELECT {_APPROVAL} FROM sys_approval WHERE run = ANY($1::uuid[])", [list(runs)])
    return {row[1]: Approval(*row) for row in rows}


def runs_with_one(ctx: Context, runs: Sequence[UUID]) -> set[UUID]:
    """Those of some runs that have an approval."""
    return {id_ for (id_,) in ctx.run("SELECT run FROM sys_approval WHERE run = ANY($1::uuid[])", [list(runs)])}


def of_key(ctx: Context, key: str) -> UUID | None:
    """The approval whose run was begun under a key, if there is one."""
    rows = ctx.run("SELECT a.id FROM sys_approval a JOIN sys_run r ON r.id = a.run WHERE r.key = $1", [key])
    return rows[0][0] if rows else None


def absent(id_: UUID) -> NotFound:
    """What is said of an approval that there is none of, and of one that somebody may not know of."""
    return NotFound("approvals.not_found", {"id": str(id_)})


def get(ctx: Context, id_: UUID, *, lock: bool = False) -> Approval:
    """An approval; NotFound when there is none."""
    rows = ctx.run(f"SELECT {_APPROVAL} FROM sys_approval WHERE id = $1{' FOR UPDATE' if lock else ''}", [id_])
    if not rows:
        raise absent(id_)
    return Approval(*rows[0])


def of_record(ctx: Context, object_key: str, record: UUID) -> list[Approval]:
    """The approvals of a record, the last one first."""
    rows = ctx.run(
        f"SELECT {_APPROVAL} FROM sys_approval WHERE record = $1 AND object = $2 ORDER BY submitted_at DESC LIMIT 100",
        [record, object_key],
    )
    return [Approval(*row) for row in rows]


def select(ctx: Context, condition: str, people: Sequence[UUID], after: UUID | None, limit: int) -> list[Approval]:
    """Approvals for which a condition on ``a`` holds, ``$1`` being people in it, the latest first."""
    columns = ", ".join(f"a.{name}" for name in _APPROVAL.split(", "))
    rows = ctx.run(
        f"SELECT {columns} FROM sys_approval a WHERE {condition} AND ($2::uuid IS NULL OR a.id < $2)"
        " ORDER BY a.id DESC LIMIT $3::int",
        [list(people), after, limit],
    )
    return [Approval(*row) for row in rows]


def count_tasks(ctx: Context, people: Sequence[UUID]) -> int:
    """How many tasks people have to decide now."""
    ((found,),) = ctx.run(
        "SELECT count(*) FROM sys_approval_task t JOIN sys_approval a ON a.id = t.approval WHERE t.state = 'open'"
        f" AND t.kind <> 'cc' AND {MAY_DECIDE} AND a.state = 'pending'",
        [list(people)],
    )
    return int(found)


def count(ctx: Context, asked: Sequence[tuple[str, Sequence[UUID]]]) -> Sequence[int]:
    """How many approvals each of some conditions holds for, told as ``select`` is, with its people."""
    counts = [
        f"(SELECT count(*) FROM sys_approval a WHERE {condition.replace('$1', f'${place}')})"
        for place, (condition, _) in enumerate(asked, start=1)
    ]
    ((*found,),) = ctx.run(f"SELECT {', '.join(counts)}", [list(people) for _, people in asked])
    return found


def version_of_run(ctx: Context, run: UUID) -> UUID:
    """The version that a run keeps to."""
    ((version,),) = ctx.run("SELECT version FROM sys_run WHERE id = $1", [run])
    found: UUID = version
    return found


def versions_of_runs(ctx: Context, runs: Sequence[UUID]) -> dict[UUID, UUID]:
    """The versions that runs keep to, by run."""
    rows = ctx.run("SELECT id, version FROM sys_run WHERE id = ANY($1::uuid[])", [list(runs)])
    return dict(rows)


def data_of_run(ctx: Context, run: UUID) -> Mapping[str, Any]:
    """What a run remembers."""
    ((data,),) = ctx.run("SELECT data FROM sys_run WHERE id = $1", [run])
    found: Mapping[str, Any] = data
    return found


def open_tasks(ctx: Context, approvals: Sequence[UUID]) -> dict[UUID, list[Task]]:
    """The tasks of approvals that somebody has to decide, by approval."""
    rows = ctx.run(
        f"SELECT {_TASK} FROM sys_approval_task WHERE approval = ANY($1::uuid[]) AND state = 'open' ORDER BY created_at, id",
        [list(approvals)],
    )
    found: dict[UUID, list[Task]] = {}
    for row in rows:
        found.setdefault(row[1], []).append(Task(*row))
    return found


def set_state(ctx: Context, one: Approval, state: ApprovalState, error: Mapping[str, Any] | None = None) -> None:
    """Note how an approval stands now; open tasks of one that has ended are cancelled."""
    one.state, one.error = state, error
    ended = state not in ("pending", "returned")
    one.ended_at = ctx.now if ended else None
    ctx.run(
        "UPDATE sys_approval SET state = $2, error = $3::text::jsonb, ended_at = $4, pending = $5::text::jsonb,"
        " record = $6 WHERE id = $1",
        [one.id, state, _json(error), one.ended_at, _json(one.pending), one.record],
    )
    if ended or state == "returned":
        ctx.run(
            "UPDATE sys_approval_task SET state = 'cancelled', acted_at = $2 WHERE approval = $1"
            " AND state = ANY($3::text[])",
            [one.id, ctx.now, list(OPEN)],
        )


def tasks(ctx: Context, approval: UUID, node: str | None = None) -> list[Task]:
    """The tasks of an approval, of one node if told, in the order in which they were made."""
    rows = ctx.run(
        f"SELECT {_TASK} FROM sys_approval_task WHERE approval = $1 AND ($2::text IS NULL OR node = $2)"
        " ORDER BY round, position, created_at, id",
        [approval, node],
    )
    return [Task(*row) for row in rows]


def tasks_of(ctx: Context, member: UUID) -> list[Task]:
    """What a member is asked and has not decided."""
    rows = ctx.run(
        f"SELECT {_TASK} FROM sys_approval_task WHERE assignee = $1 AND state = ANY($2::text[]) AND kind <> 'cc'"
        " ORDER BY id",
        [member, list(OPEN)],
    )
    return [Task(*row) for row in rows]


def task(ctx: Context, id_: UUID) -> Task:
    """A task; NotFound when there is none."""
    rows = ctx.run(f"SELECT {_TASK} FROM sys_approval_task WHERE id = $1", [id_])
    if not rows:
        raise NotFound("approvals.no_such_task", {"id": str(id_)})
    return Task(*rows[0])


def new_task(ctx: Context, approval: UUID, node: str, assignee: UUID, **values: Any) -> Task:
    """A task that is not kept yet."""
    made = Task(
        uuid7(), approval, node, 1, 0, "approve", assignee, "open", 1, None, None, None, ctx.now, None, None, None
    )
    for name, value in values.items():
        setattr(made, name, value)
    return made


def keep_tasks(ctx: Context, ones: Sequence[Task]) -> None:
    """Keep new tasks, and what has become of known ones."""
    if not ones:
        return
    names = _TASK.split(", ")
    types = ("uuid", "uuid", "text", "int", "int", "text", "uuid", "text", "int", "uuid", "text", "timestamptz",
             "timestamptz", "timestamptz", "uuid", "timestamptz")  # fmt: skip
    columns = [[getattr(one, name) for one in ones] for name in names]
    places = ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(types, start=1))
    changed = ", ".join(f"{name} = excluded.{name}" for name in names[3:])
    ctx.run(
        f"INSERT INTO sys_approval_task ({_TASK}) SELECT * FROM unnest({places})"
        f" ON CONFLICT (id) DO UPDATE SET {changed}",
        columns,
    )


def note(
    ctx: Context,
    approval: UUID,
    kind: NoteKind,
    *,
    member: UUID | None = None,
    task: UUID | None = None,
    node: str | None = None,
    comment: str | None = None,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Write a line of the approval's history."""
    ctx.run(
        "INSERT INTO sys_approval_note (id, approval, at, kind, member, task, node, comment, more)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb)",
        [uuid7(), approval, ctx.now, kind, member, task, node, comment, _json(more)],
    )


def notes(ctx: Context, approval: UUID) -> list[tuple[Any, ...]]:
    """The history: (at, kind, member, task, node, comment, more), the first one first."""
    return ctx.run(
        "SELECT at, kind, member, task, node, comment, more FROM sys_approval_note WHERE approval = $1 ORDER BY id",
        [approval],
    )


def _json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value, default=str).decode()
