"""What a member may do in sum: all roles merged, and for each right the roles that give it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.capabilities.access_explained.differences import RESTS_ON, is_on
from guanxi.capabilities.access_explained.shapes import GivenField, GivenObject, GivenReach, MemberRights
from guanxi.capabilities.identity.organisation import at_present
from guanxi.capabilities.identity.permissions import SYSTEM_RIGHTS
from guanxi.engine.access.actor import NO_RIGHTS, ObjectRights
from guanxi.engine.access.reach import Reach
from guanxi.engine.context import Context
from guanxi.engine.objects.components.record_type import types_of
from guanxi.engine.objects.levels import Level
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads
from guanxi.infra.errors import NotAllowed, NotFound


@dataclass(frozen=True)
class _Held:
    """A role that the member holds."""

    id: UUID
    key: str
    name: str
    is_baseline: bool
    permissions: Mapping[str, Any]

    def rights(self, object_key: str) -> ObjectRights:
        """What the role says of an object, by its own line or by that of all others."""
        objects = self.permissions.get("objects", {})
        line = objects.get(object_key) or objects.get("*")
        return ObjectRights.from_json(line) if line else NO_RIGHTS


def member_rights(ctx: Context, member: UUID) -> MemberRights:
    """The rights of a member in sum: for those who manage members or roles, and for everybody of themselves.

    NotFound for a member whom the caller may not know. Objects that the caller may not read are left out.
    """
    if member != ctx.actor.member_id:
        if member not in reads.visible(ctx, "member", [member]):
            raise NotFound("access.unknown_member", {"id": str(member)})
        if not (ctx.actor.may("members") or ctx.actor.may("roles")):
            raise NotAllowed("access.rights_not_allowed")
    held = _held(ctx, member)
    known = sorted(ctx.snapshot.objects.values(), key=lambda obj: (obj.position, obj.key))
    return {
        "roles": [{"id": str(one.id), "key": one.key, "name": one.name, "baseline": one.is_baseline} for one in held],
        "objects": [_object(ctx, held, obj) for obj in known if ctx.actor.rights(obj.key).reads],
        "system": [
            {"right": right, "roles": given}
            for right in SYSTEM_RIGHTS
            if (given := [one.key for one in held if right in one.permissions.get("system", ())])
        ],
    }


def _held(ctx: Context, member: UUID) -> list[_Held]:
    organisation = at_present(ctx)
    ids = organisation.held(member)
    names = reads.native(ctx.as_system(), "role", ids, ("name",)) if ids else {}
    roles = organisation.roles
    return [
        _Held(one, roles[one].key, names[one]["name"], roles[one].is_baseline, roles[one].permissions) for one in ids
    ]


def _object(ctx: Context, held: Sequence[_Held], obj: Object) -> GivenObject:
    rights = [(one.key, one.rights(obj.key)) for one in held]
    merged = NO_RIGHTS
    for _, one in rights:
        merged = merged.merged(one)

    def given(holds: Callable[[ObjectRights], bool]) -> list[str]:
        return [key for key, one in rights if holds(one)]

    def reach(verb: str) -> GivenReach:
        whole: Reach = getattr(merged, verb)
        return {"reach": whole.to_json(), "roles": given(lambda one: _gives(getattr(one, verb), whole))}

    return {
        "object": obj.key,
        "read": reach("read"),
        "edit": reach("edit"),
        "delete": reach("delete"),
        "switches": {
            switch: {"on": is_on(merged, switch), "roles": given(lambda one, name=switch: is_on(one, name))}  # type: ignore[misc]
            for switch in RESTS_ON
        },
        "fields": list(_fields(ctx, obj, rights, merged)) if merged.reads else [],
    }


def _gives(reach: Reach, whole: Reach) -> bool:
    """Whether a role has its part in the whole reach: taking it away could leave less."""
    if reach.is_none:
        return False
    if whole.is_all:
        return reach.is_all
    return bool(reach.departments or reach.where) or (reach.scope == whole.scope != "none")


def _fields(
    ctx: Context, obj: Object, rights: Sequence[tuple[str, ObjectRights]], merged: ObjectRights
) -> Iterator[GivenField]:
    guard = ctx.guard()
    for key in sorted(merged.fields.named):
        field = obj.fields.get(key)
        if field is None or key == obj.title or guard.level(obj, field) == "hidden":
            continue
        usual = merged.fields.of(key)
        types = [one.key for one in types_of(obj) if merged.fields.of(key, one.key) != usual]
        for type_ in [None, *types]:
            level: Level = merged.fields.of(key, type_)
            if level == "edit" and type_ is None:
                continue
            roles = [name for name, one in rights if one.reads and one.fields.of(key, type_) == level]
            yield {
                "field": key, "label": dict(field.label), "record_type": type_, "level": level, "roles": roles,  # type: ignore[typeddict-item]
            }  # fmt: skip
