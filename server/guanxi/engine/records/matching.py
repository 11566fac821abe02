"""Finding the records that rows from elsewhere mean, by fields that they have in common."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.levels import is_read
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.build import Bind
from guanxi.engine.records import writes
from guanxi.engine.records.values import Errors
from guanxi.infra.errors import BadRequest, Invalid

MAX_MATCH_FIELDS = 5
MATCHABLE = frozenset({"text", "number", "date", "ref", "choice"})
"""Traits of the fields that records can be recognised by."""

Key = tuple[Any, ...]
"""A row's match fields as the database keeps them."""


def upsert(
    ctx: Context, object_key: str, match: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> tuple[list[UUID], int, int]:
    """Update the records that the match fields find, create the others: (ids in order, created, updated).

    Only records that the actor may see are found. Two matches for one row are refused, and two rows that mean the
    same record.
    """
    obj = ctx.object(object_key)
    errors = Errors()
    fields = _fields(ctx, obj, match)
    keys = _keys(ctx, fields, rows, errors)
    _refuse_twice(match[0], keys, errors)
    errors.check()
    found = _find(ctx, obj, fields, keys, errors)
    errors.check()
    fresh = [place for place, one in enumerate(found) if one is None]
    known = {place: one for place, one in enumerate(found) if one is not None}
    made: list[UUID] = []
    updated: list[UUID] = []
    if fresh:
        with _rows_named_as_in(fresh):
            made = writes.create(ctx, object_key, [rows[place] for place in fresh])
    if known:
        with _rows_named_as_in(list(known)):
            updated = writes.update(ctx, object_key, [writes.Change(one, rows[place]) for place, one in known.items()])
    ids = known | dict(zip(fresh, made, strict=True))
    return [ids[place] for place in range(len(rows))], len(made), len(updated)


def find(
    ctx: Context, obj: Object, match: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> tuple[list[UUID | None], Errors]:
    """The visible record that each row's match fields find, or None; one statement for the whole list.

    Until the unit of work ends nobody else finds records of the object by these fields, so that what is missing here
    can be created without becoming a duplicate.
    """
    errors = Errors()
    fields = _fields(ctx, obj, match)
    keys = _keys(ctx, fields, rows, errors)
    return _find(ctx, obj, fields, keys, errors), errors


@contextmanager
def _rows_named_as_in(places: Sequence[int]) -> Iterator[None]:
    """Refusals of a part of a list, told by the places in the whole of it."""
    try:
        yield
    except Invalid as refused:
        errors = [e if e.row is None else dataclasses.replace(e, row=places[e.row]) for e in refused.fields]
        raise Invalid(errors, refused.code, refused.params) from None


def _fields(ctx: Context, obj: Object, match: Sequence[str]) -> list[Field]:
    if not match or len(match) > MAX_MATCH_FIELDS:
        raise BadRequest("records.match_required", {"limit": MAX_MATCH_FIELDS})
    fields = []
    for key in match:
        field = obj.fields.get(key)
        if field is None or not field.columns or field.kind.trait not in MATCHABLE:
            raise BadRequest("records.bad_match", {"object": obj.key, "field": key})
        ctx.guard().field(obj, field)
        if not is_read(ctx.guard().level_everywhere(obj, field)):
            raise BadRequest("query.field_masked", {"object": obj.key, "field": key})
        fields.append(field)
    return fields


def _keys(ctx: Context, fields: Sequence[Field], rows: Sequence[Mapping[str, Any]], errors: Errors) -> list[Key | None]:
    """The key of each row; None where a match field is empty or cannot be read."""
    keys: list[Key | None] = []
    for place, row in enumerate(rows):
        cells = []
        for field in fields:
            try:
                raw = row.get(field.key)
                native = None if raw is None else field.kind.parse(field, raw, ctx.env)
            except BadValue as bad:
                errors.add(field.key, bad.code, place, **bad.params)
                native = None
            cells.append(None if native is None else field.kind.to_db(native)[0])
        keys.append(None if None in cells else tuple(cells))
    return keys


def _refuse_twice(field: str, keys: Sequence[Key | None], errors: Errors) -> None:
    first: dict[Key, int] = {}
    for place, key in enumerate(keys):
        if key is not None and first.setdefault(key, place) != place:
            errors.add(field, "records.match_twice", place, first=first[key] + 1)


def _find(
    ctx: Context, obj: Object, fields: Sequence[Field], keys: Sequence[Key | None], errors: Errors
) -> list[UUID | None]:
    found = _records(ctx, obj, fields, list({key for key in keys if key is not None}))
    out: list[UUID | None] = []
    for place, key in enumerate(keys):
        hits = found.get(key, []) if key is not None else []
        seen = [record for record, visible in hits if visible]
        if len(seen) > 1:
            errors.add(fields[0].key, "records.match_ambiguous", place, count=len(seen))
        elif hits and not seen:
            errors.add(fields[0].key, "records.match_hidden", place)
        out.append(seen[0] if len(seen) == 1 else None)
    return out


def _records(
    ctx: Context, obj: Object, fields: Sequence[Field], wanted: Sequence[Key]
) -> dict[Key, list[tuple[UUID, bool]]]:
    """Records by key, each with whether the actor may see it; hidden ones only where ``tells_of_hidden`` says so."""
    if not wanted:
        return {}
    _be_alone(ctx, obj, fields)
    bind = Bind()
    columns = [field.columns[0] for field in fields]
    arrays = ", ".join(bind([key[i] for key in wanted], f"{t}[]") for i, (_, t) in enumerate(columns))
    names = ", ".join(f"k{i}" for i in range(len(columns)))
    on = " AND ".join(f't."{name}" = v.k{i}' for i, (name, _) in enumerate(columns))
    visible = ctx.guard().rows(obj, "t", bind)
    if kept := ctx.guard().keeps_from(obj, fields, "t"):  # what a pool keeps is no more told than what is hidden
        visible = f"({visible} AND ({kept}) IS NOT TRUE)"
    within = "" if tells_of_hidden(ctx, obj, fields) else f" AND {visible}"
    rows = ctx.run(
        f"SELECT {', '.join(f'v.k{i}' for i in range(len(columns)))}, t.id, {visible}"
        f" FROM unnest({arrays}) AS v({names})"
        f' JOIN "{obj.table}" t ON {on} AND t.deleted_at IS NULL{within}',
        bind.values,
    )
    found: dict[Key, list[tuple[UUID, bool]]] = {}
    for *key, record, seen in rows:
        found.setdefault(tuple(key), []).append((record, seen))
    return found


def tells_of_hidden(ctx: Context, obj: Object, fields: Sequence[Field]) -> bool:
    """Whether it is told that a hidden record has the key, so that no second one is made of it; never which one.

    That is told to who may make records: of fields that are unique, alone or together, since a creation would be refused
    there anyway, and of a single field that names its record, a code, a mail, a title. More is not told by that than
    that some record has this value. Of several fields the answer to a guess would tell what the record that has one of
    them holds in the others; of other kinds, how much or when; and what people keep to themselves is not told about.
    """
    if not ctx.actor.rights(obj.key).create:
        return False
    keys = {field.key for field in fields}
    if all(field.unique for field in fields) or any(keys == set(together) for together in obj.uniques):
        return True
    field = fields[0]
    names = field.key == obj.title or (field.kind.names_record and not field.kind.computed)
    return len(keys) == 1 and names and obj.private is None


def _be_alone(ctx: Context, obj: Object, fields: Sequence[Field]) -> None:
    name = " ".join(["match", ctx.workspace.schema, obj.key, *sorted(field.key for field in fields)])
    ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [name])
