"""What a role's permissions may say, and the rights that several roles give together; pure functions."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from guanxi.capabilities.identity import sign_in_policy
from guanxi.engine.access.actor import NO_RIGHTS, SWITCHES, Actor, ObjectRights
from guanxi.engine.access.reach import SCOPES
from guanxi.engine.objects.levels import LEVELS

SYSTEM_RIGHTS = ("members", "roles", "configure", "import", "audit", "automation", "view_as", "security")
_REACHES = ("read", "edit", "delete")
_PARTS = ("scope", "departments", "where")

Problem = tuple[str, dict[str, Any]]
"""Code of the sentence and its parameters."""


def problem_of(permissions: Any) -> Problem | None:
    """The first thing wrong with the form of a role's permissions, or None."""
    if not isinstance(permissions, Mapping):
        return "identity.permissions_not_an_object", {}
    for key in permissions:
        if key not in {"objects", "system", "sign_in"}:
            return "identity.permissions_unknown_key", {"key": key}
    objects = permissions.get("objects", {})
    system = permissions.get("system", [])
    if not isinstance(objects, Mapping) or not isinstance(system, list):
        return "identity.permissions_not_an_object", {}
    for right in system:
        if right not in SYSTEM_RIGHTS:
            return _wrong("system", right)
    for object_key, rights in objects.items():
        if problem := _problem_of_object(object_key, rights):
            return problem
    return sign_in_policy.problem_of(permissions["sign_in"]) if "sign_in" in permissions else None


def _wrong(key: str, value: Any) -> Problem:
    return "identity.permissions_wrong_value", {"key": key, "value": str(value)[:60]}


def _problem_of_object(object_key: str, rights: Any) -> Problem | None:
    if not isinstance(rights, Mapping):
        return _wrong(object_key, rights)
    for key, value in rights.items():
        place = f"{object_key}.{key}"
        if key in _REACHES:
            problem = _problem_of_reach(place, value, named=object_key != "*")
        elif key in SWITCHES:
            problem = None if isinstance(value, bool) else _wrong(place, value)
        elif key == "fields":
            problem = _problem_of_levels(place, value)
        elif key == "types":
            problem = _each(place, value, _problem_of_levels)
        else:
            problem = "identity.permissions_unknown_key", {"key": place}
        if problem:
            return problem
    return None


def _problem_of_reach(place: str, value: Any, *, named: bool) -> Problem | None:
    if isinstance(value, str):
        return None if value in SCOPES else _wrong(place, value)
    if not isinstance(value, Mapping):
        return _wrong(place, value)
    for key in value:
        if key not in _PARTS:
            return "identity.permissions_unknown_key", {"key": f"{place}.{key}"}
    if value.get("scope", "none") not in SCOPES:
        return _wrong(f"{place}.scope", value["scope"])
    departments = value.get("departments", [])
    if not isinstance(departments, list) or not all(_is_id(one) for one in departments):
        return _wrong(f"{place}.departments", departments)
    where = value.get("where")
    if where is not None and not (named and isinstance(where, Mapping)):  # a filter compares fields of one object
        return _wrong(f"{place}.where", where)
    return None


def _problem_of_levels(place: str, value: Any) -> Problem | None:
    return _each(place, value, lambda at, level: None if level in LEVELS else _wrong(at, level))


def _each(place: str, value: Any, check: Callable[[str, Any], Problem | None]) -> Problem | None:
    if not isinstance(value, Mapping):
        return _wrong(place, value)
    return next((found for key, one in value.items() if (found := check(f"{place}.{key}", one))), None)


def _is_id(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


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

    Reaches are compared as they are written: whoever hands out "own" must hold at least "own" of that object.
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
        together = own.merged(rights)
        before, after = own.to_json(), together.to_json()
        missing.update(f"{key}.{name}" for name in after if after[name] != before[name])
        if (
            own.reads
            and rights.reads
            and any(together.fields.lowest(one) != own.fields.lowest(one) for one in own.fields.named)
        ):
            missing.add(f"{key}.fields")
    return sorted(missing)
