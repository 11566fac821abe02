"""Undoing a change set: every write of it taken back in reverse, where nobody has written over it since.

An undo is an ordinary list of writes, so hooks, search and the change log hold for it too, and an undo can itself be
undone. Sharing is no write of the record: it is revoked, not undone, unless whoever shared as a part of more says how it
goes back (``beside``). An undo needs the rights that writing by hand would need, as they are now (``undo_reach``).
What somebody may take back of their own, as long as nobody has touched the record since, the system writes, so that
what the product wrote beside it goes back as well; that holds for records with owners and for what only follows them,
never for the organisation and its rights.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from guanxi.engine.access.columns import RECORD_TYPE
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads, stale, writes
from guanxi.engine.records.changes import ASIDE, COMPUTED
from guanxi.engine.records.undo_reach import State, Step, may_lend, told, within
from guanxi.infra.errors import Conflict, NotFound

AT_ONCE = 5_000
"""Records that an undo deletes as one list."""
Reverse = Callable[[], None]
_beside: list[Callable[[Context, UUID], Reverse | None]] = []
_lending: list[Callable[[Context, UUID], Collection[str]]] = []


def beside(function: Callable[[Context, UUID], Reverse | None]) -> None:
    """Have a function say how to take back what change sets of its own did beside the values of records.

    It answers None for every other change set. What it gives is called once the records are as before.
    """
    if function not in _beside:
        _beside.append(function)


def lending(function: Callable[[Context, UUID], Collection[str]]) -> None:
    """Have a function name the objects whose records go back with the system's reach when a change set of its own is
    undone by this actor, since that is how they were written; none for every other change set.
    """
    if function not in _lending:
        _lending.append(function)


@dataclass
class Undo:
    """What an undo did, or would do. ``conflicts`` are left as they are: written again since, or out of reach."""

    undone: int = 0
    conflicts: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class _Part:
    """Steps on one object that can be taken back, by whose reach does it."""

    obj: Object
    lent: list[Step] = field(default_factory=list)
    own: list[Step] = field(default_factory=list)


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
    lent = {*lent, *(key for function in _lending for key in function(ctx, change_set))}
    result = Undo()
    steps = list(_steps(ctx, change_set))
    for obj, mine in steps:
        _look_at(ctx, obj, mine, change_set)
    reached = within(ctx, steps, is_own=is_own)
    parts = []
    for obj, mine in steps:
        part, conflicts = _sort_out(ctx, obj, mine, reached, is_own=is_own, is_lent=obj.key in lent)
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


def _steps(ctx: Context, change_set: UUID) -> Iterator[tuple[Object, list[Step]]]:
    """Net effects by object, the objects written last first."""
    rows = ctx.run(
        "SELECT object, record, op, CASE WHEN op = 'update' THEN diff END,"
        " max(seq) OVER (PARTITION BY object) AS latest FROM sys_change"
        " WHERE change_set = $1 ORDER BY latest DESC, seq",
        [change_set],
    )
    began: dict[str, State] = {"create": "absent", "restore": "deleted"}
    by_object: dict[str, dict[UUID, Step]] = {}
    for object_key, record, op, diff, _ in rows:
        step = by_object.setdefault(object_key, {}).setdefault(record, Step(record, began.get(op, "live")))
        step.after = "deleted" if op == "delete" else "live"
        if op == "update":
            for key, (old, new) in diff.items():
                step.fields[key] = [step.fields[key][0] if key in step.fields else old, new]
    for object_key, steps in by_object.items():
        yield ctx.snapshot.object(object_key), [step for step in steps.values() if not step.is_nothing]


def _look_at(ctx: Context, obj: Object, steps: Sequence[Step], change_set: UUID) -> None:
    """Lock the records, and note on each step what has become of them since."""
    if not steps:
        return
    ids = [step.record for step in steps]
    states = dict(
        ctx.run(
            f'SELECT id, deleted_at IS NOT NULL FROM "{obj.table}" WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
            [ids],
        )
    )
    latest = ctx.run(
        "SELECT DISTINCT ON (record) record, change_set FROM sys_change WHERE record = ANY($1::uuid[])"
        " AND op <> ALL($2::text[]) AND via <> $3 ORDER BY record, seq DESC",
        [ids, list(ASIDE), COMPUTED],
    )
    last_sets = dict(latest)
    now = _values_now(ctx, obj, steps)
    for step in steps:
        step.untouched = last_sets.get(step.record) == change_set
        step.differing = _differing(ctx, obj, step, states.get(step.record), now.get(step.record))
        step.now = now.get(step.record) or {}
    computed = _computed_since(ctx, [one.record for one in steps if one.differing and one.record in now])
    for step in steps:
        step.differing = [key for key in step.differing if (step.record, key) not in computed]


def _computed_since(ctx: Context, records: Sequence[UUID]) -> set[tuple[UUID, str]]:
    """Fields of records that the product worked out after somebody had set them: they are in nobody's way."""
    if not records:
        return set()
    rows = ctx.run(
        "SELECT DISTINCT ON (c.record, f.key) c.record, f.key, c.via = $2 FROM sys_change c,"
        " jsonb_object_keys(c.diff) AS f(key) WHERE c.record = ANY($1::uuid[]) AND c.op = 'update'"
        " ORDER BY c.record, f.key, c.seq DESC",
        [list(records), COMPUTED],
    )
    return {(record, key) for record, key, is_computed in rows if is_computed}


def _sort_out(
    ctx: Context, obj: Object, steps: Sequence[Step], reached: Collection[UUID], *, is_own: bool, is_lent: bool
) -> tuple[_Part, list[dict[str, Any]]]:
    """Part the steps into those that can be taken back and conflicts, which tell nothing of what is out of reach."""
    part = _Part(obj)
    refused: list[Step] = []
    for step in steps:
        if step.differing or not (is_lent or step.record in reached):
            refused.append(step)
        elif is_lent or (is_own and step.untouched and may_lend(obj)):
            part.lent.append(step)
        else:
            part.own.append(step)
    known = {step.record: step.differing for step in refused} if is_lent else told(ctx, obj, refused)
    conflicts = [{"object": obj.key, "id": str(one.record), "fields": known.get(one.record, [])} for one in refused]
    return part, conflicts


def _values_now(ctx: Context, obj: Object, steps: Sequence[Step]) -> dict[UUID, dict[str, Any]]:
    edited = [s for s in steps if s.fields and s.before == s.after]
    keys = sorted({k for s in edited for k in (*s.fields, RECORD_TYPE) if k in obj.fields})
    return reads.native(ctx.as_system(), obj.key, [s.record for s in edited], keys) if keys else {}


def _differing(ctx: Context, obj: Object, step: Step, is_deleted: bool | None, now: dict[str, Any] | None) -> list[str]:
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


def _take_back(ctx: Context, obj: Object, steps: Sequence[Step]) -> None:
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
    for some in _in_parts(obj, made):
        if still := reads.visible(ctx, obj.key, some):
            writes.delete(ctx, obj.key, [one for one in some if one in still])


def _in_parts(obj: Object, made: list[UUID]) -> Iterator[list[UUID]]:
    """Whole records are in memory while they are deleted: very many go part by part, unless they may refer to each
    other.
    """
    linked = any(obj.key in (one.target, *(one.settings.get("targets") or ())) for one in obj.fields.values())
    at_once = len(made) if linked else AT_ONCE
    for start in range(0, len(made), at_once or 1):
        yield made[start : start + at_once]


def _writable(ctx: Context, obj: Object, step: Step) -> dict[str, Any]:
    """The old values that may be written; what hooks derive from them is derived again."""
    fields = ((key, obj.fields.get(key), old) for key, (old, _) in step.fields.items())
    return {key: old for key, one, old in fields if one and (ctx.actor.is_system or not one.read_only)}
