"""The log of configuration: what was changed, by whom, and how it is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.engine.records.titles import reference, titles
from guanxi.infra.errors import Conflict, NotFound


def write(
    ctx: Context,
    id_: UUID,
    *,
    changes: Sequence[Mapping[str, Any]],
    inverse: Sequence[Mapping[str, Any]] | None,
    version: int,
    label: Mapping[str, Any] | None,
    undoes: UUID | None,
) -> None:
    """Note a change that was made."""
    ctx.cursor.execute(
        "INSERT INTO sys_configuration_change (id, at, actor, via, label, changes, inverse, version, undoes)"
        " VALUES ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb, $7::text::jsonb, $8, $9)",
        [
            id_, ctx.now, ctx.author, ctx.via, _json(label), _json(list(changes)),
            None if inverse is None else _json(list(inverse)), version, undoes,
        ],
    )  # fmt: skip
    names = [
        f"{one.get('op', '')} {one.get('key') or one.get('object') or one.get('id') or ''}".strip() for one in changes
    ]
    details = {"change": id_, "what": names, "sha256": sha256((_json(list(changes)) or "").encode()).hexdigest()}
    note(ctx, "configuration", details=details)
    if undoes:
        ctx.cursor.execute("UPDATE sys_configuration_change SET undone_by = $2 WHERE id = $1", [undoes, id_])


def inverse_of(ctx: Context, id_: UUID) -> list[dict[str, Any]]:
    """The changes that take a change back; Conflict when it was taken back already or cannot be."""
    row = ctx.cursor.execute("SELECT inverse, undone_by FROM sys_configuration_change WHERE id = $1", [id_]).fetchone()
    if row is None:
        raise NotFound("design.no_such_change", {"change": str(id_)})
    inverse, undone_by = row
    if undone_by is not None:
        raise Conflict("design.rolled_back_already")
    if inverse is None:
        raise Conflict("design.cannot_roll_back")
    return inverse


def listed(ctx: Context, limit: int, before: UUID | None = None, about: UUID | None = None) -> list[dict[str, Any]]:
    """Changes, latest first, of everything or of one object, field or component."""
    rows = ctx.cursor.execute(
        "SELECT id, at, actor, via, label, changes, inverse IS NOT NULL AND undone_by IS NULL, undoes, undone_by, version"
        " FROM sys_configuration_change WHERE ($1::uuid IS NULL OR id < $1)"
        " AND ($2::text IS NULL OR changes @> jsonb_build_array(jsonb_build_object('id', $2))"
        " OR changes @> jsonb_build_array(jsonb_build_object('object', $2))) ORDER BY id DESC LIMIT $3::int",
        [before, str(about) if about else None, limit],
    ).fetchall()
    found = titles(ctx, {("member", row[2]) for row in rows if row[2]})
    return [
        {
            "id": str(id_), "at": at.isoformat().replace("+00:00", "Z"),
            "actor": reference(found, "member", actor) if actor else None, "via": via, "label": label,
            "changes": changes, "can_roll_back": can, "undoes": str(undoes) if undoes else None,
            "undone_by": str(undone_by) if undone_by else None, "version": version,
        }
        for id_, at, actor, via, label, changes, can, undoes, undone_by, version in rows
    ]  # fmt: skip


def last_change_of(ctx: Context, id_: str) -> dict[str, Any]:
    """Who changed something last, and when; empty texts when nobody here did."""
    row = ctx.cursor.execute(
        "SELECT actor, at, id FROM sys_configuration_change"
        " WHERE changes @> jsonb_build_array(jsonb_build_object('id', $1::text)) ORDER BY id DESC LIMIT 1",
        [id_],
    ).fetchone()
    if row is None:
        return {"by": "", "at": "", "change": None}
    actor, at, change = row
    name = titles(ctx, {("member", actor)}).get(("member", actor)) if actor else None
    return {"by": name or "", "at": at.isoformat().replace("+00:00", "Z"), "change": str(change)}


def _json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value).decode()
