"""What a role's permissions may say, and the rights that several roles give together; pure functions."""

from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.engine.access.actor import NO_RIGHTS, SCOPES, Actor, ObjectRights

SYSTEM_RIGHTS = ("members", "roles", "configure", "import", "audit")
_REACHES = ("read", "edit", "delete")
_SWITCHES = ("create", "import", "export")

Problem = tuple[str, dict[str, Any]]
"""Code of the sentence and its parameters."""


def problem_of(permissions: Any) -> Problem | None:
    """The first thing wrong with a role's permissions, or None."""
    if not isinstance(permissions, Mapping):
        return "identity.permissions_not_an_object", {}
    for key in permissions:
        if key not in {"objects", "system"}:
            return "identity.permissions_unknown_key", {"key": key}
    objects = permissions.get("objects", {})
    system = permissions.get("system", [])
    if not isinstance(objects, Mapping) or not isinstance(system, list):
        return "identity.permissions_not_an_object", {}
    for right in system:
        if right not in SYSTEM_RIGHTS:
            return "identity.permissions_wrong_value", {"key": "system", "value": right}
    for object_key, rights in objects.items():
        if problem := _problem_of_object(object_key, rights):
            return problem
    return None


def _problem_of_object(object_key: str, rights: Any) -> Problem | None:
    if not isinstance(rights, Mapping):
        return "identity.permissions_wrong_value", {"key": object_key, "value": rights}
    for key, value in rights.items():
        if key not in _REACHES + _SWITCHES:
            return "identity.permissions_unknown_key", {"key": f"{object_key}.{key}"}
        possible = value in SCOPES if key in _REACHES else isinstance(value, bool)
        if not possible:
            return "identity.permissions_wrong_value", {"key": f"{object_key}.{key}", "value": value}
    return None


def merged_objects(roles: Iterable[Mapping[str, Any]]) -> dict[str, ObjectRights]:
    """Rights by object of somebody who holds all these permissions: the more permissive of each role.

    A role that does not name an object speaks for it by its ``"*"``, so naming an object in one role never takes
    away what another gives.
    """
    tables = [{key: ObjectRights.from_json(value) for key, value in role.get("objects", {}).items()} for role in roles]
    merged: dict[str, ObjectRights] = {}
    for key in {key for table in tables for key in table}:
        rights = NO_RIGHTS
        for table in tables:
            rights = rights.merged(table.get(key) or table.get("*") or NO_RIGHTS)
        merged[key] = rights
    return merged


def merged_system(roles: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Rights over the workspace itself that the roles give together."""
    return frozenset(right for role in roles for right in role.get("system", ()))


def beyond(actor: Actor, roles: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the roles give that the actor does not hold, named as in permissions (``members``, ``company.edit``).

    Reaches are compared by their names: whoever hands out "own" must hold at least "own" of that object.
    """
    if actor.is_system:
        return []
    held = list(roles)
    missing = set(merged_system(held) - actor.system_rights)
    given = merged_objects(held)
    # An object that only the actor's own roles name is one that the "*" of the others speaks for.
    for key in given if "*" not in given else {*given, *actor.objects}:
        own = actor.rights(key)
        rights = given.get(key) or given["*"]
        before, after = own.to_json(), own.merged(rights).to_json()
        missing.update(f"{key}.{name}" for name in after if after[name] != before[name])
    return sorted(missing)
