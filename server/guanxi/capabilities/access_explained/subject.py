"""The record that access is explained of: whose it is, what stands above it, and with whom these are shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from guanxi.engine.access.actor import Actor
from guanxi.engine.access.predicate import MAX_STEPS
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records.conditions import Given, owners_of, record_above, shares_of


@dataclass(frozen=True, slots=True)
class ShareAbove:
    """A share that reaches the record: of itself, or of the one ``steps`` above it."""

    steps: int
    object: str
    record: UUID
    given: Given

    def reaches(self, actor: Actor) -> bool:
        """Whether it is with the actor: as a member or whom they stand in for, by a department, by a role."""
        receiver = self.given.receiver
        if self.given.kind == "member":
            return receiver == actor.member_id or receiver in actor.delegators
        return receiver in (actor.department_path if self.given.kind == "department" else actor.role_ids)


@dataclass(frozen=True)
class Subject:
    """The record with what its access rests on."""

    obj: Object
    record: UUID
    owner: UUID | None
    via_owner: UUID | None
    above: Sequence[tuple[str, UUID]]
    """The records that access is inherited from, as object and id, the nearest first."""
    shares: Sequence[ShareAbove]
    named: dict[tuple[str, UUID], str | None] = field(default_factory=dict)
    """Titles that were looked up for the caller: most people get in by the same few roles, departments and owners."""


def subject(ctx: Context, object_key: str, record: UUID) -> Subject:
    """The record as the system sees it; the caller was found to see it too."""
    obj = ctx.snapshot.object(object_key)
    chain = [(obj, record)]
    while len(chain) <= MAX_STEPS and (above := record_above(ctx, *chain[-1])):
        chain.append(above)
    shares = [
        ShareAbove(steps, at.key, id_, one)
        for steps, (at, id_) in enumerate(chain)
        if not steps or at.share_reach.reaches(obj.key, steps)
        for one in shares_of(ctx, at.key, id_)
    ]
    above_it = [(at.key, id_) for at, id_ in chain[1:]]
    return Subject(obj, record, *owners_of(ctx, obj, record), above_it, shares)
