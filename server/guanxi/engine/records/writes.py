"""Writing records: lists in, one path for screens, API, imports and hooks.

parse -> access -> ``before`` hooks -> references, required, choices, rules, unique -> one statement -> links ->
after-image check -> search -> change log -> computed values -> ``after`` hooks. All or nothing: the first refused value refuses the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import psycopg

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import (
    bulk,
    changes,
    computed,
    defaults,
    deletions,
    documents,
    hooks,
    locking,
    reads,
    references,
    store,
    sub_tables,
    transfers,
    uniqueness,
    values,
)
from guanxi.engine.records.hooks import Op, Write
from guanxi.engine.records.rules import choices, judge
from guanxi.engine.records.values import Errors
from guanxi.infra.errors import BadRequest, Conflict, Invalid, NotAllowed
from guanxi.kit.ids import uuid7, uuid7_at

BATCH = 2000
"""Records written by one statement."""


@dataclass(frozen=True, slots=True)
class Change:
    """New values for one record; with ``rev`` the write is refused when somebody else was faster."""

    id: UUID
    values: Mapping[str, Any]
    rev: int | None = None


def create(ctx: Context, object_key: str, rows: Sequence[Mapping[str, Any]]) -> list[UUID]:
    """Create records and return their ids in order. Invalid names every refused field of every row."""
    obj = ctx.object(object_key)
    if not ctx.actor.rights(object_key).create:
        raise NotAllowed("records.create_not_allowed", {"object": object_key})
    rows, tables = sub_tables.part(obj, rows)
    created: list[UUID] = []
    for start in range(0, len(rows), BATCH):
        created.extend(_create_batch(ctx, obj, rows[start : start + BATCH], start))
    if tables:
        sub_tables.write(ctx, obj, tables, created)
    return created


def _create_batch(ctx: Context, obj: Object, rows: Sequence[Mapping[str, Any]], start: int) -> list[UUID]:
    errors = Errors()
    writes = []
    for place, row in enumerate(rows):
        native = values.parse(ctx, obj, row, start + place, errors, creating=True)
        values.with_defaults(ctx, obj, native)
        at = values.instant(native)
        asked = frozenset(row)
        writes.append(Write("create", uuid7_at(at) if at else uuid7(), None, native, start + place, 1, at, asked=asked))
    defaults.work_out(ctx, obj, [(write.row, write.new) for write in writes], errors)
    transfers.check(ctx, obj, writes, errors)
    values.check_levels(ctx, obj, writes, errors)
    errors.check()
    hooks.run(ctx, "before", obj.key, writes)
    for write in writes:
        values.with_provenance(ctx, write.new)
    computed.hold(ctx, obj, (), [write.new for write in writes])
    _check(ctx, obj, writes, errors)
    store.number(ctx, obj, writes)
    told = _Told(ctx, obj)
    with _unique_guard(obj):
        store.insert(ctx, obj, writes, told.take)
    store.set_links(ctx, obj, writes)
    _after_image(ctx, obj, writes)
    (documents.add if len(writes) >= bulk.FROM else documents.store)(ctx, obj, told.documents)
    changes.log(ctx, obj, writes, told.diffs)
    computed.refresh(ctx, obj, writes)
    hooks.run(ctx, "after", obj.key, writes)
    return [w.id for w in writes]


class _Told:
    """What search and the change log are told of new records, made while the server takes the records in."""

    def __init__(self, ctx: Context, obj: Object) -> None:
        self._differences = changes.Differences(obj)
        self._documents = documents.Documents(ctx, obj) if documents.is_searchable(obj) else None
        self.documents: list[documents.Document] = []
        self.diffs: list[bytes] = []

    def take(self, write: Write) -> None:
        """Make both of one creation."""
        self.diffs.append(self._differences.of(write))
        if self._documents:
            self.documents.append(self._documents.of(write.id, write.new))


def update(ctx: Context, object_key: str, changes_: Sequence[Change]) -> list[UUID]:
    """Apply changes; returns the ids of the records that really changed.

    NotFound for invisible records, NotAllowed for visible ones that the actor may not edit, Conflict
    ``records.stale`` with the current record for an old ``rev``.
    """
    obj = ctx.object(object_key)
    values_only, tables = sub_tables.part(obj, [change.values for change in changes_])
    if tables:
        changes_ = [replace(change, values=own) for change, own in zip(changes_, values_only, strict=True)]
    changed: list[UUID] = []
    for start in range(0, len(changes_), BATCH):
        changed.extend(_update_batch(ctx, obj, changes_[start : start + BATCH], start))
    if tables:
        lines_of = sub_tables.write(ctx, obj, tables, [change.id for change in changes_])
        changed.extend(change.id for change in changes_ if change.id in lines_of and change.id not in set(changed))
    return changed


def _update_batch(ctx: Context, obj: Object, batch: Sequence[Change], start: int) -> list[UUID]:
    if len({c.id for c in batch}) != len(batch):
        raise BadRequest("records.twice_in_list")
    errors = Errors()
    parsed = {c.id: values.parse(ctx, obj, c.values, start + place, errors) for place, c in enumerate(batch)}
    errors.check()
    linked = {k for v in parsed.values() for k in v if obj.fields[k].kind.trait == "refs"}
    computed.hold(ctx, obj, [c.id for c in batch], list(parsed.values()))
    old = locking.lock(ctx, obj, [c.id for c in batch], "edit", linked)
    writes = []
    for place, change in enumerate(batch):
        before = old[change.id]
        if change.rev is not None and change.rev != before["rev"]:
            current = reads.get(ctx, obj.key, change.id)
            raise Conflict("records.stale", {"current": current, "yours": dict(change.values)})
        new = values.changed_only(obj, before, parsed[change.id])
        if new:
            at = new.get("updated_at")  # told only by those who bring records in with their past
            rev, asked = before["rev"] + 1, frozenset(new)
            writes.append(Write("update", change.id, before, new, start + place, rev, at, asked=asked))
    if not writes:
        return []
    transfers.check(ctx, obj, writes, errors)
    values.check_levels(ctx, obj, writes, errors)
    errors.check()
    hooks.run(ctx, "before", obj.key, writes)
    for write in writes:
        write.new = values.changed_only(obj, write.old or {}, write.new)
    writes = [w for w in writes if w.new]
    _check(ctx, obj, writes, errors)
    with _unique_guard(obj):
        store.update(ctx, obj, writes)
    store.set_links(ctx, obj, writes)
    _after_image(ctx, obj, [w for w in writes if "owner" not in w.new])
    references.hand_down(ctx, obj, writes)
    _index(ctx, obj, writes)
    changes.log(ctx, obj, writes)
    computed.refresh(ctx, obj, writes)
    hooks.run(ctx, "after", obj.key, writes)
    return [w.id for w in writes]


def delete(ctx: Context, object_key: str, ids: Sequence[UUID]) -> list[UUID]:
    """Put records into the recycle bin; references follow each relation's ``on_delete``."""
    try:
        return _bin_all(ctx, object_key, ids, "delete", set())
    except Conflict as refused:
        named = refused.params.get("object")
        if refused.code != "records.still_used" or named is None or ctx.actor.rights(named).reads:
            raise
        # An object that the actor may not read is not named, however far along the deletion met it.
        raise Conflict(refused.code, {**refused.params, "object": None, "field": None}) from None


def restore(ctx: Context, object_key: str, ids: Sequence[UUID]) -> list[UUID]:
    """Take records out of the recycle bin; needs the right to delete them.

    What went along with a deletion comes back by undoing its change set, not by this.
    """
    if not ctx.actor.rights(object_key).restore:
        raise NotAllowed("records.restore_not_allowed", {"object": object_key})
    return _bin_all(ctx, object_key, ids, "restore", set())


def _bin_all(
    ctx: Context, object_key: str, ids: Sequence[UUID], op: Op, going: set[UUID], *, along: bool = False
) -> list[UUID]:
    """``going`` are the records that are being deleted already, so that those which refer to each other come to an end."""
    obj = ctx.object(object_key)
    once = list(dict.fromkeys(ids))
    going.update(once)
    for start in range(0, len(once), BATCH):
        _bin(ctx, obj, once[start : start + BATCH], op, going, along=along)
    return once


def _bin(ctx: Context, obj: Object, ids: list[UUID], op: Op, going: set[UUID], *, along: bool) -> list[UUID]:
    if not ids:
        return []
    computed.hold(ctx, obj, ids)
    old = locking.lock(ctx, obj, ids, "delete", (), deleted=op == "restore")
    writes = [Write(op, one, old[one], {}, place, old[one]["rev"] + 1, along=along) for place, one in enumerate(ids)]
    hooks.run(ctx, "before", obj.key, writes)
    if op == "delete":
        _let_go(ctx, obj, ids, going)
        documents.remove(ctx, ids)
    else:
        errors = Errors()
        held = [Write("update", w.id, w.old, dict(w.old or {}), w.row) for w in writes]
        uniqueness.check(ctx, obj, held, errors)
        errors.check()
    store.mark_deleted(ctx, obj, ids, deleted=op == "delete")
    if op == "restore" and documents.is_searchable(obj):
        made = documents.Documents(ctx, obj)
        documents.store(ctx, obj, [made.of(w.id, w.old or {}) for w in writes])
    changes.log(ctx, obj, writes)
    computed.refresh(ctx, obj, writes)
    hooks.run(ctx, "after", obj.key, writes)
    return ids


def _let_go(ctx: Context, obj: Object, ids: list[UUID], going: set[UUID]) -> None:
    """What refers to records that are deleted: refused, cleared or deleted along, as each relation says."""
    system = ctx.as_system()
    for child, field, rule in deletions.referring(ctx.snapshot, obj):
        held = deletions.held_by(ctx, child, field, ids, going)
        if not held:
            continue
        if rule == "restrict":
            raise Conflict("records.still_used", {"object": child.key, "count": len(held), "field": field.key})
        if rule == "cascade":
            _bin_all(system, child.key, held, "delete", going, along=True)
        else:
            update(system, child.key, [Change(one, {field.key: None}) for one in held])


def _check(ctx: Context, obj: Object, writes: Sequence[Write], errors: Errors) -> None:
    references.check(ctx, obj, writes, errors)
    hidden = bool(errors.found)
    values.check_required(obj, writes, errors)
    choices.check(ctx, obj, writes, errors)
    if not hidden:  # what a rule says must not tell anything of a record that the writer may not see
        judge.check(ctx, obj, writes, errors)
    errors.check()
    uniqueness.check(ctx, obj, writes, errors)
    errors.check()


def _after_image(ctx: Context, obj: Object, writes: Sequence[Write]) -> None:
    """What was written must still be within the writer's reach; giving a record to another owner is the exception."""
    if ctx.actor.is_system or not writes or not obj.has_owner:
        return
    seen = reads.visible(ctx, obj.key, [w.id for w in writes])
    if any(w.id not in seen for w in writes):
        raise NotAllowed("records.out_of_reach", {"object": obj.key})


def _index(ctx: Context, obj: Object, writes: Sequence[Write]) -> None:
    """Bring the search documents of updated records up to date."""
    if not documents.is_searchable(obj):
        return
    watched = {f.key for f in obj.searchable} | {"owner", "via_owner", obj.inherit}
    touched = [w for w in writes if watched & w.new.keys()]
    made = documents.Documents(ctx, obj)
    documents.store(ctx, obj, (made.of(w.id, {**(w.old or {}), **w.new}) for w in touched))


class _unique_guard:  # noqa: N801 - reads as the statement it guards
    """Two transactions may pass the check at once; the index refuses the second, told as the same error."""

    def __init__(self, obj: Object) -> None:
        self.obj = obj

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, psycopg.errors.UniqueViolation):
            raise Invalid([uniqueness.refused_by(self.obj, error.diag.constraint_name or "")]) from None
