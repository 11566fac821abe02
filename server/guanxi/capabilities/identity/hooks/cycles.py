"""Finds writes that would make a tree bite its own tail."""

from __future__ import annotations

from uuid import UUID

from guanxi.capabilities.identity.tree import has_cycle
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write


def rows_in_cycle(ctx: Context, batch: list[Write], object_key: str, parent: str) -> list[int]:
    """Places in the caller's list whose record now lies below itself along the field `parent`.

    For use after the rows are written. Climbs all chains at once: one query per level.
    """
    changed = {write.id: write.row for write in batch if parent in write.changed}
    parents: dict[UUID, UUID | None] = {}
    level = set(changed)
    while level:
        rows = reads.native(ctx.as_system(), object_key, list(level), (parent,))
        parents.update({key: rows[key][parent] if key in rows else None for key in level})
        level = {above for above in parents.values() if above is not None} - set(parents)
    return [row for key, row in changed.items() if has_cycle(parents, key)]
