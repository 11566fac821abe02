"""Hand-overs as the workspace keeps them: one row each, its steps while it runs, and what it did to shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from guanxi.capabilities.hand_over.asked import HandOver
from guanxi.capabilities.hand_over.checking import RIGHT
from guanxi.capabilities.hand_over.planning import Item, Op
from guanxi.engine.context import Context
from guanxi.engine.records.share_moves import MemberShare, Moved
from guanxi.infra.errors import NotFound

State = Literal["checking", "checked", "running", "done", "cancelled", "failed", "undoing", "undone"]
BUSY: frozenset[State] = frozenset({"checking", "running", "undoing"})
"""States in which a job is at work."""
MOST_REFUSED = 200
"""Refused records that are kept with their reasons."""

_SELECT = (
    "SELECT id, giver, asked, state, stop, done, total, counts, refused, error, change_set, language, created_by,"
    " created_at FROM sys_hand_over"
)


@dataclass
class Stored:
    """One hand-over; ``done`` of ``total`` steps are behind it."""

    id: UUID
    giver: UUID
    asked: Mapping[str, Any]
    state: State
    stop: bool
    done: int
    total: int
    counts: dict[str, Any]
    refused: list[dict[str, Any]]
    error: Mapping[str, Any] | None
    change_set: UUID | None
    language: str
    created_by: UUID | None
    created_at: datetime

    @property
    def what(self) -> HandOver:
        """What was asked for."""
        return HandOver.from_json(self.asked)


def add(ctx: Context, id_: UUID, asked: HandOver, state: State, items: Sequence[Item], change_set: UUID | None) -> None:
    """Keep a new hand-over of the actor with its steps; checks of the same giver that the actor made before are gone."""
    ctx.run(
        "DELETE FROM sys_hand_over WHERE created_by = $1 AND giver = $2 AND (state = 'checked' OR state IN ('failed',"
        " 'cancelled') AND change_set IS NULL)",
        [ctx.author, asked.member],
    )
    ctx.run(
        "INSERT INTO sys_hand_over (id, giver, asked, state, total, change_set, language, created_by, created_at,"
        " updated_at) VALUES ($1, $2, $3::text::jsonb, $4, $5::int, $6, $7, $8, $9, $9)",
        [
            id_, asked.member, _json(asked.to_json()), state, len(items), change_set, ctx.language, ctx.author, ctx.now,
        ],
    )  # fmt: skip
    ctx.run(
        "INSERT INTO sys_hand_over_item (hand_over, number, part, op, record, receiver)"
        " SELECT $1, v.number, v.part, v.op, v.record, v.receiver"
        " FROM unnest($2::int[], $3::text[], $4::text[], $5::uuid[], $6::uuid[]) AS v(number, part, op, record, receiver)",
        [
            id_, list(range(len(items))), [one.part for one in items], [one.op for one in items],
            [one.record for one in items], [one.to for one in items],
        ],
    )  # fmt: skip


def get(ctx: Context, id_: UUID, *, lock: bool = False) -> Stored:
    """A hand-over of the actor, or of anybody for who manages members; NotFound otherwise.

    With ``lock`` nobody else changes it until the unit of work ends.
    """
    rows = ctx.run(_SELECT + " WHERE id = $1" + (" FOR UPDATE" if lock else ""), [id_])
    if not rows or not (ctx.actor.may(RIGHT) or rows[0][-2] == ctx.actor.member_id):
        raise NotFound("hand_over.not_found", {"id": str(id_)})
    return Stored(*rows[0])


def of_change_set(ctx: Context, change_set: UUID) -> Stored | None:
    """The hand-over that wrote a change set."""
    rows = ctx.run(_SELECT + " WHERE change_set = $1 AND state <> 'checking'", [change_set])
    return Stored(*rows[0]) if rows else None


def latest(ctx: Context, giver: UUID | None, limit: int = 50) -> list[Stored]:
    """The newest hand-overs that the actor may see, of one giver or of all; checks are not among them."""
    rows = ctx.run(
        _SELECT + " WHERE change_set IS NOT NULL AND ($1 OR created_by = $2) AND ($3::uuid IS NULL OR giver = $3)"
        " ORDER BY created_at DESC LIMIT $4::int",
        [ctx.actor.may(RIGHT), ctx.actor.member_id, giver, limit],
    )
    return [Stored(*row) for row in rows]


def say(ctx: Context, id_: UUID, state: State, *, error: Mapping[str, Any] | None = None) -> None:
    """Another state, with the reason of a failure."""
    ctx.run(
        "UPDATE sys_hand_over SET state = $2, error = $3::text::jsonb, stop = false, updated_at = $4 WHERE id = $1",
        [id_, state, None if error is None else _json(error), ctx.now],
    )


def set_done(ctx: Context, id_: UUID, done: int) -> None:
    """Keep how many steps are behind it."""
    ctx.run(
        "UPDATE sys_hand_over SET done = least($2::int, total), updated_at = $3 WHERE id = $1", [id_, done, ctx.now]
    )


def tell_undo(ctx: Context, id_: UUID, done: int) -> None:
    """Keep how far an undo is; waits for nobody, so that the undo itself may end meanwhile."""
    ctx.run(
        "UPDATE sys_hand_over SET done = least($2::int, total), updated_at = $3 WHERE id = (SELECT id FROM sys_hand_over"
        " WHERE id = $1 AND state = 'undoing' FOR UPDATE SKIP LOCKED)",
        [id_, done, ctx.now],
    )


def stop(ctx: Context, id_: UUID) -> None:
    """Have the run end behind the batch it is at."""
    ctx.run("UPDATE sys_hand_over SET stop = true WHERE id = $1", [id_])


def advance(ctx: Context, one: Stored) -> None:
    """Keep how far it is and what was counted."""
    ctx.run(
        "UPDATE sys_hand_over SET done = $2::int, counts = $3::text::jsonb, refused = $4::text::jsonb, updated_at = $5"
        " WHERE id = $1",
        [one.id, one.done, _json(one.counts), _json(one.refused[:MOST_REFUSED]), ctx.now],
    )


def items(ctx: Context, one: Stored, limit: int) -> list[Item]:
    """The next steps."""
    rows = ctx.run(
        "SELECT part, op, record, receiver FROM sys_hand_over_item WHERE hand_over = $1 AND number >= $2::int"
        " ORDER BY number LIMIT $3::int",
        [one.id, one.done, limit],
    )
    return [Item(part, _op(op), record, receiver) for part, op, record, receiver in rows]


def forget_items(ctx: Context, id_: UUID) -> None:
    """Drop the steps of one that is over."""
    ctx.run("DELETE FROM sys_hand_over_item WHERE hand_over = $1", [id_])


def keep_shares(ctx: Context, id_: UUID, moved: Iterable[Moved]) -> None:
    """Keep what was done to shares, so that it can be put back to the letter."""
    told = [(_told(one.before), _told(one.after)) for one in moved]
    ctx.run(
        "INSERT INTO sys_hand_over_share (hand_over, before, after)"
        " SELECT $1, v.before::jsonb, v.after::jsonb FROM unnest($2::text[], $3::text[]) WITH ORDINALITY"
        " AS v(before, after, place) ORDER BY v.place",
        [id_, [before for before, _ in told], [after for _, after in told]],
    )


def kept_shares(ctx: Context, id_: UUID) -> list[Moved]:
    """What was done to shares, in its order."""
    rows = ctx.run("SELECT before, after FROM sys_hand_over_share WHERE hand_over = $1 ORDER BY number", [id_])
    return [Moved(_share(before), _share(after)) for before, after in rows]


def _told(share: MemberShare | None) -> str | None:
    return None if share is None else _json(asdict(share))


def _share(data: Mapping[str, Any] | None) -> MemberShare | None:
    if data is None:
        return None
    ids = {key: data[key] and UUID(data[key]) for key in ("id", "record", "member", "created_by")}
    moments = {key: data[key] and datetime.fromisoformat(data[key]) for key in ("created_at", "expires_at")}
    return MemberShare(**{**data, **ids, **moments})


def _op(text: str) -> Op:
    return "give" if text == "give" else "end" if text == "end" else "drop"


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
