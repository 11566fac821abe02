"""References of writes: they must point at live records that the writer may see; access is inherited through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import Bind
from guanxi.engine.records import computed
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.values import PROVENANCE, Errors

REFERRING = frozenset({"ref", "refs", "about"})
"""Traits whose values are other records."""
MEMBER = "member"

Owners = dict[tuple[str, UUID], UUID | None]


def check(ctx: Context, obj: Object, writes: Sequence[Write], errors: Errors) -> None:
    """Note every reference to a record that is absent or invisible, and set ``via_owner`` where it is inherited."""
    _keep_hidden(ctx, obj, writes)
    trusted = PROVENANCE if ctx.actor.is_system else ()
    referring = [f for f in obj.fields.values() if f.kind.trait in REFERRING and f.key not in trusted]
    wanted: dict[str, set[UUID]] = {}
    for field in referring:
        values = [value for write in writes if (value := write.new.get(field.key)) is not None]
        if field.kind.trait == "ref":
            wanted.setdefault(field.target or "", set()).update(values)
            continue
        for value in values:
            for target, record in _targets(field.kind.trait, field.target, value):
                wanted.setdefault(target, set()).add(record)
    if ctx.actor.member_id is not None and MEMBER not in _parents(obj):
        # Writers may name themselves, and are named with everything they write, whether they may read members or not.
        wanted.get(MEMBER, set()).discard(ctx.actor.member_id)
    held = {
        (field.target or "", record)
        for field in referring
        if field.kind.trait == "refs"
        for write in writes
        for record in (write.old or {}).get(field.key) or ()
    }
    owners: Owners = {}
    for target, ids in wanted.items():
        if ids and target in ctx.snapshot.objects:
            owners.update(_owners(ctx, ctx.snapshot.object(target), ids, held=target in _parents(obj)))
    absent = {(target, record) for target, ids in wanted.items() for record in ids} - owners.keys() - held
    if absent:
        _refuse(referring, writes, absent, errors)
    _inherit(ctx, obj, writes, owners)


def _keep_hidden(ctx: Context, obj: Object, writes: Sequence[Write]) -> None:
    """A list that is sent back without the targets its writer cannot see keeps them."""
    if ctx.actor.is_system:
        return
    for field in obj.fields.values():
        if field.kind.trait != "refs":
            continue
        mine = [w for w in writes if w.op == "update" and field.key in w.new and (w.old or {}).get(field.key)]
        dropped = {one for w in mine for one in (w.old or {})[field.key]} - {
            one for w in mine for one in w.new[field.key] or ()
        }
        if not dropped:
            continue
        seen = {record for _, record in _owners(ctx, ctx.snapshot.object(field.target or ""), dropped, held=False)}
        for write in mine:
            hidden = [o for o in (write.old or {})[field.key] if o in dropped and o not in seen]
            write.new[field.key] = (*(write.new[field.key] or ()), *hidden)


def _parents(obj: Object) -> Sequence[str]:
    """Objects that records of this one inherit access from."""
    if obj.inherit is None:
        return ()
    field = obj.fields[obj.inherit]
    return field.settings.get("targets") or [field.target or ""]


def _refuse(
    referring: Sequence[Field], writes: Sequence[Write], absent: AbstractSet[tuple[str, UUID]], errors: Errors
) -> None:
    for field in referring:
        for write in writes:
            value = write.new.get(field.key)
            if value is None:
                continue
            for target, record in _targets(field.kind.trait, field.target, value):
                if (target, record) in absent:
                    errors.add(field.key, "fields.reference_not_found", write.row, object=target, id=str(record))


def _targets(trait: str, target: str | None, value: Any) -> Iterable[tuple[str, UUID]]:
    if trait == "ref":
        return [(target or "", value)]
    if trait == "refs":
        return [(target or "", one) for one in value]
    if trait == "about":
        return [(value.object, value.id)]
    return ()


def _owners(ctx: Context, target: Object, ids: Iterable[UUID], *, held: bool) -> Owners:
    """Owners of the records that are live and visible to the writer; ``held`` until the transaction ends, so that
    neither owner nor record can go while a child is being attached.
    """
    bind = Bind()
    place = bind(list(ids), "uuid[]")
    # A share could not become the lock that computed values need: two writers would wait for each other.
    lock = "NO KEY UPDATE" if computed.is_fed(ctx, target) else "SHARE"
    rows = ctx.run(
        f'SELECT t.id, t.owner FROM "{target.table}" t WHERE t.id = ANY({place}) AND t.deleted_at IS NULL'
        f" AND {ctx.guard().rows(target, 't', bind)}{f' ORDER BY t.id FOR {lock}' if held else ''}",
        bind.values,
    )
    return {(target.key, record): owner for record, owner in rows}


def _inherit(ctx: Context, obj: Object, writes: Sequence[Write], owners: Owners) -> None:
    if obj.inherit is None:
        return
    field = obj.fields[obj.inherit]
    for write in writes:
        if obj.inherit not in write.new:
            continue
        value = write.new[obj.inherit]
        targets = list(_targets(field.kind.trait, field.target, value)) if value is not None else []
        write.new["via_owner"] = owners.get(targets[0]) if targets else None


def hand_down(ctx: Context, obj: Object, writes: Sequence[Write]) -> None:
    """After owners changed: children that inherit access get the new owner, in their rows and in search."""
    ids = [w.id for w in writes if w.op == "update" and "owner" in w.new]
    if not ids:
        return
    for child in ctx.snapshot.objects.values():
        if child.inherit is None:
            continue
        field = child.fields[child.inherit]
        if obj.key not in _parents(child):
            continue
        column = field.key
        polymorphic = f" AND c.\"{column}__object\" = '{obj.key}'" if field.kind.trait == "about" else ""
        ctx.run(
            f'UPDATE "{child.table}" c SET via_owner = p.owner FROM "{obj.table}" p'
            f' WHERE c."{column}" = p.id AND p.id = ANY($1::uuid[]){polymorphic}',
            [ids],
        )
        ctx.run(
            "UPDATE sys_search s SET words = ts_delete(s.words, ARRAY(SELECT w FROM unnest(tsvector_to_array(s.words)) w"
            " WHERE starts_with(w, '~'))) || array_to_tsvector(array_remove(ARRAY['~' || replace(c.owner::text, '-', ''),"
            f" '~' || replace(c.via_owner::text, '-', '')], NULL)) FROM \"{child.table}\" c"
            f' WHERE c.id = s.record AND c."{column}" = ANY($1::uuid[]){polymorphic}',
            [ids],
        )
