"""The catalog as the engine reads it: immutable objects, fields and relations of one workspace version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from guanxi.infra.errors import NotFound

if TYPE_CHECKING:
    from guanxi.engine.objects.computed.feeds import Feeds
    from guanxi.engine.objects.fields.base import FieldKind

Labels = Mapping[str, str]
"""Text by language: ``{"zh-CN": ..., "en": ...}``."""


def label_text(labels: Labels, language: str) -> str:
    """The label in a language, falling back to Chinese, the source language, then to whatever is there."""
    return labels.get(language) or labels.get("zh-CN") or next(iter(labels.values()), "")


def table_of(object_key: str) -> str:
    """Name of the table that holds an object's records, in the workspace's schema."""
    return f"rec_{object_key}"


@dataclass(frozen=True)
class Field:
    """One field of an object. ``kind`` is the registered behaviour; ``settings`` belong to the kind."""

    id: str
    key: str
    kind: FieldKind
    label: Labels
    help: Labels = field(default_factory=dict)
    required: bool = False
    unique: bool = False
    searchable: bool = False
    read_only: bool = False
    hidden: bool = False
    index: bool = False
    system: bool = False
    default: Any = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    position: int = 0
    state: str = "active"
    custom: bool = False
    """Made in the workspace; False for what the product ships."""

    @property
    def target(self) -> str | None:
        """Key of the object that a reference points at; None when the field refers to nothing or to several."""
        return self.kind.target(self)

    @cached_property
    def prepared(self) -> Any:
        """What the kind worked out of the settings, once for the life of the snapshot."""
        return self.kind.prepare(self.settings)

    @cached_property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Physical columns as (name, SQL type); none for what is worked out by every statement."""
        if self.kind.virtual:
            return ()
        return tuple((self.key + c.suffix, c.sql_type) for c in self.kind.columns(self))


@dataclass(frozen=True)
class Relation:
    """A to-many relation seen from the target of a reference field."""

    key: str
    label: Labels
    object: str
    field: str


@dataclass(frozen=True)
class Component:
    """A part of an object that is no field: a layout, a rule, a record type. ``live`` belongs to its kind."""

    id: str
    kind: str
    key: str
    live: Mapping[str, Any]
    custom: bool = False


@dataclass(frozen=True, slots=True)
class ShareReach:
    """How far down, along what inherits access, a share of an object's records reaches; ``objects`` None is to all."""

    steps: int = 1
    objects: frozenset[str] | None = None

    def reaches(self, object_key: str, steps: int) -> bool:
        """Whether records of an object so many steps below are opened by a share."""
        return steps <= self.steps and (self.objects is None or object_key in self.objects)


@dataclass(frozen=True)
class Object:
    """One object: its fields (system fields included), how it is shown, and how access reaches it."""

    id: str
    key: str
    label: Labels
    plural: Labels
    icon: str
    color: str
    title: str
    group: str
    position: int
    features: frozenset[str]
    fields: Mapping[str, Field]
    relations: Mapping[str, Relation]
    layout: Mapping[str, Any]
    inherit: str | None = None
    board: str | None = None
    read_also: Mapping[str, Any] | None = None
    """A filter of records that everybody reads who may read the object at all."""
    private: Mapping[str, Any] | None = None
    """A filter of records that are their owner's alone, however far the rights of others reach."""
    share_reach: ShareReach = ShareReach()
    follows: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Fields that hold what a field of another object, (object, key), held or adds up to: told to nobody from whom that is kept."""
    area: str = ""
    uniques: tuple[tuple[str, ...], ...] = ()
    """Fields whose values together must not stand twice."""
    components: Mapping[str, tuple[Component, ...]] = field(default_factory=dict)
    """Active components by the key of their kind, in the order of their position."""
    custom: bool = False
    """Made in the workspace; False for what the product ships."""

    @property
    def table(self) -> str:
        """Name of the table in the workspace's schema."""
        return table_of(self.key)

    @property
    def has_owner(self) -> bool:
        """Whether records belong to somebody; without an owner every member with the right reads all rows."""
        return "owner" in self.features

    @cached_property
    def kinds(self) -> frozenset[FieldKind]:
        """The kinds of its fields, system fields excluded; known before the fields themselves are made, so that whoever
        looks for fields of one sort through all objects need not look at those that can have none.
        """
        return frozenset(one.kind for one in self.fields.values() if not one.system)

    @cached_property
    def searchable(self) -> tuple[Field, ...]:
        """Fields whose text is found by search, the title first."""
        own = [f for f in self.fields.values() if f.searchable and f.key != self.title and not f.system]
        title = self.fields.get(self.title)
        return tuple(([title] if title else []) + own)

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """Fields with columns in the object's own table, system fields excluded."""
        return tuple(f for f in self.fields.values() if not f.system and f.columns)

    @cached_property
    def with_defaults(self) -> tuple[Field, ...]:
        """Stored fields that have a default, be it a formula."""
        return tuple(f for f in self.stored if f.default is not None)

    @cached_property
    def beginnings(self) -> tuple[tuple[str, str, Any], ...]:
        """Columns of computed values that a new record begins with, as (name, SQL type, value)."""
        computed = ((f, f.kind.initial(f)) for f in self.stored if f.kind.computed)
        return tuple((*f.columns[0], value) for f, value in computed if value is not None)

    @cached_property
    def identity(self) -> Field:
        """The record itself as a reference, so that filters can name records by their ids."""
        from guanxi.engine.objects.fields.registry import kind

        settings = {"target": self.key}
        return Field(id="system:id", key="id", kind=kind("lookup"), label=self.label, settings=settings, system=True)


@dataclass(frozen=True)
class Snapshot:
    """All objects of a workspace at one catalog version. Built once, never changed, pinned for a transaction."""

    schema: str
    version: int
    objects: Mapping[str, Object]

    def object(self, key: str) -> Object:
        """The object with this key; NotFound otherwise."""
        found = self.objects.get(key)
        if found is None:
            raise NotFound("records.unknown_object", {"object": key})
        return found

    @cached_property
    def feeds(self) -> Feeds:
        """What stored computed fields are fed by."""
        from guanxi.engine.objects.computed.feeds import Feeds

        return Feeds(self)

    @cached_property
    def tag(self) -> str:
        """Comment put into statements, so that a prepared plan never outlives the schema it was made for."""
        return f"/*{self.schema} v{self.version}*/ "
