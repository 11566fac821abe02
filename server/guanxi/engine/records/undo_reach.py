"""What of an undo its actor may do as things stand now: the same rights, reach and levels of fields as writing by hand.

Nobody writes by an undo what they could not write otherwise, however untouched a record is. Two things go further.
Who gave a record away, and is out of its reach by that alone, is judged by the record as it would be again. And what
only followed from a write goes back with it: cleared references and records deleted along with what they referred to,
and whatever the product alone writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

import psycopg

from guanxi.engine.access.actor import Verb
from guanxi.engine.access.columns import RECORD_TYPE
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import deletions, reads, references, store
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.values import Errors
from guanxi.infra.database.cursor import savepoint

State = Literal["absent", "deleted", "live"]
BATCH = 2000


@dataclass
class Step:
    """The net effect of a change set on one record."""

    record: UUID
    before: State
    after: State = "live"
    fields: dict[str, list[Any]] = field(default_factory=dict)
    untouched: bool = False
    """No later change set wrote the record."""
    differing: list[str] = field(default_factory=list)
    """What stands otherwise than the change set left it; ["*"] for the record as a whole."""
    now: dict[str, Any] = field(default_factory=dict)
    """Native values as they stand: those that taking it back would write, and the type of the record."""

    @property
    def is_edit(self) -> bool:
        """Whether taking it back changes values of a record, and neither deletes nor restores it."""
        return self.before == self.after

    @property
    def is_nothing(self) -> bool:
        """Whether the record ended as it began."""
        if self.before == "absent" and self.after == "deleted":
            return True
        return self.before == self.after and (self.after == "deleted" or not self.fields)


Steps = Sequence[tuple[Object, Sequence[Step]]]


class _Tried(Exception):
    """Nothing that was tried is kept."""


def by_hand(obj: Object) -> bool:
    """False for objects that only follow others, such as the history of stages: they go back with their cause."""
    return any(not field.read_only for field in obj.stored)


def may_lend(obj: Object) -> bool:
    """Whether own writes on untouched records are taken back by the system once the actor may do so: what the product
    wrote beside them goes back too. Never for the organisation and its rights.
    """
    return obj.has_owner or not by_hand(obj)


def within(ctx: Context, parts: Steps, *, is_own: bool) -> set[UUID]:
    """Records whose step the actor may take back now; ``is_own`` when the change set is the actor's.

    Steps that stand otherwise by now are not among them.
    """
    found: set[UUID] = set()
    away: list[tuple[Object, list[Step]]] = []
    rest: list[tuple[Object, Step]] = []
    for obj, steps in parts:
        lends = is_own and may_lend(obj)
        standing = [step for step in steps if not step.differing]
        allowed = [step for step in standing if _is_allowed(ctx, obj, step)]
        if not (lends and not by_hand(obj)):
            found |= _reached(ctx, obj, allowed)
        if lends and by_hand(obj):
            away.append((obj, [s for s in allowed if s.untouched and s.record not in found and _may_be_away(s)]))
        if lends:
            rest += [(obj, step) for step in standing if step.untouched]
    found |= _given_away(ctx, away)
    rest = [(obj, step) for obj, step in rest if step.record not in found]
    return _with_consequences(ctx, parts, found, rest) if rest else found


def told(ctx: Context, obj: Object, steps: Sequence[Step]) -> dict[UUID, list[str]]:
    """What the actor may know of what stands otherwise now: nothing of records and of fields that they do not read."""
    ids = [step.record for step in steps if step.differing]
    if not ids or not ctx.actor.rights(obj.key).reads:
        return {}
    seen = reads.visible(ctx, obj.key, ids) | reads.visible(ctx, obj.key, ids, deleted=True)
    guard = ctx.guard()
    return {
        step.record: [
            key for key in step.differing if key == "*" or (key in obj.fields and guard.reads(obj, obj.fields[key]))
        ]
        for step in steps
        if step.record in seen
    }


def _is_allowed(ctx: Context, obj: Object, step: Step) -> bool:
    """Whether the rights on the object and the levels of its fields allow it, on whatever record."""
    rights = ctx.actor.rights(obj.key)
    if ctx.actor.is_system or not rights.reads:
        return ctx.actor.is_system
    if step.after == "deleted":
        return rights.restore
    if not step.is_edit:
        return True
    guard = ctx.guard()
    types = {step.now.get(RECORD_TYPE), *step.fields.get(RECORD_TYPE, ())} - {None}
    for key, (old, _) in step.fields.items():
        one = obj.fields.get(key)
        if one is None or _is_products(one):
            continue
        if guard.level(obj, one) != "edit" or any(guard.level_on(obj, one, str(kind)) != "edit" for kind in types):
            return False
        if key == "owner" and not rights.transfer and old != str(ctx.author):
            return False
    return True


def _is_products(one: Field) -> bool:
    """Whether people never write the field."""
    return one.read_only or one.kind.generated or one.kind.computed


def _reached(ctx: Context, obj: Object, steps: Sequence[Step]) -> set[UUID]:
    """Records that the actor may treat so by hand."""
    found: set[UUID] = set()
    kinds: tuple[tuple[Verb, bool], ...] = (("edit", False), ("delete", False), ("delete", True))
    for verb, deleted in kinds:
        ids = [s.record for s in steps if s.is_edit == (verb == "edit") and (s.after == "deleted") == deleted]
        if ids:
            reached = reads.visible(ctx, obj.key, ids, verb, deleted=deleted)
            found |= reached & reads.visible(ctx, obj.key, ids, deleted=deleted)
    return found


def _may_be_away(step: Step) -> bool:
    return step.after == "live" and bool(step.fields)


def _given_away(ctx: Context, parts: Sequence[tuple[Object, Sequence[Step]]]) -> set[UUID]:
    """Records that the actor would reach if they were as they were before; nothing of the trial is kept."""
    parts = [(obj, steps) for obj, steps in parts if steps]
    found: set[UUID] = set()
    if not parts:
        return found
    try:
        with savepoint():
            for obj, steps in parts:
                for start in range(0, len(steps), BATCH):
                    _put_back(ctx.as_system(), obj, steps[start : start + BATCH])
            for obj, steps in parts:
                found |= _reached(ctx, obj, steps)
            raise _Tried
    except _Tried:
        return found
    except psycopg.IntegrityError:  # as they were they cannot be any more
        return set()


def _put_back(ctx: Context, obj: Object, steps: Sequence[Step]) -> None:
    """The old values, in the tables alone."""
    writes = []
    for step in steps:
        known = [(obj.fields[key], old) for key, (old, _) in step.fields.items() if key in obj.fields]
        values = {
            one.key: None if old is None else one.kind.parse(one, old, ctx.env)
            for one, old in known
            if not (one.kind.generated or one.kind.computed)
        }
        if values:
            writes.append(Write("update", step.record, {}, values))
    references.check(ctx, obj, writes, Errors())
    store.update(ctx, obj, writes)
    store.set_links(ctx, obj, writes)
    references.hand_down(ctx, obj, writes)


def _with_consequences(ctx: Context, parts: Steps, found: set[UUID], rest: Sequence[tuple[Object, Step]]) -> set[UUID]:
    """The records found, and those of the rest that only followed what goes back."""
    found = set(found)
    known = {step.record for _, steps in parts for step in steps}
    gone = {step.record for _, steps in parts for step in steps if step.after == "deleted"}
    written = {s.record for obj, steps in parts for s in steps if not _follows(obj, s)}
    links = _links(ctx, rest)
    rules = _rules(ctx, [obj for obj, steps in parts if any(step.after == "deleted" for step in steps)])
    while True:
        whole = bool(written) and written <= found
        more = {
            step.record
            for obj, step in rest
            if step.record not in found
            and (
                _went_along(obj, step, gone & found, links, rules)
                or (_follows(obj, step) and _causes_go_back(links[step.record] & known, found, whole=whole))
            )
        }
        if not more:
            break
        found |= more
    if not written:  # the product alone wrote: whoever reads it still may have it taken back
        for obj in {id(obj): obj for obj, _ in rest}.values():
            mine = [step.record for one, step in rest if one is obj and _follows(obj, step)]
            if ctx.actor.rights(obj.key).reads:
                found |= reads.visible(ctx, obj.key, mine) | reads.visible(ctx, obj.key, mine, deleted=True)
    return found


def _follows(obj: Object, step: Step) -> bool:
    """Whether nobody but the product wrote it."""
    if not by_hand(obj):
        return True
    return step.is_edit and all(key not in obj.fields or _is_products(obj.fields[key]) for key in step.fields)


def _causes_go_back(causes: set[UUID], found: set[UUID], *, whole: bool) -> bool:
    """Whether what it refers to goes back; without such a thing, whether all does that people wrote (``whole``)."""
    return causes <= found if causes else whole


Rules = dict[tuple[str, str], str]
Links = dict[UUID, set[UUID]]


def _rules(ctx: Context, objects: Iterable[Object]) -> Rules:
    """What deleting records of the objects does to those that refer to them, by object and field."""
    found = (one for obj in objects for one in deletions.referring(ctx.snapshot, obj))
    return {(child.key, one.key): rule for child, one, rule in found}


def _went_along(obj: Object, step: Step, gone: set[UUID], links: Links, rules: Rules) -> bool:
    """Whether a deletion that goes back cleared the references or deleted the record along."""
    if step.is_edit:
        written = {
            key: pair for key, pair in step.fields.items() if key in obj.fields and not _is_products(obj.fields[key])
        }
        return bool(written) and all(
            rules.get((obj.key, key)) not in (None, "cascade", "restrict") and new is None and set(_ids(old)) & gone
            for key, (old, new) in written.items()
        )
    cascades = any(key == obj.key and rule == "cascade" for (key, _), rule in rules.items())
    return step.after == "deleted" and cascades and bool(links[step.record] & gone)


def _links(ctx: Context, rest: Sequence[tuple[Object, Step]]) -> Links:
    """The records that each refers to, now or before."""
    found: Links = {}
    by_object: dict[str, tuple[Object, list[Step]]] = {}
    for obj, step in rest:
        by_object.setdefault(obj.key, (obj, []))[1].append(step)
        found[step.record] = {one for pair in step.fields.values() for value in pair for one in _ids(value)}
    for obj, steps in by_object.values():
        columns = [f'"{one.key}"' for one in obj.stored if one.kind.trait in ("ref", "about")]
        if not columns:
            continue
        rows = ctx.run(
            f'SELECT id, ARRAY[{", ".join(columns)}]::uuid[] FROM "{obj.table}" WHERE id = ANY($1::uuid[])',
            [[step.record for step in steps]],
        )
        for record, targets in rows:
            found[record] |= {one for one in targets if one is not None}
    return found


def _ids(value: Any) -> Iterator[UUID]:
    """The ids of records in a logged value."""
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, str):
        try:
            yield UUID(value)
        except ValueError:
            return
