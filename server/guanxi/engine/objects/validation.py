"""Whether a catalog makes sense as a whole; asked before any change of it is kept, whoever made the change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.objects.components.registry import component_kind
from guanxi.engine.objects.computed.validate import problems
from guanxi.engine.objects.ddl.plan import index_bodies, index_name, sequence, uniques_name
from guanxi.engine.objects.fields import dependent
from guanxi.engine.objects.fields.base import BadValue, ParseEnv
from guanxi.engine.objects.model import Component, Field, Labels, Object, Snapshot
from guanxi.engine.objects.naming import KEY, RESERVED_FIELDS, RESERVED_OBJECTS
from guanxi.engine.objects.query.build import link_table
from guanxi.engine.objects.references import references
from guanxi.infra.errors import FieldError, Invalid

MAX_OBJECTS = 500
MAX_FIELDS = 500
"""Fields of one object, archived ones included."""
MAX_UNIQUES = 10
MAX_LABEL = 60
LANGUAGES = ("zh-CN", "en")
HUES = frozenset("slate blue violet cyan green lime amber orange red pink".split())
FEATURES: tuple[str, ...] = ("owner", "timeline", "activities", "board", "import", "export", "tags")
"""What an object may have; areas add theirs with ``add_feature``."""
COMPUTED_DEFAULTS = ("@me", "@now", "@today")
UNCOMPARED = frozenset({"refs", "tags", "choices", "file", "json", "about"})
"""Traits whose values have no one place in an order."""

_features: list[str] = list(FEATURES)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: where (object, then key of the field or ``kind:key`` of the component), which attribute, why."""

    object: str
    part: str
    attribute: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def error(self) -> FieldError:
        """The finding as a refused value."""
        place = ".".join(word for word in (self.object, self.part, self.attribute) if word)
        return FieldError(place, self.code, self.params)


def add_feature(name: str) -> None:
    """Make a feature of objects known."""
    if name not in _features:
        _features.append(name)


def features() -> tuple[str, ...]:
    """Every feature that an object may have."""
    return tuple(_features)


def check(snapshot: Snapshot) -> None:
    """Raise Invalid with everything that is wrong with the catalog."""
    found = list(findings(snapshot))
    if found:
        raise Invalid([one.error for one in found], "design.invalid", {"count": len(found)})


def findings(snapshot: Snapshot) -> Iterator[Finding]:
    """Everything that is wrong with the catalog."""
    for obj in snapshot.objects.values():
        yield from _object(obj)
        for one in obj.fields.values():
            if not one.system:
                yield from _field(snapshot, obj, one)
        yield from _relations(snapshot, obj)
        for those in obj.components.values():
            for component in those:
                yield from _component(snapshot, obj, component)
    yield from _names(snapshot)
    for problem in problems(snapshot):
        yield Finding(*problem)


def _object(obj: Object) -> Iterator[Finding]:
    def wrong(attribute: str, code: str, **params: Any) -> Finding:
        return Finding(obj.key, "", attribute, code, params)

    if not KEY.fullmatch(obj.key) or (obj.custom and ("__" in obj.key or obj.key.endswith("_"))):
        yield wrong("key", "design.key_shape", key=obj.key)
    if obj.custom and obj.key in RESERVED_OBJECTS:
        yield wrong("key", "design.key_reserved", key=obj.key)
    yield from _labels(obj.key, "", "label", obj.label)
    yield from _labels(obj.key, "", "plural", obj.plural)
    if obj.color not in HUES:
        yield wrong("color", "design.unknown_color", value=str(obj.color), known=", ".join(sorted(HUES)))
    for feature in sorted(obj.features - set(_features)):
        yield wrong("features", "design.unknown_feature", feature=str(feature), known=", ".join(_features))
    yield from _named_fields(obj)
    own = sum(not one.system for one in obj.fields.values())
    if own > MAX_FIELDS:
        yield wrong("fields", "design.too_many_fields", limit=MAX_FIELDS, count=own)
    yield from _uniques(obj)


def _named_fields(obj: Object) -> Iterator[Finding]:
    """Fields that the attributes of an object name."""

    def wrong(attribute: str, code: str, **params: Any) -> Finding:
        return Finding(obj.key, "", attribute, code, params)

    title = obj.fields.get(obj.title)
    if title is None:
        yield wrong("title", "design.unknown_field", field=str(obj.title), object=obj.key)
    elif not _is_comparable(title) or title.system:
        yield wrong("title", "design.not_a_title", field=title.key)
    if obj.board is not None:
        board = obj.fields.get(obj.board)
        if board is None:
            yield wrong("board", "design.unknown_field", field=obj.board, object=obj.key)
        elif not board.kind.groupable or board.kind.trait not in ("choice", "ref"):
            yield wrong("board", "design.not_a_board", field=board.key)
    if obj.inherit is not None:
        parent = obj.fields.get(obj.inherit)
        if parent is None or parent.kind.trait not in ("ref", "about"):
            yield wrong("inherit", "design.not_a_reference", field=obj.inherit)
        if not obj.has_owner:  # without owners everybody would read every record, whatever it belongs to
            yield wrong("inherit", "design.inherit_needs_owner")


def _uniques(obj: Object) -> Iterator[Finding]:
    if len(obj.uniques) > MAX_UNIQUES:
        yield Finding(obj.key, "", "uniques", "design.too_many_uniques", {"limit": MAX_UNIQUES})
    seen = set()
    for keys in obj.uniques:
        together = frozenset(keys)
        if len(together) < 2 or len(together) != len(keys) or together in seen:
            yield Finding(obj.key, "", "uniques", "design.uniques_shape", {"fields": ", ".join(map(str, keys))})
        seen.add(together)
        for key in keys:
            one = obj.fields.get(key)
            if one is None:
                yield Finding(obj.key, "", "uniques", "design.unknown_field", {"field": str(key), "object": obj.key})
            elif not _is_comparable(one) or len(one.columns) != 1 or one.system:
                yield Finding(obj.key, "", "uniques", "design.not_unique_kind", {"field": one.key})


def _field(snapshot: Snapshot, obj: Object, one: Field) -> Iterator[Finding]:
    def wrong(attribute: str, code: str, **params: Any) -> Finding:
        return Finding(obj.key, one.key, attribute, code, params)

    if not KEY.fullmatch(one.key) or "__" in one.key or (one.custom and one.key.endswith("_")):
        yield wrong("key", "design.key_shape", key=one.key)
    if one.key in RESERVED_FIELDS:
        yield wrong("key", "design.key_reserved", key=one.key)
    yield from _labels(obj.key, one.key, "label", one.label)
    try:
        one.kind.check_settings(one.settings)
    except BadValue as bad:
        yield wrong("settings", bad.code, **bad.params)
        return
    named = list(_named(snapshot, obj, one))
    yield from named
    if named:
        return
    try:
        dependent.check(obj, one)
    except BadValue as bad:
        yield wrong("settings", bad.code, **bad.params)
    yield from _abilities(obj, one)


def _abilities(obj: Object, one: Field) -> Iterator[Finding]:
    """What only some kinds can: be unique, sorted by, searched, required, have this default."""

    def wrong(attribute: str, code: str, **params: Any) -> Finding:
        return Finding(obj.key, one.key, attribute, code, params)

    if one.unique and (not _is_comparable(one) or len(one.columns) != 1):
        yield wrong("unique", "design.not_unique_kind", field=one.key)
    if one.index and not _is_comparable(one) and not (one.kind.virtual and one.kind.indexes(one)):
        yield wrong("index", "design.not_index_kind", field=one.key)
    if one.searchable and not one.kind.searchable:
        yield wrong("searchable", "design.not_searchable_kind", field=one.key)
    if one.required and (one.kind.generated or not one.kind.holds_value):
        yield wrong("required", "design.not_required_kind", field=one.key)
    if one.default is not None and one.default not in COMPUTED_DEFAULTS and not isinstance(one.default, Mapping):
        try:
            one.kind.parse(one, one.default, ParseEnv())
        except BadValue as bad:
            yield wrong("default", bad.code, **bad.params)


def _is_comparable(one: Field) -> bool:
    return one.kind.sortable and one.kind.trait not in UNCOMPARED and one.kind.holds_value and bool(one.columns)


def _named(snapshot: Snapshot, obj: Object, one: Field) -> Iterator[Finding]:
    """Objects and fields that settings name and that are not there."""
    for object_key, field_key, setting in references(snapshot, obj, one):
        target = snapshot.objects.get(object_key)
        if target is None:
            params = {"object": object_key}
            yield Finding(obj.key, one.key, f"settings.{setting.name}", "design.unknown_object", params)
        elif field_key is not None and field_key not in target.fields:
            params = {"field": field_key, "object": object_key}
            yield Finding(obj.key, one.key, f"settings.{setting.name}", "design.unknown_field", params)


def _relations(snapshot: Snapshot, obj: Object) -> Iterator[Finding]:
    """Names of relations, which share one space with the fields of the object that they are seen from."""
    for one in obj.fields.values():
        reverse = one.settings.get("reverse")
        if not reverse or one.system:
            continue
        if not KEY.fullmatch(str(reverse)) or "__" in str(reverse):
            yield Finding(obj.key, one.key, "settings.reverse", "design.key_shape", {"key": str(reverse)})
            continue
        for target in one.settings.get("targets", [one.target]):
            seen_from = snapshot.objects.get(target)
            if seen_from is None:
                continue
            held = seen_from.relations.get(reverse)
            if reverse in seen_from.fields or (held is not None and (held.object, held.field) != (obj.key, one.key)):
                params = {"key": reverse, "object": target}
                yield Finding(obj.key, one.key, "settings.reverse", "design.relation_taken", params)
                if held is not None:
                    yield Finding(held.object, held.field, "settings.reverse", "design.relation_taken", params)


def _component(snapshot: Snapshot, obj: Object, component: Component) -> Iterator[Finding]:
    part = f"{component.kind}:{component.key}"
    try:
        kind = component_kind(component.kind)
        kind.check(snapshot, obj, component.live)
    except LookupError:
        yield Finding(obj.key, part, "kind", "design.unknown_component", {"kind": component.kind})
    except BadValue as bad:
        yield Finding(obj.key, part, "", bad.code, bad.params)


def _labels(object_key: str, part: str, attribute: str, labels: Labels) -> Iterator[Finding]:
    for language in LANGUAGES:
        text = labels.get(language)
        if not isinstance(text, str) or not text.strip():
            yield Finding(object_key, part, f"{attribute}.{language}", "design.label_missing")
        elif len(text) > MAX_LABEL:
            params = {"limit": MAX_LABEL, "length": len(text)}
            yield Finding(object_key, part, f"{attribute}.{language}", "fields.too_long", params)


def _names(snapshot: Snapshot) -> Iterator[Finding]:
    """Tables, indexes and sequences: keys with underscores may lead to the same name."""
    owners: dict[str, tuple[str, str]] = {}
    for obj in snapshot.objects.values():
        for part, name in _physical(obj):
            if owners.setdefault(name, (obj.key, part)) != (obj.key, part):
                other = ".".join(filter(None, owners[name]))
                yield Finding(obj.key, part, "key", "design.key_clash", {"key": part or obj.key, "other": other})


def _physical(obj: Object) -> Iterator[tuple[str, str]]:
    yield "", obj.table
    for keys in obj.uniques:
        yield "uniques " + ",".join(sorted(keys)), uniques_name(obj, keys)
    for one in obj.fields.values():
        if one.system:
            continue
        if one.kind.trait == "refs" and one.kind.holds_value:
            yield one.key, link_table(obj, one)
        if one.columns:
            for suffix, _, _ in index_bodies(one):
                yield one.key, index_name(obj, one.key, suffix)
            if one.kind.generated:
                yield one.key, sequence(obj, one)
