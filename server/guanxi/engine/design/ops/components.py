"""Making, changing and archiving components: layouts, rules, record types."""

from __future__ import annotations

from guanxi.engine.design import shapes
from guanxi.engine.design.draft import Change, Draft, Row
from guanxi.engine.design.ops import fields
from guanxi.engine.design.ops.changing import must_be, refuse, say, set_state, set_values, unchanged_meanwhile
from guanxi.engine.objects.components.base import ComponentKind
from guanxi.engine.objects.components.registry import component_kind, component_kinds
from guanxi.engine.objects.naming import key_of
from guanxi.infra.errors import Conflict

MAX_COMPONENTS = 200
"""Of one kind on one object."""


def create(draft: Draft, change: Change) -> None:
    """A new component of an object."""
    owner = draft.object(change.get("object"))
    must_be(draft, owner, "active")
    try:
        kind = component_kind(str(change.get("kind")))
    except LookupError:
        known = ", ".join(one.key for one in component_kinds()) or "-"
        raise refuse(draft, "kind", "design.unknown_component", kind=str(change.get("kind")), known=known) from None
    live = {**kind.defaults(), **shapes.component_values(change.get("values") or {}, draft.place)}
    siblings = {row.key: row for row in draft.components(owner.id, kind.key)}
    if len(siblings) >= MAX_COMPONENTS:
        raise Conflict("design.too_many_components", {"limit": MAX_COMPONENTS})
    live.setdefault("position", len(siblings) * 10)
    key = change.get("key")
    if key is None:
        key = key_of(live.get("label") or {}, siblings.__contains__, kind.key)
    elif not isinstance(key, str) or key in siblings:
        raise refuse(draft, "key", "design.key_taken", key=str(key))
    id_ = shapes.new_id(change.get("id"), draft.place)
    if id_ in draft.rows:
        raise Conflict("design.id_taken", {"id": id_})
    row = Row("component", id_, owner.id, key, kind.key, "", None, live, "active")
    draft.touch(row)
    draft.outcome.created.append(id_)
    if owner.id not in draft.outcome.created:
        draft.undo_by({"op": "component.archive", "id": id_})
    draft.normal.append(
        {"op": "component.create", "id": id_, "object": owner.id, "key": key, "kind": kind.key, "values": live}
    )
    say(draft, "design.plan_component_create", row)
    _give_field(draft, owner, kind)


def _give_field(draft: Draft, owner: Row, kind: ComponentKind) -> None:
    """The field that comes with the first component of some kinds."""
    wanted = kind.field()
    if wanted is None:
        return
    held = next((row for row in draft.fields(owner.id) if row.key == wanted["key"]), None)
    if held is None:
        fields.create(draft, {"op": "field.create", "object": owner.id, **wanted})
    elif held.state == "archived" and held.kind == wanted["kind"]:
        set_state(draft, held, "active", "restore", "archive")


def update(draft: Draft, change: Change) -> None:
    """Change attributes of a component."""
    row = draft.part("component", change.get("id"))
    must_be(draft, row, "active")
    unchanged_meanwhile(draft, row, change.get("expected"))
    set_values(draft, row, shapes.component_values(change.get("values") or {}, draft.place))


def archive(draft: Draft, change: Change) -> None:
    """Take a component out of use."""
    row = draft.part("component", change.get("id"))
    must_be(draft, row, "active")
    unchanged_meanwhile(draft, row, change.get("expected"))
    set_state(draft, row, "archived", "archive", "restore")


def restore(draft: Draft, change: Change) -> None:
    """Bring a component back into use."""
    row = draft.part("component", change.get("id"))
    must_be(draft, row, "archived")
    set_state(draft, row, "active", "restore", "archive")
