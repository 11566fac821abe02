"""Undoing a change set: every write of it taken back in reverse, where nobody has written over it since.

An undo is an ordinary list of writes, so hooks, search and the change log hold for it too, and an undo can itself be
undone. Who takes back what is their own does it with the system's reach, since the change may have put the record out
of their sight (a hand-over); for somebody else's change set the actor's own rights hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import Conflict, NotAllowed, NotFound

CHUNK = 2000


@dataclass
class Undo:
    """What an undo did, or would do. ``conflicts`` were written again since and are left as they are."""

    undone: int = 0
    conflicts: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class _Step:
    """The net effect of a change set on one record."""

    object: str
    record: UUID
    created: bool = False
    deleted: bool = False
    restored: bool = False
    fields: dict[str, list[Any]] = field(default_factory=dict)


def undo(ctx: Context, change_set: UUID, *, preview: bool = False, skip_conflicts: bool = False) -> Undo:
    """Take a change set back. Conflict ``records.undo_conflicts`` when records were changed since, unless those are
    to be skipped; with ``preview`` nothing is written.
    """
    row = ctx.run("SELECT actor, undone_by FROM sys_change_set WHERE id = $1 FOR UPDATE", [change_set])
    if not row or (row[0][0] != ctx.actor.member_id and not ctx.actor.may("audit")):
        raise NotFound("records.change_set_not_found", {"id": str(change_set)})
    if row[0][1] is not None:
        raise Conflict("records.already_undone", {"id": str(change_set)})
    doer = ctx.as_system() if row[0][0] == ctx.actor.member_id else ctx
    result = Undo()
    ready: list[tuple[Object, list[_Step]]] = []
    for obj, steps in _steps(doer, change_set):
        if ctx.actor.rights(obj.key).edit == "none" and _written_by_hand(obj):
            raise NotAllowed("records.undo_not_allowed", {"object": obj.key})
        good, conflicts = _compare(doer, obj, steps)
        ready.append((obj, good))
        result.conflicts.extend(conflicts)
        result.undone += len(good)
    if preview:
        return result
    if result.conflicts and not skip_conflicts:
        raise Conflict("records.undo_conflicts", {"count": len(result.conflicts), "conflicts": result.conflicts[:50]})
    doer.undoes = ctx.undoes = change_set
    for obj, steps in ready:
        _take_back(doer, obj, steps)
    ctx.run("UPDATE sys_change_set SET undone_by = $2 WHERE id = $1", [change_set, ctx.change_set])
    return result


def _written_by_hand(obj: Object) -> bool:
    """False for objects that only follow others, such as the history of stages: they go back with their cause."""
    return any(not field.read_only for field in obj.stored)


def _steps(ctx: Context, change_set: UUID) -> Iterator[tuple[Object, list[_Step]]]:
    """Net effects by object, the objects written last first."""
    rows = ctx.run(
        "SELECT object, record, op, diff, max(seq) OVER (PARTITION BY object) AS latest FROM sys_change"
        " WHERE change_set = $1 ORDER BY latest DESC, seq",
        [change_set],
    )
    by_object: dict[str, dict[UUID, _Step]] = {}
    for object_key, record, op, diff, _ in rows:
        step = by_object.setdefault(object_key, {}).setdefault(record, _Step(object_key, record))
        step.created |= op == "create"
        step.deleted = op == "delete" or (step.deleted and op != "restore")
        step.restored |= op == "restore"
        for key, (old, new) in diff.items():
            if op == "update":
                step.fields[key] = [step.fields[key][0] if key in step.fields else old, new]
    for object_key, steps in by_object.items():
        yield ctx.object(object_key), list(steps.values())


def _compare(ctx: Context, obj: Object, steps: list[_Step]) -> tuple[list[_Step], list[dict[str, Any]]]:
    """Steps that can be taken back, and conflicts: records whose fields have other values by now."""
    edited = [s for s in steps if s.fields and not s.created and not s.deleted]
    keys = sorted({k for s in edited for k in s.fields if k in obj.fields})
    now = reads.native(ctx, obj.key, [s.record for s in edited], keys) if edited else {}
    good: list[_Step] = []
    conflicts: list[dict[str, Any]] = []
    for step in steps:
        if step not in edited:
            good.append(step)
            continue
        current = now.get(step.record)
        differing = [
            key for key, (_, new) in step.fields.items()
            if key in obj.fields and (current is None or not _same(ctx, obj, key, current[key], new))
        ]  # fmt: skip
        if differing:
            conflicts.append({"object": obj.key, "id": str(step.record), "fields": differing})
        else:
            good.append(step)
    return good, conflicts


def _same(ctx: Context, obj: Object, key: str, current: Any, rendered: Any) -> bool:
    field_ = obj.fields[key]
    written = None if rendered is None else field_.kind.parse(field_, rendered, ctx.env)
    return field_.kind.same(current, written)


def _take_back(ctx: Context, obj: Object, steps: list[_Step]) -> None:
    live = reads.visible(ctx, obj.key, [s.record for s in steps])
    created = [s.record for s in steps if s.created and s.record in live]
    deleted = [s.record for s in steps if s.deleted and not s.created]
    restored = [s.record for s in steps if s.restored and not s.deleted and s.record in live]
    edited = [s for s in steps if s.fields and not s.created and not s.deleted and s.record in live]
    if deleted:
        writes.restore(ctx, obj.key, deleted)
    for start in range(0, len(edited), CHUNK):
        part = edited[start : start + CHUNK]
        writes.update(ctx, obj.key, [writes.Change(s.record, _writable(ctx, obj, s)) for s in part])
    for gone in (created, restored):
        for start in range(0, len(gone), CHUNK):
            writes.delete(ctx, obj.key, gone[start : start + CHUNK])


def _writable(ctx: Context, obj: Object, step: _Step) -> dict[str, Any]:
    """The old values that a person may write; what hooks derive from them is derived again."""
    out = {}
    for key, (old, _) in step.fields.items():
        field_ = obj.fields.get(key)
        if field_ is None or (field_.read_only and not ctx.actor.is_system):
            continue
        out[key] = old
    return out
