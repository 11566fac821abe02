"""What a change of access would do, before it is saved: records, fields and rights that people gain and lose.

The change is rehearsed, everybody's access before and after is compared, and where it differs the records are counted,
in a part of the transaction that can write nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic
from uuid import UUID

import psycopg

from guanxi.capabilities.access_explained import differences
from guanxi.capabilities.access_explained.counting import (
    Counted,
    Pair,
    TooManyConditions,
    Verbs,
    conditions_of,
    counted,
)
from guanxi.capabilities.access_explained.differences import FieldDifference, RightDifference
from guanxi.capabilities.access_explained.people import People, guard_of, people
from guanxi.capabilities.access_explained.reached import reached
from guanxi.capabilities.access_explained.rehearsal import Change, rehearsed
from guanxi.capabilities.access_explained.telling import may_be_told
from guanxi.engine.access.actor import Actor, Verb
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records.conditions import about_rows
from guanxi.infra.database.cursor import savepoint

BUDGET_S = 5.0
"""After so long what is left to count is estimated from a sample."""
_LEAST_S = 0.3
SAMPLE_ROWS = 20_000
SAMPLE_S = 2.0
"""Longest estimate of one object."""
VERBS: tuple[Verb, ...] = ("read", "edit", "delete")


@dataclass(frozen=True, slots=True)
class RecordsDifference:
    """Records of an object that are opened and closed for a verb.

    ``counted`` is None where the caller may not be told, and, not ``exact``, where counting took too long.
    """

    object: str
    verb: Verb
    counted: Counted | None
    exact: bool
    people: Sequence[UUID] = ()
    """Whose access is another, where the records are not counted."""


@dataclass
class Found:
    """Everything that would be another."""

    records: list[RecordsDifference] = field(default_factory=list)
    fields: list[FieldDifference] = field(default_factory=list)
    rights: list[RightDifference] = field(default_factory=list)

    @property
    def exact(self) -> bool:
        """Whether every number was counted."""
        return all(one.exact for one in self.records)


def simulate(ctx: Context, changes: Sequence[Change]) -> Found:
    """Compare everybody's access before and after the changes; refused as saving them would be, and nothing is kept."""
    deadline = monotonic() + BUDGET_S
    before = people(ctx)
    after = rehearsed(ctx, changes)
    pairs = _changed(before, after)
    found = Found(
        fields=list(differences.of_fields(ctx, pairs)),
        rights=list(differences.of_rights(ctx, pairs)),
    )
    told = may_be_told(ctx, changes)
    with savepoint():
        ctx.run("SET TRANSACTION READ ONLY")
        sizes = about_rows(ctx)
        for obj, verbs in sorted(_concerned(ctx, pairs), key=lambda one: sizes.get(one[0].key, 0)):
            size = sizes.get(obj.key, 0)
            found.records += _differences(ctx, obj, verbs, size, deadline) if told(obj) else _untold(obj, verbs)
        ctx.run(f"SET LOCAL statement_timeout = {ctx.budget_ms}")
    found.records.sort(key=lambda one: (VERBS.index(one.verb), ctx.snapshot.objects[one.object].position, one.object))
    return found


Actors = Mapping[UUID, tuple[Actor, Actor]]
"""Those whose access is another, before and after."""


def _changed(before: People, after: People) -> Actors:
    found = {}
    for member in dict.fromkeys([*before.active, *after.active]):
        if not _may_differ(before, after, member):
            continue
        had, has = _actor(before, member), _actor(after, member)
        there = had or has
        if there is not None and had != has:
            found[member] = (had or _out(there), has or _out(there))
    return found


def _may_differ(before: People, after: People, member: UUID) -> bool:
    """Where nothing but roles is another, those who hold none of these stay as they are."""
    one, other = before.organisation, after.organisation
    if (one.people, one.departments, one.rules) != (other.people, other.departments, other.rules):
        return True
    return any(one.roles.get(role) != other.roles.get(role) for role in {*one.held(member), *other.held(member)})


def _actor(of: People, member: UUID) -> Actor | None:
    return of.organisation.actor(member) if of.is_active(member) else None


def _out(actor: Actor) -> Actor:
    """Somebody who cannot sign in."""
    return replace(actor, objects={}, system_rights=frozenset())


def _concerned(ctx: Context, actors: Actors) -> Iterator[tuple[Object, Verbs]]:
    """Objects with the people who may reach other records than before, by verb."""
    moved = {member for member, (had, has) in actors.items() if _place(had) != _place(has)}
    for obj in ctx.snapshot.objects.values():
        verbs: dict[Verb, dict[UUID, Pair]] = {}
        for verb in VERBS:
            found: dict[UUID, Pair] = {}
            for member, (had, has) in actors.items():
                if member not in moved and _says(had, obj, verb) == _says(has, obj, verb):
                    continue
                pair = Pair(reached(guard_of(ctx, had, verb), obj), reached(guard_of(ctx, has, verb), obj))
                if pair.before != pair.after and not (pair.before.is_nothing and pair.after.is_nothing):
                    found[member] = pair
            if found:
                verbs[verb] = found
        if verbs:
            yield obj, verbs


def _place(actor: Actor) -> tuple[object, ...]:
    """Everything but rights and rules that the predicate rests on."""
    return (
        frozenset(actor.department_members), frozenset(actor.tree_members), frozenset(actor.department_path),
        frozenset(actor.role_ids), frozenset(actor.delegators), actor.chosen_members,
    )  # fmt: skip


def _says(actor: Actor, obj: Object, verb: Verb) -> tuple[object, ...]:
    rights = actor.rights(obj.key)
    return rights.reads, getattr(rights, verb), actor.opens.get(obj.key), actor.restricts.get(obj.key)


def _differences(ctx: Context, obj: Object, verbs: Verbs, size: int, deadline: float) -> list[RecordsDifference]:
    made, exact = _counted(ctx, obj, verbs, size, deadline)
    if made is None:
        return [RecordsDifference(obj.key, verb, None, False, tuple(those)) for verb, those in verbs.items()]
    return [
        RecordsDifference(obj.key, verb, one, exact) for verb, one in made.items() if one.opened.rows or one.closed.rows
    ]


def _untold(obj: Object, verbs: Verbs) -> list[RecordsDifference]:
    return [RecordsDifference(obj.key, verb, None, True, tuple(those)) for verb, those in verbs.items()]


def _counted(
    ctx: Context, obj: Object, verbs: Verbs, size: int, deadline: float
) -> tuple[dict[Verb, Counted] | None, bool]:
    """Counted within what is left of the time, else estimated; None when even that takes too long."""
    left = deadline - monotonic()
    if left > _LEAST_S:
        try:
            return _within(ctx, left, lambda: counted(ctx, obj, verbs)), True
        except (psycopg.errors.QueryCanceled, TooManyConditions):
            pass
    rows = SAMPLE_ROWS / (1 + len(conditions_of(verbs)) // 4)
    share = min(1.0, rows / max(1, size))
    try:
        return _within(ctx, SAMPLE_S, lambda: counted(ctx, obj, verbs, share, size)), False
    except psycopg.errors.QueryCanceled:
        return None, False


def _within(ctx: Context, seconds: float, ask: Callable[[], dict[Verb, Counted]]) -> dict[Verb, Counted]:
    with savepoint():
        ctx.run(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
        return ask()
