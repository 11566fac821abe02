"""Who reaches what, worked out slowly and obviously from plain values: what the engine's answers are held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LEVELS = ("hidden", "masked", "reveal", "read", "edit")


@dataclass
class Record:
    """A record: ``above`` is the one that it inherits access from."""

    object: str
    id: str
    owner: str
    values: dict[str, Any]
    above: tuple[str, str] | None = None
    deleted: bool = False


@dataclass
class Person:
    """A member."""

    id: str
    department: str | None
    also: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    stands_in_for: list[str] = field(default_factory=list)
    mine: dict[str, Any] = field(default_factory=dict)
    within: frozenset[str] | None = None
    """The roles that a key of theirs was bound to; None for the person themselves."""

    def put_in(self, value: Any) -> Any:
        """What a filter compares with, for this person."""
        if value == "@me":
            return self.id
        named = isinstance(value, str) and value.startswith("@me.")
        return self.mine.get(value.removeprefix("@me.")) if named else value

    @property
    def departments(self) -> set[str]:
        """Where the person stands."""
        return {one for one in (self.department, *self.also) if one}


@dataclass
class Share:
    """A record shared with a member, a department or a role."""

    object: str
    record: str
    kind: str
    to: str
    level: str
    ended: bool = False


@dataclass
class Rule:
    """An access rule."""

    object: str
    effect: str
    level: str
    where: dict[str, Any]
    everyone: bool = False
    members: list[str] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    except_roles: list[str] = field(default_factory=list)


@dataclass
class World:
    """A whole workspace as far as access goes."""

    now: datetime
    departments: dict[str, str | None]
    people: dict[str, Person]
    roles: dict[str, dict[str, Any]]
    """Permissions by role."""
    baseline: set[str]
    rules: list[Rule]
    shares: list[Share]
    records: dict[tuple[str, str], Record]
    share_reach: dict[str, tuple[int, list[str] | None]]
    inputs: Mapping[tuple[str, str], list[tuple[str, str]]]
    """What computed fields are worked out of."""
    types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The record types of objects that have some."""
    files: dict[str, Record] = field(default_factory=dict)
    """The record that holds each file."""
    change_sets: list[str] = field(default_factory=list)
    """By which the world was made: nobody's own."""

    def above(self, department: str | None) -> Iterator[str]:
        """A department and those above it."""
        while department is not None:
            yield department
            department = self.departments[department]

    def members_within(self, departments: set[str], *, below: bool) -> set[str]:
        """People with a position in one of the departments, or below."""
        found = set()
        for person in self.people.values():
            for own in person.departments:
                if own in departments or (below and departments & set(self.above(own))):
                    found.add(person.id)
        return found

    def held(self, person: Person) -> list[str]:
        """The roles of a person, those of everybody included."""
        return [role for role in self.roles if role in person.roles or role in self.baseline]

    def acting(self, person: Person) -> list[str]:
        """The roles in which a person, or their key, acts."""
        return [role for role in self.held(person) if person.within is None or role in person.within]

    def rights(self, person: Person, object_key: str) -> list[dict[str, Any]]:
        """What each role says of an object."""
        tables = [self.roles[role]["objects"] for role in self.acting(person)]
        return [table.get(object_key, table.get("*", {})) for table in tables]

    def may(self, person: Person, object_key: str, switch: str, *, given: bool) -> bool:
        """Whether a switch is on in some role."""
        named = [{**table} for table in self.rights(person, object_key)]
        return any(rights.get(switch, given and bool(rights)) for rights in named)

    def system(self, person: Person) -> set[str]:
        """Rights over the workspace."""
        return {right for role in self.acting(person) for right in self.roles[role].get("system", [])}

    def reads_object(self, person: Person, object_key: str) -> bool:
        """Whether the object exists for the person."""
        return any(_reach(rights, "read") != {"scope": "none"} for rights in self.rights(person, object_key))

    def reached(self, person: Person, record: Record, verb: str = "read") -> bool:
        """Whether a live record may be read, edited or deleted."""
        if record.deleted or not self.reads_object(person, record.object):
            return False
        reaches = [_reach(rights, verb) for rights in self.rights(person, record.object)]
        if all(reach == {"scope": "none"} for reach in reaches):
            return False
        opened = (
            any(self._within(person, record, reach) for reach in reaches)
            or self._opened_by_rule(person, record, verb)
            or (verb != "delete" and self._shared(person, record, verb))
        )
        return opened and not self._left_out(person, record)

    def _within(self, person: Person, record: Record, reach: dict[str, Any]) -> bool:
        scope = reach.get("scope", "none")
        if scope == "all":
            return True
        owners: set[str] = set()
        if scope != "none":
            owners |= {person.id, *person.stands_in_for}
        if scope in ("department", "tree"):
            owners |= self.members_within(person.departments, below=scope == "tree")
        owners |= self.members_within(set(reach.get("departments", ())), below=True)
        above = self.records.get(record.above) if record.above else None
        if record.owner in owners or (above is not None and above.owner in owners):
            return True
        where = reach.get("where")
        return where is not None and self.kept(where, record, person)

    def _opened_by_rule(self, person: Person, record: Record, verb: str) -> bool:
        return any(
            (verb == "read" or (verb == "edit" and rule.level == "edit")) and self.kept(rule.where, record, person)
            for rule in self._rules(person, record.object, "opens")
        )

    def _left_out(self, person: Person, record: Record) -> bool:
        return any(
            not self.kept(rule.where, record, person) for rule in self._rules(person, record.object, "restricts")
        )

    def _rules(self, person: Person, object_key: str, effect: str) -> Iterator[Rule]:
        """The rules for a person; for a key no rule opens that is not for its person, and none of theirs is escaped."""
        for rule in self.rules:
            if rule.object != object_key or rule.effect != effect:
                continue
            concerned = [self._concerns(rule, person, set(roles(person))) for roles in (self.acting, self.held)]
            if all(concerned) if effect == "opens" else any(concerned):
                yield rule

    def _concerns(self, rule: Rule, person: Person, roles: set[str]) -> bool:
        path = {up for own in person.departments for up in self.above(own)}
        if roles & set(rule.except_roles):
            return False
        return bool(
            rule.everyone or person.id in rule.members or path & set(rule.departments) or roles & set(rule.roles)
        )

    def _shared(self, person: Person, record: Record, verb: str) -> bool:
        if self._is_shared(person, record, verb):
            return True
        steps, at = 0, record
        while at.above is not None and steps < 3:
            above = self.records.get(at.above)
            if above is None or (steps and at.deleted):
                return False
            steps, at = steps + 1, above
            most, objects = self.share_reach.get(at.object, (1, None))
            told = steps <= most and (objects is None or record.object in objects)
            if told and self._is_shared(person, at, verb):
                return True
        return False

    def _is_shared(self, person: Person, record: Record, verb: str) -> bool:
        path = {up for own in person.departments for up in self.above(own)}
        mine = {"member": {person.id, *person.stands_in_for}, "department": path, "role": set(self.acting(person))}
        return any(
            share.record == record.id
            and share.to in mine[share.kind]
            and not share.ended
            and (verb == "read" or share.level == "edit")
            for share in self.shares
        )

    def level(self, person: Person, object_key: str, key: str) -> str:
        """How far a person reaches into a field, on the records on which they reach farthest."""
        for other, input_key in self.inputs.get((object_key, key), ()):
            kept_from_some = any(self._rules(person, other, "restricts"))
            if other != object_key and (kept_from_some or not self.reads_object(person, other)):
                return "hidden"
            if LEVELS.index(min(self._levels(person, other, input_key), key=LEVELS.index)) < LEVELS.index("read"):
                return "hidden"
        return max(self._levels(person, object_key, key), key=LEVELS.index)

    def level_on(self, person: Person, record: Record, key: str) -> str:
        """How far a person reaches into a field of a record, on whose type that depends."""
        return self._level(person, record.object, key, record.values.get("record_type"))

    def _levels(self, person: Person, object_key: str, key: str) -> list[str]:
        """The levels on records of every type."""
        return [self._level(person, object_key, key, one) for one in (None, *self.types.get(object_key, ()))]

    def _level(self, person: Person, object_key: str, key: str, record_type: str | None) -> str:
        tables = [rights for rights in self.rights(person, object_key) if _reach(rights, "read") != {"scope": "none"}]
        named = []
        for rights in tables:
            plain = rights.get("fields", {}).get(key, "edit")
            named.append(rights.get("types", {}).get(record_type, {}).get(key, plain))
        return max(named, key=LEVELS.index) if named else "edit"

    def kept(self, where: dict[str, Any], record: Record, person: Person) -> bool:
        """Whether a filter keeps a record; a comparison with nothing keeps none."""
        if "and" in where:
            return all(self.kept(one, record, person) for one in where["and"])
        if "or" in where:
            return any(self.kept(one, record, person) for one in where["or"])
        if "not" in where:
            return not self.kept(where["not"], record, person)
        at: Record | None = record
        *steps, key = where["field"].split(".")
        for _ in steps:  # every step of the filters made here leads to the record above
            at = self.records.get(at.above) if at is not None and at.above else None
            at = None if at is None or at.deleted else at
        value = None if at is None else (at.owner if key == "owner" else at.values.get(key))
        asked = where.get("value")
        if isinstance(asked, list):
            asked = [one for one in (person.put_in(each) for each in asked) if one is not None]
        else:
            asked = person.put_in(asked)
        if asked is None or asked == [] or value is None:
            return False
        return {
            "eq": lambda: value == asked,
            "in": lambda: value in asked,
            "starts_with": lambda: str(value).startswith(asked),
        }[where["op"]]()


def _reach(rights: dict[str, Any], verb: str) -> dict[str, Any]:
    raw = rights.get(verb, "none")
    return {"scope": raw} if isinstance(raw, str) else {"scope": "none", **{part: of for part, of in raw.items() if of}}
