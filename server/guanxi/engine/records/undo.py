"""Undoing a change set: every write of it taken back in reverse, where nobody has written over it since.

An undo is an ordinary list of writes, so hooks, search and the change log hold for it too, and an undo can itself be
undone. Sharing is no write of the record: it is revoked, not undone, unless whoever shared as a part of more says how it
goes back (``beside``). An undo needs the rights that writing by hand
would need. One exception: who gives a record away no longer reaches
it, so people take back their own writes with the system's reach as long as nobody has touched the record since; that
holds for records with owners and for what only follows them, never for the organisation and its rights.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

from guanxi.engine.access.actor import Verb
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads, stale, writes
from guanxi.engine.records.changes import ASIDE
from guanxi.infra.errors import Conflict, NotFound

State = Literal["absent", "deleted", "live"]
Reverse = Callable[[], None]
_beside: list[Callable[[Context, UUID], Reverse | None]] = []


def beside(function: Callable[[Context, UUID], Reverse | None]) -> None:
    """Have a function say how to take back what change sets of its own did beside the values of records.

    It answers None for every other change set. What it gives is called once the records are as before.
    """
    if function not in _beside:
        _beside.append(function)


@dataclass
class Undo:
    """What an undo did, or would do. ``conflicts`` are left as they are: written again since, or out of reach."""

    undone: int = 0
    conflicts: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class _Step:
    """The net effect of a change set on one record."""

    record: UUID
    before: State
    after: State = "live"
    fields: dict[str, list[Any]] = field(default_factory=dict)
    untouched: bool = False
    """No later change set wrote the record."""

    @property
    def verb(self) -> Verb:
        """What taking it back does to the record."""
        return "edit" if self.before == self.after else "delete"

    @property
    def is_nothing(self) -> bool:
        """Whether the record ended as it began."""
        if self.before == "absent" and self.after == "deleted":
            return True
        return self.before == self.after and (self.after == "deleted" or not self.fields)


@dataclass
class _Part:
    """Steps on one object that can be taken back, by whose reach does it."""

    obj: Object
    lent: list[_Step] = field(default_factory=list)
    own: list[_Step] = field(default_factory=list)


def undo(
    ctx: Context, change_set: UUID, *, preview: bool = False, skip_conflicts: bool = False, lent: Collection[str] = ()
) -> Undo:
    """Take a change set back, records of the objects ``lent`` with the system's reach.

    Conflict ``records.undo_conflicts`` when records were changed since or are out of reach, unless those are to be
    skipped; with ``preview`` nothing is written.
    """
    row = ctx.run("SELECT actor, undone_by FROM sys_change_set WHERE id = $1 FOR UPDATE", [change_set])
    if not row or (row[0][0] != ctx.actor.member_id and not ctx.actor.may("audit")):
        raise NotFound("records.change_set_not_found", {"id": str(change_set)})
    if row[0][1] is not None:
        raise Conflict("records.already_undone", {"id": str(change_set)})
    is_own = row[0][0] == ctx.actor.member_id
    result = Undo()
    parts = []
    for obj, steps in _steps(ctx, change_set):
        part, conflicts = _sort_out(ctx, obj, steps, change_set, is_own=is_own, is_lent=obj.key in lent)
        parts.append(part)
        result.conflicts.extend(conflicts)
        result.undone += len(part.lent) + len(part.own)
    if preview:
        return result
    if result.conflicts and not skip_conflicts:
        raise Conflict("records.undo_conflicts", {"count": len(result.conflicts), "conflicts": result.conflicts[:50]})
    others = [back for function in _beside if (back := function(ctx, change_set))]
    if not result.undone and not others:
        return result
    ctx.undoes = change_set
    with stale.together(ctx):
        system = ctx.as_system()
        # What nobody touched since goes back to what it was, whatever rules have been made meanwhile; going back behind a
        # later change is a change like any other.
        lenient = replace(ctx, lenient=True)
        for part in parts:
            _take_back(system, part.obj, part.lent)
            _take_back(lenient, part.obj, [step for step in part.own if step.untouched])
            _take_back(ctx, part.obj, [step for step in part.own if not step.untouched])
    for back in others:
        back()
    ctx.run("UPDATE sys_change_set SET undone_by = $2 WHERE id = $1", [change_set, ctx.change_set])
    details = {"change": change_set, "undone": result.undone, "conflicts": len(result.conflicts)}
    note(ctx, "undo", details=details)
    return result


def _steps(ctx: Context, change_set: UUID) -> Iterator[tuple[Object, list[_Step]]]:
    """Net effects by object, the objects written last first."""
    rows = ctx.run(
        "SELECT object, record, op, diff, max(seq) OVER (PARTITION BY object) AS latest FROM sys_change"
        " WHERE change_set = $1 ORDER BY latest DESC, seq",
        [change_set],
    )
    began: dict[str, State] = {"create": "absent", "restore": "deleted"}
    by_object: dict[str, dict[UUID, _Step]] = {}
    for object_key, record, op, diff, _ in rows:
        step = by_object.setdefault(object_key, {}).setdefault(record, _Step(record, began.get(op, "live")))
        step.after = "deleted" if op == "delete" else "live"
        if op == "update":
            for key, (old, new) in diff.items():
                step.fields[key] = [step.fields[key][0] if key in step.fields else old, new]
    for object_key, steps in by_object.items():
        yield ctx.snapshot.object(object_key), [step for step in steps.values() if not step.is_nothing]


def _sort_out(
    ctx: Context, obj: Object, steps: Sequence[_Step], change_set: UUID, *, is_own: bool, is_lent: bool
) -> tuple[_Part, list[dict[str, Any]]]:
    """Lock the records, and part the steps into those that can be taken back and conflicts."""
    part = _Part(obj)
    conflicts: list[dict[str, Any]] = []
    if not steps:
        return part, conflicts
    ids = [step.record for step in steps]
    states = dict(
        ctx.run(
            f'SELECT id, deleted_at IS NOT NULL FROM "{obj.table}" WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
            [ids],
        )
    )
    latest = ctx.run(
        "SELECT DISTINCT ON (record) record, change_set FROM sys_change WHERE record = ANY($1::uuid[])"
        " AND op <> ALL($2::text[]) ORDER BY record, seq DESC",
        [ids, list(ASIDE)],
    )
    last_sets = dict(latest)
    now = _values_now(ctx, obj, steps)
    reach = {verb: _reach(ctx, obj, [s for s in steps if s.verb == verb], verb) for verb in ("edit", "delete")}
    for step in steps:
        step.untouched = last_sets.get(step.record) == change_set
        differing = _differing(ctx, obj, step, states.get(step.record), now.get(step.record))
        rights = ctx.actor.rights(obj.key)
        lent = is_lent or (
            is_own and step.untouched and _may_lend(obj) and (not _by_hand(obj) or rights.allows(step.verb))
        )
        if differing or not (lent or step.record in reach[step.verb]):
            conflicts.append({"object": obj.key, "id": str(step.record), "fields": differing})
        else:
            (part.lent if lent else part.own).append(step)
    return part, conflicts


def _may_lend(obj: Object) -> bool:
    return obj.has_owner or not _by_hand(obj)


def _by_hand(obj: Object) -> bool:
    """False for objects that only follow others, such as the history of stages: they go back with their cause."""
    return any(not field.read_only for field in obj.stored)


def _values_now(ctx: Context, obj: Object, steps: Sequence[_Step]) -> dict[UUID, dict[str, Any]]:
    edited = [s for s in steps if s.fields and s.before == s.after]
    keys = sorted({k for s in edited for k in s.fields if k in obj.fields})
    return reads.native(ctx.as_system(), obj.key, [s.record for s in edited], keys) if keys else {}


def _reach(ctx: Context, obj: Object, steps: Sequence[_Step], verb: Verb) -> set[UUID]:
    """Records that the actor may treat so by hand, in the bin or out of it."""
    if not steps or not ctx.actor.rights(obj.key).reads:
        return set()
    ids = [step.record for step in steps]
    return reads.visible(ctx, obj.key, ids, verb) | reads.visible(ctx, obj.key, ids, verb, deleted=True)


def _differing(
    ctx: Context, obj: Object, step: _Step, is_deleted: bool | None, now: dict[str, Any] | None
) -> list[str]:
    """What stands otherwise than this change set left it; ["*"] for the record as a whole."""
    if is_deleted is None or is_deleted != (step.after == "deleted"):
        return ["*"]
    if step.before != step.after:
        return [] if step.untouched else ["*"]
    known = [key for key in step.fields if key in obj.fields]
    return [key for key in known if now is None or not _same(ctx, obj, key, now[key], *step.fields[key])]


def _same(ctx: Context, obj: Object, key: str, current: Any, old: Any, new: Any) -> bool:
    """Whether the value is the one that was written, and the field still takes the one before it."""
    one = obj.fields[key]
    try:
        _, written = (None if logged is None else one.kind.parse(one, logged, ctx.env) for logged in (old, new))
    except BadValue:  # from when the field was of another kind, or had an option that is gone
        return False
    return one.kind.same(current, written)


def _take_back(ctx: Context, obj: Object, steps: Sequence[_Step]) -> None:
    """Restore, write old values, delete; what went along with something else meanwhile is left out."""
    if not steps:
        return
    gone = reads.visible(ctx, obj.key, [s.record for s in steps if s.after == "deleted"], deleted=True)
    if gone:
        writes.restore(ctx, obj.key, list(gone))
    live = reads.visible(ctx, obj.key, [s.record for s in steps])
    edited = [s for s in steps if s.before == s.after and s.record in live]
    if edited:
        writes.update(ctx, obj.key, [writes.Change(s.record, _writable(ctx, obj, s)) for s in edited])
    made = [s.record for s in steps if s.before != "live" and s.after == "live" and s.record in live]
    if made:
        writes.delete(ctx, obj.key, made)


def _writable(ctx: Context, obj: Object, step: _Step) -> dict[str, Any]:
    """The old values that may be written; what hooks derive from them is derived again."""
    fields = ((key, obj.fields.get(key), old) for key, (old, _) in step.fields.items())
    return {key: old for key, one, old in fields if one and (ctx.actor.is_system or not one.read_only)}
