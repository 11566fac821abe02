"""Where consumers stand in the change log, and what lies before them.

Rows are committed in another order than they are numbered or begun in, so neither a number nor a transaction's id tells
what is new. A snapshot does: a consumer has been told of what was committed when its snapshot ``seen`` was taken. Each
window reaches from there to a newer snapshot, ``upto``, and is gone through in the order of the rows' numbers, which is
the order of the writes of any one record, since whoever writes a record locks it. A transaction that goes on for long
holds up nothing but its own rows.

Snapshots mean something in the database cluster they were taken in. A workspace that was restored from an archive has
rows of another one, all of them numbered up to ``old``: a window that was open is finished, one more reaches to
everything that came along, and then the consumer goes on from ``resume``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import psycopg
from psycopg import sql

from guanxi.engine.context import Context
from guanxi.engine.feed.consumers import Change

_TOLD = "SELECT c.seq, c.at, c.change_set, c.actor, c.via, c.object, c.record, c.op, c.rev, c.diff::text, s.label::text"
_ROWS = (
    "FROM sys_change c LEFT JOIN sys_change_set s ON s.id = c.change_set"
    " WHERE c.txid >= pg_snapshot_xmin($1::text::pg_snapshot) AND c.txid < pg_snapshot_xmax($2::text::pg_snapshot)"
    " AND NOT pg_visible_in_snapshot(c.txid, $1::text::pg_snapshot)"
    " AND pg_visible_in_snapshot(c.txid, $2::text::pg_snapshot)"
    " AND c.seq > $3 AND c.seq <= coalesce($4, 9223372036854775807)"
)
NOTHING = "3:3:"
"""The snapshot in which no ordinary transaction is seen."""
EVERYTHING = "9223372036854775807:9223372036854775807:"
"""The snapshot in which every transaction is seen."""
_LAST = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM sys_change_seq_seq"


@dataclass
class Place:
    """Where one consumer stands: told of all of ``seen``, and of the window up to ``upto`` as far as ``position``."""

    name: str
    seen: str
    upto: str | None
    position: int
    floor: int
    """Rows up to this number are settled, whatever their transactions are."""
    resume: str | None
    old: int | None

    @property
    def last(self) -> int | None:
        """The highest number that the window may have."""
        return self.old if self.resume else None


def take(ctx: Context, name: str, *, wait: bool = False) -> Place | None:
    """The place of a consumer, locked; None while somebody else is telling it.

    A consumer that is new to a workspace begins with what is committed from now on.
    """
    skip = "" if wait else " SKIP LOCKED"
    for _ in range(2):
        rows = ctx.run(
            f"SELECT seen, upto, position, floor, resume, old FROM sys_consumer WHERE name = $1 FOR UPDATE{skip}",
            [name],
        )
        if rows:
            return Place(name, *rows[0])
        made = ctx.run(
            "INSERT INTO sys_consumer (name, seen, floor, at) VALUES ($1, pg_current_snapshot()::text,"
            f" ({_LAST}), $2) ON CONFLICT (name) DO NOTHING RETURNING name",
            [name, ctx.now],
        )
        if not made:
            return None
    return None


def open_window(ctx: Context, place: Place) -> bool:
    """Have a window in front of the consumer; False when nothing was committed since."""
    if place.upto is not None:
        return True
    upto = EVERYTHING if place.resume else _now(ctx)
    if upto == place.seen:
        return False
    place.upto, place.position = upto, place.floor
    return True


def rows(ctx: Context, place: Place, limit: int, objects: Collection[str] | None = None) -> list[Change]:
    """What the consumer is told next, in order; of some objects alone where ``objects`` names them."""
    only = "" if objects is None else "AND c.object = ANY($6::text[])"
    found = ctx.run(
        f"{_TOLD} {_ROWS} {only} ORDER BY c.seq LIMIT $5::int",
        [place.seen, place.upto, place.position, place.last, limit, *([] if objects is None else [sorted(objects)])],
    )
    return _changes(found)


def move(ctx: Context, place: Place, told: Sequence[Change], limit: int) -> bool:
    """Note that the consumer was told; True when the window may have more, or was one of those before ``resume``."""
    moving_in = place.resume is not None
    if len(told) == limit:
        place.position = told[-1].seq
    elif place.upto == EVERYTHING and place.resume is not None:
        place.seen, place.floor, place.upto = place.resume, place.old or 0, None
        place.resume, place.old = None, None
    else:
        place.seen, place.upto = place.upto or place.seen, None
    ctx.run(
        "UPDATE sys_consumer SET seen = $2, upto = $3, position = $4, floor = $5, resume = $6, old = $7, at = $8"
        " WHERE name = $1",
        [place.name, place.seen, place.upto, place.position, place.floor, place.resume, place.old, ctx.now],
    )
    return place.upto is not None or moving_in


def held(ctx: Context, name: str) -> list[Change]:
    """The changes that a consumer's handler could not bear, in order."""
    found = ctx.run(
        f"{_TOLD} FROM sys_held_change h JOIN sys_change c ON c.seq = h.seq LEFT JOIN sys_change_set s ON s.id = c.change_set"
        " WHERE h.consumer = $1 ORDER BY c.seq",
        [name],
    )
    return _changes(found)


def _changes(found: Sequence[Sequence[Any]]) -> list[Change]:
    """Rows as changes; the label, which those of one change set share, is read once."""
    labels: dict[str | None, Any] = {None: None}
    changes = []
    for row in found:
        diff, label = row[9:]
        if label not in labels:
            labels[label] = orjson.loads(label)
        changes.append(Change(*[*row[:9], orjson.loads(diff), labels[label]]))
    return changes


def back_to(ctx: Context, name: str, after: int) -> None:
    """Put a consumer back behind the row with this number: all later ones are told again."""
    ctx.run(
        "UPDATE sys_consumer SET seen = $2, upto = NULL, position = 0, floor = $3, resume = NULL, old = NULL"
        " WHERE name = $1",
        [name, NOTHING, after],
    )


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a consumer is behind: changes that wait for it, at most ``COUNTED``, and since when the oldest does."""

    name: str
    waiting: int
    since: datetime | None
    held: int
    """Changes that its handler refused, which wait for somebody to have them told again."""


COUNTED = 10_000


def lags(ctx: Context) -> list[Lag]:
    """How far every consumer of the workspace is behind."""
    out = []
    places = ctx.run("SELECT name, seen, upto, position, floor, resume, old FROM sys_consumer ORDER BY name")
    held = dict(ctx.run("SELECT consumer, count(*) FROM sys_held_change GROUP BY consumer"))
    now = _now(ctx)
    for row in places:
        place = Place(*row)
        after = place.position if place.upto else place.floor
        ((waiting, since),) = ctx.run(
            f"SELECT count(*), min(at) FROM (SELECT c.at {_ROWS} LIMIT {COUNTED}) AS waiting",
            [place.seen, EVERYTHING if place.resume else now, after, place.last],
        )
        out.append(Lag(place.name, waiting, since, held.get(place.name, 0)))
    return out


def moved_house(connection: psycopg.Connection, schema: str) -> None:
    """Say that a workspace's rows come from another database cluster, whose snapshots mean nothing here.

    It is said right after the rows were brought in, before anything else is written.
    """
    connection.execute(
        sql.SQL(
            "UPDATE {0}.sys_consumer SET resume = pg_current_snapshot()::text,"
            " old = (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {0}.sys_change_seq_seq)"
        ).format(sql.Identifier(schema))
    )


def _now(ctx: Context) -> str:
    ((snapshot,),) = ctx.run("SELECT pg_current_snapshot()::text")
    return str(snapshot)
