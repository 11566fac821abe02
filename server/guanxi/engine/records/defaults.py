"""Defaults that are formulas, worked out for a list of new records before they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.computed.compile import Formula, sql
from guanxi.engine.objects.computed.defaults import formulas
from guanxi.engine.objects.computed.tree import Env, FieldValue
from guanxi.engine.objects.computed.types import Value, empty, to_value
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind
from guanxi.engine.records.values import Errors

Far = Mapping[str, Mapping[UUID, Value]]


def work_out(ctx: Context, obj: Object, rows: Sequence[tuple[int, dict[str, Any]]], errors: Errors) -> list[str]:
    """Fill the formula defaults that rows (place in the caller's list, native values) leave out; the fields filled.

    A reference that its writer may not see counts as empty here, so that nothing of the record behind it is told while
    the write, or the form, refuses it.
    """
    filled = []
    for field, formula in formulas(ctx.snapshot, obj):
        bare = [(place, native) for place, native in rows if field.key not in native]
        if not bare:
            continue
        filled.append(field.key)
        far = _far(ctx, formula, [native for _, native in bare])
        env = Env(ctx.now, ctx.env.time_zone, ctx.language, ctx.author)
        for place, native in bare:
            value = formula.value(env, _reader(native, far))
            try:
                if isinstance(value, str):
                    native[field.key] = field.kind.parse_text(field, value, ctx.env)
                else:
                    native[field.key] = None if value in (None, ()) else field.kind.parse(field, value, ctx.env)
            except BadValue as bad:
                errors.add(field.key, bad.code, place, **bad.params)
    return filled


def _reader(native: Mapping[str, Any], far: Far) -> Any:
    def read(value: FieldValue) -> Value:
        if value.steps:
            first = native.get(value.steps[0][1].key)
            return far[_way(value)].get(first, empty(value.type.name)) if first else empty(value.type.name)
        found = native.get(value.field.key)
        if value.type.name == "currency":
            return getattr(found, "currency", None)
        return to_value(value.field, found)

    return read


def _way(value: FieldValue) -> str:
    return f"{value.path} {value.type.name}"


def _far(ctx: Context, formula: Formula, rows: Sequence[Mapping[str, Any]]) -> Far:
    """Values at the end of each path, by the record that the path begins with: one statement a path."""
    found: dict[str, dict[UUID, Value]] = {}
    for value in formula.far:
        (_, step), *rest = value.steps
        ids = {row[step.key] for row in rows if row.get(step.key) is not None}
        if not ids:
            found[_way(value)] = {}
            continue
        inner, bind = formula.shortened(value, tuple(rest)), Bind()
        target = ctx.snapshot.object(step.target or "")
        place = bind(list(ids), "uuid[]")
        rows_found = ctx.run(
            f'SELECT p.id, {sql(inner, "p")} FROM "{target.table}" p WHERE p.id = ANY({place})'
            f" AND p.deleted_at IS NULL AND {ctx.guard().rows(target, 'p', bind)}",
            bind.values,
        )
        found[_way(value)] = {id_: tuple(cell) if isinstance(cell, list) else cell for id_, cell in rows_found}
    return found
