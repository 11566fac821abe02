"""Several records made one: what refers to the others goes over to the one that stays, with their values and shares."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import reads, share_moves, shares, undo, writes
from guanxi.engine.records.changes import SHARE
from guanxi.engine.records.undo import Reverse
from guanxi.engine.records.writes import Change
from guanxi.infra.database.cursor import savepoint
from guanxi.infra.errors import Conflict, Invalid, NotAllowed

ACTION = "records.merge_records"
BATCH = 1000
_REFERRING = frozenset({"ref", "refs", "about"})


@dataclass(frozen=True, slots=True)
class Moved:
    """How many records that referred to one of the others by a field refer to the one that stays, and how many could not."""

    object: str
    field: str
    count: int
    left: int


def fields(ctx: Context, obj: Object) -> list[Field]:
    """The fields whose values can go over from one record to another: those that the actor may fill in."""
    guard = ctx.guard()
    return [
        one
        for one in obj.fields.values()
        if one.kind.holds_value and not one.read_only and not one.system and not one.kind.computed
        and not one.kind.generated and not one.kind.secret and guard.level(obj, one) == "edit"
    ]  # fmt: skip


def values(ctx: Context, obj: Object, stays: UUID, others: Sequence[UUID], take: Mapping[str, UUID]) -> dict[str, Any]:
    """What the record that stays is given: what was chosen, all of several-valued fields, and for empty fields the first
    value of the others.

    A value that names a record which the actor does not see is left where it is, unless it was chosen.
    """
    system = ctx.as_system()
    mine = fields(ctx, obj)
    rows = reads.native(system, obj.key, [stays, *others], [one.key for one in mine])
    found: dict[str, Any] = {}
    for field in mine:
        own = rows[stays][field.key]
        if field.key in take:
            wanted = rows[take[field.key]][field.key]
        elif field.kind.trait == "refs":
            every = [one for record in (stays, *others) for one in rows[record][field.key] or ()]
            wanted = tuple(_seen(ctx, field, dict.fromkeys(every)))
        elif field.kind.trait == "file":
            every = {one["id"]: one for record in (stays, *others) for one in rows[record][field.key] or ()}
            wanted = list(every.values()) or None
        elif _is_empty(own):
            wanted = next((v for one in others if not _is_empty(v := rows[one][field.key])), own)
            if field.kind.trait == "ref" and wanted is not None and not _seen(ctx, field, [wanted]):
                wanted = own
        else:
            continue
        if wanted != own:
            found[field.key] = None if _is_empty(wanted) else field.kind.render(wanted)
    return found


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", (), [], {})


def _seen(ctx: Context, field: Field, ids: Collection[UUID]) -> list[UUID]:
    if field.target is None:
        return []
    seen = reads.visible(ctx, field.target, list(ids))
    return [one for one in ids if one in seen]


def referring(ctx: Context, obj: Object) -> Iterator[tuple[Object, Field]]:
    """Every field that can name a record of an object."""
    for child in ctx.snapshot.objects.values():
        for field in child.fields.values():
            trait = field.kind.trait
            if trait not in _REFERRING or field.kind.virtual or not field.kind.holds_value:
                continue
            if field.target == obj.key or (trait == "about" and obj.key in field.settings.get("targets", ())):
                yield child, field


def move(ctx: Context, obj: Object, stays: UUID, others: Sequence[UUID], keep: Collection[str]) -> list[Moved]:
    """Everything that refers to the others refers to the one that stays; what ``keep`` names as ``object.field`` does not.

    It is moved whoever may see it, as the system: what is not moved would be lost with the others. A record that its own
    rules would not have there, such as a second one of what may be there once, stays behind.
    """
    system = ctx.as_system()
    found = []
    for child, field in referring(ctx, obj):
        if f"{child.key}.{field.key}" in keep:
            continue
        ids = _holding(system, child, field, obj, others)
        if child.key == obj.key:
            ids = [one for one in ids if one not in set(others)]
        if ids:
            moved = _over(system, child, field, obj, ids, stays, others)
            found.append(Moved(child.key, field.key, moved, len(ids) - moved))
    return found


def _holding(ctx: Context, child: Object, field: Field, obj: Object, others: Sequence[UUID]) -> list[UUID]:
    """Live records that name one of the others by a field."""
    if field.kind.trait == "about":
        each = [{"field": field.key, "op": "eq", "value": {"object": obj.key, "id": str(one)}} for one in others]
        return reads.ids(ctx, child.key, {"or": each})
    if field.kind.trait == "refs":
        each = [{"field": field.key, "op": "has_any", "value": [str(one)]} for one in others]
        return reads.ids(ctx, child.key, {"or": each})
    return reads.ids(ctx, child.key, {"field": field.key, "op": "in", "value": [str(one) for one in others]})


def _over(
    ctx: Context, child: Object, field: Field, obj: Object, ids: Sequence[UUID], stays: UUID, others: Sequence[UUID]
) -> int:
    """Write the references of records anew; how many were."""
    changes = [Change(one, {field.key: _value(ctx, child, field, obj, one, stays, others)}) for one in ids]
    moved = 0
    for start in range(0, len(changes), BATCH):
        some = changes[start : start + BATCH]
        if _tried(ctx, child, some):
            moved += len(some)
        else:
            moved += sum(_tried(ctx, child, [one]) for one in some)
    return moved


def _tried(ctx: Context, child: Object, changes: Sequence[Change]) -> bool:
    """Whether it could be written; where not, the unit of work forgets it, the change set that it may have opened too."""
    counts, at_end = dict(ctx.counts), list(ctx.at_end)
    try:
        with savepoint():
            writes.update(ctx, child.key, changes)
    except (Invalid, Conflict, NotAllowed):
        ctx.counts.clear()
        ctx.counts.update(counts)
        ctx.at_end[:] = at_end
        return False
    return True


def _value(
    ctx: Context, child: Object, field: Field, obj: Object, one: UUID, stays: UUID, others: Sequence[UUID]
) -> Any:
    if field.kind.trait == "about":
        return {"object": obj.key, "id": str(stays)}
    if field.kind.trait == "refs":
        held = reads.native(ctx, child.key, [one], [field.key])[one][field.key] or ()
        return list(dict.fromkeys(str(stays if target in others else target) for target in held))
    return None if child.key == obj.key and one == stays else str(stays)


def share(ctx: Context, obj: Object, stays: UUID, others: Sequence[UUID]) -> None:
    """Whoever one of the others is shared with reaches the one that stays as far."""
    if not obj.has_owner:
        return
    system = ctx.as_system()
    rows = ctx.run(
        "SELECT member, department, role, level, expires_at FROM sys_share WHERE object = $1 AND record = ANY($2::uuid[])"
        " AND (expires_at IS NULL OR expires_at > $3) ORDER BY created_at, id",
        [obj.key, list(others), ctx.now],
    )
    for member, department, role, level, until in rows:
        if member is not None and until is None:
            share_moves.give(system, obj, [stays], member, level)
            continue
        kind: shares.Kind = "member" if member else "department" if department else "role"
        if not _has_share(ctx, obj, stays, kind, member or department or role):
            shares.grant(system, obj.key, stays, kind, member or department or role, level, until)


def _has_share(ctx: Context, obj: Object, record: UUID, kind: str, receiver: UUID) -> bool:
    return bool(
        ctx.run(
            f"SELECT 1 FROM sys_share WHERE object = $1 AND record = $2 AND {kind} = $3", [obj.key, record, receiver]
        )
    )


def shares_back(ctx: Context, change_set: UUID) -> Reverse | None:
    """How the shares that a merge gave end when it is undone; None for every other change set."""
    if not _is_merge(ctx, change_set):
        return None
    rows = ctx.run(
        "SELECT object, record, diff FROM sys_change WHERE change_set = $1 AND op = $2 ORDER BY seq DESC",
        [change_set, SHARE],
    )
    if not rows:
        return None

    def back() -> None:
        for object_key, record, diff in rows:
            before, after = (orjson.loads(diff) if isinstance(diff, str | bytes) else diff)[SHARE]
            kind, receiver = shares.receiver_of([before, after])
            if before is None:
                ctx.run(
                    f"DELETE FROM sys_share WHERE object = $1 AND record = $2 AND {kind} = $3",
                    [object_key, record, receiver],
                )
            else:
                ctx.run(
                    f"UPDATE sys_share SET level = $4 WHERE object = $1 AND record = $2 AND {kind} = $3",
                    [object_key, record, receiver, before["level"]],
                )

    return back


def lent(ctx: Context, change_set: UUID) -> Collection[str]:
    """Objects whose records a merge moved as the system: so they go back, for whoever merged."""
    if not _is_merge(ctx, change_set, own=True):
        return ()
    rows = ctx.run("SELECT object, label->>'object' FROM sys_change c JOIN sys_change_set s ON s.id = c.change_set"
                   " WHERE c.change_set = $1 GROUP BY 1, 2", [change_set])  # fmt: skip
    return {key for key, merged in rows if key != merged}


def _is_merge(ctx: Context, change_set: UUID, *, own: bool = False) -> bool:
    rows = ctx.run("SELECT label->>'action', actor FROM sys_change_set WHERE id = $1", [change_set])
    return bool(rows) and rows[0][0] == ACTION and (not own or rows[0][1] == ctx.actor.member_id)


undo.beside(shares_back)
undo.lending(lent)
