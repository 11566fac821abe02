"""What differs between a workspace and a configuration, attribute by attribute, and what that does to data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast
from uuid import UUID

import orjson
from typing_extensions import TypedDict

from guanxi.engine.bundles.aliases import translated
from guanxi.engine.bundles.files import current
from guanxi.engine.bundles.impact import impact, obstacles
from guanxi.engine.bundles.items import Bundle, Item, readable, section_of, sections
from guanxi.engine.bundles.records import CUSTOM, RecordSection, record_sections
from guanxi.engine.bundles.references import MARK, Names, Ref, plain, refs, swapped
from guanxi.engine.context import Context
from guanxi.engine.design.outcome import DesignSentence, Said
from guanxi.engine.objects.model import Labels

Op = Literal["added", "changed", "removed"]
Side = Literal["here", "there", "both"]
DEEP = 2
"""So far below an attribute are its parts told apart."""


class AttributeDifference(TypedDict):
    """One attribute before and after; a part of a setting is ``settings.options``."""

    name: str
    before: Any
    after: Any


class ConfigurationDifference(TypedDict):
    """One thing that is to be added, changed or removed, and what that does to data; ``name`` is how it is selected.

    With ``obstacles`` it cannot be applied as things are. ``changed`` tells, between a workspace and its sandbox, which
    of the two was changed since they were the same: ``here``, ``there`` or ``both``; null elsewhere.
    """

    name: str
    section: str
    op: str
    id: str
    path: str
    object: str | None
    label: dict[str, str]
    attributes: list[AttributeDifference]
    impact: list[DesignSentence]
    obstacles: list[DesignSentence]
    changed: str | None


@dataclass
class Difference:
    """One thing that differs: as it is now (None: not there), and as it is wanted."""

    op: Op
    now: Item | None
    wanted: Item | None
    path: str
    attributes: list[AttributeDifference] = field(default_factory=list)
    impact: list[Said] = field(default_factory=list)
    obstacles: list[Said] = field(default_factory=list)
    changed: Side | None = None

    @property
    def item(self) -> Item:
        """The thing, as it is wanted where it is."""
        return cast("Item", self.wanted or self.now)

    @property
    def label(self) -> Labels:
        """What people call it."""
        return section_of(self.item.section).label(self.item)

    @property
    def differing(self) -> Mapping[str, Any]:
        """Of the wanted values those that are not there yet; none of what is to go."""
        before = self.now.values if self.now else {}
        wanted = self.wanted.values if self.wanted else {}
        return {name: value for name, value in wanted.items() if not same(before.get(name), value)}

    @property
    def values(self) -> Mapping[str, Any]:
        """The wanted values; where nothing differs the very ones that are there."""
        return {**self.item.values, **(self.now.values if self.now else {}), **self.differing}

    def to_json(self, language: str) -> ConfigurationDifference:
        """The difference as the API answers it."""
        item = self.item
        return {
            "name": item.name, "section": item.section, "op": self.op, "id": item.id, "path": self.path,
            "object": item.values.get("object"), "label": dict(self.label), "attributes": plain(self.attributes),
            "impact": [one.to_json(language) for one in self.impact],
            "obstacles": [one.to_json(language) for one in self.obstacles], "changed": self.changed,
        }  # fmt: skip


@dataclass
class Comparison:
    """Everything that differs, things first that others need."""

    differences: list[Difference]
    now: Bundle
    wanted: Bundle
    names: Names
    adopted: dict[str, tuple[str, str, UUID]] = field(default_factory=dict)
    """By the id that a record has now: its section, its id in the other configuration, and the record."""

    @property
    def fingerprint(self) -> str:
        """Another one as soon as anything else differs."""
        told = [
            (one.item.name, one.op, plain(one.attributes) if one.wanted else digest(one.item))
            for one in self.differences
        ]
        return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def compare(ctx: Context, wanted: Bundle) -> Comparison:
    """What would have to change in the workspace so that it is configured as wanted, with the impact on its data.

    Sections that the actor may not change are left out. Removals are told for what the wanted configuration lacks,
    except for what the product ships, which always stays.
    """
    names = Names(ctx)
    now = current(ctx, names)
    wanted = replace(wanted, items={key: _told_by(names, item) for key, item in wanted.items.items()})
    adopted = _adopted(now, wanted)
    now = _settled(_renamed(now, adopted), wanted, names)
    mine = {section.name for section in readable(ctx)}
    found = differences(now, replace(wanted, items={n: i for n, i in wanted.items.items() if i.section in mine}))
    brought = {(section.object, one.id) for section in record_sections() for one in wanted.of(section.name)}
    for one in found:
        one.impact.extend(impact(ctx, one.label, one.now, one.wanted))
        one.obstacles.extend(obstacles(ctx, names, one.differing.values(), brought))
        one.changed = _side(wanted, one)
    return Comparison(found, now, wanted, names, adopted)


def _told_by(names: Names, item: Item) -> Item:
    return replace(item, values=names.here(item.values))


def _settled(now: Bundle, wanted: Bundle, names: Names) -> Bundle:
    """What the workspace has, as far as it can differ from what is wanted.

    An id of a record that only the other workspace still has is the reference that is made to it there. Values of
    fields that the wanted configuration does not have are nothing that it could say otherwise.
    """
    found = (ref for item in wanted.items.values() for ref in refs(item.values))
    only_there = {ref.id: ref for ref in found if ref.id and names.record(ref) is None}
    known = {(one.values["object"], one.values["key"]) for one in wanted.of("field")}
    objects = {section.name: section.object for section in record_sections()}
    made = replace(now, items={})
    for name, item in now.items.items():
        values = translated(item.values, only_there)
        if item.section in objects:
            own = values[CUSTOM].items()
            values = {**values, CUSTOM: {key: one for key, one in own if (objects[item.section], key) in known}}
        made.items[name] = replace(item, values=values)
    return made


def digests(bundle: Bundle) -> dict[str, str]:
    """What each item is, in short."""
    return {name: digest(item) for name, item in bundle.items.items()}


def digest(item: Item) -> str:
    """What an item is, in short; whatever its references are called."""
    told = swapped(item.values, lambda one: (one.id or str(one)) if isinstance(one, Ref) else one)
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def _side(wanted: Bundle, one: Difference) -> Side | None:
    """Which of two workspaces was changed since they had the item in common."""
    if wanted.origin is None:
        return None
    before = wanted.origin.digests.get(one.item.name)
    there = before != (digest(one.wanted) if one.wanted else None)
    here = before != (digest(one.now) if one.now else None)
    return "both" if here and there else "here" if here else "there"


def differences(now: Bundle, wanted: Bundle) -> list[Difference]:
    """What differs between two configurations, going from the first to the second."""
    found = []
    for name, item in wanted.items.items():
        held = now.items.get(name)
        path = wanted.paths.get(name) or section_of(item.section).path(item)
        if held is None:
            content = section_of(item.section).content(item)
            found.append(Difference("added", None, item, path, list(_attributes({}, content, 0))))
        elif attributes := list(_attributes(held.values, item.values, DEEP)):
            found.append(Difference("changed", held, item, path, attributes))
    gone = [
        item for name, item in now.items.items()
        if name not in wanted.items and not item.shipped and item.section not in wanted.left_out
    ]  # fmt: skip
    lost = {item.values["key"] for item in gone if item.section == "object"}
    for item in gone:
        if item.section in ("field", "component") and item.values["object"] in lost:
            continue  # goes with its object
        path = now.paths.get(item.name) or section_of(item.section).path(item)
        found.append(Difference("removed", item, None, path))
    order = {name: place for place, name in enumerate(dict.fromkeys(one.section for one in _in_order(now, wanted)))}
    return sorted(found, key=lambda one: (order[one.item.section], one.op == "removed", one.path))


def _in_order(*bundles: Bundle) -> Iterator[Item]:
    for section in sections():
        for bundle in bundles:
            yield from bundle.of(section.name)


def _attributes(
    before: Mapping[str, Any], after: Mapping[str, Any], deep: int, at: str = ""
) -> Iterator[AttributeDifference]:
    for name in dict.fromkeys([*after, *before]):
        old, new = before.get(name), after.get(name)
        if same(old, new):
            continue
        if deep and isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _attributes(old, new, deep - 1, f"{at}{name}.")
        else:
            yield {"name": f"{at}{name}", "before": old, "after": new}


def same(old: Any, new: Any) -> bool:
    """Whether two values are one, whatever number type they came as."""
    if old is None or new is None or isinstance(old, str) or isinstance(new, str):
        return bool(old == new)
    return _written(old) == _written(new)


def _written(value: Any) -> bytes:
    marked = swapped(value, lambda one: {MARK: str(one)} if isinstance(one, Ref) else one)
    return orjson.dumps(marked, option=orjson.OPT_SORT_KEYS)


def _adopted(now: Bundle, wanted: Bundle) -> dict[str, tuple[str, str, UUID]]:
    """Records that the wanted configuration knows under another id, recognised by what people call them."""
    adopted: dict[str, tuple[str, str, UUID]] = {}
    for section in sections():
        if not isinstance(section, RecordSection) or section.by_key:
            continue
        free = {one.id: one for one in now.of(section.name) if one.name not in wanted.items}
        by_nature = {_nature(section, one, adopted): one for one in free.values()}
        for one in wanted.of(section.name):
            held = by_nature.get(_nature(section, one, {})) if one.name not in now.items else None
            if held is not None and held.record is not None and held.id not in adopted:
                adopted[held.id] = (section.name, one.id, held.record)
    return adopted


def _nature(section: RecordSection, item: Item, adopted: Mapping[str, tuple[str, str, UUID]]) -> tuple[str, ...]:
    values = (str(item.values.get(name)) for name in section.natural)
    return tuple(adopted[value][1] if value in adopted else value.strip().casefold() for value in values)


def _renamed(now: Bundle, adopted: Mapping[str, tuple[str, str, UUID]]) -> Bundle:
    """The configuration under the ids of the other one."""
    if not adopted:
        return now
    ids = {old: new for old, (_, new, _) in adopted.items()}
    made = Bundle()
    for item in now.items.values():
        section, new, _ = adopted.get(item.id, ("", "", None))
        renamed = replace(item, id=new if section == item.section else item.id, values=translated(item.values, ids))
        made.items[renamed.name] = renamed
        made.paths[renamed.name] = section_of(item.section).path(renamed)
    return made
