"""Sections of things that are records of the workspace: roles, shared views, pipelines and their stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from guanxi.engine.bundles import aliases
from guanxi.engine.bundles.items import BadFile, Item, Section, identity, only, sections
from guanxi.engine.bundles.references import is_told_by_name
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Snapshot
from guanxi.engine.records import reads, writes

Phase = Literal["before", "after"]
CUSTOM = "custom"
"""Where the values of fields that the workspace added stand, in items and in files."""
_NOT_IN_FILES = frozenset({"file", "image", "signature"})


@dataclass(frozen=True)
class RecordSection(Section):
    """Records of one object, as far as they are configuration.

    Beside ``attributes`` the values of fields that the workspace added are carried, where they mean something
    elsewhere: none that are worked out, numbered or secret, no files, and references only to what is told by name or is
    configuration itself.

    A record that another workspace knows under another id, but that is the same thing by its natural key (its
    name, say), is taken for the same when a bundle is compared; applying the bundle remembers that.
    """

    name: str
    object: str
    attributes: tuple[str, ...]
    """Fields of the object that are carried over; others stay as each workspace has them."""
    folder: str
    """Place of the file, with attributes and ``{id}`` filled in: ``views/{object}/{id}.toml``."""
    natural: tuple[str, ...]
    """Attributes by which people would say that two records are the same thing."""
    where: Mapping[str, Any] | None = None
    always: Mapping[str, Any] = field(default_factory=dict)
    """Values of every record of the section, which are not told in the files."""
    by_key: bool = False
    """The attribute ``key`` is the id in every workspace."""
    phase: Phase = "after"
    """Whether objects and fields are applied before these records or after them."""
    as_system: bool = False
    """Written with the system's rights once the section's right is there."""
    right: str = "configure"
    names: Mapping[str, str] = field(default_factory=dict)
    """Attributes that name an item of another section."""

    def items(self, ctx: Context) -> Iterable[Item]:
        """The records, each under the id that bundles know it by."""
        obj = ctx.snapshot.objects.get(self.object)
        if obj is None:
            return
        system = ctx.as_system()
        known = {record: bundle for bundle, record in aliases.of(ctx, self.name).items()}
        held = tuple(name for name in self.attributes if name in obj.fields)
        own = {one.key: one for one in carried(ctx.snapshot, self)}
        found = reads.ids(system, self.object, dict(self.where or {}) or None)
        for record, row in reads.native(system, self.object, found, (*held, *own)).items():
            given = {name: value for name, value in row.items() if value is not None and value != ()}
            values = {name: obj.fields[name].kind.render(given[name]) if name in given else None for name in held}
            values[CUSTOM] = {key: one.kind.kept(given[key]) for key, one in own.items() if key in given}
            id_ = str(values["key"]) if self.by_key else str(known.get(record, record))
            yield Item(self.name, id_, values, record)

    def path(self, item: Item) -> str:
        """As ``folder`` says."""
        return self.folder.format_map({"id": item.id, **item.values})

    def owns(self, parts: Sequence[str]) -> bool:
        """Files as ``folder`` says."""
        mine = self.folder.split("/")
        return len(parts) == len(mine) and all("{" in own or own == part for own, part in zip(mine, parts, strict=True))

    def content(self, item: Item) -> dict[str, Any]:
        """The attributes that have a value."""
        held = {name: value for name, value in item.values.items() if value is not None}
        if not held.get(CUSTOM):
            held.pop(CUSTOM, None)
        return held if self.by_key else {"id": item.id, **held}

    def item(self, parts: Sequence[str], data: Mapping[str, Any]) -> Item:
        """The record of a file, whose name is its id or key."""
        only(data, (*self.attributes, CUSTOM) if self.by_key else ("id", *self.attributes, CUSTOM))
        values = {name: data.get(name) for name in self.attributes}
        values[CUSTOM] = data.get(CUSTOM, {})
        if not isinstance(values[CUSTOM], Mapping):
            raise BadFile(CUSTOM, "bundles.not_a_table")
        for name in self.natural:
            if not isinstance(values.get(name), str):
                raise BadFile(name, "bundles.attribute_missing", name=name)
        for name in self.names:
            values[name] = identity({"id": values[name]})
        item = Item(self.name, str(values["key"]) if self.by_key else identity(data), values)
        if self.path(item) != "/".join(parts):
            raise BadFile("key" if self.by_key else "id", "bundles.not_its_place", place=self.path(item))
        return item

    def written(self, ctx: Context) -> Context:
        """With whose rights the records are written."""
        return ctx.as_system() if self.as_system else ctx

    def create(self, ctx: Context, values: Sequence[Mapping[str, Any]]) -> list[UUID]:
        """New records with these values."""
        return writes.create(self.written(ctx), self.object, [{**one, **self.always} for one in values])

    def update(self, ctx: Context, changes: Sequence[writes.Change]) -> None:
        """Other values for records."""
        writes.update(self.written(ctx), self.object, changes)

    def delete(self, ctx: Context, records: Sequence[UUID]) -> None:
        """Put records into the bin."""
        writes.delete(self.written(ctx), self.object, records)

    def settle(self, ctx: Context, wanted: Sequence[tuple[UUID, Mapping[str, Any]]]) -> None:
        """What is to be done with records once everything that was applied is there, each with its wanted values."""


def record_sections() -> list[RecordSection]:
    """The sections of things that are records, in order."""
    return [one for one in sections() if isinstance(one, RecordSection)]


def carried(snapshot: Snapshot, section: RecordSection) -> list[Field]:
    """Fields that the workspace added to an object of configuration, and whose values are carried over."""
    obj = snapshot.objects.get(section.object)
    fields = obj.fields.values() if obj else ()
    return [one for one in fields if one.key not in section.attributes and _is_carried(one)]


def _is_carried(one: Field) -> bool:
    kind = one.kind
    own = one.custom and not one.system and kind.holds_value and kind.key not in _NOT_IN_FILES
    if not own or kind.computed or kind.generated or kind.secret or kind.trait == "about":
        return False
    target = one.target
    return target is None or is_told_by_name(target) or any(target == each.object for each in record_sections())
