"""Fields that people reach further or less far, and rights that they gain or lose, by a change of access."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from guanxi.capabilities.access_explained.people import guard_of
from guanxi.engine.access.actor import SWITCHES, Actor, ObjectRights, Verb
from guanxi.engine.context import Context
from guanxi.engine.objects.components.record_type import types_of
from guanxi.engine.objects.levels import LEVELS, Level
from guanxi.engine.objects.model import Object

Actors = Mapping[UUID, tuple[Actor, Actor]]
RESTS_ON: Mapping[str, Verb] = {
    "create": "read", "import": "read", "export": "read", "configure": "read",
    "restore": "delete", "bulk": "edit", "share": "edit", "transfer": "edit",
}  # fmt: skip
"""What has to be reached for a switch to mean anything."""
_BROUGHT = frozenset({"restore", "bulk", "share", "transfer"})
"""Switches that come with the reach they rest on unless they are taken."""
_ATTRIBUTES = {"import": "imports", "export": "exports"}


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that people reach further or less far, on records of a type or on all that no type is named of."""

    object: str
    field: str
    record_type: str | None
    before: Level
    after: Level
    people: tuple[UUID, ...]

    @property
    def is_opened(self) -> bool:
        """Whether they reach it further than before."""
        return LEVELS.index(self.after) > LEVELS.index(self.before)


@dataclass(frozen=True, slots=True)
class RightDifference:
    """A right that people gain or lose: over the records of some objects, or over the workspace where there are none."""

    objects: tuple[str, ...]
    right: str
    is_given: bool
    people: tuple[UUID, ...]


def is_on(rights: ObjectRights, switch: str) -> bool:
    """Whether a switch is on and means anything beside the reaches."""
    reach = getattr(rights, RESTS_ON[switch])
    return rights.reads and not reach.is_none and bool(getattr(rights, _ATTRIBUTES.get(switch, switch)))


def of_fields(ctx: Context, actors: Actors) -> Iterator[FieldDifference]:
    """Fields of objects that people read before and after alike; what opens as a whole is told by its records."""
    found: dict[tuple[str, str, str | None, Level, Level], list[UUID]] = defaultdict(list)
    for (had, has), members in _alike(actors):
        if had.objects == has.objects:
            continue
        for obj in ctx.snapshot.objects.values():
            if had.rights(obj.key).reads and has.rights(obj.key).reads:
                for key, type_, before, after in _levels(ctx, obj, had, has):
                    found[obj.key, key, type_, before, after].extend(members)
    for (object_key, key, type_, before, after), members in found.items():
        yield FieldDifference(object_key, key, type_, before, after, tuple(members))


def _alike(actors: Actors) -> list[tuple[tuple[Actor, Actor], list[UUID]]]:
    """One of those with the same roles before and after, and all of them: levels and switches rest on roles alone."""
    found: dict[tuple[object, ...], tuple[tuple[Actor, Actor], list[UUID]]] = {}
    for member, pair in actors.items():
        key = tuple((one.role_ids, bool(one.objects), one.system_rights) for one in pair)
        found.setdefault(key, (pair, []))[1].append(member)
    return list(found.values())


def _levels(ctx: Context, obj: Object, had: Actor, has: Actor) -> Iterator[tuple[str, str | None, Level, Level]]:
    before, after = guard_of(ctx, had), guard_of(ctx, has)
    types = [None, *(one.key for one in types_of(obj))]
    for key, field in obj.fields.items():
        usual: tuple[Level, Level] | None = None
        for type_ in types:
            levels = (before.level_on(obj, field, type_), after.level_on(obj, field, type_))
            if levels[0] != levels[1] and levels != usual:
                yield key, type_, *levels
            usual = levels if type_ is None else usual


def of_rights(ctx: Context, actors: Actors) -> Iterator[RightDifference]:
    """Switches by object and rights over the workspace."""
    found: dict[tuple[str | None, str, bool], list[UUID]] = defaultdict(list)
    for (had, has), members in _alike(actors):
        for right in sorted(had.system_rights ^ has.system_rights):
            found[None, right, right in has.system_rights].extend(members)
        for key in ctx.snapshot.objects:
            before, after = had.rights(key), has.rights(key)
            for switch in SWITCHES:
                # A switch that a reach brings along is no news beside the records that the reach opens.
                if is_on(before, switch) != is_on(after, switch) and _is_said(before, after, switch):
                    found[key, switch, is_on(after, switch)].extend(members)
    alike: dict[tuple[str, bool, tuple[UUID, ...]], list[str]] = defaultdict(list)
    for (object_key, right, given), members in found.items():
        alike[right, given, tuple(sorted(members))] += [object_key] if object_key else []
    for (right, given, members), objects in alike.items():
        yield RightDifference(tuple(objects), right, given, members)


def _is_said(before: ObjectRights, after: ObjectRights, switch: str) -> bool:
    """Whether the switch itself was turned, beside what its reach brings along."""
    if switch in _BROUGHT and (getattr(before, RESTS_ON[switch]).is_none or getattr(after, RESTS_ON[switch]).is_none):
        return False
    name = _ATTRIBUTES.get(switch, switch)
    return bool(getattr(before, name)) != bool(getattr(after, name))
