"""References of an object to itself that form a tree: nobody stands below themselves."""

from __future__ import annotations

from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid


@hook("*", "after", ops=("update",))
def trees_have_no_cycles(ctx: Context, batch: list[Write]) -> None:
    """Holds for every lookup with the setting ``tree``; records just made have nothing below them."""
    obj = ctx.snapshot.object(batch[0].object)
    errors = []
    for field in obj.stored:
        if field.settings.get("tree") and field.target == obj.key:
            mine = {write.id: write.row for write in batch if write.new.get(field.key) is not None}
            below = _in_cycle(ctx, obj.key, field.key, mine)
            errors += [FieldError(field.key, "records.tree_cycle", row=mine[record]) for record in below]
    if errors:
        raise Invalid(errors)


def _in_cycle(ctx: Context, object_key: str, key: str, mine: dict[UUID, int]) -> list[UUID]:
    """Those of the records that are reached by climbing from themselves; one statement per level."""
    parents: dict[UUID, UUID | None] = {}
    level = set(mine)
    while level:
        rows = reads.native(ctx.as_system(), object_key, list(level), (key,))
        parents.update({record: rows[record][key] if record in rows else None for record in level})
        level = {above for above in parents.values() if above is not None} - set(parents)
    found = []
    for record in mine:
        seen, above = {record}, parents[record]
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == record:
            found.append(record)
    return found
