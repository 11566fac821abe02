"""The configurations that were applied, and taking one back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from typing_extensions import TypedDict

from guanxi.engine.audit import note as note_deed
from guanxi.engine.bundles.files import permit
from guanxi.engine.bundles.items import sections
from guanxi.engine.bundles.records import RecordSection
from guanxi.engine.context import Context
from guanxi.engine.design import apply as apply_design
from guanxi.engine.design import log
from guanxi.engine.records import undo
from guanxi.engine.records.titles import reference, titles
from guanxi.infra.errors import Conflict, NotFound
from guanxi.infra.http.shapes import Id, Instant
from guanxi.kit.ids import uuid7


class AppliedConfiguration(TypedDict):
    """A configuration that was applied; ``counts`` are things by ``section.added``, ``.changed`` and ``.removed``."""

    id: Id
    at: Instant
    actor: dict[str, Any] | None
    via: str
    source: str
    counts: dict[str, int]
    rolled_back: bool


def note(ctx: Context, change: UUID | None, counts: Mapping[str, int], source: str) -> UUID:
    """Note what was applied in this unit of work, so that it can be rolled back as one."""
    id_ = uuid7()
    ctx.run(
        "INSERT INTO sys_bundle (id, at, actor, via, source, counts, change, change_set)"
        " VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8)",
        [
            id_, ctx.now, ctx.author, ctx.via, source[:200], orjson.dumps(dict(counts)).decode(), change,
            ctx.change_set if ctx.counts else None,
        ],
    )  # fmt: skip
    note_deed(ctx, "configuration_apply", details={"change": id_, "source": source, "counts": dict(counts)})
    return id_


def listed(ctx: Context, limit: int) -> list[AppliedConfiguration]:
    """What was applied, latest first."""
    permit(ctx)
    rows = ctx.run(
        "SELECT id, at, actor, via, source, counts, rolled_back_at IS NOT NULL FROM sys_bundle ORDER BY id DESC LIMIT $1::int",
        [limit],
    )
    found = titles(ctx, {("member", row[2]) for row in rows if row[2]})
    return [
        {
            "id": str(id_), "at": at.isoformat().replace("+00:00", "Z"),
            "actor": reference(found, "member", actor) if actor else None, "via": via, "source": source,
            "counts": counts, "rolled_back": rolled_back,
        }
        for id_, at, actor, via, source, counts, rolled_back in rows
    ]  # fmt: skip


def _written_as_system(ctx: Context) -> set[str]:
    """Objects whose records a configuration writes with the system's rights: they go back as they came."""
    mine = (one for one in sections() if isinstance(one, RecordSection) and ctx.actor.may(one.right))
    return {one.object for one in mine if one.written(ctx).actor.is_system}


def roll_back(ctx: Context, id_: UUID) -> None:
    """Take an applied configuration back: its records first, then its changes of objects, fields and components.

    NotFound for one that never was; Conflict when it was taken back already, or when something of it was changed since.
    """
    permit(ctx)
    rows = ctx.run("SELECT change, change_set, rolled_back_at, source FROM sys_bundle WHERE id = $1 FOR UPDATE", [id_])
    if not rows:
        raise NotFound("bundles.no_such_application", {"id": str(id_)})
    change, change_set, rolled_back_at, source = rows[0]
    if rolled_back_at is not None:
        raise Conflict("bundles.rolled_back_already")
    if change_set is not None:
        undo.undo(ctx, change_set, lent=_written_as_system(ctx))
    if change is not None:
        label = {"code": "bundles.roll_back_label", "params": {}}
        apply_design(ctx, log.inverse_of(ctx, change), label=label, undoes=change)
    ctx.run("UPDATE sys_bundle SET rolled_back_at = $2 WHERE id = $1", [id_, ctx.now])
    note_deed(ctx, "configuration_roll_back", details={"change": id_, "source": source})
