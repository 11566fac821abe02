"""Rules of roles: well-formed permissions, fixed keys, nobody raises themselves, the administrator role stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from guanxi.capabilities.identity import sign_in_policy
from guanxi.capabilities.identity.organisation import organisation_changed
from guanxi.capabilities.identity.permissions import beyond, problem_of
from guanxi.capabilities.identity.rights_in_words import rights_in_words
from guanxi.capabilities.identity.role_filters import problems_of_objects
from guanxi.capabilities.identity.roles import ADMINISTRATOR
from guanxi.engine.context import Context
from guanxi.engine.records import counts
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@hook("role", "before")
def only_who_manages_roles(ctx: Context, batch: list[Write]) -> None:
    """Roles are written by those who manage them."""
    if not ctx.actor.may("roles"):
        raise NotAllowed("identity.roles_right_needed")


@hook("role", "before")
def administrator_role_stays(ctx: Context, batch: list[Write]) -> None:
    """The administrator role keeps its rights and is never everybody's; its name and what it demands of signing in may be changed."""
    if ctx.actor.is_system:
        return
    for write in batch:
        fixed = write.op == "delete" or _rights(write.old) != _rights({**(write.old or {}), **write.new})
        fixed |= bool(write.new.get("baseline"))
        if write.old and write.old["key"] == ADMINISTRATOR and fixed:
            raise Conflict("identity.role_fixed")


@hook("role", "before")
def held_roles_stay(ctx: Context, batch: list[Write]) -> None:
    """A role is deleted only when nobody holds it."""
    deleted = [str(write.id) for write in batch if write.op == "delete"]
    where = {"field": "roles", "op": "has_any", "value": deleted}
    if deleted and counts.count(ctx.as_system(), "member", where).value:
        raise Conflict("identity.role_in_use")


@hook("role", "before", fields={"key"})
def keys_are_well_formed_and_fixed(ctx: Context, batch: list[Write]) -> None:
    """A key is a plain word, given once."""
    errors = []
    for write in batch:
        if write.op == "update" and "key" in write.changed:
            errors.append(FieldError("key", "identity.role_key_fixed", row=write.row))
        elif write.op == "create" and not KEY.fullmatch(write.new.get("key") or ""):
            errors.append(FieldError("key", "identity.role_key_shape", row=write.row))
    if errors:
        raise Invalid(errors)


@hook("role", "before", fields={"permissions", "baseline"})
def permissions_are_well_formed(ctx: Context, batch: list[Write]) -> None:
    """Unknown rights are refused, and so are rights that the writer does not hold; what becomes everybody's is given."""
    errors = []
    for write in batch:
        if "permissions" not in write.new:
            if write.new.get("baseline") and (rights := beyond(ctx.actor, [write.value("permissions")])):
                params = {"rights": rights_in_words(ctx.snapshot, rights)}
                errors.append(FieldError("baseline", "identity.grant_beyond_own", params, write.row))
            continue
        permissions = write.new["permissions"]
        if problem := problem_of(permissions):
            errors.append(FieldError("permissions", problem[0], problem[1], write.row))
            continue
        unknown = [] if ctx.actor.is_system else list(problems_of_objects(ctx, permissions))
        if unknown:
            errors.extend(FieldError("permissions", code, params, write.row) for code, params in unknown)
            continue
        if rights := beyond(ctx.actor, [permissions]):
            params = {"rights": rights_in_words(ctx.snapshot, rights)}
            errors.append(FieldError("permissions", "identity.grant_beyond_own", params, write.row))
    if errors:
        raise Invalid(errors)


def _rights(values: Mapping[str, Any] | None) -> Any:
    permissions = (values or {}).get("permissions")
    return (
        {k: v for k, v in permissions.items() if k != sign_in_policy.KEY}
        if isinstance(permissions, Mapping)
        else permissions
    )


@hook("role", "after")
def rights_are_read_anew(ctx: Context, batch: list[Write]) -> None:
    """What a role allows holds from the next request on."""
    organisation_changed(ctx)
