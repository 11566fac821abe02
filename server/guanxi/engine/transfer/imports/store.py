"""Imports as the workspace keeps them: one row of ``sys_import`` each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.infra.errors import NotFound

State = Literal[
    "uploaded", "mapped", "checking", "checked", "running", "done", "cancelled", "failed", "undoing", "undone"
]
BUSY: frozenset[State] = frozenset({"checking", "running", "undoing"})
"""States in which a job is at work."""

_COLUMNS = (
    "id", "object", "file", "file_name", "size", "reading", "columns", "rows_total", "settings", "state", "stop",
    "pass", "position", "done", "counts", "error", "change_set", "language", "created_by", "created_at", "updated_at",
)  # fmt: skip
_JSON = frozenset({"reading", "settings", "counts", "error"})


@dataclass
class Import:
    """One import. ``file`` names the stored content; ``pass_`` and ``position`` say where a run stands."""

    id: UUID
    object: str
    file: str
    file_name: str
    size: int
    reading: Mapping[str, Any]
    columns: list[str]
    rows_total: int
    settings: Mapping[str, Any] | None
    state: State
    stop: bool
    pass_: int
    position: int
    done: int
    counts: dict[str, int]
    error: Mapping[str, Any] | None
    change_set: UUID | None
    language: str
    created_by: UUID | None
    created_at: datetime
    updated_at: datetime = field(repr=False)


def add(ctx: Context, **values: Any) -> Import:
    """Keep a new import of the actor."""
    values |= {
        "language": ctx.language,
        "created_by": ctx.actor.member_id,
        "created_at": ctx.now,
        "updated_at": ctx.now,
    }
    places = ", ".join(_place(name, number) for number, name in enumerate(values, 1))
    ctx.run(f"INSERT INTO sys_import ({', '.join(values)}) VALUES ({places})", _params(values))
    return get(ctx, values["id"])


def get(ctx: Context, id_: UUID, *, lock: bool = False) -> Import:
    """An import of the actor, or of anybody for those who configure the workspace; NotFound otherwise.

    A program sees imports of objects that it may read, and no others.
    With ``lock`` nobody else changes it until the unit of work ends.
    """
    alone = " FOR UPDATE" if lock else ""
    rows = ctx.run(f"SELECT {', '.join(_COLUMNS)} FROM sys_import WHERE id = $1{alone}", [id_])
    if not rows or not _may_see(ctx, rows[0]):
        raise NotFound("transfer.import_not_found", {"id": str(id_)})
    return Import(*rows[0])


def latest(ctx: Context, limit: int = 50) -> list[Import]:
    """The newest imports that the actor may see."""
    everybody = ctx.actor.may("configure")
    in_scope = None if ctx.actor.scopes is None else [key for key in ctx.snapshot.objects if ctx.actor.in_scope(key)]
    rows = ctx.run(
        f"SELECT {', '.join(_COLUMNS)} FROM sys_import WHERE ($1 OR created_by = $2)"
        " AND ($3::text[] IS NULL OR object = ANY($3)) ORDER BY created_at DESC LIMIT $4",
        [everybody, ctx.actor.member_id, in_scope, limit],
    )
    return [Import(*row) for row in rows]


def change(ctx: Context, id_: UUID, **values: Any) -> None:
    """Write new values of an import; ``pass_`` goes by the name of its column, ``pass``."""
    values["updated_at"] = ctx.now
    sets = ", ".join(f"{name} = {_place(name, number)}" for number, name in enumerate(values, 2))
    ctx.run(f"UPDATE sys_import SET {sets} WHERE id = $1", [id_, *_params(values)])


def as_json(one: Import) -> dict[str, Any]:
    """An import as the API shows it."""
    return {
        "id": str(one.id),
        "object": one.object,
        "file": {"name": one.file_name, "size": one.size},
        "reading": one.reading,
        "columns": one.columns,
        "settings": one.settings,
        "state": one.state,
        "progress": {"done": one.done, "total": one.rows_total},
        "counts": {key: one.counts.get(key, 0) for key in ("create", "update", "skip", "error", "unlinked")},
        "change_set": str(one.change_set) if one.change_set else None,
        "created_by": str(one.created_by) if one.created_by else None,
        "created_at": one.created_at.isoformat(),
        "updated_at": one.updated_at.isoformat(),
    }


def _may_see(ctx: Context, row: tuple[Any, ...]) -> bool:
    whose = ctx.actor.may("configure") or row[_COLUMNS.index("created_by")] == ctx.actor.member_id
    return whose and ctx.actor.in_scope(row[_COLUMNS.index("object")])


def _place(name: str, number: int) -> str:
    return f"${number}::text::jsonb" if name in _JSON else f"${number}"


def _params(values: Mapping[str, Any]) -> list[Any]:
    return [
        orjson.dumps(value).decode() if name in _JSON and value is not None else value for name, value in values.items()
    ]
