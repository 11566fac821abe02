"""Which options, and which records of a reference, may be chosen: as the record's type says, and as other choices do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.components.record_type import FIELD, types_of
from guanxi.engine.objects.fields import dependent
from guanxi.engine.objects.model import Field, Labels, Object
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.rules import words
from guanxi.engine.records.titles import titles
from guanxi.engine.records.values import Errors


@dataclass(frozen=True, slots=True)
class Type:
    """A record type as writes apply it."""

    label: Labels
    choices: Mapping[str, Sequence[str]]
    records: Mapping[str, Sequence[UUID]]


def types(obj: Object) -> dict[str, Type]:
    """The record types of an object by key."""
    return {one.key: _type(one.live) for one in types_of(obj)}


def _type(live: Mapping[str, Any]) -> Type:
    records = {key: [UUID(one) for one in allowed] for key, allowed in (live.get("records") or {}).items()}
    return Type(live["label"], live.get("choices") or {}, records)


def check(ctx: Context, obj: Object, writes: Sequence[Write], errors: Errors) -> None:
    """Note choices that the type of the record, or another choice of it, does not allow.

    Only what a write touches is judged: the choice itself, the type, or the choice that it depends on. What the system
    writes as a consequence is not.
    """
    if ctx.actor.is_system or ctx.lenient:
        return
    known = types(obj)
    if known:
        _check_types(ctx, obj, known, writes, errors)
    for field in dependent.fields(obj):
        link = dependent.link_of(field)
        for write in writes:
            if write.op == "create" or write.new.keys() & {field.key, link.on}:
                _check_link(obj, field, link, write, errors)


def _check_types(ctx: Context, obj: Object, known: Mapping[str, Type], writes: Sequence[Write], errors: Errors) -> None:
    strange: list[tuple[Write, Type, Field]] = []
    for write in writes:
        one = known.get(write.value(FIELD) or "")
        if one is None:
            continue
        changed = write.op == "create" or FIELD in write.new
        for key, allowed in one.choices.items():
            if (changed or key in write.new) and key in obj.fields:
                refused = set(_keys(write.value(key))) - set(allowed)
                if refused:
                    params = words.option_params(obj.fields[key], refused, allowed)
                    errors.add(key, "types.option", write.row, type=one.label, **params)
        for key, ids in one.records.items():
            value = write.value(key)
            if (changed or key in write.new) and key in obj.fields and value is not None and value not in ids:
                strange.append((write, one, obj.fields[key]))
    if strange:
        _refuse_records(ctx, strange, errors)


def _refuse_records(ctx: Context, strange: Sequence[tuple[Write, Type, Field]], errors: Errors) -> None:
    wanted = {(field.target or "", one) for _, type_, field in strange for one in type_.records[field.key]}
    named = titles(ctx, wanted)
    for write, one, field in strange:
        found = [named.get((field.target or "", record)) for record in one.records[field.key]]
        allowed = "、".join(title for title in found if title) or "-"
        errors.add(field.key, "types.record", write.row, type=one.label, allowed=allowed)


def _check_link(obj: Object, field: Field, link: dependent.Link, write: Write, errors: Errors) -> None:
    chosen = set(_keys(write.value(field.key)))
    parent = _keys(write.value(link.on))
    if not chosen:
        return
    other = obj.fields[link.on]
    if not parent:
        errors.add(field.key, "fields.choose_first", write.row, other=other.label)
        return
    allowed = link.among(parent)
    if allowed is not None and not chosen <= allowed:
        params = words.option_params(field, chosen - allowed, allowed)
        errors.add(field.key, "fields.not_with", write.row, other=words.options(other, parent), **params)


def narrowed(obj: Object, value: Any) -> dict[str, list[Any]]:
    """Options (by key) and records (by id) that are left in fields that are narrowed; ``value`` tells a field's value."""
    found: dict[str, list[Any]] = {}
    one = types(obj).get(value(FIELD) or "") if FIELD in obj.fields else None
    if one is not None:
        found |= {key: list(allowed) for key, allowed in one.choices.items() if key in obj.fields}
        found |= {key: [str(record) for record in ids] for key, ids in one.records.items() if key in obj.fields}
    for field in dependent.fields(obj):
        link = dependent.link_of(field)
        parent = _keys(value(link.on))
        allowed = link.among(parent) if parent else set()
        if allowed is not None:
            found[field.key] = meet(field, allowed, found.get(field.key))
    return found


def meet(field: Field, allowed: Collection[str], before: Sequence[str] | None) -> list[str]:
    """The options that both lists hold, in the order of the options."""
    return [key for key in field.prepared.labels if key in allowed and (before is None or key in before)]


def _keys(value: Any) -> Sequence[str]:
    return (value,) if isinstance(value, str) else tuple(value or ())
