"""Taking the steps of a plan: written with the system's reach, each record refused by itself, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any
from uuid import UUID

from guanxi.capabilities.approvals import leaving
from guanxi.capabilities.hand_over import pending, store
from guanxi.capabilities.hand_over.asked import HandOver
from guanxi.capabilities.hand_over.planning import Item
from guanxi.capabilities.hand_over.store import Stored
from guanxi.engine.audit import note
from guanxi.engine.audit.kinds import kind
from guanxi.engine.context import Context
from guanxi.engine.records import reads, share_moves, stale, writes
from guanxi.engine.transfer.imports.attempts import write_all_that_can_be
from guanxi.infra.errors import FieldError

HAND_OVER = kind("hand_over", "rights").key
"""The kind of audit entry."""


def take(ctx: Context, one: Stored, items: Sequence[Item]) -> None:
    """Take some steps and count them in ``one``. What the giver does not hold any more by now is left alone."""
    asked = one.what
    # What is given to somebody else stays what it was: rules made since do not speak against it.
    system = replace(ctx.as_system(), lenient=True)
    with stale.together(system):
        for (part, op), group in groupby(items, lambda item: (item.part, item.op)):
            mine = list(group)
            written = _written(system, one, part, _changes(system, asked, part, op, mine))
            counts = _counts(one, part)
            for item in mine:
                if item.record in written:
                    key = str(item.to) if item.to else ""
                    counts["to"][key] = counts["to"].get(key, 0) + 1
            if asked.keep != "none" and part.endswith(".owner"):
                _keep(ctx, one, part, written)
    one.done += len(items)


def finish(ctx: Context, one: Stored) -> None:
    """What comes behind all records: shares that were received, waiting jobs, approvals, and the giver's own way in."""
    asked = one.what
    shares = share_moves.received(ctx, asked.member) if asked.shares != "leave" else []
    if asked.keep != "none":
        given = {(moved.one.object, moved.one.record) for moved in store.kept_shares(ctx, one.id)}
        shares = [share for share in shares if (share.object, share.record) not in given]
    if shares:
        if asked.shares == "move":
            to = {share.id: asked.rest[place % len(asked.rest)] for place, share in enumerate(shares)}
            store.keep_shares(ctx, one.id, share_moves.move(ctx, shares, to))
        else:
            store.keep_shares(ctx, one.id, share_moves.end(ctx, shares))
        one.counts["shares"] = len(shares)
    if asked.leave:
        if asked.rest:
            one.counts["jobs"] = pending.hand_on(ctx, asked.member, asked.rest[0])
            one.counts["approvals"] = leaving.hand_on(ctx, asked.member, asked.rest[0])
        # Behind everything else: who has left holds nothing any more.
        writes.update(ctx, "member", [writes.Change(asked.member, {"status": "left"})])
    store.forget_items(ctx, one.id)
    note(ctx, HAND_OVER, object="member", record=asked.member, details=_details(one, asked))


def _changes(
    ctx: Context, asked: HandOver, part: str, op: str, items: Sequence[Item]
) -> list[tuple[UUID, Mapping[str, Any] | None]]:
    """New values by record; None for records that are to go."""
    object_key, key = part.split(".")
    now = reads.native(ctx, object_key, [item.record for item in items], (key,))
    still = [item for item in items if item.record in now and now[item.record][key] == asked.member]
    if op == "give":
        return [(item.record, {key: item.to}) for item in still]
    if op == "drop":
        return [(item.record, None) for item in still]
    return [(item.record, {"ends_on": ctx.today}) for item in still]


def _written(
    ctx: Context, one: Stored, part: str, changes: Sequence[tuple[UUID, Mapping[str, Any] | None]]
) -> set[UUID]:
    object_key = part.split(".", maxsplit=1)[0]

    def write(places: Sequence[int]) -> list[UUID]:
        mine = [changes[place] for place in places]
        writes.update(ctx, object_key, [writes.Change(id_, values) for id_, values in mine if values is not None])
        if gone := [id_ for id_, values in mine if values is None]:
            writes.delete(ctx, object_key, gone)
        return [id_ for id_, _ in mine]

    made, refused = write_all_that_can_be(ctx, len(changes), write)
    if refused:
        _counts(one, part)["refused"] += len(refused)
        one.refused += [_told(object_key, changes[place][0], errors[0]) for place, errors in sorted(refused.items())]
    return set(made.values())


def _keep(ctx: Context, one: Stored, part: str, records: set[UUID]) -> None:
    """Leave the giver a share of what was given away, but not of what is private to its owner."""
    obj = ctx.snapshot.object(part.split(".", maxsplit=1)[0])
    asked = one.what
    if obj.private is not None or asked.keep == "none" or not records:
        return
    moved = share_moves.give(ctx, obj, sorted(records), asked.member, asked.keep)
    store.keep_shares(ctx, one.id, moved)
    one.counts["kept"] = one.counts.get("kept", 0) + len(records)


def _counts(one: Stored, part: str) -> dict[str, Any]:
    return one.counts.setdefault("parts", {}).setdefault(part, {"to": {}, "refused": 0})


def _told(object_key: str, record: UUID, error: FieldError) -> dict[str, Any]:
    return {"object": object_key, "record": str(record), "code": error.code, "params": dict(error.params)}


def _details(one: Stored, asked: HandOver) -> dict[str, Any]:
    """What the audit log keeps: how many records of what, to whom, and whether somebody left."""
    counts: dict[str, int] = {}
    for part, given, _ in moved_parts(one):
        key = part.partition(".")[0]
        counts[key] = counts.get(key, 0) + sum(given.values())
    to = sorted({str(receiver) for _, receiver in asked.receivers()})
    return {
        "records": sum(counts.values()),
        "counts": counts,
        "receivers": [{"object": "member", "id": receiver} for receiver in to],
        "leaving": {"code": "hand_over.leaves"} if asked.leave else None,
    }


def moved_parts(one: Stored) -> Iterator[tuple[str, dict[str, int], int]]:
    """Part, records by receiver ("" where nobody came in the giver's place), and how many were refused."""
    for part, counts in one.counts.get("parts", {}).items():
        yield part, counts["to"], counts["refused"]
