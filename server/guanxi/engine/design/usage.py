"""What rests on an object or a field: other fields, components, and whatever capabilities say of their records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from guanxi.engine.context import Context
from guanxi.engine.design.draft import Draft, Row
from guanxi.engine.design.outcome import Dependent
from guanxi.engine.objects.assembly import field_from
from guanxi.engine.objects.components.registry import component_kind
from guanxi.engine.objects.computed.rolling import filter_fields
from guanxi.engine.objects.model import Object, Snapshot
from guanxi.engine.objects.references import references

Finder = Callable[[Context, str, "str | None"], Iterable[Dependent]]
"""Takes the key of an object and of one of its fields (None: the object itself)."""

_finders: list[Finder] = []


def also_used_by(finder: Finder) -> Finder:
    """Decorator: ask this function too, e.g. for saved views."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def dependents(ctx: Context, draft: Draft, row: Row) -> list[Dependent]:
    """Everything that rests on an object or field, as the draft has it."""
    owner = draft.rows[row.object_id]
    key = row.key if row.sort == "field" else None
    found = [
        *_attributes(owner, key),
        *_fields(ctx.snapshot, draft, owner, key),
        *_components(ctx.snapshot, draft, owner, key),
    ]
    for finder in _finders:
        found.extend(finder(ctx, owner.key, key))
    return found


def _attributes(owner: Row, key: str | None) -> Iterator[Dependent]:
    """Attributes of the object that name the field: without it they would mean nothing."""
    if key is None:
        return
    live = owner.live
    for name in ("title", "inherit", "board"):
        if live.get(name) == key:
            yield Dependent(name, owner.key, owner.id, owner.key, owner.label, blocking=True)
    if any(key in keys for keys in live.get("uniques") or ()):
        yield Dependent("uniques", owner.key, owner.id, owner.key, owner.label, blocking=True)
    if in_access(owner, key):
        yield Dependent("access", owner.key, owner.id, owner.key, owner.label, blocking=True)


def in_access(owner: Row, key: str) -> bool:
    """Whether it depends on the field who may read records of its object: without it nobody could read any."""
    access = owner.live.get("access") or {}
    return any(key == named for tree in access.values() for named, _ in filter_fields(tree))


def _fields(snapshot: Snapshot, draft: Draft, owner: Row, key: str | None) -> Iterator[Dependent]:
    """Fields whose settings name the object or the field, or whose values are worked out of it."""
    for row in draft.rows.values():
        if row.sort != "field" or not row.is_live:
            continue
        holder = draft.rows[row.object_id]
        if (
            not holder.is_live
            or (key is None and row.object_id == owner.id)
            or (row.object_id, row.key) == (owner.id, key)
        ):
            continue
        one = field_from(row.id, row.key, row.kind, row.live)
        obj = snapshot.objects.get(holder.key)
        named = set() if obj is None else {(o, f) for o, f, _ in references(snapshot, obj, one)}
        if obj is not None and one.key in obj.fields:
            named |= set(one.kind.depends_on(snapshot, obj, one))
        if key is None:
            if any(target == owner.key for target, _ in named):
                # A reference goes out of sight with the object; what is worked out of its records would be wrong.
                several = bool(one.settings.get("targets"))
                computed = any(target == owner.key and field for target, field in named)
                if not several:
                    yield Dependent("field", holder.key, row.id, row.key, row.label, blocking=computed)
        elif (owner.key, key) in named:
            yield Dependent("field", holder.key, row.id, row.key, row.label, blocking=True)


def _components(snapshot: Snapshot, draft: Draft, owner: Row, key: str | None) -> Iterator[Dependent]:
    for row in draft.rows.values():
        if row.sort != "component" or not row.is_live:
            continue
        holder = draft.rows[row.object_id]
        if key is None and row.object_id == owner.id:
            continue
        try:
            paths = component_kind(row.kind).references(row.live)
        except LookupError:
            continue
        obj = snapshot.objects.get(holder.key)
        if obj is not None and any(reaches(snapshot, obj, path, owner.key, key) for path in paths):
            blocking = component_kind(row.kind).holds_back
            yield Dependent(row.kind, holder.key, row.id, row.key, row.label, blocking=blocking)


def reaches(snapshot: Snapshot, obj: Object, path: Any, object_key: str, key: str | None) -> bool:
    """Whether a path over relations passes the field, or ends on the object."""
    at: Object | None = obj
    for step in str(path).split("."):
        if at is None:
            return False
        if at.key == object_key and (key is None or step == key):
            return True
        one, relation = at.fields.get(step), at.relations.get(step)
        target = one.target if one else relation.object if relation else None
        at = snapshot.objects.get(target) if target else None
    return False
