"""Whom a step means: people named, holders of roles, departments and their heads, superiors, and who stands in the record.

A list of such, which are put together:

    {"kind": "member", "members": ["<id>", ...]}       {"kind": "role", "role": "<id or key>"}
    {"kind": "department", "department": "<id>"}       everybody in it and below
    {"kind": "head", "of": "starter", "levels": 1}     the head of the department of the starter or the owner, or of the one
                                                       that is so many levels above; where there is none, the next one up
    {"kind": "superior", "of": "starter", "levels": 1} the superior of the starter or the owner, so many levels up
    {"kind": "owner"}   {"kind": "starter"}            {"kind": "field", "field": "company.owner"}

``head`` takes a ``department`` of its own instead of ``of``. Members who have left are never meant. Steps of approvals know
one more: ``{"kind": "chosen"}``, whom the submitter has chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.capabilities.flows import worked
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.capabilities.identity import organisation
from guanxi.capabilities.identity.tree import with_ancestors, with_descendants
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads

MEMBER = "member"
KINDS: Mapping[str, frozenset[str]] = {
    "member": frozenset({"members"}), "role": frozenset({"role"}), "department": frozenset({"department"}),
    "head": frozenset({"of", "levels", "department"}), "superior": frozenset({"of", "levels"}), "owner": frozenset(),
    "starter": frozenset(), "field": frozenset({"field"}),
}  # fmt: skip
CHOSEN = "chosen"
OF = ("starter", "owner")
HIGHEST = 10
Spec = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Subject:
    """What a step is about: a record with its values, as far as they are known, and whoever set the step off."""

    object: str | None
    record: UUID | None
    values: Mapping[str, Any] = field(default_factory=dict)
    starter: UUID | None = None
    chosen: Sequence[UUID] = ()
    """Whom the submitter has chosen for the step."""


def problems(place: Place, spec: Any, setting: str, *, chosen: bool = False) -> Iterator[Problem]:
    """What is wrong with such a list; ``chosen``: whether the submitter may be asked whom to take."""
    kinds = {**KINDS, CHOSEN: frozenset[str]()} if chosen else KINDS
    for one in spec if isinstance(spec, list | tuple) else ():
        kind = str(one.get("kind")) if isinstance(one, Mapping) else ""
        if kind not in kinds or set(one) - kinds[kind] - {"kind"}:
            yield place.problem("flows.bad_people", setting, known=", ".join(kinds))
        elif kind == "field":
            found = yield from worked.field_at(place, one.get("field"), setting)
            if found is not None and found.target != MEMBER:
                yield place.problem("flows.no_person_field", setting, field=str(one.get("field"))[:40])
        elif one.get("of", OF[0]) not in OF or not _is_level(one.get("levels", 1)):
            yield place.problem("flows.bad_people", setting, known=", ".join(KINDS))
        elif kind in ("member", "role", "department") and not one.get(f"{kind}s" if kind == "member" else kind):
            yield place.problem("flows.people_missing", setting)
        elif not _are_ids([*(one.get("members") or ()), *([one["department"]] if one.get("department") else [])]):
            yield place.problem("flows.bad_people", setting, known=", ".join(KINDS))
        elif _asks_record(one) and place.object is None:
            yield place.problem("flows.object_needed", setting)


def _asks_record(one: Mapping[str, Any]) -> bool:
    about_owner = one.get("of") == "owner" and not one.get("department")
    return one["kind"] == "owner" or (one["kind"] in ("head", "superior") and about_owner)


def _are_ids(texts: Iterable[Any]) -> bool:
    try:
        return all(UUID(str(one)) for one in texts)
    except ValueError:
        return False


def resolve_all(
    ctx: Context,
    subjects: Sequence[tuple[Object, UUID] | None],
    starters: Sequence[UUID | None],
    spec: Spec,
    *,
    delegates: bool = False,
) -> list[list[UUID]]:
    """As ``resolve`` for many records at once, whatever object each is of; what of them names people is read as it is.

    With ``delegates`` whoever is stood in for today is replaced by those who do.
    """
    paths = sorted({str(one["field"]) for one in spec if one["kind"] == "field"})
    known = _values(ctx.as_system(), subjects, paths)
    directory = Directory(ctx)
    found = []
    for subject, values, starter in zip(subjects, known, starters, strict=True):
        about = Subject(subject[0].key if subject else None, subject[1] if subject else None, values, starter)
        named = dict.fromkeys(id_ for one in spec for id_ in directory.found(one, about))
        here = [one for one in named if directory.works_here(one)]
        found.append(directory.with_delegates(here) if delegates else here)
    return found


def _values(
    ctx: Context, subjects: Sequence[tuple[Object, UUID] | None], paths: Sequence[str]
) -> list[Mapping[str, Any]]:
    """The owner and the fields at the paths, as far as a record has them."""
    by_object: dict[str, set[UUID]] = {}
    for subject in subjects:
        if subject is not None:
            by_object.setdefault(subject[0].key, set()).add(subject[1])
    found: dict[tuple[str, UUID], Mapping[str, Any]] = {}
    for key, records in by_object.items():
        owned = ["owner"] if "owner" in ctx.snapshot.object(key).fields else []
        rows = reads.native(ctx, key, sorted(records), list(dict.fromkeys([*owned, *paths])))
        found |= {(key, record): row for record, row in rows.items()}
    return [found.get((subject[0].key, subject[1]), {}) if subject else {} for subject in subjects]


def resolve(ctx: Context, spec: Spec, subject: Subject) -> list[UUID]:
    """The members that are meant, each once, in the order in which they are named."""
    directory = Directory(ctx)
    found = (id_ for one in spec for id_ in directory.found(one, subject))
    return [one for one in dict.fromkeys(found) if directory.works_here(one)]


def superior_of(ctx: Context, member: UUID) -> UUID | None:
    """The nearest superior who works here."""
    return Directory(ctx).superior(member, 1)


def works_here(ctx: Context, member: UUID) -> bool:
    """Whether there is such a member who has not left."""
    return Directory(ctx).works_here(member)


def administrators(ctx: Context) -> list[UUID]:
    """Members who look after automation, for what nobody else is found for."""
    people = organisation.organisation_in(ctx)
    return [
        id_ for id_ in people.people
        if people.works_here(id_) and (actor := people.actor(id_)) is not None and actor.may("automation")
    ]  # fmt: skip


class Directory:
    """The organisation as it is in a unit of work, asked for people."""

    def __init__(self, ctx: Context) -> None:
        self._organisation = organisation.organisation_in(ctx)

    def works_here(self, member: UUID) -> bool:
        """Whether there is such a member who has not left."""
        return self._organisation.works_here(member)

    def found(self, one: Mapping[str, Any], subject: Subject) -> Iterable[UUID]:
        """The members that one entry of a list means."""
        kind = one["kind"]
        if kind == "member":
            return [UUID(str(id_)) for id_ in one.get("members") or ()]
        if kind == CHOSEN:
            return subject.chosen
        if kind == "role":
            return self._holders(str(one.get("role")))
        if kind == "department":
            return self._below(UUID(str(one.get("department"))))
        if kind == "field":
            value = subject.values.get(str(one.get("field")))
            return value if isinstance(value, list | tuple) else [value] if value else []
        if kind in OF:
            meant = self._one(kind, subject)
            return [meant] if meant else []
        if one.get("department"):
            head = self._head_along(UUID(str(one["department"])), int(one.get("levels", 1)))
            return [head] if head else []
        start = self._one(str(one.get("of", OF[0])), subject)
        levels = int(one.get("levels", 1))
        above = start and (self.superior(start, levels) if kind == "superior" else self.head(start, levels))
        return [above] if above else []

    def superior(self, member: UUID, levels: int) -> UUID | None:
        """The superior so many levels up; those who are not there are passed over, and the top is as far as it goes."""
        managers = {id_: one.manager for id_, one in self._organisation.people.items()}
        above = [one for one in with_ancestors(managers, member)[1:] if self.works_here(one)]
        return above[min(levels, len(above)) - 1] if above else None

    def head(self, member: UUID, levels: int) -> UUID | None:
        """The head of the member's department, or of the one so many levels up; without one there, the next one above."""
        person = self._organisation.people.get(member)
        if person is None or person.department is None:
            return None
        return self._head_along(person.department, levels)

    def with_delegates(self, members: Iterable[UUID]) -> list[UUID]:
        """The members, with those who stand in for one of them today in that one's place."""
        people = self._organisation.people.values()
        found: dict[UUID, None] = {}
        for member in members:
            others = [one.id for one in people if member in one.delegators and self.works_here(one.id)]
            found.update(dict.fromkeys(others or [member]))
        return list(found)

    def is_stood_in_for(self, member: UUID) -> bool:
        """Whether somebody who works here stands in for the member today: they are away."""
        return self.with_delegates([member]) != [member]

    def _head_along(self, department: UUID, levels: int) -> UUID | None:
        way = with_ancestors(self._organisation.departments, department)
        heads = (self._organisation.head_of(one) for one in way[levels - 1 :])
        return next((one for one in heads if one is not None), None)

    def _one(self, kind: str, subject: Subject) -> UUID | None:
        return subject.starter if kind == "starter" else subject.values.get("owner")

    def _holders(self, role: str) -> list[UUID]:
        ids = {id_ for id_, one in self._organisation.roles.items() if role in (str(id_), one.key)}
        return sorted(id_ for id_ in self._organisation.people if ids.intersection(self._organisation.held(id_)))

    def _below(self, department: UUID) -> list[UUID]:
        wanted = with_descendants(self._organisation.departments, [department])
        return sorted(id_ for id_, one in self._organisation.people.items() if not wanted.isdisjoint(one.departments))


def _is_level(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= HIGHEST
