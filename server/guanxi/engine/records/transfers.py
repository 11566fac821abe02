"""Whose records are: giving one to somebody else, or making one for somebody else, needs a right of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

from guanxi.engine.access.predicate import AccessGuard
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.values import Errors


def check(ctx: Context, obj: Object, writes: Sequence[Write], errors: Errors) -> None:
    """Refuse an owner other than the writer, or the present one, without the right to hand over.

    Another owner for a record that is there needs the standing of its owner, or of somebody above, besides: whoever may
    edit it by a share or by a rule does not take it, and who stands in for its owner does not keep it.
    """
    if ctx.actor.is_system or not obj.has_owner:
        return
    moved = [write for write in writes if "owner" in write.asked]
    if not ctx.actor.rights(obj.key).transfer:
        for write in moved:
            if write.new.get("owner", ctx.author) != ctx.author or (write.old is not None and not ctx.undoes):
                errors.add("owner", "records.transfer_not_allowed", write.row)
        return
    if ctx.undoes:
        return  # an undo is judged by records/undo_reach.py
    for lasting in (False, True):
        there = [w for w in moved if w.old is not None and (w.new.get("owner") == ctx.actor.member_id) == lasting]
        stand = standing(ctx, obj, [write.id for write in there], lasting=lasting)
        for write in there:
            if write.id not in stand:
                errors.add("owner", "records.transfer_without_standing", write.row)


def standing(ctx: Context, obj: Object, ids: Collection[UUID], *, lasting: bool = False) -> set[UUID]:
    """Of records, those that the actor may edit as their owner or as somebody above: by no share and by no rule; when
    ``lasting``, not for standing in for somebody either, which ends some day.
    """
    if not ids:
        return set()
    actor = replace(ctx.actor, opens=MappingProxyType({}), delegators=() if lasting else ctx.actor.delegators)
    bind = Bind()
    guard = AccessGuard(ctx.snapshot, actor, ctx.env, "edit", by_shares=False)
    among = bind(list(ids), "uuid[]")
    rows = ctx.run(
        f'SELECT t.id FROM "{obj.table}" t WHERE t.id = ANY({among}) AND t.deleted_at IS NULL'
        f" AND {guard.rows(obj, 't', bind)}",
        bind.values,
    )
    return {row[0] for row in rows}
