"""The change log: what changed, written in the transaction of the change, and told to whoever listens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import orjson

from guanxi.engine.audit.notes import marked
from guanxi.engine.context import Context, Via
from guanxi.engine.objects.model import Object
from guanxi.engine.records import bulk, notices
from guanxi.engine.records.hooks import Write

_COLUMNS = (
    ("at", "timestamptz"), ("change_set", "uuid"), ("actor", "uuid"), ("via", "text"), ("object", "text"),
    ("record", "uuid"), ("op", "text"), ("rev", "int4"), ("diff", "jsonb"),
)  # fmt: skip
SHARE = "share"
"""The op of a change that is none of the record's values: with whom it is shared."""
_SHARED = frozenset({UUID, datetime, date, str})
"""Types of values of which equal ones are written alike, and which many records have in common."""
REVEAL = "reveal"
"""The op of an entry that changes nothing: somebody looked at a value that is hidden."""
ASIDE = (SHARE, REVEAL)
"""Ops that leave the record's values as they are."""
COMPUTED: Final = "computed"
"""The way of changes that follow from others by a computation, such as a grade: nobody did anything."""
Diff = dict[str, list[Any]]
"""``{field: [old, new]}`` in the JSON forms of the API."""


def log(
    ctx: Context,
    obj: Object,
    writes: Sequence[Write],
    diffs: Sequence[bytes] | None = None,
    *,
    via: Via | None = None,
) -> None:
    """Append one row for each write, with its difference; ``diffs`` are those that are written already.

    ``via`` is the way that the writes came, where it is not the context's: ``COMPUTED`` for what follows from other
    values.
    """
    if not writes:
        return
    _open_change_set(ctx)
    ops: dict[str, int] = {}
    for write in writes:
        ops[write.op] = ops.get(write.op, 0) + 1
    for op, number in ops.items():
        key = f"{obj.key}.{op}"
        ctx.counts[key] = ctx.counts.get(key, 0) + number
    at, author, via = ctx.now, ctx.author, via or ctx.via
    # Only the product itself may date what it writes.
    ats = [write.at or at for write in writes] if ctx.actor.is_system else [at] * len(writes)
    records, kinds = [write.id for write in writes], [write.op for write in writes]
    revs = [write.rev for write in writes]
    if diffs is None:
        differences = Differences(obj)
        diffs = [differences.of(write) for write in writes]
    if len(writes) >= bulk.FROM:
        same = ([ctx.change_set], [author], [via], [obj.key])
        columns = (ats, *(one * len(writes) for one in same), records, kinds, revs, diffs)
        made = (bulk.cells(sql_type, values) for (_, sql_type), values in zip(_COLUMNS, columns, strict=True))
        bulk.copy(ctx, "sys_change", _COLUMNS, zip(*made, strict=True))
    else:
        names = ", ".join(name for name, _ in _COLUMNS)
        ctx.run(
            f"INSERT INTO sys_change ({names})"
            " SELECT v.at, $2, $3, $4, $5, v.record, v.op, v.rev, v.diff::jsonb FROM"
            " unnest($1::timestamptz[], $6::uuid[], $7::text[], $8::int[], $9::text[]) AS v(at, record, op, rev, diff)",
            [
                ats, ctx.change_set, author, via, obj.key, records, kinds, revs,
                [one.decode() for one in diffs],
            ],
        )  # fmt: skip
    notices.send(ctx, obj, writes)


def log_share(ctx: Context, obj: Object, record: Mapping[str, Any], old: Any, new: Any) -> None:
    """Append that a record (its ``id``, ``rev``, ``owner`` and ``via_owner``) is shared otherwise than before."""
    _open_change_set(ctx)
    key = f"{obj.key}.{SHARE}"
    ctx.counts[key] = ctx.counts.get(key, 0) + 1
    ctx.run(
        f"INSERT INTO sys_change ({', '.join(name for name, _ in _COLUMNS)})"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8::int, $9::text::jsonb)",
        [
            ctx.now, ctx.change_set, ctx.author, ctx.via, obj.key, record["id"], SHARE, record["rev"],
            orjson.dumps({SHARE: [old, new]}).decode(),
        ],
    )  # fmt: skip
    notices.send(ctx, obj, [Write("update", record["id"], dict(record))])


def log_shares(ctx: Context, obj: Object, shared: Sequence[tuple[Mapping[str, Any], Any, Any]]) -> None:
    """Append many changes of shares of one object's records, each as ``log_share`` takes it."""
    if not shared:
        return
    _open_change_set(ctx)
    key = f"{obj.key}.{SHARE}"
    ctx.counts[key] = ctx.counts.get(key, 0) + len(shared)
    names = ", ".join(name for name, _ in _COLUMNS)
    ctx.run(
        f"INSERT INTO sys_change ({names}) SELECT $1, $2, $3, $4, $5, v.record, $6, v.rev, v.diff::jsonb"
        " FROM unnest($7::uuid[], $8::int[], $9::text[]) AS v(record, rev, diff)",
        [
            ctx.now, ctx.change_set, ctx.author, ctx.via, obj.key, SHARE,
            [record["id"] for record, _, _ in shared], [record["rev"] for record, _, _ in shared],
            [orjson.dumps({SHARE: [old, new]}).decode() for _, old, new in shared],
        ],
    )  # fmt: skip
    notices.send(ctx, obj, [Write("update", record["id"], dict(record)) for record, _, _ in shared])


def log_reveal(ctx: Context, obj: Object, record: UUID, rev: int, field: str) -> None:
    """Append that the author looked at a field's hidden value, which is not told again."""
    _open_change_set(ctx)
    key = f"{obj.key}.{REVEAL}"
    ctx.counts[key] = ctx.counts.get(key, 0) + 1
    ctx.run(
        f"INSERT INTO sys_change ({', '.join(name for name, _ in _COLUMNS)})"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8::int, $9::text::jsonb)",
        [
            ctx.now, ctx.change_set, ctx.author, ctx.via, obj.key, record, REVEAL, rev,
            orjson.dumps({field: [None, None]}).decode(),
        ],
    )  # fmt: skip


def diff(obj: Object, write: Write) -> Diff:
    """What one write changes."""
    old, fields = write.old or {}, obj.fields
    out: Diff = {}
    for key, value in write.new.items():
        before = old.get(key)
        if (value is None and before is None) or key not in fields:
            continue
        render = fields[key].kind.kept
        out[key] = [None if before is None else render(before), None if value is None else render(value)]
    return out


class Differences:
    """Writes the differences of many writes of one object as JSON.

    Of creations each field is a piece of text, and the pieces that many records share (the day, the owner, the stage)
    are made once.
    """

    def __init__(self, obj: Object) -> None:
        self._obj = obj
        self._pieces: dict[str, dict[Any, bytes]] = {}

    def of(self, write: Write) -> bytes:
        """The difference that ``diff`` gives, as JSON."""
        if write.old:
            return orjson.dumps(diff(self._obj, write))
        return b"{%b}" % b",".join(
            [
                self._piece(key, value)
                for key, value in write.new.items()
                if value is not None and key in self._obj.fields
            ]
        )

    def _piece(self, key: str, value: Any) -> bytes:
        kind = type(value)
        if kind not in _SHARED:
            return self._made(key, value)
        known = self._pieces.get(key)
        if known is None:
            known = self._pieces[key] = {}
        same = value.int if kind is UUID else value  # the hash of a number costs a tenth of that of an id
        piece = known.get(same)
        if piece is None:
            piece = known[same] = self._made(key, value)
        return piece

    def _made(self, key: str, value: Any) -> bytes:
        return b'"%b":[null,%b]' % (key.encode(), orjson.dumps(self._obj.fields[key].kind.kept(value)))


def _open_change_set(ctx: Context) -> None:
    if ctx.counts:
        return
    origin = marked(ctx.origin)
    ctx.run(
        "INSERT INTO sys_change_set (id, at, actor, via, label, undoes, ip, agent, session, key, key_id)"
        " VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING",
        [
            ctx.change_set, ctx.now, ctx.author, ctx.via,
            orjson.dumps(dict(ctx.label)).decode() if ctx.label else None, ctx.undoes,
            origin.address, origin.agent, origin.session, origin.key, origin.key_id,
        ],
    )  # fmt: skip
    ctx.at_end.append(_close_change_set)


def close(ctx: Context, parts: Sequence[Context]) -> None:
    """End parts of a unit of work that have change sets of their own, as the end of the unit of work would."""
    _count(ctx, [part for part in parts if part.counts])
    for part in parts:
        for callback in part.at_end:
            if callback is not _close_change_set:
                callback(part)


def _close_change_set(ctx: Context) -> None:
    _count(ctx, [ctx])


def _count(ctx: Context, parts: Sequence[Context]) -> None:
    """Add this transaction's counts to change sets, which an import continues over many transactions."""
    if parts:
        ctx.run(
            "UPDATE sys_change_set s SET counts = counts || (SELECT jsonb_object_agg(key, coalesce((counts->>key)::int, 0)"
            " + value::int) FROM jsonb_each_text(v.made::jsonb)) FROM unnest($1::uuid[], $2::text[]) AS v(id, made)"
            " WHERE s.id = v.id",
            [[part.change_set for part in parts], [orjson.dumps(part.counts).decode() for part in parts]],
        )
