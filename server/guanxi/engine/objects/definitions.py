"""Object definitions as files: what an area ships, read from TOML and checked before it touches a workspace."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from guanxi.engine.objects.components.registry import component_kind
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.fields.registry import kind
from guanxi.engine.objects.naming import KEY, RESERVED_FIELDS

LANGUAGES = ("zh-CN", "en")
OBJECT_ATTRIBUTES = "label plural icon color title features group position inherit board access layout uniques".split()
FIELD_ATTRIBUTES = "label help required unique searchable read_only hidden index default settings position".split()
DEFAULTS: Mapping[str, Any] = {
    "help": {}, "required": False, "unique": False, "searchable": False, "read_only": False, "hidden": False,
    "index": False, "default": None, "settings": {}, "icon": "box", "color": "slate", "features": [], "group": "",
    "position": 100, "inherit": None, "board": None, "access": {}, "layout": {}, "uniques": [],
}  # fmt: skip


class BadDefinition(ValueError):
    """A definition file is wrong; the sentence says where and what."""


@dataclass(frozen=True)
class FieldDefinition:
    """One field as shipped. ``attributes`` holds every name of FIELD_ATTRIBUTES."""

    id: str
    key: str
    kind: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True)
class ComponentDefinition:
    """One layout, rule or other component as shipped; ``attributes`` belong to the kind."""

    id: str
    kind: str
    key: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True)
class ObjectDefinition:
    """One object as shipped. ``attributes`` holds every name of OBJECT_ATTRIBUTES."""

    id: str
    key: str
    area: str
    attributes: Mapping[str, Any]
    fields: tuple[FieldDefinition, ...] = field(default_factory=tuple)
    components: tuple[ComponentDefinition, ...] = field(default_factory=tuple)


def read_folder(folder: Path, area: str) -> list[ObjectDefinition]:
    """Every ``*.toml`` of a folder as a definition, in the order of their names."""
    return [parse(tomllib.loads(path.read_text("utf-8")), area, path.name) for path in sorted(folder.glob("*.toml"))]


def parse(data: Mapping[str, Any], area: str, where: str) -> ObjectDefinition:
    """A checked definition; BadDefinition otherwise."""
    key = _key(data, where)
    _only(data, {"id", "key", "fields", "components", *OBJECT_ATTRIBUTES}, where)
    attributes = {name: data.get(name, DEFAULTS.get(name)) for name in OBJECT_ATTRIBUTES}
    attributes["plural"] = data.get("plural") or data.get("label")
    _labels(attributes["label"], f"{where}: label")
    _labels(attributes["plural"], f"{where}: plural")
    fields = tuple(_field(f, place, f"{where}: field {f.get('key')}") for place, f in enumerate(data.get("fields", [])))
    _unique((f.key for f in fields), f"{where}: field key")
    _unique((f.id for f in fields), f"{where}: field id")
    if attributes["title"] not in {f.key for f in fields}:
        raise BadDefinition(f"{where}: title {attributes['title']!r} is not a field")
    components = tuple(_component(one, f"{where}: component {one.get('key')}") for one in data.get("components", []))
    _unique((f"{c.kind} {c.key}" for c in components), f"{where}: component")
    return ObjectDefinition(_id(data, where), key, area, attributes, fields, components)


def _field(data: Mapping[str, Any], place: int, where: str) -> FieldDefinition:
    key = _key(data, where)
    if key in RESERVED_FIELDS or "__" in key:
        raise BadDefinition(f"{where}: the key {key!r} is reserved")
    _only(data, {"id", "key", "kind", *FIELD_ATTRIBUTES}, where)
    attributes = {name: data.get(name, DEFAULTS.get(name)) for name in FIELD_ATTRIBUTES}
    attributes["position"] = data.get("position", place)
    _labels(attributes["label"], f"{where}: label")
    try:
        kind(data["kind"]).check_settings(attributes["settings"])
    except (LookupError, BadValue) as error:
        raise BadDefinition(f"{where}: {error} {getattr(error, 'params', '')}") from None
    return FieldDefinition(_id(data, where), key, data["kind"], attributes)


def _component(data: Mapping[str, Any], where: str) -> ComponentDefinition:
    try:
        made = component_kind(data["kind"])
    except LookupError as error:
        raise BadDefinition(f"{where}: {error}") from None
    own = {name: value for name, value in data.items() if name not in ("id", "kind", "key")}
    return ComponentDefinition(_id(data, where), made.key, _key(data, where), {**made.defaults(), **own})


def _key(data: Mapping[str, Any], where: str) -> str:
    key = data.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise BadDefinition(f"{where}: the key {key!r} does not match {KEY.pattern}")
    return key


def _id(data: Mapping[str, Any], where: str) -> str:
    try:
        return str(UUID(data["id"]))
    except (KeyError, ValueError):
        raise BadDefinition(f"{where}: the id {data.get('id')!r} is not a UUID") from None


def _labels(value: Any, where: str) -> None:
    if not isinstance(value, Mapping) or any(not value.get(language) for language in LANGUAGES):
        raise BadDefinition(f"{where}: needs text in {' and '.join(LANGUAGES)}")


def _only(data: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = set(data) - known
    if unknown:
        raise BadDefinition(f"{where}: unknown {', '.join(sorted(unknown))}")


def _unique(values: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise BadDefinition(f"{what} {value!r} stands twice")
        seen.add(value)
