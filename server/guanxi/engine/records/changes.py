"""The change log: what changed, written in the transaction of the change, and told to whoever listens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import bulk, notices
from guanxi.engine.records.hooks import Write

_COLUMNS = (
    ("at", "timestamptz"), ("change_set", "uuid"), ("actor", "uuid"), ("via", "text"), ("object", "text"),
    ("record", "uuid"), ("op", "text"), ("rev", "int4"), ("diff", "jsonb"),
)  # fmt: skip
SHARE = "share"
"""The op of a change that is none of the record's values: with whom it is shared."""
Diff = dict[str, list[Any]]
"""``{field: [old, new]}`` in the JSON forms of the API."""


def log(ctx: Context, obj: Object, writes: Sequence[Write], diffs: Iterable[Diff] | None = None) -> None:
    """Append one row for each write, with its difference; ``diffs`` are those that are made already."""
    if not writes:
        return
    _open_change_set(ctx)
    ops: dict[str, int] = {}
    for write in writes:
        ops[write.op] = ops.get(write.op, 0) + 1
    for op, number in ops.items():
        key = f"{obj.key}.{op}"
        ctx.counts[key] = ctx.counts.get(key, 0) + number
    at, author, key = ctx.now, ctx.author, obj.key
    told = ctx.actor.is_system  # only the product itself may date what it writes
    made = diffs if diffs is not None else (diff(obj, write) for write in writes)
    rows = (
        ((told and w.at) or at, ctx.change_set, author, ctx.via, key, w.id, w.op, w.rev, one)
        for w, one in zip(writes, made, strict=True)
    )
    if len(writes) >= bulk.FROM:
        bulk.copy(ctx, "sys_change", _COLUMNS, rows)
    else:
        names = ", ".join(name for name, _ in _COLUMNS)
        ats, _, _, _, _, records, kinds, revs, differences = zip(*rows, strict=True)
        ctx.run(
            f"INSERT INTO sys_change ({names})"
            " SELECT v.at, $2, $3, $4, $5, v.record, v.op, v.rev, v.diff::jsonb FROM"
            " unnest($1::timestamptz[], $6::uuid[], $7::text[], $8::int[], $9::text[]) AS v(at, record, op, rev, diff)",
            [
                list(ats), ctx.change_set, author, ctx.via, key, list(records), list(kinds), list(revs),
                [orjson.dumps(one).decode() for one in differences],
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


def diff(obj: Object, write: Write) -> Diff:
    """What one write changes."""
    old, fields = write.old or {}, obj.fields
    out: Diff = {}
    for key, value in write.new.items():
        before = old.get(key)
        if (value is None and before is None) or key not in fields:
            continue
        render = fields[key].kind.render
        out[key] = [None if before is None else render(before), None if value is None else render(value)]
    return out


def _open_change_set(ctx: Context) -> None:
    if ctx.counts:
        return
    ctx.run(
        "INSERT INTO sys_change_set (id, at, actor, via, label, undoes) VALUES ($1, $2, $3, $4, $5::text::jsonb, $6)"
        " ON CONFLICT (id) DO NOTHING",
        [
            ctx.change_set, ctx.now, ctx.author, ctx.via,
            orjson.dumps(dict(ctx.label)).decode() if ctx.label else None, ctx.undoes,
        ],
    )  # fmt: skip
    ctx.at_end.append(_close_change_set)


def _close_change_set(ctx: Context) -> None:
    """Add this transaction's counts to the change set, which an import continues over many transactions."""
    ctx.run(
        "UPDATE sys_change_set SET counts = counts || (SELECT jsonb_object_agg(key, coalesce((counts->>key)::int, 0)"
        " + value::int) FROM jsonb_each_text($2::text::jsonb)) WHERE id = $1",
        [ctx.change_set, orjson.dumps(ctx.counts).decode()],
    )
