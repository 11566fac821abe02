"""The organisation as access needs it: who stands where, with which roles, and so whose records each person reaches.

Built once per change of the organisation, and once a day, and kept in the process. The version it was built for stands
in the workspace's row, which every request reads anyway, so a change made by one process is seen by all at their next
request. Positions and delegations hold by the day of the workspace's time zone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from guanxi.capabilities.identity.access_rules import AccessRule, every_rule, rules_for
from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.permissions import merged_objects, merged_system
from guanxi.capabilities.identity.pooling import PoolAccess, every_pool, pools_for
from guanxi.capabilities.identity.tree import with_ancestors, with_descendants
from guanxi.engine.access.actor import SYSTEM, Actor, ObjectRights
from guanxi.engine.access.reach import Filter, own_fields, put_in
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.records import reads
from guanxi.kit import clock
from guanxi.kit.ids import uuid7


@dataclass(frozen=True, slots=True)
class Person:
    """A member as far as rights are concerned."""

    id: UUID
    name: str
    department: UUID | None
    roles: tuple[UUID, ...]
    also: frozenset[UUID] = frozenset()
    """Departments of further positions held today."""
    delegators: tuple[UUID, ...] = ()
    """Members whom the person stands in for today."""
    mine: Mapping[str, Any] = field(default_factory=dict)
    """What filters ask for by ``@me.<field>``, as filters compare it."""
    has_left: bool = False
    is_awaited: bool = False
    """Their first working day is still to come."""
    is_active: bool = True
    """They can sign in, once they have joined."""
    manager: UUID | None = None

    @property
    def is_there(self) -> bool:
        """Whether they work here today."""
        return self.is_active and not self.is_awaited

    @property
    def departments(self) -> frozenset[UUID]:
        """Of every position."""
        return self.also if self.department is None else self.also | {self.department}


@dataclass(frozen=True, slots=True)
class Role:
    """A role's key and its permissions; a baseline role is everybody's."""

    key: str
    permissions: Mapping[str, Any]
    is_baseline: bool = False


@dataclass(frozen=True)
class Organisation:
    """Everybody, the department tree (child to parent), the roles, access rules and pools of one workspace at one moment."""

    people: Mapping[UUID, Person]
    departments: Mapping[UUID, UUID | None]
    roles: Mapping[UUID, Role]
    rules: Sequence[AccessRule] = ()
    pools: Sequence[PoolAccess] = ()
    heads: Mapping[UUID, UUID] = field(default_factory=dict)
    """By department; who asks for the head of one uses ``head_of``."""
    _actors: dict[tuple[UUID, int | None], Actor] = field(default_factory=dict)

    def actor(self, member_id: UUID, account_id: int | None = None) -> Actor | None:
        """The member with merged rights and everybody in reach; None when there is no such member."""
        found = self._actors.get((member_id, account_id))
        if found is None and member_id in self.people:
            found = self._actors[member_id, account_id] = self._build(self.people[member_id], account_id)
        return found

    def works_here(self, member_id: UUID) -> bool:
        """Whether there is such a member who has not left, signed in or not."""
        return member_id in self.people and not self.people[member_id].has_left

    def awaits(self, member_id: UUID) -> bool:
        """Whether the member's first working day is still to come."""
        return member_id in self.people and self.people[member_id].is_awaited

    def head_of(self, department: UUID) -> UUID | None:
        """Who heads a department; None while nobody does who works here today."""
        return self._there(self.heads.get(department))

    def superior_of(self, member_id: UUID) -> UUID | None:
        """The direct superior of a member; None while they have none who works here today."""
        person = self.people.get(member_id)
        return self._there(person.manager) if person else None

    def _there(self, member_id: UUID | None) -> UUID | None:
        person = self.people.get(member_id) if member_id else None
        return person.id if person and person.is_there else None

    def held(self, member_id: UUID) -> list[UUID]:
        """Ids of all roles of a member, the baseline's among them: the one place that says so; none for no such member."""
        if member_id not in self.people:
            return []
        own = self.people[member_id].roles
        return [role for role, one in self.roles.items() if one.is_baseline or role in own]

    def with_roles(self, member_id: UUID, account_id: int | None, roles: Iterable[UUID]) -> Actor | None:
        """The member with these of their roles alone, as keys and programs act for them; None for no such member."""
        if member_id not in self.people:
            return None
        left = [role for role in self.held(member_id) if role in set(roles)]
        return self._build(self.people[member_id], account_id, left)

    def _build(self, person: Person, account_id: int | None, held: Sequence[UUID] | None = None) -> Actor:
        role_ids = self.held(person.id) if held is None else held
        roles = [self.roles[role] for role in role_ids]
        permissions = [role.permissions for role in roles]
        objects = _for_person(merged_objects(permissions), person)
        own = person.departments
        below = with_descendants(self.departments, own)
        above = [up for one in sorted(own) for up in with_ancestors(self.departments, one)]
        chosen = {one for rights in objects.values() for one in _chosen(rights)}
        system = merged_system(permissions)
        return Actor(
            member_id=person.id,
            account_id=account_id,
            name=person.name,
            objects=objects,
            system_rights=system,
            pools=pools_for(self.pools, person.id, set(above), set(role_ids), configures="configure" in system),
            department_id=person.department,
            departments=tuple(sorted(own)),
            department_path=tuple(dict.fromkeys(above)),
            department_members=tuple({person.id, *self._members_of(own)}),
            tree_members=tuple({person.id, *self._members_of(below)}),
            chosen_members={one: tuple(self._members_of(with_descendants(self.departments, [one]))) for one in chosen},
            delegators=tuple(one for one in person.delegators if one in self.people and one != person.id),
            roles=tuple(role.key for role in roles),
            role_ids=tuple(role_ids),
            **rules_for(self.rules, person.id, set(above), set(role_ids), set(self.held(person.id)), person.mine),
        )

    def _members_of(self, departments: Iterable[UUID]) -> list[UUID]:
        wanted = set(departments)
        return [person.id for person in self.people.values() if not wanted.isdisjoint(person.departments)]


def _for_person(objects: dict[str, ObjectRights], person: Person) -> dict[str, ObjectRights]:
    """Rights whose filters hold the person's own values."""

    def mine(tree: Filter) -> Filter:
        return put_in(tree, person.mine)

    for key, rights in objects.items():
        if rights.read.where or rights.edit.where or rights.delete.where:
            reaches = {verb: getattr(rights, verb).with_filters(mine) for verb in ("read", "edit", "delete")}
            objects[key] = replace(rights, **reaches)
    return objects


def _chosen(rights: ObjectRights) -> frozenset[UUID]:
    return rights.read.departments | rights.edit.departments | rights.delete.departments


_OF_MEMBERS = ("name", "department", "roles", "status", "joined_on", "manager")
_cache: dict[int, tuple[UUID, date, Organisation]] = {}
_lock = threading.Lock()


def organisation_of(row: WorkspaceRow) -> Organisation:
    """The organisation of today at the version that `row` was read with, or at a newer one."""
    workspace = engine_workspace(row)
    today = clock.today(ZoneInfo(workspace.time_zone))
    with _lock:
        known = _cache.get(row.pk)
    if known is not None and known[:2] == (row.organisation_version, today):
        return known[2]
    with work(workspace, SYSTEM, via="system") as ctx:
        organisation = load(ctx, today)
    with _lock:
        _cache[row.pk] = (row.organisation_version, today, organisation)
    return organisation


def engine_workspace(row: WorkspaceRow) -> Workspace:
    """What the engine knows of a workspace."""
    return Workspace(
        id=row.pk,
        slug=row.slug,
        schema=row.schema,
        name=row.name,
        time_zone=row.time_zone,
        currency=row.currency,
        fiscal_month=row.fiscal_month,
    )


def load(ctx: Context, today: date) -> Organisation:
    """The organisation as the unit of work sees it, on a day."""
    system = ctx.as_system()
    roles = _roles(system)
    rules = every_rule(system)
    wanted = _asked_of_members(ctx, roles.values(), rules)
    members = _every(system, "member", (*_OF_MEMBERS, *sorted(wanted - set(_OF_MEMBERS))))
    departments = _every(system, "department", ("parent", "head"))
    also: dict[UUID, set[UUID]] = {}
    for row in _current(_every(system, "position", ("member", "department", "begins_on", "ends_on")), today):
        also.setdefault(row["member"], set()).add(row["department"])
    stands_in: dict[UUID, list[UUID]] = {}
    for row in _current(_every(system, "delegation", ("member", "delegate", "begins_on", "ends_on")), today):
        stands_in.setdefault(row["delegate"], []).append(row["member"])
    return Organisation(
        people={
            key: Person(
                key,
                row["name"],
                row["department"],
                tuple(row["roles"] or ()),
                frozenset(also.get(key, ())),
                tuple(stands_in.get(key, ())),
                _mine(ctx, key, row, wanted),
                row["status"] == "left",
                row["joined_on"] is not None and row["joined_on"] > today,
                row["status"] == "active",
                row["manager"],
            )
            for key, row in members.items()
        },
        departments={key: row["parent"] for key, row in departments.items()},
        roles=roles,
        rules=rules,
        pools=every_pool(system),
        heads={key: row["head"] for key, row in departments.items() if row["head"] is not None},
    )


def at_present(ctx: Context) -> Organisation:
    """The organisation as the unit of work sees it, today where the workspace is."""
    return load(ctx, ctx.today)


def organisation_in(ctx: Context) -> Organisation:
    """The organisation of today for a unit of work that is open already, kept in the process like ``organisation_of``."""
    version = WorkspaceRow.objects.values_list("organisation_version", flat=True).get(pk=ctx.workspace.id)
    with _lock:
        known = _cache.get(ctx.workspace.id)
    if known is not None and known[:2] == (version, ctx.today):
        return known[2]
    organisation = load(ctx, ctx.today)
    with _lock:
        _cache[ctx.workspace.id] = (version, ctx.today, organisation)
    return organisation


def _current(rows: Mapping[UUID, dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """What holds on the day: from its beginning, if it has one, to its last day, if it has one."""
    return [
        row
        for row in rows.values()
        if (row["begins_on"] is None or row["begins_on"] <= today)
        and (row["ends_on"] is None or row["ends_on"] >= today)
    ]


def compared_with(ctx: Context) -> set[str]:
    """Fields of members that filters of roles and access rules compare with, so that their values decide who reaches what."""
    system = ctx.as_system()
    return _asked_of_members(ctx, _roles(system).values(), every_rule(system))


def _roles(ctx: Context) -> dict[UUID, Role]:
    rows = _every(ctx, "role", ("key", "permissions", "baseline"))
    return {key: Role(row["key"], row["permissions"], bool(row["baseline"])) for key, row in rows.items()}


def _asked_of_members(ctx: Context, roles: Iterable[Role], rules: Iterable[AccessRule]) -> set[str]:
    """Fields of members that filters compare with, as far as there are such fields."""
    filters = [rule.where for rule in rules]
    for role in roles:
        for rights in role.permissions.get("objects", {}).values():
            reaches = (rights.get(verb) for verb in ("read", "edit", "delete"))
            filters += [one["where"] for one in reaches if isinstance(one, Mapping) and one.get("where")]
    known = ctx.snapshot.object("member").fields
    return {key for key in own_fields(filters) if key in known and known[key].kind.holds_value}


def _mine(ctx: Context, member: UUID, row: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, Any]:
    """The member's values in the form in which filters compare them."""
    fields = ctx.snapshot.object("member").fields
    found: dict[str, Any] = {"id": str(member)}
    for key in wanted:
        value = row[key]
        if fields[key].kind.trait == "refs":
            found[key] = [str(one) for one in value or ()]
        elif value is not None:
            found[key] = fields[key].kind.kept(value)
    return found


def _every(ctx: Context, object_key: str, fields: tuple[str, ...]) -> dict[UUID, dict[str, Any]]:
    return reads.native(ctx, object_key, reads.ids(ctx, object_key, None), fields)


def organisation_changed(ctx: Context) -> None:
    """Make every process read the organisation anew once this transaction commits.

    Also keeps two changes of one organisation from passing each other: the second waits for the first.
    """
    WorkspaceRow.objects.filter(pk=ctx.workspace.id).update(organisation_version=uuid7())
