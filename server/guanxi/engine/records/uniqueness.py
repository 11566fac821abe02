"""Unique fields, checked for a whole list before it is written, so that the answer names row, field and value."""

from __future__ import annotations

from collections.abc import Sequence

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.values import Errors


def check(ctx: Context, obj: Object, writes: Sequence[Write], errors: Errors) -> None:
    """Note values that another live record, or another row of the list, already has.

    The unique index stays the last word for two transactions at once. That a record exists is told without saying
    which one, since the writer may not be allowed to see it.
    """
    for field in obj.stored:
        if not field.unique:
            continue
        seen: dict[object, int] = {}
        mine: list[tuple[Write, object]] = []
        for write in writes:
            value = write.new.get(field.key)
            if value is None:
                continue
            stored = field.kind.to_db(value)[0]
            if stored in seen:
                errors.add(field.key, "fields.not_unique", write.row, value=str(stored))
            seen[stored] = write.row
            mine.append((write, stored))
        if not mine:
            continue
        column, sql_type = field.columns[0]
        rows = ctx.run(
            f'SELECT "{column}", id FROM "{obj.table}" WHERE deleted_at IS NULL AND "{column}" = ANY($1::{sql_type}[])',
            [[stored for _, stored in mine]],
        )
        taken = dict(rows)
        for write, stored in mine:
            if stored in taken and taken[stored] != write.id:
                errors.add(field.key, "fields.not_unique", write.row, value=str(stored))
