"""What a change of access would do, before it is saved: records, fields and rights that people gain and lose.

The change is rehearsed, everybody's access before and after is compared, and where it differs the records are counted,
in a part of the transaction that can write nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic
from uuid import UUID

import psycopg

from guanxi.capabilities.access_explained import differences
from guanxi.capabilities.access_explained.counting import Counted, Pair, TooManyConditions, counted
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
VERBS: tuple[Verb, ...] = ("read", "edit", "delete")


@dataclass(frozen=True, slots=True)
class RecordsDifference:
    """Records of an object that are opened and closed for a verb; ``counted`` is None where nobody may be told."""

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
        for obj, verb, concerned in sorted(_concerned(ctx, pairs), key=lambda one: about_rows(ctx, one[0])):
            if not told(obj):
                found.records.append(RecordsDifference(obj.key, verb, None, exact=True, people=list(concerned)))
                continue
            made = _counted(ctx, obj, verb, concerned, deadline)
            if made.counted is not None and (made.counted.opened.rows or made.counted.closed.rows):
                found.records.append(made)
    found.records.sort(key=lambda one: (VERBS.index(one.verb), ctx.snapshot.objects[one.object].position, one.object))
    return found


Actors = Mapping[UUID, tuple[Actor, Actor]]
"""Those whose access is another, before and after."""


def _changed(before: People, after: People) -> Actors:
    found = {}
    for member in dict.fromkeys([*before.active, *after.active]):
        had, has = _actor(before, member), _actor(after, member)
        there = had or has
        if there is not None and had != has:
            found[member] = (had or _out(there), has or _out(there))
    return found


def _actor(of: People, member: UUID) -> Actor | None:
    return of.organisation.actor(member) if member in of.active else None


def _out(actor: Actor) -> Actor:
    """Somebody who cannot sign in."""
    return replace(actor, objects={}, system_rights=frozenset())


def _concerned(ctx: Context, actors: Actors) -> Iterator[tuple[Object, Verb, dict[UUID, Pair]]]:
    """Objects and verbs with the people who may reach other records than before."""
    moved = {member for member, (had, has) in actors.items() if _place(had) != _place(has)}
    for obj in ctx.snapshot.objects.values():
        for verb in VERBS:
            found: dict[UUID, Pair] = {}
            for member, (had, has) in actors.items():
                if member not in moved and _says(had, obj, verb) == _says(has, obj, verb):
                    continue
                pair = Pair(reached(guard_of(ctx, had, verb), obj), reached(guard_of(ctx, has, verb), obj))
                if pair.before != pair.after and not (pair.before.is_nothing and pair.after.is_nothing):
                    found[member] = pair
            if found:
                yield obj, verb, found


def _place(actor: Actor) -> tuple[object, ...]:
    """Everything but rights and rules that the predicate rests on."""
    return (
        frozenset(actor.department_members), frozenset(actor.tree_members), frozenset(actor.department_path),
        frozenset(actor.role_ids), frozenset(actor.delegators), actor.chosen_members,
    )  # fmt: skip


def _says(actor: Actor, obj: Object, verb: Verb) -> tuple[object, ...]:
    rights = actor.rights(obj.key)
    return rights.reads, getattr(rights, verb), actor.opens.get(obj.key), actor.restricts.get(obj.key)


def _counted(ctx: Context, obj: Object, verb: Verb, pairs: Mapping[UUID, Pair], deadline: float) -> RecordsDifference:
    """Counted within what is left of the time, else estimated."""
    left = deadline - monotonic()
    if left > _LEAST_S:
        try:
            with savepoint():
                ctx.run(f"SET LOCAL statement_timeout = {int(left * 1000)}")
                made = counted(ctx, obj, verb, pairs)
                ctx.run(f"SET LOCAL statement_timeout = {ctx.budget_ms}")
            return RecordsDifference(obj.key, verb, made, exact=True)
        except (psycopg.errors.QueryCanceled, TooManyConditions):
            pass
    share = min(1.0, SAMPLE_ROWS / max(1, about_rows(ctx, obj)))
    return RecordsDifference(obj.key, verb, counted(ctx, obj, verb, pairs, share), exact=False)
