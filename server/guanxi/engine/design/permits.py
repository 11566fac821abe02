"""Who may shape what: everything with the right to configure, one object with the switch of that object alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.design.draft import Change, Draft, Row, Sort
from guanxi.engine.objects.levels import is_read
from guanxi.infra.errors import NotAllowed, NotFound

RIGHT = "configure"
OF_THE_WORKSPACE = ("access", "inherit", "features", "group")
"""Attributes of an object that decide who reaches its records and where everybody finds them."""


def permit(ctx: Context, object_key: str | None = None) -> None:
    """NotAllowed unless the actor may shape the object; without a name, some object."""
    if not ctx.actor.configures(object_key):
        raise NotAllowed("design.not_allowed")


def permit_all(ctx: Context) -> None:
    """NotAllowed unless the actor may shape everything."""
    if not ctx.actor.may(RIGHT):
        raise NotAllowed("design.not_allowed")


def permitted_object(draft: Draft, named: str) -> Row:
    """The object with this id or key; NotAllowed, whether it is there or not, where the actor may not shape it."""
    if not draft.ctx.actor.may(RIGHT):
        row = _about(draft, {"op": "object.read", "id": named})
        permit(draft.ctx, row.key if row else named)
    return draft.object(named)


def permit_log(ctx: Context, about: UUID | None) -> Draft | None:
    """NotAllowed unless the actor may see the log of what it is about; for whom parts of it are not, the draft to tell."""
    if ctx.actor.may(RIGHT):
        return None
    permit(ctx)
    draft = Draft.load(ctx)
    row = draft.rows.get(str(about))
    if row is None or not ctx.actor.configures(draft.rows[row.object_id].key):
        raise NotAllowed("design.not_allowed")
    return draft


def is_permitted(draft: Draft, changes: Sequence[Change]) -> bool:
    """Whether changes of the log are all about what the actor may shape."""
    rows = [_about(draft, one) for one in changes]
    return all(row is not None and draft.ctx.actor.configures(draft.rows[row.object_id].key) for row in rows)


def permit_change(draft: Draft, change: Change) -> None:
    """NotAllowed unless the actor may make the change, before anything is told of what it is about.

    Whoever shapes one object alone changes its looks, its fields and its components; neither who reaches its records, nor
    fields whose values are kept from them, but for their place among the others.
    """
    ctx = draft.ctx
    if ctx.actor.may(RIGHT):
        return
    sort, _, verb = str(change["op"]).partition(".")
    if sort == "object" and verb != "update":
        raise NotAllowed("design.not_allowed")
    row = _about(draft, change)
    if row is None or not ctx.actor.configures(draft.rows[row.object_id].key):
        raise NotAllowed("design.not_allowed")
    if row.sort == "object" and sort == "object":
        _check_attributes(row, change.get("values"))
    if row.sort == "field" and set(change.get("values") or ()) != {"position"}:
        _check_field(ctx, draft, row)


def permit_touched(draft: Draft) -> None:
    """NotAllowed when what was changed along belongs to an object that the actor may not shape."""
    for id_ in draft.touched:
        permit(draft.ctx, draft.rows[draft.rows[id_].object_id].key)


def _about(draft: Draft, change: Change) -> Row | None:
    """The object, field or component that a change names, or the object in which it makes one; None without any."""
    sort, _, verb = str(change["op"]).partition(".")
    try:
        if verb == "create":
            return draft.object(change.get("object"))
        return draft.object(change.get("id")) if sort == "object" else draft.part(cast("Sort", sort), change.get("id"))
    except NotFound:
        return None


def _check_attributes(row: Row, values: Any) -> None:
    given = values if isinstance(values, dict) else {}
    for name in OF_THE_WORKSPACE:
        if name in given and given[name] != row.live.get(name):
            raise NotAllowed("design.attribute_not_allowed", {"attribute": name})


def _check_field(ctx: Context, draft: Draft, row: Row) -> None:
    obj = ctx.snapshot.objects.get(draft.rows[row.object_id].key)
    one = obj.fields.get(row.key) if obj else None
    if obj and one and not is_read(ctx.guard().level_everywhere(obj, one)):
        raise NotAllowed("design.field_not_allowed")
