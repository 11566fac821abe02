"""Making, changing, archiving and dropping fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanxi.engine.design import shapes, storage
from guanxi.engine.design.draft import Change, Draft, Row
from guanxi.engine.design.ops.changing import (
    impact,
    must_be,
    must_be_custom,
    refuse,
    say,
    set_state,
    set_values,
    told_dependents,
    unchanged_meanwhile,
)
from guanxi.engine.objects.assembly import field_from
from guanxi.engine.objects.ddl.plan import Deferred
from guanxi.engine.objects.fields.base import FieldKind
from guanxi.engine.objects.fields.registry import kind as kind_of
from guanxi.engine.objects.fields.registry import kinds
from guanxi.engine.objects.naming import RESERVED_FIELDS, key_of
from guanxi.engine.objects.validation import MAX_FIELDS
from guanxi.infra.errors import Conflict


def create(draft: Draft, change: Change) -> None:
    """A new field. References are seen from the other side too, unless the setting ``reverse`` is given as empty."""
    owner = draft.object(change.get("object"))
    must_be(draft, owner, "active")
    kind = field_kind(draft, change.get("kind"))
    if not kind.offered and change.get("key") != kind.key:
        raise refuse(draft, "kind", "design.kind_not_offered")
    values = shapes.field_values(change.get("values") or {}, draft.place, whole=True)
    values["label"] = values["label"] or {}
    siblings = {row.key: row for row in draft.fields(owner.id)}
    if sum(row.state != "dropped" for row in siblings.values()) >= MAX_FIELDS:
        raise Conflict("design.too_many_fields", {"limit": MAX_FIELDS})
    key = change.get("key")
    if key is None:
        relations = _relation_keys(draft, owner)
        key = key_of(
            values["label"], lambda one: one in siblings or one in RESERVED_FIELDS or one in relations, "field"
        )
    elif not isinstance(key, str):
        raise refuse(draft, "key", "design.key_shape", key=str(key))
    elif key in RESERVED_FIELDS:
        raise refuse(draft, "key", "design.key_reserved", key=key)
    elif key in siblings:
        raise refuse(draft, "key", "design.key_taken" if siblings[key].is_live else "design.key_archived", key=key)
    if "position" not in (change.get("values") or {}):
        values["position"] = max((row.live["position"] for row in siblings.values()), default=-1) + 1
    values["settings"] = _with_reverse(draft, owner, kind, values["settings"])
    id_ = shapes.new_id(change.get("id"), draft.place)
    if id_ in draft.rows:
        raise Conflict("design.id_taken", {"id": id_})
    row = Row("field", id_, owner.id, key, kind.key, "", None, values, "active")
    draft.touch(row)
    draft.outcome.created.append(id_)
    if owner.id not in draft.outcome.created:
        draft.undo_by({"op": "field.archive", "id": id_, "confirm": True})
    draft.normal.append(
        {"op": "field.create", "id": id_, "object": owner.id, "key": key, "kind": kind.key, "values": values}
    )
    say(draft, "design.plan_field_create", row, kind=dict(kind.intro.label))


def field_kind(draft: Draft, key: Any) -> FieldKind:
    """The kind of a field to be; Invalid names the known ones."""
    try:
        return kind_of(str(key))
    except LookupError:
        known = ", ".join(one.key for one in kinds())
        raise refuse(draft, "kind", "design.unknown_kind", kind=str(key)[:60], known=known) from None


def _relation_keys(draft: Draft, owner: Row) -> set[str]:
    """Names under which other objects are seen from this one."""
    found = set()
    for row in draft.rows.values():
        if row.sort != "field" or row.state == "dropped":
            continue
        settings = row.live["settings"]
        feature = settings.get("open_to")
        opened = feature is not None and feature in owner.live["features"]
        if settings.get("reverse") and (opened or owner.key in (settings.get("targets") or [settings.get("target")])):
            found.add(settings["reverse"])
    return found


def _with_reverse(draft: Draft, owner: Row, kind: FieldKind, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings of a reference with a name for the relation as it is seen from the other side."""
    made = dict(settings)
    known = {one.name for one in kind.settings_schema()}
    if "reverse" in made:
        if not made["reverse"]:
            del made["reverse"]
        return made
    named = made.get("targets") or ([made["target"]] if isinstance(made.get("target"), str) else [])
    if "reverse" not in known or not isinstance(named, list):
        return made
    seen_from = [row for row in draft.objects() if row.is_live and row.key in named]
    if not seen_from:
        return made
    taken = {row.key for target in seen_from for row in draft.fields(target.id)} | RESERVED_FIELDS
    taken.update(key for target in seen_from for key in _relation_keys(draft, target))
    made["reverse"] = key_of({"en": owner.live["plural"].get("en") or owner.key}, taken.__contains__, owner.key)
    made.setdefault("reverse_label", dict(owner.live["plural"]))
    return made


def update(draft: Draft, change: Change) -> None:
    """Change attributes of a field; its key and kind stay. Options in use are removed only with a word on their values."""
    row = draft.part("field", change.get("id"))
    must_be(draft, row, "active", "creating")
    if change.get("key") not in (None, row.key):
        raise refuse(draft, "key", "design.key_fixed", key=row.key)
    if change.get("kind") not in (None, row.kind):
        raise refuse(draft, "kind", "design.kind_fixed")
    unchanged_meanwhile(draft, row, change.get("expected"))
    values = shapes.field_values(change.get("values") or {}, draft.place, whole=False)
    was = field_from(row.id, row.key, row.kind, row.live)
    settings = values.get("settings")
    if settings is not None:
        _same_storage(draft, row, settings)
    if row.shipped is not None:
        _keep_shipped(draft, row, values)
    before = set_values(draft, row, values)
    if "settings" in before:
        _options(draft, row, before["settings"], change)
    if "required" in before and row.live["required"]:
        empty = storage.empty(draft.ctx, draft.rows[row.object_id].key, was)
        if empty:
            impact(draft, "design.impact_empty", row, empty)
    if "searchable" in before:
        draft.deferred.append(Deferred("search", f"search {_owner(draft, row)}", object=_owner(draft, row)))


def _same_storage(draft: Draft, row: Row, settings: Mapping[str, Any]) -> None:
    """What a reference points at is part of what its values are."""
    for name in ("target", "targets"):
        old, new = row.live["settings"].get(name), settings.get(name)
        widened = isinstance(old, list) and isinstance(new, list) and set(old) <= set(new)
        if old is not None and new != old and not widened:
            raise refuse(draft, "settings", "design.target_fixed")


def _keep_shipped(draft: Draft, row: Row, values: Mapping[str, Any]) -> None:
    """What the product's own rules count on: shipped options, and what is required or unique."""
    shipped = row.shipped or {}
    for name in ("required", "unique", "read_only"):
        if shipped.get(name) and values.get(name) is False:
            raise refuse(draft, name, "design.shipped_attribute", attribute=name)
    kept = {one["key"] for one in (shipped.get("settings") or {}).get("options", ())}
    options = values.get("settings", {}).get("options")
    if options is not None and (lost := kept - _keys(options)):
        raise refuse(draft, "settings", "design.shipped_option", option=min(lost))


def _keys(options: Any) -> set[str]:
    return {str(one.get("key")) for one in options or () if isinstance(one, Mapping)}


def _options(draft: Draft, row: Row, before: Mapping[str, Any], change: Change) -> None:
    """Options that go: refused while records hold them, unless a replacement or a confirmation comes along."""
    gone = _keys(before.get("options")) - _keys(row.live["settings"].get("options"))
    if not gone:
        return
    replaced = change.get("replace_options") or {}
    if not isinstance(replaced, Mapping) or not set(replaced) <= gone:
        raise refuse(draft, "replace_options", "design.not_replaced", known=", ".join(sorted(gone)))
    for option in set(replaced.values()) - {None}:
        if option not in _keys(row.live["settings"].get("options")):
            raise refuse(draft, "replace_options", "design.not_replaced", known=str(option))
    old = field_from(row.id, row.key, row.kind, {**row.live, "settings": dict(before)})
    used = storage.options_used(draft.ctx, _owner(draft, row), old, gone)
    for option, count in used.items():
        label = old.prepared.text(option, draft.ctx.language)
        impact(draft, "design.impact_option", row, count, option=label)
        if draft.outcome.preview or option in replaced:
            continue
        if row.live["required"]:
            raise Conflict("design.option_required", {"option": label, "count": count, "key": option})
        if not change.get("confirm"):
            raise Conflict("design.option_in_use", {"option": label, "count": count, "key": option})
    if used:
        moves = {option: replaced.get(option) for option in used}
        owner = _owner(draft, row)
        draft.deferred.append(
            Deferred(
                "replace_options", f"options {owner}.{row.key}", object=owner, field=row.key, payload={"moves": moves}
            )
        )


def _owner(draft: Draft, row: Row) -> str:
    return draft.rows[row.object_id].key


def archive(draft: Draft, change: Change) -> None:
    """Take a field out of sight; its values stay where they are until it is dropped."""
    row = draft.part("field", change.get("id"))
    must_be(draft, row, "active", "creating")
    must_be(draft, draft.rows[row.object_id], "active")
    must_be_custom(draft, row)
    unchanged_meanwhile(draft, row, change.get("expected"))
    told_dependents(draft, row, change)
    one = field_from(row.id, row.key, row.kind, row.live)
    count = storage.filled(draft.ctx, _owner(draft, row), one)
    if count:
        impact(draft, "design.impact_values_hidden", row, count)
        if not change.get("confirm") and not draft.outcome.preview:
            raise Conflict("design.confirm_values", {"name": row.label.get(draft.ctx.language), "count": count})
    set_state(draft, row, "archived", "archive", "restore")
    if row.live["searchable"]:
        draft.deferred.append(Deferred("search", f"search {_owner(draft, row)}", object=_owner(draft, row)))


def restore(draft: Draft, change: Change) -> None:
    """Bring an archived field back with its values."""
    row = draft.part("field", change.get("id"))
    must_be(draft, row, "archived")
    must_be(draft, draft.rows[row.object_id], "active")
    set_state(draft, row, "active", "restore", "archive")
    if row.live["searchable"]:
        draft.deferred.append(Deferred("search", f"search {_owner(draft, row)}", object=_owner(draft, row)))


def drop(draft: Draft, change: Change) -> None:
    """Give up an archived field for good; its columns go in the background."""
    row = draft.part("field", change.get("id"))
    must_be(draft, row, "archived")
    one = field_from(row.id, row.key, row.kind, row.live)
    count = storage.filled(draft.ctx, _owner(draft, row), one)
    impact(draft, "design.impact_values_lost", row, count)
    if not change.get("confirm") and not draft.outcome.preview:
        raise Conflict("design.confirm_drop", {"name": row.label.get(draft.ctx.language), "count": count})
    set_state(draft, row, "retiring", "drop", None)
    owner = _owner(draft, row)
    draft.deferred.append(
        Deferred("drop", f"drop {owner}.{row.key}", object=owner, field=row.key, payload={"field": row.id})
    )
