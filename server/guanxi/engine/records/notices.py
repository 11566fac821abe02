"""Notices of changes: sent with the commit to whoever listens, with the owners, so that only those in reach are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records.hooks import Write

CHANNEL = "guanxi_changes"
NOTIFIED_IDS = 100
"""A notice names at most this many records; with more it names none and listeners read again."""
NOTIFIED_OWNERS = 50
"""And at most so many owners; more get notices of their own. Both together stay below the 8,000 bytes of NOTIFY."""


def send(ctx: Context, obj: Object, writes: Sequence[Write]) -> None:
    """Tell, for each kind of write, which records changed, who changed them and whose they are or were."""
    for op in dict.fromkeys(write.op for write in writes):
        same = [write for write in writes if write.op == op]
        owners = sorted(owner.hex for owner in {owner for write in same for owner in _owners(write)})
        named = len(same) <= NOTIFIED_IDS and len(owners) <= NOTIFIED_OWNERS
        ids = [str(write.id) for write in same] if named else []
        for some in _batches(owners):
            notice = {
                "ws": ctx.workspace.slug, "object": obj.key, "op": op, "ids": ids, "owners": some,
                "actor": str(ctx.author) if ctx.author else None, "change_set": str(ctx.change_set),
            }  # fmt: skip
            ctx.run("SELECT pg_notify($1, $2)", [CHANNEL, orjson.dumps(notice).decode()])


def _owners(write: Write) -> Iterator[UUID]:
    """The members who owned the record before or own it now, itself or through another."""
    for image in (write.old, write.new) if write.old else (write.new,):
        for key in ("owner", "via_owner"):
            if (owner := image.get(key)) is not None:
                yield owner


def _batches(owners: list[str]) -> list[list[str]]:
    return [owners[start : start + NOTIFIED_OWNERS] for start in range(0, len(owners), NOTIFIED_OWNERS)] or [[]]
