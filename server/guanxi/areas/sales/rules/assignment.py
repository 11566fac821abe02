"""Who of several is given a lead: by their shares, by what they have, or by how good they are. No IO."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

ROUND_ROBIN, LEAST_LOAD, HIGHEST_LEVEL = "round_robin", "least_load", "highest_level"
FIRST_GRADE = "A"
HEAVIEST = 10
UNIT = 2520
"""Divisible by every weight, so that shares are whole numbers."""
_NOW = "now"


class Shares:
    """Whose turn it is where everybody has a weight: whoever got least for theirs, as far as they were there.

    Each is given a mark that grows the slower the heavier they are. Who was away begins where the others are now, so
    that nobody is flooded for having been away.
    """

    def __init__(self, kept: Mapping[str, int]) -> None:
        self._now = kept.get(_NOW, 0)
        self._marks = {UUID(key): mark for key, mark in kept.items() if key != _NOW}

    def kept(self) -> dict[str, int]:
        """The marks, to begin with the next time."""
        return {_NOW: self._now, **{str(key): mark for key, mark in self._marks.items()}}

    def next(self, members: Sequence[UUID], weights: Mapping[UUID, int]) -> UUID | None:
        """The one among them whose turn it is, which is then over; of equals the first."""
        if not members:
            return None
        marks, now = self._marks, self._now

        def place(one: UUID) -> tuple[int, int]:
            own = marks.get(one, 0)
            return max(own, now), own

        chosen = min(members, key=place)
        self.took(chosen, weights.get(chosen, 1))
        return chosen

    def took(self, member: UUID, weight: int) -> None:
        """Somebody was given one."""
        start = max(self._marks.get(member, 0), self._now)
        self._now = start
        self._marks[member] = start + UNIT // weight


@dataclass(frozen=True)
class Chances:
    """Who may be given a lead: who can and is there, how good each is, their weights, and who was asked before."""

    members: Sequence[UUID] = ()
    levels: Mapping[UUID, int] = field(default_factory=dict)
    weights: Mapping[UUID, int] = field(default_factory=dict)
    seniors: frozenset[UUID] = frozenset()
    asked: frozenset[UUID] = frozenset()


@dataclass
class Desk:
    """What everybody has in hand and how much more they may; counts what is given."""

    loads: dict[UUID, int] = field(default_factory=dict)
    left: dict[UUID, int] = field(default_factory=dict)
    """How many more each may be given; without a limit for those who are not named."""

    def has_room(self, member: UUID, most: int | None) -> bool:
        """Whether one more fits."""
        has_most = most is not None and self.loads.get(member, 0) >= most
        return not has_most and (not self.left or self.left.get(member, 1) > 0)

    def give(self, member: UUID) -> None:
        """One more."""
        self.loads[member] = self.loads.get(member, 0) + 1
        if member in self.left:
            self.left[member] -= 1


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is given it, and what decided: whether seniors came first, and what they had in hand."""

    member: UUID
    senior: bool
    load: int


def choose(
    chances: Chances, mode: str, most: int | None, grade: str | None, shares: Shares, desk: Desk
) -> Chosen | None:
    """Who is given a lead; None where nobody who may be given it has room."""
    free: Sequence[UUID] = chances.members
    if chances.asked or desk.left or most is not None:
        free = [one for one in free if one not in chances.asked and desk.has_room(one, most)]
    firsts = [one for one in free if one in chances.seniors] if grade == FIRST_GRADE else []
    among = firsts or free
    if mode == HIGHEST_LEVEL and among:
        best = max(chances.levels.get(one, 0) for one in among)
        among = [one for one in among if chances.levels.get(one, 0) == best]
    if mode == LEAST_LOAD:
        loads, weights = desk.loads, chances.weights
        member = min(among, key=lambda one: loads.get(one, 0) * UNIT // weights.get(one, 1), default=None)
        if member is not None:
            shares.took(member, weights.get(member, 1))
    else:
        member = shares.next(among, chances.weights)
    if member is None:
        return None
    found = Chosen(member, bool(firsts), desk.loads.get(member, 0))
    desk.give(member)
    return found


@dataclass(frozen=True)
class Place:
    """What of a territory decides whether a lead lies in it."""

    id: UUID
    regions: frozenset[str]
    industries: frozenset[str]
    position: int = 0


def territory_of(places: Sequence[Place], region: Sequence[str], industry: str | None) -> UUID | None:
    """The territory that says most of a lead: the smallest division first, then who names the industry.

    ``region`` is the way from the province to the smallest division that is known.
    """
    best: tuple[Any, ...] | None = None
    for one in places:
        depth = max((at for at, key in enumerate(region, 1) if key in one.regions), default=0)
        if (one.regions and not depth) or (one.industries and industry not in one.industries):
            continue
        if not one.regions and not one.industries:
            continue
        rank = (-depth, not one.industries, one.position, one.id)
        best = rank if best is None or rank < best else best
    return best[-1] if best else None
