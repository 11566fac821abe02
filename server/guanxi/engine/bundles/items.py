"""What a configuration consists of: items of sections, one file each. Areas register their sections here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Labels
from guanxi.engine.objects.naming import KEY

FORMAT = 1
"""Of the files; a newer one is refused."""
HEAD = "guanxi.toml"


class BadFile(Exception):
    """Something wrong in a file: the attribute, and why."""

    def __init__(self, attribute: str, code: str, **params: Any) -> None:
        super().__init__(code)
        self.attribute = attribute
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Item:
    """One thing that is configured. ``id`` is the same in every workspace that the thing was carried to."""

    section: str
    id: str
    values: Mapping[str, Any]
    """Every attribute, those that have their defaults too."""
    record: UUID | None = None
    """The record that it is in this workspace, for things that are records."""
    shipped: bool = False

    @property
    def name(self) -> str:
        """How the item is called among all of a bundle."""
        return f"{self.section}:{self.id}"


class Origin(Protocol):
    """The configuration that two workspaces had when one was made as a copy of the other."""

    digests: Mapping[str, str]
    """What each item was, by its name."""

    def agree(self, digests: Mapping[str, str | None]) -> None:
        """From now on the two have these items in common; None for what both do without."""


@dataclass
class Bundle:
    """A whole configuration, or a part of one."""

    items: dict[str, Item] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    """Where an item was read, by its name."""
    left_out: frozenset[str] = frozenset()
    """Sections that nothing is said of: who made the bundle could not read them. Their items do not count as gone."""
    origin: Origin | None = None
    """What it has in common with the workspace that it is compared with, where one is a copy of the other."""

    def of(self, section_name: str) -> list[Item]:
        """The items of one section."""
        return [one for one in self.items.values() if one.section == section_name]


class Section:
    """One sort of things: where their files are, how they are read from a workspace and from a file."""

    name: ClassVar[str] | str
    right: str = "configure"
    """Who may read and change its items, besides having the right ``configure``."""

    def items(self, ctx: Context) -> Iterable[Item]:
        """The items of a workspace."""
        raise NotImplementedError

    def path(self, item: Item) -> str:
        """Where the item's file is."""
        raise NotImplementedError

    def owns(self, parts: Sequence[str]) -> bool:
        """Whether a file at this place is one of the section's."""
        raise NotImplementedError

    def content(self, item: Item) -> dict[str, Any]:
        """What stands in the item's file: its values without those that are the defaults."""
        raise NotImplementedError

    def item(self, parts: Sequence[str], data: Mapping[str, Any]) -> Item:
        """The item of a file; BadFile when it is none."""
        raise NotImplementedError

    def label(self, item: Item) -> Labels:
        """What people call the item."""
        found = item.values.get("label")
        if isinstance(found, Mapping) and found:
            return {name: str(text) for name, text in found.items()}
        text = str(item.values.get("name") or item.values.get("key") or item.id)
        return {"zh-CN": text, "en": text}


_sections: dict[str, Section] = {}


def section(one: Section) -> Section:
    """Make a section known; in the order in which they are made known, their items are exported and applied."""
    known = _sections.get(one.name)
    if known is not None and type(known) is not type(one):
        raise ValueError(f"the section {one.name!r} is registered twice")
    _sections[one.name] = one
    return one


def sections() -> tuple[Section, ...]:
    """Every section, in order."""
    return tuple(_sections.values())


def section_of(name: str) -> Section:
    """The section with this name."""
    return _sections[name]


def readable(ctx: Context) -> Iterator[Section]:
    """The sections that the actor may read and change."""
    return (one for one in sections() if ctx.actor.may(one.right))


def identity(data: Mapping[str, Any]) -> str:
    """The id that a file gives; BadFile when it is no UUID."""
    _present(data, "id")
    try:
        return str(UUID(str(data.get("id"))))
    except ValueError:
        raise BadFile("id", "bundles.bad_id", value=str(data.get("id"))[:60]) from None


def key_in(data: Mapping[str, Any], named: str) -> str:
    """The key that a file gives, which is the name of the file; BadFile otherwise."""
    _present(data, "key")
    key = data.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise BadFile("key", "design.key_shape", key=str(key)[:60])
    if key != named:
        raise BadFile("key", "bundles.key_is_not_the_name", key=key, name=named)
    return key


def _present(data: Mapping[str, Any], name: str) -> None:
    if data.get(name) is None:
        raise BadFile(name, "bundles.attribute_missing", name=name)


def only(data: Mapping[str, Any], known: Iterable[str]) -> None:
    """BadFile for an attribute that the section does not have."""
    names = list(known)
    for name in data:
        if name not in names:
            raise BadFile(name, "bundles.unknown_attribute", known=", ".join(names))
