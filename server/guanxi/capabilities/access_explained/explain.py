"""Who sees a record and why, and why one person does or does not: read from the arms and limits of the predicate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from guanxi.capabilities.access_explained import reasons
from guanxi.capabilities.access_explained.people import People, guard_of, people
from guanxi.capabilities.access_explained.reasons import Reason
from guanxi.capabilities.access_explained.subject import Subject, subject
from guanxi.engine.access.actor import Actor
from guanxi.engine.access.predicate import Arm, Limit
from guanxi.engine.context import Context
from guanxi.engine.records import reads, shares
from guanxi.engine.records.conditions import Condition, Loose, holding
from guanxi.infra.errors import NotAllowed, NotFound

MOST = 200
"""People whose reasons are told at once."""


@dataclass(frozen=True)
class Verdict:
    """Whether somebody reads and edits the record, by which arms, and which limits leave it out."""

    member: UUID
    reads: bool
    edits: bool
    arms: Sequence[Arm] = ()
    limits: Sequence[Limit] = ()


@dataclass(frozen=True)
class Explained:
    """A verdict in words."""

    verdict: Verdict
    why: Sequence[Reason] = ()
    taken: Sequence[Reason] = ()
    missing: Sequence[Reason] = field(default_factory=tuple)


def everybody(ctx: Context, object_key: str, record: UUID) -> tuple[int, list[Explained]]:
    """How many people who can sign in see the record, and why the first of them do, its owner before all others.

    NotFound for a record that the caller does not see, NotAllowed for a caller who may not ask.
    """
    _may_ask(ctx, object_key, record)
    those, about = people(ctx), subject(ctx, object_key, record)
    seeing = [one for one in _verdicts(ctx, those, about, those.active) if one.reads]
    seeing.sort(key=lambda one: one.member != about.owner)
    told = [Explained(one, reasons.of_arms(ctx, those, about, one.member, one.arms)) for one in seeing[:MOST]]
    return len(seeing), told


def one_person(ctx: Context, object_key: str, record: UUID, member: UUID) -> Explained:
    """Why one person does or does not see the record; NotFound also for a person whom the caller may not know."""
    _may_ask(ctx, object_key, record)
    if member not in reads.visible(ctx, "member", [member]):
        raise NotFound("access.unknown_member", {"id": str(member)})
    those, about = people(ctx), subject(ctx, object_key, record)
    if member not in those.active:
        return Explained(Verdict(member, reads=False, edits=False), taken=[reasons.left(ctx)])
    (verdict,) = _verdicts(ctx, those, about, [member])
    return Explained(
        verdict,
        reasons.of_arms(ctx, those, about, member, verdict.arms),
        reasons.of_limits(ctx, verdict.limits),
        () if verdict.reads else reasons.nearest(ctx, those, about, member, reached=bool(verdict.arms)),
    )


def _may_ask(ctx: Context, object_key: str, record: UUID) -> None:
    if record not in reads.visible(ctx, ctx.object(object_key).key, [record]):
        raise NotFound("records.not_found", {"object": object_key, "id": str(record)})
    if ctx.actor.may("members") or ctx.actor.may("audit"):
        return
    if not shares.shared(ctx, object_key, record)["may_share"]:
        raise NotAllowed("access.explain_not_allowed")


def _verdicts(ctx: Context, those: People, about: Subject, members: Sequence[UUID]) -> Iterator[Verdict]:
    """What the record says to every arm and limit of several people, however many they are asked at once."""
    asked = [(member, *_conditions(ctx, those.actor(member), about)) for member in members]
    true = holding(ctx, about.obj, about.record, (one for _, conditions, *_ in asked for one in conditions))
    for member, conditions, arms, limits in asked:
        found = iter([one in true for one in conditions])
        seen, edited = next(found), next(found)
        true_arms = [arm for arm in arms if next(found)]
        false_limits = [limit for limit in limits if not next(found)]
        yield Verdict(member, seen, seen and edited, true_arms, false_limits)


def _conditions(ctx: Context, actor: Actor, about: Subject) -> tuple[list[Condition], list[Arm], list[Limit]]:
    """What is asked for one person: whether they read, whether they edit, then each arm and each limit of reading."""
    bind = Loose()
    guard = guard_of(ctx, actor)
    arms, limits = guard.arms(about.obj, "t", bind), guard.limits(about.obj, "t", bind)
    rows = [guard.rows(about.obj, "t", bind), guard_of(ctx, actor, "edit").rows(about.obj, "t", bind)]
    sql = (*rows, *(one.sql for one in arms), *(one.sql for one in limits))
    return [Condition.of(one, bind, actor.member_id) for one in sql], arms, limits
