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
from guanxi.engine.bundles.items import Bundle, Item, readable, section_of, sections
from guanxi.engine.bundles.records import RecordSection
from guanxi.engine.context import Context
from guanxi.engine.design import storage
from guanxi.engine.design.outcome import DesignSentence, Said
from guanxi.engine.objects.catalog import field_from
from guanxi.engine.objects.definitions import FIELD_ATTRIBUTES
from guanxi.engine.objects.model import Field, Labels

Op = Literal["added", "changed", "removed"]
DEEP = 2
"""So far below an attribute are its parts told apart."""


class AttributeDifference(TypedDict):
    """One attribute before and after; a part of a setting is ``settings.options``."""

    name: str
    before: Any
    after: Any


class ConfigurationDifference(TypedDict):
    """One thing that is to be added, changed or removed, and what that does to data; ``name`` is how it is selected."""

    name: str
    section: str
    op: str
    id: str
    path: str
    object: str | None
    label: dict[str, str]
    attributes: list[AttributeDifference]
    impact: list[DesignSentence]


@dataclass
class Difference:
    """One thing that differs: as it is now (None: not there), and as it is wanted."""

    op: Op
    now: Item | None
    wanted: Item | None
    path: str
    attributes: list[AttributeDifference] = field(default_factory=list)
    impact: list[Said] = field(default_factory=list)

    @property
    def item(self) -> Item:
        """The thing, as it is wanted where it is."""
        return cast("Item", self.wanted or self.now)

    @property
    def label(self) -> Labels:
        """What people call it."""
        return section_of(self.item.section).label(self.item)

    def to_json(self, language: str) -> ConfigurationDifference:
        """The difference as the API answers it."""
        item = self.item
        return {
            "name": item.name, "section": item.section, "op": self.op, "id": item.id, "path": self.path,
            "object": item.values.get("object"), "label": dict(self.label), "attributes": self.attributes,
            "impact": [one.to_json(language) for one in self.impact],
        }  # fmt: skip


@dataclass
class Comparison:
    """Everything that differs, things first that others need."""

    differences: list[Difference]
    now: Bundle
    adopted: dict[str, tuple[str, str, UUID]] = field(default_factory=dict)
    """By the id that a record has now: its section, its id in the other configuration, and the record."""

    @property
    def fingerprint(self) -> str:
        """Another one as soon as anything else differs."""
        told = [(one.item.name, one.op, one.attributes) for one in self.differences]
        return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def compare(ctx: Context, wanted: Bundle) -> Comparison:
    """What would have to change in the workspace so that it is configured as wanted, with the impact on its data.

    Sections that the actor may not change are left out. Removals are told for what the wanted configuration lacks,
    except for what the product ships, which always stays.
    """
    now = current(ctx)
    adopted = _adopted(now, wanted)
    now = _renamed(now, adopted)
    mine = {section.name for section in readable(ctx)}
    found = differences(now, Bundle({n: i for n, i in wanted.items.items() if i.section in mine}, wanted.paths))
    for one in found:
        one.impact.extend(_impact(ctx, one))
    return Comparison(found, now, adopted)


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
    gone = [item for name, item in now.items.items() if name not in wanted.items and not item.shipped]
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
        if _same(old, new):
            continue
        if deep and isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _attributes(old, new, deep - 1, f"{at}{name}.")
        else:
            yield {"name": f"{at}{name}", "before": old, "after": new}


def _same(old: Any, new: Any) -> bool:
    """Whether two JSON values are one, whatever number type they came as."""
    return orjson.dumps(old, option=orjson.OPT_SORT_KEYS) == orjson.dumps(new, option=orjson.OPT_SORT_KEYS)


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


def _impact(ctx: Context, one: Difference) -> Iterator[Said]:
    """What the change does to records and their values, in numbers."""
    now, wanted = one.now, one.wanted
    if now is None or now.section not in ("object", "field"):
        return
    owner = ctx.snapshot.objects.get(now.values["key"] if now.section == "object" else now.values["object"])
    if owner is None:
        return
    told = {"name": dict(one.label), "object": dict(owner.label)}
    if now.section == "object":
        if wanted is None and (count := storage.records(ctx, owner.key)):
            yield Said("design.impact_records_hidden", {**told, "count": count})
        return
    live = {name: now.values[name] for name in FIELD_ATTRIBUTES}
    held = field_from(now.id, now.values["key"], now.values["kind"], live)
    if wanted is None or wanted.values["kind"] != now.values["kind"]:
        if count := storage.filled(ctx, owner.key, held):
            code = "design.impact_values_hidden" if wanted is None else "bundles.impact_converted"
            yield Said(code, {**told, "count": count})
        return
    if wanted.values["required"] and not held.required and (count := storage.empty(ctx, owner.key, held)):
        yield Said("design.impact_empty", {**told, "count": count})
    yield from _options(ctx, owner.key, held, wanted, told)


def _options(ctx: Context, object_key: str, held: Field, wanted: Item, told: Mapping[str, Any]) -> Iterator[Said]:
    """Options that go although records have them."""
    had = {str(one.get("key")) for one in held.settings.get("options") or () if isinstance(one, Mapping)}
    settings = wanted.values["settings"]
    options = settings.get("options") if isinstance(settings, Mapping) else None
    kept = {str(one.get("key")) for one in options or () if isinstance(one, Mapping)}
    if gone := had - kept:
        for option, count in storage.options_used(ctx, object_key, held, gone).items():
            label = held.prepared.text(option, ctx.language)
            yield Said("design.impact_option", {**told, "count": count, "option": label})
