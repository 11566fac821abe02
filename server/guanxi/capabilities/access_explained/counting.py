"""How many records a change opens and closes, and to how many of them for whom, counted for everybody at once.

The rows of an object fall into few cells: those with the same owners and the same truth of every condition that any
person's access asks for. One statement counts the rows of each cell; who reaches a cell before and after is then a
matter of sets of people. Rows that are shared with somebody are looked at one by one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.capabilities.access_explained.reached import Reached
from guanxi.engine.access.actor import Verb
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import conditions as rows_by
from guanxi.engine.records.conditions import Cell, Condition

MOST_CONDITIONS = 64
"""Conditions that one pass over the rows can ask for."""


class TooManyConditions(Exception):
    """People's access differs in more conditions than rows can be asked for in one pass."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What one person reaches of an object with a verb, before and after."""

    before: Reached
    after: Reached


Verbs = Mapping[Verb, Mapping[UUID, Pair]]
"""The people whose access to an object is another, by verb."""


@dataclass
class Difference:
    """Records that change hands: how many rows for at least one person, and how many for each."""

    rows: int = 0
    by_person: Counter[UUID] = field(default_factory=Counter)


@dataclass
class Counted:
    """What is opened and what is closed."""

    opened: Difference = field(default_factory=Difference)
    closed: Difference = field(default_factory=Difference)


class _Side:
    """Before, or after: for each thing that opens or leaves out rows, the people concerned as the bits of a number."""

    def __init__(self, reached: Sequence[Reached], places: Mapping[Condition, int]) -> None:
        self.everything = self.sharing = self.private_sharing = 0
        self.owner: dict[UUID, int] = defaultdict(int)
        self.via: dict[UUID, int] = defaultdict(int)
        self.rows: dict[int, int] = defaultdict(int)
        self.kept: dict[int, int] = defaultdict(int)
        self.private: dict[int, int] = defaultdict(int)
        self.own: dict[UUID, int] = defaultdict(int)
        self.own_via: dict[UUID, int] = defaultdict(int)
        for person, one in enumerate(reached):
            self._note(1 << person, one, places)

    def _note(self, bit: int, one: Reached, places: Mapping[Condition, int]) -> None:
        self.everything |= bit if one.everything else 0
        self.sharing |= bit if one.shares else 0
        _add(self.owner, one.owners, bit)
        _add(self.via, one.via, bit)
        _add(self.rows, (places[condition] for condition in one.rows), bit)
        _add(self.kept, (places[condition] for condition in one.kept), bit)
        if one.private is not None:
            self.private_sharing |= bit
            _add(self.private, (places[one.private.others],), bit)
            _add(self.own, one.private.owners, bit)
            _add(self.own_via, one.private.via, bit)

    def people(self, cell: Cell, shared: int = 0) -> int:
        """Who reaches the rows of a cell; ``shared`` are those with whom a row is shared."""
        found = self.everything | (shared & self.sharing)
        if cell.owner is not None:
            found |= self.owner.get(cell.owner, 0)
        if cell.via is not None:
            found |= self.via.get(cell.via, 0)
        for place, bits in self.rows.items():
            if cell.truths[place]:
                found |= bits
        for place, bits in self.kept.items():
            if not cell.truths[place]:
                found &= ~bits
        for place, bits in self.private.items():
            if not cell.truths[place]:
                mine = self.own.get(cell.owner, 0) if cell.owner is not None else 0
                mine |= self.own_via.get(cell.via, 0) if cell.via is not None else 0
                found &= ~bits | mine | shared
        return found


def _add(table: dict[Any, int], keys: Iterable[Any], bit: int) -> None:
    for key in keys:
        table[key] |= bit


def conditions_of(verbs: Verbs) -> list[Condition]:
    """Every condition that anybody's access asks for, once."""
    pairs = [pair for those in verbs.values() for pair in those.values()]
    return list(dict.fromkeys(one for pair in pairs for side in (pair.before, pair.after) for one in side.conditions))


def counted(ctx: Context, obj: Object, verbs: Verbs, share: float | None = None, of: int = 0) -> dict[Verb, Counted]:
    """Count for everybody and every verb in one pass over the rows.

    With ``share`` only about that part of them is looked at, and the numbers are estimates, given about how many rows
    there are. Raises TooManyConditions.
    """
    conditions = conditions_of(verbs)
    if len(conditions) > MOST_CONDITIONS and share is None:
        raise TooManyConditions
    places = {one: place for place, one in enumerate(conditions)}
    within = _owners_concerned(verbs) if share is None else None
    cells = rows_by.cells(ctx, obj, conditions, within, share)
    times = 1.0
    if share is not None and cells:
        times = max(1.0, of / sum(rows for _, rows in cells))
    shared = share is None and rows_by.are_shares(ctx)
    found = {}
    for verb, pairs in verbs.items():
        rows_shared = _shared_rows(ctx, obj, conditions, pairs) if shared and verb != "delete" else ()
        found[verb] = _changes(pairs, places, cells, rows_shared, times)
    return found


def _owners_concerned(verbs: Verbs) -> tuple[set[UUID], set[UUID]] | None:
    """Those whose rows alone change hands, and those beneath whose records rows do; None where others may, too."""
    owners: set[UUID] = set()
    via: set[UUID] = set()
    for pairs in verbs.values():
        for pair in pairs.values():
            if _besides_owners(pair.before) != _besides_owners(pair.after):
                return None
            owners |= pair.before.owners ^ pair.after.owners
            via |= pair.before.via ^ pair.after.via
    return owners, via


def _besides_owners(one: Reached) -> tuple[object, ...]:
    private = one.private and (one.private.others, one.private.owners, one.private.via)
    return one.everything, one.rows, one.kept, private


def _changes(
    pairs: Mapping[UUID, Pair],
    places: Mapping[Condition, int],
    cells: Iterable[tuple[Cell, int]],
    rows_shared: Iterable[tuple[Cell, int, int]],
    times: float,
) -> Counted:
    before = _Side([pair.before for pair in pairs.values()], places)
    after = _Side([pair.after for pair in pairs.values()], places)
    opened: Counter[int] = Counter()
    closed: Counter[int] = Counter()

    def note(had: int, has: int, rows: int) -> None:
        opened[has & ~had] += rows
        closed[had & ~has] += rows

    for cell, rows in cells:
        note(before.people(cell), after.people(cell), rows)
    for cell, had, has in rows_shared:
        # The row was counted in its cell as if it were shared with nobody.
        note(before.people(cell), after.people(cell), -1)
        note(before.people(cell, had), after.people(cell, has), 1)
    people = list(pairs)
    return Counted(_difference(opened, people, times), _difference(closed, people, times))


def _difference(found: Counter[int], people: Sequence[UUID], times: float) -> Difference:
    made = Difference()
    for mask, rows in found.items():
        if not mask or not rows:
            continue
        made.rows += rows
        left = mask
        while left:
            lowest = left & -left
            made.by_person[people[lowest.bit_length() - 1]] += rows
            left ^= lowest
    if times != 1:
        made.rows = round(made.rows * times)
        made.by_person = Counter({one: round(rows * times) for one, rows in made.by_person.items()})
    made.by_person = Counter({one: rows for one, rows in made.by_person.items() if rows})
    return made


def _shared_rows(
    ctx: Context, obj: Object, conditions: Sequence[Condition], pairs: Mapping[UUID, Pair]
) -> Iterator[tuple[Cell, int, int]]:
    """Rows that are shared with any of the people: their cell, and with whom they are shared before and after."""
    cells: dict[UUID, Cell] = {}
    had: dict[UUID, int] = defaultdict(int)
    has: dict[UUID, int] = defaultdict(int)
    for found, side in ((had, "before"), (has, "after")):
        alike: dict[tuple[tuple[str, int], ...], list[tuple[int, list[Condition]]]] = defaultdict(list)
        for place, pair in enumerate(pairs.values()):
            shares = sorted(getattr(pair, side).of_shares, key=lambda one: one.text)
            if shares:
                alike[tuple((one.text, len(one.values)) for one in shares)].append((place, shares))
        for asked in alike.values():
            for place, id_, cell in rows_by.rows_of(ctx, obj, conditions, asked):
                cells[id_] = cell
                found[id_] |= 1 << place
    for id_, cell in cells.items():
        yield cell, had.get(id_, 0), has.get(id_, 0)
