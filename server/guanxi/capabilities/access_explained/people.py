"""The people of a workspace as actors: everybody who can sign in, each with what filters may depend on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from guanxi.capabilities.identity.organisation import Organisation, at_present
from guanxi.engine.access.actor import Actor, Verb
from guanxi.engine.access.predicate import AccessGuard
from guanxi.engine.context import Context
from guanxi.engine.records import reads


@dataclass(frozen=True)
class People:
    """Who can sign in, by name, and the organisation that says what each of them reaches."""

    organisation: Organisation
    active: Sequence[UUID]

    @cached_property
    def _active(self) -> frozenset[UUID]:
        return frozenset(self.active)

    def is_active(self, member: UUID) -> bool:
        """Whether the member can sign in."""
        return member in self._active

    def actor(self, member: UUID) -> Actor:
        """The member as an actor."""
        found = self.organisation.actor(member)
        if found is None:
            raise LookupError(member)
        return found


def people(ctx: Context) -> People:
    """Everybody as the unit of work sees them now, those who left excepted."""
    organisation = at_present(ctx)
    where = {"field": "status", "op": "ne", "value": "left"}
    there = reads.ids(ctx.as_system(), "member", where)
    known = organisation.people
    return People(organisation, sorted((one for one in there if one in known), key=lambda one: (known[one].name, one)))


def guard_of(ctx: Context, actor: Actor, verb: Verb = "read") -> AccessGuard:
    """The access predicate of somebody else, with that person as the one whom filters call ``@me``."""
    return AccessGuard(ctx.snapshot, actor, replace(ctx.env, me=actor.member_id), verb)
