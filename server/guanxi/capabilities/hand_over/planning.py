"""Who gets which record: chosen by hand first, then by rules, then with the record above, then evenly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from guanxi.capabilities.hand_over import holdings
from guanxi.capabilities.hand_over.asked import HandOver, Split
from guanxi.capabilities.hand_over.holdings import LEADING, MANAGER, Part
from guanxi.capabilities.identity.superiors import nearest_superiors
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.infra.errors import FieldError, Invalid

Op = Literal["give", "end", "drop"]
"""Give a record's field to somebody, end what lasts today, drop what has not begun."""
ENDED = ("position.member", "delegation.member", "delegation.delegate")
"""Parts that are ended, not given to others."""


@dataclass(frozen=True, slots=True)
class Item:
    """One step of a hand-over; ``to`` is None where nobody comes in the giver's place."""

    part: str
    op: Op
    record: UUID
    to: UUID | None = None


@dataclass
class Plan:
    """Every step in the order it is taken, and how many records of each part stay."""

    items: list[Item] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)


def lasting(ctx: Context, part: str, member: UUID) -> tuple[str, dict[str, Any]]:
    """Object and filter of what a member holds for a time and beyond today: what ends today needs no ending."""
    object_key, key = part.split(".")
    still = [{"field": "ends_on", "op": "is_empty"}, {"field": "ends_on", "op": "gt", "value": str(ctx.today)}]
    return object_key, {"and": [{"field": key, "op": "eq", "value": str(member)}, {"or": still}]}


def plan(ctx: Context, asked: HandOver) -> Plan:
    """Who gets what as things stand; Invalid for chosen records that the giver does not hold."""
    made = _Planner(ctx, asked)
    for part in holdings.parts(ctx.snapshot):
        made.assign(part)
    if asked.positions == "end":
        made.end(ENDED[:1])
    if asked.delegations == "end":
        made.end(ENDED[1:])
    return made.plan


class _Planner:
    def __init__(self, ctx: Context, asked: HandOver) -> None:
        self.plan = Plan()
        self._ctx = ctx
        self._asked = asked
        self._owners: dict[str, dict[UUID, UUID]] = {}
        """By object: who gets a record."""

    def assign(self, part: Part) -> None:
        """Plan one part."""
        split = self._asked.split(part.key)
        leads = self._asked.leave and part.key in LEADING
        if not split.take and not leads:
            return
        ids = holdings.held(self._ctx, part, self._asked.member, only_open=self._asked.only_open)
        given: dict[UUID, UUID | None] = {**(self._decided(part, split, ids) if split.take else {})}
        rest = [one for one in ids if one not in given]
        receivers = self._asked.rest_of(part.key) if split.take else ()
        if receivers and not (part.follows and self._asked.only_open):
            given.update({one: receivers[place % len(receivers)] for place, one in enumerate(rest)})
        if part.is_owner:
            self._owners[part.obj.key] = {one: to for one, to in given.items() if to is not None}
        superior = (
            nearest_superiors(self._ctx, [self._asked.member])[self._asked.member] if part.key == MANAGER else None
        )
        if leads:
            given.update({one: superior for one in ids if one not in given})
        if len(given) < len(ids):
            self.plan.left[part.key] = len(ids) - len(given)
        above = _Above(self._ctx, self._asked.member, superior) if part.key == MANAGER else None
        for one in ids:
            if one in given:
                to = above.instead_of(given[one], one) if above else given[one]
                self.plan.items.append(Item(part.key, "give", one, to))

    def end(self, parts: Sequence[str]) -> None:
        """Plan the end of what the giver holds for a time."""
        system, today = self._ctx.as_system(), self._ctx.today
        seen: set[UUID] = set()
        for part in parts:
            object_key, where = lasting(self._ctx, part, self._asked.member)
            rows = reads.native(system, object_key, reads.ids(system, object_key, where), ("begins_on",))
            for one, row in rows.items():
                has_begun = row["begins_on"] is None or row["begins_on"] <= today
                if one not in seen:
                    self.plan.items.append(Item(part, "end" if has_begun else "drop", one))
            seen.update(rows)

    def _decided(self, part: Part, split: Split, ids: Sequence[UUID]) -> dict[UUID, UUID]:
        """Records whose receiver is not left to the rest."""
        held, given = set(ids), dict[UUID, UUID]()
        if not part.follows:
            for place, chosen in enumerate(split.chosen):
                missing = [one for one in chosen.records if one not in held]
                if missing:
                    where = f"splits.{self._asked.splits.index(split)}.chosen.{place}.records"
                    params = {"count": len(missing), "object": part.obj.key}
                    raise Invalid([FieldError(where, "hand_over.not_held", params)])
                for one in chosen.records:
                    given.setdefault(one, chosen.to)
            for rule in split.rules:
                kept = holdings.matching(self._ctx, part, self._asked.member, rule.where) & held
                for one in kept:
                    given.setdefault(one, rule.to)
        if part.is_owner and part.obj.inherit and (self._asked.together or part.follows):
            for one, to in self._with_parents(part, [one for one in ids if one not in given]):
                given[one] = to
        return given

    def _with_parents(self, part: Part, ids: Sequence[UUID]) -> Iterator[tuple[UUID, UUID]]:
        """Receivers of the records above, for records whose parent goes to somebody."""
        key = part.obj.inherit or ""
        target = part.obj.fields[key].target
        parents = reads.native(self._ctx.as_system(), part.obj.key, ids, (key,))
        for one in ids:
            parent = parents[one][key] if one in parents else None
            if parent is None:
                continue
            place = (target, parent) if isinstance(parent, UUID) else (parent.object, parent.id)
            to = self._owners.get(place[0] or "", {}).get(place[1])
            if to is not None:
                yield one, to


class _Above:
    """The chains of superiors, so that nobody becomes their own."""

    def __init__(self, ctx: Context, giver: UUID, superior: UUID | None) -> None:
        system = ctx.as_system()
        rows = reads.native(system, "member", reads.ids(system, "member", None), ("manager",))
        self._managers: Mapping[UUID, UUID | None] = {one: row["manager"] for one, row in rows.items()}
        self._giver = giver
        self._superior = superior

    def instead_of(self, receiver: UUID | None, report: UUID) -> UUID | None:
        """The receiver, or the giver's nearest superior for those who stand above the receiver."""
        seen: set[UUID] = set()
        one: UUID | None = receiver
        while one is not None and one not in seen and one != self._giver:
            if one == report:
                return self._superior
            seen.add(one)
            one = self._managers.get(one)
        return receiver
