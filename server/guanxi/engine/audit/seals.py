"""Sealing the change log: an entry of the audit log vouches for a block of rows of ``sys_change``.

The change log takes thousands of rows a second, too many to chain one by one in the transactions that write them. A job
comes by every few minutes instead, and so does whoever verifies the log. What was written since is put into blocks of at
most ``BLOCK`` rows. A row's line is the text that PostgreSQL gives of the JSON array

    [seq, microseconds since 1970, change set, actor, via, object, record, op, rev, diff, ip, agent, session, key]

whose last four come from the row's change set, as does a fifth, the id of the key, where there is one. A block's digest is the SHA-256 over its rows in the order of ``seq``,
each as ``seq`` in 8 bytes, the highest first, and the SHA-256 of its line. The digest stands in an entry of kind
``change_seal``; beside the chain, in ``sys_audit_seal``, stands which rows these are and 8 bytes of each one's digest,
which vouch for nothing but say which row it is when a block no longer fits.

Rows are committed in another order than they are numbered in, so a block has whichever rows are there, and those that
turn up between them later belong to a later block. How far down the next run has to look is its ``floor``: a number up to
which no transaction can add a row any more. Each run notes the last number that was given and, after it, its own
transaction. Every transaction that is younger took its numbers later; once all older ones have ended, nothing more can
come up to that number, and a row that turns up there was put there by somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from struct import Struct
from typing import Any
from uuid import UUID

from guanxi.engine.audit.kinds import SEAL
from guanxi.engine.audit.notes import note
from guanxi.engine.context import Context
from guanxi.kit.ids import uuid7

BLOCK = 10_000
MOST_BLOCKS = 20
"""Blocks of one unit of work: their marks are held in memory."""
MARK = Struct(">Q8s")
LINE = (
    "(jsonb_build_array(c.seq, (extract(epoch FROM c.at) * 1000000)::bigint, c.change_set, c.actor, c.via, c.object,"
    " c.record, c.op, c.rev, c.diff, s.ip, s.agent, s.session, s.key)"
    " || CASE WHEN s.key_id IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(s.key_id) END)::text"
)
ROWS = (
    f"SELECT c.seq, sha256(convert_to({LINE}, 'UTF8')) FROM sys_change c"
    " LEFT JOIN sys_change_set s ON s.id = c.change_set"
)
_LOOKED_BACK = 100
"""Earlier runs that are looked at for one whose transactions have all ended."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far the change log has come: the last number given, the transaction of this run, the oldest that goes on."""

    counter: int
    own: int
    oldest: int


def seal(ctx: Context) -> bool:
    """Seal what was written since the last time; True when there is more to do in another unit of work."""
    ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [f"audit.seal {ctx.workspace.schema}"])
    earlier = _earlier(ctx)
    floor = int(earlier[0]["floor"]) if earlier else 0
    horizon = _horizon(ctx, floor)
    if horizon is None:
        return False
    waiting = _unsealed(ctx, floor, horizon)
    blocks = []
    while len(blocks) < MOST_BLOCKS and (rows := list(islice(waiting, BLOCK))):
        blocks.append(rows)
    if not blocks:
        return False
    more = next(waiting, None) is not None
    reached = blocks[-1][-1][0] if more else horizon.counter
    floor = max(floor, min(_floor(earlier, horizon), reached))
    for rows in blocks:
        _write(ctx, rows, floor, horizon)
    return more


def seals_of(details: Mapping[str, Any]) -> tuple[UUID, int, str]:
    """What an entry of kind ``change_seal`` vouches for: the list of marks, the number of rows, their digest."""
    return UUID(details["block"]), int(details["rows"]), str(details["digest"])


def digest(rows: Sequence[tuple[int, bytes]]) -> str:
    """The digest of a block of rows, given as number and digest of the line."""
    whole = sha256()
    for seq, line in rows:
        whole.update(seq.to_bytes(8, "big"))
        whole.update(line)
    return whole.hexdigest()


def marks(rows: Sequence[tuple[int, bytes]]) -> bytes:
    """Which rows a block has, and the first 8 bytes of each line's digest."""
    return b"".join(MARK.pack(seq, line[:8]) for seq, line in rows)


def _earlier(ctx: Context) -> list[dict[str, Any]]:
    """Details of the last runs' entries, the last one first."""
    rows = ctx.run(
        "SELECT details FROM sys_audit WHERE kind = $1 ORDER BY seq DESC LIMIT $2::int", [SEAL, _LOOKED_BACK]
    )
    return [details for (details,) in rows]


def _horizon(ctx: Context, floor: int) -> Horizon | None:
    """Where the log is now; None when nothing was numbered above the floor."""
    # In this order: whoever gets a transaction number after ours takes numbers of rows above the counter.
    ((counter,),) = ctx.run("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM sys_change_seq_seq")
    if counter <= floor:
        return None
    ((own,),) = ctx.run("SELECT pg_current_xact_id()::text::bigint")
    ((oldest,),) = ctx.run("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return Horizon(counter, own, oldest)


def _unsealed(ctx: Context, floor: int, horizon: Horizon) -> Iterator[tuple[int, bytes]]:
    """Rows above the floor that no block has, in the order of their numbers."""
    known: set[int] = set()
    for (found,) in ctx.run("SELECT marks FROM sys_audit_seal WHERE last > $1", [floor]):
        known.update(seq for seq, _ in MARK.iter_unpack(found))
    for after in range(floor, horizon.counter, BLOCK):
        upto = min(after + BLOCK, horizon.counter)
        rows = ctx.run(f"{ROWS} WHERE c.seq > $1 AND c.seq <= $2 ORDER BY c.seq", [after, upto])
        yield from (row for row in rows if row[0] not in known)


def _floor(earlier: Sequence[Mapping[str, Any]], horizon: Horizon) -> int:
    """The last number of the latest run before which every older transaction has ended by now; 0 when there is none."""
    if horizon.own <= horizon.oldest:
        return horizon.counter
    ended = (int(one["counter"]) for one in earlier if int(one["transaction"]) <= horizon.oldest)
    return next(ended, 0)


def _write(ctx: Context, rows: Sequence[tuple[int, bytes]], floor: int, horizon: Horizon) -> None:
    block = uuid7()
    first, last = rows[0][0], rows[-1][0]
    ctx.run(
        "INSERT INTO sys_audit_seal (id, first, last, marks) VALUES ($1, $2, $3, $4)", [block, first, last, marks(rows)]
    )
    details = {
        "block": str(block), "rows": len(rows), "first": first, "last": last, "digest": digest(rows),
        "floor": floor, "counter": horizon.counter, "transaction": horizon.own,
    }  # fmt: skip
    note(ctx, SEAL, details=details)
