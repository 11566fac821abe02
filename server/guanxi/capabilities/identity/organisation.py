"""The organisation as access needs it: who stands where, with which roles, and so whose records each person reaches.

Built once per change of the organisation and kept in the process. The version it was built for stands in the
workspace's row, which every request reads anyway, so a change made by one process is seen by all at their next request.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.capabilities.identity.models import Workspace as WorkspaceRow
from guanxi.capabilities.identity.permissions import merged_objects, merged_system
from guanxi.capabilities.identity.tree import with_ancestors, with_descendants
from guanxi.engine.access.actor import SYSTEM, Actor
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.records import reads
from guanxi.kit.ids import uuid7


@dataclass(frozen=True, slots=True)
class Person:
    """A member as far as rights are concerned."""

    id: UUID
    name: str
    department: UUID | None
    roles: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A role's key and its permissions."""

    key: str
    permissions: Mapping[str, Any]


@dataclass(frozen=True)
class Organisation:
    """Everybody, the department tree (child to parent) and the roles of one workspace at one moment."""

    people: Mapping[UUID, Person]
    departments: Mapping[UUID, UUID | None]
    roles: Mapping[UUID, Role]
    _actors: dict[tuple[UUID, int | None], Actor] = field(default_factory=dict)

    def actor(self, member_id: UUID, account_id: int | None = None) -> Actor | None:
        """The member with merged rights and everybody in reach; None when there is no such member."""
        found = self._actors.get((member_id, account_id))
        if found is None and member_id in self.people:
            found = self._actors[member_id, account_id] = self._build(self.people[member_id], account_id)
        return found

    def _build(self, person: Person, account_id: int | None) -> Actor:
        held = [self.roles[role] for role in person.roles if role in self.roles]
        permissions = [role.permissions for role in held]
        colleagues: Iterable[UUID] = ()
        below: Iterable[UUID] = ()
        above: Iterable[UUID] = ()
        if person.department is not None:
            colleagues = self._members_of({person.department})
            below = self._members_of(with_descendants(self.departments, [person.department]))
            above = with_ancestors(self.departments, person.department)
        return Actor(
            member_id=person.id,
            account_id=account_id,
            name=person.name,
            objects=merged_objects(permissions),
            system_rights=merged_system(permissions),
            department_id=person.department,
            department_path=tuple(above),
            department_members=tuple({person.id, *colleagues}),
            tree_members=tuple({person.id, *below}),
            roles=tuple(role.key for role in held),
        )

    def _members_of(self, departments: set[UUID]) -> list[UUID]:
        return [person.id for person in self.people.values() if person.department in departments]


_cache: dict[int, tuple[UUID, Organisation]] = {}
_lock = threading.Lock()


def organisation_of(row: WorkspaceRow) -> Organisation:
    """The organisation at the version that `row` was read with, or at a newer one."""
    with _lock:
        known = _cache.get(row.pk)
    if known is not None and known[0] == row.organisation_version:
        return known[1]
    organisation = _load(engine_workspace(row))
    with _lock:
        _cache[row.pk] = (row.organisation_version, organisation)
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
    )


def _load(workspace: Workspace) -> Organisation:
    with work(workspace, SYSTEM, via="system") as ctx:
        members = _every(ctx, "member", ("name", "department", "roles"))
        departments = _every(ctx, "department", ("parent",))
        roles = _every(ctx, "role", ("key", "permissions"))
    return Organisation(
        people={
            key: Person(key, row["name"], row["department"], tuple(row["roles"] or ())) for key, row in members.items()
        },
        departments={key: row["parent"] for key, row in departments.items()},
        roles={key: Role(row["key"], row["permissions"]) for key, row in roles.items()},
    )


def _every(ctx: Context, object_key: str, fields: tuple[str, ...]) -> dict[UUID, dict[str, Any]]:
    return reads.native(ctx, object_key, reads.ids(ctx, object_key, None), fields)


def organisation_changed(ctx: Context) -> None:
    """Make every process read the organisation anew once this transaction commits.

    Also keeps two changes of one organisation from passing each other: the second waits for the first.
    """
    WorkspaceRow.objects.filter(pk=ctx.workspace.id).update(organisation_version=uuid7())
