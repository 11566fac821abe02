"""Who may be given leads by the rules: found once for all leads that are alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.areas.pools.api import be_alone_for, holdings
from guanxi.areas.sales.assigning import turns
from guanxi.areas.sales.assigning.models import Rule, Territory, located, rules_of, territories_of
from guanxi.areas.sales.grading.models import LEAD
from guanxi.areas.sales.rules.assignment import Chances, Chosen, Desk, Shares, choose
from guanxi.capabilities.flows.kinds.choosing import (
    ABSENT,
    FULL,
    NOBODY,
    OFF,
    Asked,
    Choice,
    Staff,
    asked_by,
    words_of,
)
from guanxi.capabilities.identity.organisation import organisation_in
from guanxi.capabilities.identity.tree import with_descendants
from guanxi.engine.context import Context
from guanxi.engine.objects.query.groups import GroupBy
from guanxi.engine.records import reads
from guanxi.engine.records.groups import MAX_GROUPS, GroupQuery, group

CLOSED = ("unqualified", "converted")
NO_ONE = "sales.assign_nobody"
LATER = frozenset({ABSENT, OFF, FULL})
"""Why there is nobody now, though there may be somebody later."""


class Candidates:
    """The rules of a workspace, and who may be given leads by them at this moment.

    Whoever makes one is alone to assign until the unit of work ends.
    """

    def __init__(self, ctx: Context, leads: Mapping[UUID, Mapping[str, Any]]) -> None:
        turns.be_alone(ctx)
        self._ctx, self._system, self._leads = ctx, ctx.as_system(), leads
        self.rules = rules_of(ctx)
        self.territories = territories_of(ctx) if any(one.by_territory for one in self.rules) else {}
        self._places = [one.place for one in self.territories.values()]
        self._organisation = organisation_in(self._system)
        self._people = {rule.id: self._named(rule) for rule in self.rules}
        everybody = self._everybody()
        self._staff = Staff(
            self._system,
            everybody,
            skills=any(rule.skills or rule.industry_skill for rule in self.rules),
            hours=any(rule.at_work for rule in self.rules),
        )
        self._skills = self._skill_names()
        self._industries = self._industry_words()
        self._desk = self._desk_of(everybody)
        self._shares: dict[turns.Key, Shares] = {}
        self._choices: dict[tuple[UUID, UUID | None, str | None], Choice] = {}

    def territory(self, rule: Rule, lead: UUID) -> Territory | None:
        """The territory of a lead where a rule asks for one."""
        found = located(self._places, self._leads[lead]) if rule.by_territory else None
        return self.territories[found] if found else None

    def choose(self, rule: Rule, lead: UUID, territory: Territory | None, asked: Iterable[UUID]) -> Chosen | str:
        """Who is given a lead by a rule, or the code of why there is nobody."""
        choice = self._choice(rule, lead, territory)
        if not choice.members:
            return NO_ONE if choice.why == NOBODY else choice.why
        chances = Chances(
            choice.members, choice.levels, territory.weights if territory else {}, rule.seniors, frozenset(asked)
        )
        key = (rule.id, territory.place.id if territory else None)
        if key not in self._shares:
            self._shares[key] = turns.take(self._ctx, key)
        grade = self._leads[lead].get("grade")
        found = choose(chances, rule.mode, rule.most, grade, self._shares[key], self._desk)
        if found is None:
            return NO_ONE if chances.asked.issuperset(choice.members) else FULL
        return found

    def keep(self) -> None:
        """Keep whose turn it is."""
        turns.keep(self._ctx, self._shares)

    def _choice(self, rule: Rule, lead: UUID, territory: Territory | None) -> Choice:
        industry = self._leads[lead].get("industry") if rule.industry_skill else None
        key = (rule.id, territory.place.id if territory else None, industry)
        if key not in self._choices:
            asked: Asked = asked_by(
                [self._skills[one] for one in rule.skills if one in self._skills],
                [self._industries[industry]] if industry in self._industries else [],
            )
            members = self._members(rule, territory)
            self._choices[key] = self._staff.narrowed(
                members, asked, self._ctx.now, present=rule.present, at_work=rule.at_work
            )
        return self._choices[key]

    def _members(self, rule: Rule, territory: Territory | None) -> Sequence[UUID]:
        named = self._people[rule.id]
        if not rule.by_territory:
            return named
        if territory is None:
            return ()
        here = [one for one in territory.members if self._organisation.works_here(one)]
        lists = bool(rule.members or rule.departments or rule.roles)
        return [one for one in here if not lists or one in set(named)]

    def _named(self, rule: Rule) -> list[UUID]:
        """Everybody whom a rule names, as a member, by department with all below, or by role."""
        below = with_descendants(self._organisation.departments, rule.departments)
        found = [
            id_
            for id_, one in self._organisation.people.items()
            if id_ in rule.members
            or not below.isdisjoint(one.departments)
            or not set(rule.roles).isdisjoint(self._organisation.held(id_))
        ]
        return sorted(one for one in found if self._organisation.works_here(one))

    def _everybody(self) -> list[UUID]:
        named = {one for people in self._people.values() for one in people}
        return sorted(named | {one for place in self.territories.values() for one in place.members})

    def _skill_names(self) -> dict[UUID, str]:
        wanted = sorted({one for rule in self.rules for one in rule.skills})
        rows = reads.native(self._system, "skill", wanted, ("name",)) if wanted else {}
        return {id_: str(row["name"]) for id_, row in rows.items()}

    def _industry_words(self) -> dict[str | None, frozenset[str]]:
        if not any(rule.industry_skill for rule in self.rules):
            return {}
        held = sorted({str(row["industry"]) for row in self._leads.values() if row.get("industry")})
        words = words_of(self._system, self._ctx.snapshot.object(LEAD).fields["industry"], held)
        return {one: next(iter(found), frozenset()) for one, found in zip(held, words, strict=True)}

    def _desk_of(self, members: Sequence[UUID]) -> Desk:
        """Open leads beside those that are given away, and how many more anybody may hold."""
        lead = self._ctx.snapshot.object(LEAD)
        if not members:
            return Desk()
        theirs = {"and": [
            {"field": "owner", "op": "in", "value": [str(one) for one in members]},
            {"field": "status", "op": "not_in", "value": list(CLOSED)},
            {"field": "id", "op": "not_in", "value": [str(one) for one in self._leads]},
        ]}  # fmt: skip
        found = group(self._system, LEAD, GroupQuery([GroupBy("owner")], where=theirs, limit=MAX_GROUPS))["groups"]
        loads = {UUID(one["keys"][0]["id"]): int(one["count"]) for one in found if one["keys"][0]}
        left: dict[UUID, int] = {}
        if reads.ids(self._system, "holding_limit", _OF_LEADS, limit=1000):
            for member in members:
                be_alone_for(self._ctx, member)
            for member in members:
                limits = [one.left for one in holdings(self._ctx, lead, member)]
                left |= {member: min(limits)} if limits else {}
        return Desk(loads, left)


_OF_LEADS = {"and": [
    {"field": "object", "op": "eq", "value": LEAD}, {"field": "active", "op": "eq", "value": True},
]}  # fmt: skip
