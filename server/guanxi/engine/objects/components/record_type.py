"""Record types: sorts of records of one object, each with its own choices, pipelines and layouts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from guanxi.engine.objects.components import shapes
from guanxi.engine.objects.components.base import ComponentKind
from guanxi.engine.objects.components.registry import register
from guanxi.engine.objects.fields.base import BadValue, shown
from guanxi.engine.objects.fields.options import Options
from guanxi.engine.objects.model import Component, Field, Object, Snapshot

FIELD = "record_type"
"""Key, and kind, of the field that holds the type of a record."""
MAX_TYPES = 50
MAX_RECORDS = 500
CHOOSING = ("choice", "choices")
"""Traits of fields whose options a type narrows."""
HUES = "slate blue violet cyan green lime amber orange red pink".split()


@register
class RecordType(ComponentKind):
    """A sort of records: ``choices`` narrows options by field, ``records`` what references may point at by field."""

    key = "record_type"
    holds_back = True

    def defaults(self) -> Mapping[str, Any]:
        """A grey type that narrows nothing."""
        return {"color": "slate", "default": False, "choices": {}, "records": {}}

    def check(self, snapshot: Snapshot, obj: Object, live: Mapping[str, Any]) -> None:
        """Only options that exist, only references to one object, and one default at most."""
        known = ("description", "color", "default", "choices", "records")
        shapes.whole(obj, self.key, live, known, MAX_TYPES)
        if live.get("description"):
            shapes.words(live["description"], "description")
        if live.get("color") is not None:
            shapes.among(live["color"], HUES, "color")
        shapes.flag(live.get("default"), "default")
        if live.get("default") and sum(bool(one.live.get("default")) for one in obj.components.get(self.key, ())) > 1:
            raise BadValue("components.two_defaults")
        for key, allowed in _by_field(live, "choices"):
            field = shapes.field_of(obj, key)
            if field.kind.trait not in CHOOSING or field.key == FIELD:
                raise BadValue("components.not_a_choice", field=key)
            _options(field, allowed, f"choices.{key}")
        for key, allowed in _by_field(live, "records"):
            field = shapes.field_of(obj, key)
            if field.kind.trait != "ref" or field.target is None:
                raise BadValue("components.not_a_lookup", field=key)
            for one in _some(allowed, f"records.{key}"):
                _id(one, f"records.{key}")
        held = obj.fields.get(FIELD)
        if held is None or held.kind.key != FIELD:
            raise BadValue("components.type_field_taken", field=FIELD)

    def field(self) -> Mapping[str, Any]:
        """Where a record's type is kept."""
        label = {"zh-CN": "记录类型", "en": "Record type"}
        return {"key": FIELD, "kind": FIELD, "values": {"label": label, "index": True}}

    def references(self, live: Mapping[str, Any]) -> Iterable[str]:
        """The narrowed fields."""
        return [key for name in ("choices", "records") if isinstance(live.get(name), Mapping) for key in live[name]]

    def records(self, obj: Object, live: Mapping[str, Any]) -> Iterable[tuple[str, str, Sequence[str]]]:
        """The records that references may point at."""
        return [(obj.fields[key].target or "", "id", allowed) for key, allowed in (live.get("records") or {}).items()]

    def sample(self, obj: Object) -> Mapping[str, Any]:
        """A type that narrows the first choice of the object, if it has one."""
        choices = [f for f in obj.fields.values() if f.kind.trait in CHOOSING and f.key != FIELD and not f.system]
        narrowed = {one.key: list(one.prepared.labels)[:1] for one in choices[:1]}
        return {"label": {"zh-CN": "大客户", "en": "Key account"}, "position": 0, "color": "blue", "choices": narrowed}


def types_of(obj: Object) -> Sequence[Component]:
    """The record types of an object, in their order."""
    return obj.components.get(RecordType.key, ())


def default_of(types: Sequence[Component]) -> str | None:
    """The key of the type that new records get: the one that says so, else the first."""
    return next((one.key for one in types if one.live.get("default")), types[0].key if types else None)


def typed(field: Field, types: Sequence[Component]) -> Field:
    """The field of the record's type with the types of the object as its options; out of sight while there are none."""
    if not types:
        return replace(field, hidden=True, required=False, default=None)
    options = [{"key": one.key, "label": one.live["label"], "color": one.live.get("color") or "slate"} for one in types]
    settings = {**field.settings, "options": options}
    return replace(field, settings=settings, default=default_of(types), required=True, hidden=False)


def _by_field(live: Mapping[str, Any], name: str) -> Iterable[tuple[str, Any]]:
    value = live.get(name) or {}
    if not isinstance(value, Mapping):
        raise BadValue("components.not_an_object", attribute=name)
    return value.items()


def _some(value: Any, where: str) -> Sequence[str]:
    found = shapes.texts(value, where, MAX_RECORDS)
    if not found:
        raise BadValue("components.empty", attribute=where)
    return found


def _options(field: Field, value: Any, where: str) -> None:
    options: Options = field.prepared
    for key in _some(value, where):
        if key not in options.labels:
            raise BadValue("components.unknown_option", option=shown(key), field=field.key)


def _id(value: str, where: str) -> None:
    try:
        UUID(value)
    except ValueError:
        raise BadValue("components.not_an_id", attribute=where, value=shown(value)) from None
