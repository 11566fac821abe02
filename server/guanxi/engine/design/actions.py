"""The verbs of the designer; each makes a list of changes and goes through the one door."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from guanxi.engine.access.actor import Actor
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.design import log, relations, templates
from guanxi.engine.design.apply import apply
from guanxi.engine.design.outcome import DesignOutcome
from guanxi.engine.design.permits import RIGHT
from guanxi.kit.ids import uuid7

Values = dict[str, Any]


@dataclass(frozen=True)
class ApplyChanges:
    """A list of changes, made together or not at all."""

    changes: list[dict[str, Any]]
    preview: bool = False
    label: dict[str, Any] | None = None


@action("design.apply", params=ApplyChanges, permission=Actor.configures)
def apply_changes(ctx: Context, params: ApplyChanges) -> DesignOutcome:
    """Make several changes of objects, fields and components together, or preview them."""
    return outcome(ctx, params.changes, params.preview, params.label)


@dataclass(frozen=True)
class CreateObject:
    """A new object: its attributes, its fields in their order, or a template to begin with."""

    label: dict[str, str] | str | None = None
    key: str | None = None
    values: Values = dataclasses.field(default_factory=dict)
    fields: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    template: str | None = None
    preview: bool = False


@action("design.create_object", params=CreateObject, permission=RIGHT)
def create_object(ctx: Context, params: CreateObject) -> DesignOutcome:
    """Make an object; it is at once in lists, the API, import, search and history."""
    values = {**params.values, **({"label": params.label} if params.label else {})}
    if params.template:
        changes = templates.changes(ctx, params.template, values, params.key)
    else:
        changes = [{"op": "object.create", "id": str(uuid7()), "key": params.key, "values": values}]
    changes += [_field(changes[0]["id"], one) for one in params.fields]
    return outcome(ctx, changes, params.preview)


def _field(object_id: str, one: Mapping[str, Any]) -> dict[str, Any]:
    """A field as forms send it: attributes beside key and kind."""
    values = {name: value for name, value in one.items() if name not in ("id", "key", "kind")}
    named = {name: one[name] for name in ("id", "key", "kind") if name in one}
    return {"op": "field.create", "object": object_id, **named, "values": values}


@dataclass(frozen=True)
class UpdateObject:
    """Attributes of an object to change; ``expected`` is what the caller saw."""

    object: str
    values: Values
    expected: Values | None = None
    confirm: bool = False
    preview: bool = False


@action("design.update_object", params=UpdateObject, permission=Actor.configures)
def update_object(ctx: Context, params: UpdateObject) -> DesignOutcome:
    """Change the name, icon, features or other attributes of an object."""
    change = {"op": "object.update", "id": params.object, "values": params.values, "expected": params.expected}
    return outcome(ctx, [{**change, "confirm": params.confirm}], params.preview)


@dataclass(frozen=True)
class CreateField:
    """A new field of an object."""

    object: str
    kind: str
    label: dict[str, str] | str | None = None
    key: str | None = None
    values: Values = dataclasses.field(default_factory=dict)
    preview: bool = False


@action("design.create_field", params=CreateField, permission=Actor.configures)
def create_field(ctx: Context, params: CreateField) -> DesignOutcome:
    """Add a field to an object."""
    values = {**params.values, **({"label": params.label} if params.label else {})}
    change = {"op": "field.create", "object": params.object, "kind": params.kind, "key": params.key, "values": values}
    return outcome(ctx, [change], params.preview)


@dataclass(frozen=True)
class CreateRelation:
    """A relation between objects: ``to_one``, ``to_many`` (seen from the one), ``many_to_many``, ``linked`` (with values
    of the link itself), or ``any`` of several objects.
    """

    type: relations.RelationType
    object: str
    targets: list[str]
    label: dict[str, str] | str
    reverse_label: dict[str, str] | str | None = None
    on_delete: Literal["clear", "restrict", "cascade"] = "clear"
    preview: bool = False


@action("design.create_relation", params=CreateRelation, permission=Actor.configures)
def create_relation(ctx: Context, params: CreateRelation) -> DesignOutcome:
    """Relate two objects, or one to any of several; seen from both sides."""
    made = relations.changes(
        ctx, params.type, params.object, params.targets, params.label, params.reverse_label, params.on_delete
    )
    return outcome(ctx, made, params.preview)


@dataclass(frozen=True)
class UpdateField:
    """Attributes of a field to change (by id or ``object.field``); ``expected`` is what the caller saw."""

    field: str
    values: Values
    expected: Values | None = None
    replace_options: dict[str, str | None] | None = None
    confirm: bool = False
    preview: bool = False


@action("design.update_field", params=UpdateField, permission=Actor.configures)
def update_field(ctx: Context, params: UpdateField) -> DesignOutcome:
    """Change the name, settings or other attributes of a field."""
    change = {"op": "field.update", "id": params.field, "values": params.values, "expected": params.expected}
    more = {"confirm": params.confirm, "replace_options": params.replace_options or {}}
    return outcome(ctx, [{**change, **more}], params.preview)


@dataclass(frozen=True)
class ConvertField:
    """Another kind for a field, with its settings; ``confirm`` once it is known how many values are lost."""

    field: str
    kind: str
    values: Values = dataclasses.field(default_factory=dict)
    confirm: bool = False
    preview: bool = False


@action("design.convert_field", params=ConvertField, permission=Actor.configures)
def convert_field(ctx: Context, params: ConvertField) -> DesignOutcome:
    """Give a field another kind, or preview how many of its values convert, change and fail."""
    change = {"op": "field.convert", "id": params.field, "kind": params.kind, "values": params.values}
    return outcome(ctx, [{**change, "confirm": params.confirm}], params.preview)


@dataclass(frozen=True)
class CreateComponent:
    """A new layout, rule or other component of an object."""

    object: str
    kind: str
    values: Values
    key: str | None = None
    preview: bool = False


@action("design.create_component", params=CreateComponent, permission=Actor.configures)
def create_component(ctx: Context, params: CreateComponent) -> DesignOutcome:
    """Add a layout, a rule or another component to an object."""
    named = {"object": params.object, "kind": params.kind, "key": params.key}
    return outcome(ctx, [{"op": "component.create", **named, "values": params.values}], params.preview)


@dataclass(frozen=True)
class UpdateComponent:
    """Attributes of a component to change."""

    component: UUID
    values: Values
    expected: Values | None = None
    preview: bool = False


@action("design.update_component", params=UpdateComponent, permission=Actor.configures)
def update_component(ctx: Context, params: UpdateComponent) -> DesignOutcome:
    """Change a layout, a rule or another component."""
    change = {"op": "component.update", "id": str(params.component), "values": params.values}
    return outcome(ctx, [{**change, "expected": params.expected}], params.preview)


@dataclass(frozen=True)
class RollBack:
    """A change of the configuration to take back."""

    change: UUID
    preview: bool = False


@action("design.roll_back", params=RollBack, permission=Actor.configures)
def roll_back(ctx: Context, params: RollBack) -> DesignOutcome:
    """Take a change of the configuration back; refused where something was changed again since."""
    inverse = log.inverse_of(ctx, params.change)
    label = {"code": "design.roll_back_label", "params": {"change": str(params.change)}}
    return apply(ctx, inverse, preview=params.preview, label=label, undoes=params.change, last=True).to_json(
        ctx.language
    )


def outcome(
    ctx: Context, changes: Sequence[Mapping[str, Any]], preview: bool, label: Mapping[str, Any] | None = None
) -> DesignOutcome:
    """Make a list of changes, or preview it, and tell what came of it."""
    return apply(ctx, changes, preview=preview, label=label, last=True).to_json(ctx.language)
