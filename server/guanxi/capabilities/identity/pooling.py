"""Pools as far as they decide who sees what: who belongs to one, and what its members see of what lies in it.

What pools are is the matter of an area; it says here which there are, and its word becomes a way in of the access predicate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from guanxi.engine.access.actor import Pool
from guanxi.engine.context import Context
from guanxi.engine.objects.levels import Level


@dataclass(frozen=True, slots=True)
class PoolAccess:
    """A pool of one object: everybody, or the members, those of the departments and below, and the roles named belong to
    it; ``admins`` see all of what lies in it, ``hides`` is what the others do not.
    """

    id: UUID
    name: str
    object: str
    for_everyone: bool
    members: frozenset[UUID]
    departments: frozenset[UUID]
    roles: frozenset[UUID]
    admins: frozenset[UUID]
    hides: Mapping[str, Level] = field(default_factory=dict)

    def concerns(self, member: UUID, departments: set[UUID], roles: set[UUID]) -> bool:
        """Whether a member in these departments, those above them included, with these roles belongs to the pool."""
        named = member in self.members or not self.departments.isdisjoint(departments)
        return self.for_everyone or named or member in self.admins or not self.roles.isdisjoint(roles)


Source = Callable[[Context], Sequence[PoolAccess]]
_sources: list[Source] = []


def pools_from(function: Source) -> Source:
    """Have a function say which pools there are; it is given a unit of work of the system's."""
    if function not in _sources:
        _sources.append(function)
    return function


def every_pool(ctx: Context) -> list[PoolAccess]:
    """The pools of the workspace; ``ctx`` is the system's."""
    return [one for source in _sources for one in source(ctx)]


def pools_for(
    pools: Sequence[PoolAccess], member: UUID, departments: set[UUID], roles: set[UUID], *, configures: bool
) -> Mapping[str, tuple[Pool, ...]]:
    """The pools of one member by object; who configures the workspace administers every one of them."""
    found: dict[str, tuple[Pool, ...]] = {}
    for one in pools:
        administers = configures or member in one.admins
        if administers or one.concerns(member, departments, roles):
            pool = Pool(one.id, one.name, {} if administers else one.hides, administers)
            found[one.object] = (*found.get(one.object, ()), pool)
    return found
