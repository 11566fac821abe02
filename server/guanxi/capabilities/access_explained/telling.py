"""To whom numbers of records may be told: a count under a filter of one's own choosing tells what the filter asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from guanxi.capabilities.access_explained.rehearsal import Change
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object


def may_be_told(ctx: Context, changes: Sequence[Change]) -> Callable[[Object], bool]:
    """A function that says whether the caller may learn how many records of an object a change concerns.

    They must read all of its records with all of its fields, and so of every object that a changed filter leads to.
    """
    guard = ctx.guard()

    def reads_all(obj: Object) -> bool:
        return ctx.actor.is_system or (ctx.actor.rights(obj.key).read.is_all and guard.reads_all_of(obj))

    led_to = {key for change in changes for key in _led_to(ctx, change)}
    elsewhere = all(reads_all(ctx.snapshot.objects[key]) for key in led_to)
    return lambda obj: elsewhere and reads_all(obj)


def _led_to(ctx: Context, change: Change) -> Iterator[str]:
    """Objects that the filters of a role or an access rule ask for, besides the one they are about."""
    if change.object == "access_rule":
        yield from _of_filter(ctx, str(change.values.get("object")), change.values.get("where"))
    permissions = change.values.get("permissions")
    objects = permissions.get("objects") if isinstance(permissions, Mapping) else None
    for key, rights in objects.items() if isinstance(objects, Mapping) else ():
        for verb in ("read", "edit", "delete"):
            reach = rights.get(verb) if isinstance(rights, Mapping) else None
            if isinstance(reach, Mapping):
                yield from _of_filter(ctx, key, reach.get("where"))


def _of_filter(ctx: Context, object_key: str, tree: Any) -> Iterator[str]:
    obj = ctx.snapshot.objects.get(object_key)
    if obj is None or not isinstance(tree, Mapping):
        return
    for part in (*(tree.get("and") or ()), *(tree.get("or") or ()), tree.get("not")):
        yield from _of_filter(ctx, object_key, part)
    if "has" in tree and (relation := obj.relations.get(str(tree["has"]))):
        yield relation.object
        yield from _of_filter(ctx, relation.object, tree.get("where"))
    at: Object | None = obj
    for step in str(tree.get("field", "")).split(".")[:-1]:
        if at is None:
            return
        relation = at.relations.get(step)
        key = (
            relation.object
            if step not in at.fields and relation
            else at.fields[step].target
            if step in at.fields
            else None
        )
        at = ctx.snapshot.objects.get(key or "")
        if at is not None:
            yield at.key
