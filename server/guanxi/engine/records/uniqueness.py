"""Unique fields, alone or together, checked for a whole list before it is written, so that the answer names row, field
and value.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.ddl.plan import index_name, uniques_name
from guanxi.engine.objects.model import Field, Object, label_text
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.values import Errors
from guanxi.infra.errors import FieldError


def check(ctx: Context, obj: Object, writes: Sequence[Write], errors: Errors) -> None:
    """Note values that another live record, or another row of the list, already has.

    The unique index stays the last word for two transactions at once. That a record exists is told without saying
    which one, since the writer may not be allowed to see it. Where one of several fields is empty, nothing is compared.
    """
    for field in obj.stored:
        if field.unique:
            _check(ctx, obj, (field,), writes, errors)
    for keys in obj.uniques:
        if all(key in obj.fields for key in keys):
            _check(ctx, obj, tuple(obj.fields[key] for key in keys), writes, errors)


def _check(ctx: Context, obj: Object, fields: Sequence[Field], writes: Sequence[Write], errors: Errors) -> None:
    seen: set[tuple[Any, ...]] = set()
    mine: list[tuple[Write, tuple[Any, ...]]] = []
    for write in writes:
        if not any(field.key in write.new for field in fields):
            continue
        values = [write.value(field.key) for field in fields]
        if any(value is None for value in values):
            continue
        stored = tuple(field.kind.to_db(value)[0] for field, value in zip(fields, values, strict=True))
        if stored in seen:
            _refuse(ctx, fields, write, stored, errors)
        seen.add(stored)
        mine.append((write, stored))
    if not mine:
        return
    taken = _taken(ctx, obj, fields, [stored for _, stored in mine])
    for write, stored in mine:
        if taken.get(stored, write.id) != write.id:
            _refuse(ctx, fields, write, stored, errors)


def _taken(
    ctx: Context, obj: Object, fields: Sequence[Field], wanted: Sequence[tuple[Any, ...]]
) -> dict[tuple[Any, ...], UUID]:
    """A live record for each of the values that one holds."""
    columns = [field.columns[0] for field in fields]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    arrays = [f"${place}::{sql_type}[]" for place, (_, sql_type) in enumerate(columns, 1)]
    held = (
        f"{names} = ANY({arrays[0]})"
        if len(columns) == 1
        else f"({names}) IN (SELECT * FROM unnest({', '.join(arrays)}))"
    )
    rows = ctx.run(
        f'SELECT id, {names} FROM "{obj.table}" WHERE deleted_at IS NULL AND {held}',
        [list(values) for values in zip(*wanted, strict=True)],
    )
    return {tuple(values): record for record, *values in rows}


def _refuse(ctx: Context, fields: Sequence[Field], write: Write, stored: tuple[Any, ...], errors: Errors) -> None:
    value = " + ".join("" if field.kind.secret else str(one) for field, one in zip(fields, stored, strict=True))
    if len(fields) == 1:
        errors.add(fields[0].key, "fields.not_unique", write.row, value=value)
        return
    names = " + ".join(label_text(field.label, ctx.language) for field in fields)
    last = next((field for field in reversed(fields) if field.key in write.new), fields[-1])
    errors.add(last.key, "fields.not_unique_together", write.row, fields=names, value=value)


def refused_by(obj: Object, index: str) -> FieldError:
    """The refused value that a violated unique index stands for."""
    for field in obj.stored:
        if index == index_name(obj, field.key, "unique"):
            return FieldError(field.key, "fields.not_unique", {"value": ""})
    for keys in obj.uniques:
        if index == uniques_name(obj, keys):
            names = " + ".join(label_text(obj.fields[key].label, "zh-CN") for key in keys)
            return FieldError(keys[-1], "fields.not_unique_together", {"fields": names, "value": ""})
    return FieldError(index, "fields.not_unique", {"value": ""})
