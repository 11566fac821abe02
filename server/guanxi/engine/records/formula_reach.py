"""What a formula that somebody wrote for themselves may tell: nothing of fields and records that they may not read.

What a saved formula field tells is its designer's decision; that of a preview, or of a step of automation, is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.computed.compile import Formula, sql
from guanxi.engine.objects.computed.tree import FieldValue, top
from guanxi.engine.objects.computed.types import Type
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads
from guanxi.engine.records.rules.images import Image, evaluate


def may_read(ctx: Context, object_key: str, key: str) -> bool:
    """Whether the actor may read a field that a formula names, if there is such a one."""
    obj = ctx.snapshot.objects.get(object_key)
    field = obj.fields.get(key) if obj is not None else None
    return obj is None or field is None or ctx.guard().reads(obj, field)


def reads_all(ctx: Context, formula: Formula) -> bool:
    """Whether the actor may read every field that a formula is worked out of, and those that lead there."""
    return all(
        may_read(ctx, obj.key, field.key) for one in formula.fields for obj, field in (*one.steps, (one.obj, one.field))
    )


def leading_out_of_sight(ctx: Context, obj: Object, images: Sequence[Image], formula: Formula) -> set[UUID]:
    """The images for which the formula itself leads to a record that the actor may not see."""
    ways: dict[str, FieldValue] = {}
    for value in top(formula.node):
        for place, (holder, step) in enumerate(value.steps):
            way = FieldValue(Type("record", target=step.target), value.steps[:place], holder, step)
            ways[way.path] = way
    if not ways or ctx.actor.is_system:
        return set()
    wanted = list(ways.values())
    rows = evaluate(ctx, obj, images, lambda source: [sql(way, source.alias) for way in wanted])
    by_target: dict[str, set[UUID]] = {}
    for row in rows:
        for way, record in zip(wanted, row, strict=True):
            if record is not None:
                by_target.setdefault(way.type.target or "", set()).add(record)
    closed = {one for key, ids in by_target.items() for one in ids - set(reads.visible(ctx, key, list(ids)))}
    return {image.id for image, row in zip(images, rows, strict=True) if not closed.isdisjoint(row)}
