"""Making, changing, archiving and dropping objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanxi.engine.design import shapes, storage
from guanxi.engine.design.draft import Change, Draft, Row
from guanxi.engine.design.ops import fields
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
from guanxi.engine.objects.ddl.plan import Deferred
from guanxi.engine.objects.naming import RESERVED_OBJECTS, key_of
from guanxi.engine.objects.validation import MAX_OBJECTS
from guanxi.infra.errors import Conflict

AREA = "custom"
NEW_FEATURES = ["owner", "timeline", "activities", "import", "export"]
"""What a new object has unless its maker says otherwise."""
GROUP = "business"
"""Where the navigation shows a new object; an object without a group is in no navigation."""


def create(draft: Draft, change: Change) -> None:
    """A new object. Without a title its first text field is the title; without any it gets one called name."""
    values = shapes.object_values(change.get("values") or {}, draft.place, whole=True)
    values["label"] = values["label"] or {}
    values["plural"] = values["plural"] or values["label"]
    if "features" not in (change.get("values") or {}):
        values["features"] = list(NEW_FEATURES)
    if "group" not in (change.get("values") or {}):
        values["group"] = GROUP
    if "position" not in (change.get("values") or {}):
        values["position"] = max((row.live["position"] for row in draft.objects() if row.is_live), default=0) + 10
    id_ = shapes.new_id(change.get("id"), draft.place)
    if id_ in draft.rows:
        raise Conflict("design.id_taken", {"id": id_})
    if sum(row.state != "dropped" for row in draft.objects()) >= MAX_OBJECTS:
        raise Conflict("design.too_many_objects", {"limit": MAX_OBJECTS})
    taken = {row.key: row for row in draft.objects()}
    key = change.get("key")
    if key is None:
        key = key_of(values["label"], lambda one: one in taken or one in RESERVED_OBJECTS, "object")
    elif not isinstance(key, str):
        raise refuse(draft, "key", "design.key_shape", key=str(key))
    elif key in taken:
        raise refuse(draft, "key", _taken_code(taken[key]), key=key)
    row = Row("object", id_, id_, key, "", AREA, None, values, "active")
    draft.touch(row)
    draft.outcome.created.append(id_)
    draft.undo_by({"op": "object.archive", "id": id_, "confirm": True})
    draft.normal.append({"op": "object.create", "id": id_, "key": key, "values": values})
    if not values["title"]:
        draft.titles[id_] = draft.place
    say(draft, "design.plan_object_create", row)


def _taken_code(row: Row) -> str:
    return "design.key_taken" if row.is_live else "design.key_archived"


def give_titles(draft: Draft) -> None:
    """Settle the titles of new objects once all changes are made."""
    for id_, place in draft.titles.items():
        draft.place = place
        row = draft.rows[id_]
        texts = sorted(
            (f for f in draft.fields(id_) if f.is_live and f.kind == "text"), key=lambda f: f.live["position"]
        )
        if not texts:
            label = {"zh-CN": "名称", "en": "Name"}
            values = {"label": label, "required": True, "searchable": True, "index": True, "position": 0}
            fields.create(draft, {"op": "field.create", "object": id_, "key": "name", "kind": "text", "values": values})
            texts = [f for f in draft.fields(id_) if f.key == "name"]
        row.live["title"] = texts[0].key


def _fixed(value: Any) -> Any:
    """An attribute without what a workspace may choose of it: how far shares reach."""
    return {key: one for key, one in value.items() if key != "share_reach"} if isinstance(value, Mapping) else value


def update(draft: Draft, change: Change) -> None:
    """Change attributes of an object; its key stays for ever."""
    row = draft.object(change.get("id"))
    must_be(draft, row, "active")
    if change.get("key") not in (None, row.key):
        raise refuse(draft, "key", "design.key_fixed", key=row.key)
    unchanged_meanwhile(draft, row, change.get("expected"))
    values = shapes.object_values(change.get("values") or {}, draft.place, whole=False)
    if row.shipped is not None:
        for name in ("inherit", "title", "access"):
            if name in values and _fixed(values[name]) != _fixed(row.live.get(name)):
                raise refuse(draft, name, "design.shipped_attribute", attribute=name)
        if lost := set(row.shipped["features"]) - set(values.get("features", row.shipped["features"])) - {"board"}:
            raise refuse(draft, "features", "design.shipped_feature", feature=min(lost))
    if "inherit" in values and values["inherit"] != row.live.get("inherit"):
        raise refuse(draft, "inherit", "design.inherit_fixed")
    before = set_values(draft, row, values)
    if "owner" in before.get("features", ()) and "owner" not in row.live["features"]:
        count = storage.records(draft.ctx, row.key)
        impact(draft, "design.impact_owner_lost", row, count)
        if not (change.get("confirm") or draft.outcome.preview) and count:
            raise Conflict("design.confirm_owner_lost", {"name": row.live["label"], "count": count})
    if "title" in before:
        draft.deferred.append(Deferred("search", f"search {row.key}", object=row.key))


def archive(draft: Draft, change: Change) -> None:
    """Take an object out of sight with its records and with the references to it; all of it can be restored."""
    row = draft.object(change.get("id"))
    must_be(draft, row, "active")
    must_be_custom(draft, row)
    unchanged_meanwhile(draft, row, change.get("expected"))
    told_dependents(draft, row, change)
    count = storage.records(draft.ctx, row.key)
    impact(draft, "design.impact_records_hidden", row, count)
    if count and not change.get("confirm") and not draft.outcome.preview:
        raise Conflict("design.confirm_records", {"name": row.live["label"].get(draft.ctx.language), "count": count})
    for other in referring(draft, row):
        set_state(draft, other, "archived", "archive", "restore", along=True)
    set_state(draft, row, "archived", "archive", "restore")
    draft.deferred.append(Deferred("search", f"search {row.key}", object=row.key))


def referring(draft: Draft, row: Row) -> list[Row]:
    """Live fields of other objects that refer to this one alone; references to several objects go on without it."""
    return [
        one for one in draft.rows.values()
        if one.sort == "field" and one.is_live and one.object_id != row.id and one.live["settings"].get("target") == row.key
    ]  # fmt: skip


def restore(draft: Draft, change: Change) -> None:
    """Bring an archived object back, with the references that went out of sight with it."""
    row = draft.object(change.get("id"))
    must_be(draft, row, "archived")
    went = row.state_at
    set_state(draft, row, "active", "restore", "archive")
    for one in list(draft.rows.values()):
        if (
            one.sort == "field" and one.state == "archived" and one.state_at == went
            and one.live["settings"].get("target") == row.key
        ):  # fmt: skip
            set_state(draft, one, "active", "restore", "archive", along=True)
    draft.deferred.append(Deferred("search", f"search {row.key}", object=row.key))


def drop(draft: Draft, change: Change) -> None:
    """Give up an archived object for good; its table goes in the background."""
    row = draft.object(change.get("id"))
    must_be(draft, row, "archived")
    count = storage.records(draft.ctx, row.key)
    impact(draft, "design.impact_records_lost", row, count)
    if not change.get("confirm") and not draft.outcome.preview:
        raise Conflict("design.confirm_drop", {"name": row.live["label"].get(draft.ctx.language), "count": count})
    for one in draft.rows.values():
        if one.sort == "field" and one.state == "archived" and one.live["settings"].get("target") == row.key:
            set_state(draft, one, "retiring", "drop", None, along=True)
            draft.deferred.append(_drop_field_step(draft, one))
    set_state(draft, row, "retiring", "drop", None)
    draft.deferred.append(Deferred("drop", f"drop {row.key}", object=row.key, payload={"object": row.id}))


def _drop_field_step(draft: Draft, one: Row) -> Deferred:
    owner = draft.rows[one.object_id]
    return Deferred("drop", f"drop {owner.key}.{one.key}", object=owner.key, field=one.key, payload={"field": one.id})
