"""Changes of who may do what are noted one by one: members, departments, positions, delegations, roles, access rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field
from guanxi.engine.records.hooks import Write, hook

OPS = {
    "create": "audit.op_create", "update": "audit.op_update", "delete": "audit.op_delete",
    "restore": "audit.op_restore",
}  # fmt: skip
UNTOLD = frozenset({"account_id", "language", "theme", "density", "last_seen_at"})
"""Fields of a member that decide nothing."""

_RULE = (
    "object", "effect", "level", "where", "for_everyone", "members", "departments", "roles", "except_roles", "active",
    "expires_at",
)  # fmt: skip


@hook("role", "after")
def roles_are_noted(ctx: Context, batch: list[Write]) -> None:
    """What a role allows is told before and after: the permissions themselves."""
    _note(ctx, "role_change", batch, whole=("permissions",))


@hook("access_rule", "after")
def access_rules_are_noted(ctx: Context, batch: list[Write]) -> None:
    """Which records a rule opens or keeps back, and for whom."""
    _note(ctx, "access_rule_change", batch, whole=_RULE)


@hook("member", "after")
def members_are_noted(ctx: Context, batch: list[Write]) -> None:
    """Joining, leaving, moving, other roles; what somebody prefers on their own screen is nobody's business."""
    told = [write for write in batch if write.op != "update" or write.changed - UNTOLD]
    _note(ctx, "member_change", told, whole=("roles", "department", "status", "email"))


@hook("department", "after")
def departments_are_noted(ctx: Context, batch: list[Write]) -> None:
    """Which department is below which decides whose records managers reach."""
    _note(ctx, "department_change", batch, whole=("parent",))


@hook("position", "after")
def positions_are_noted(ctx: Context, batch: list[Write]) -> None:
    """A further position reaches further records."""
    _note(ctx, "position_change", batch, whole=("member", "department", "begins_on", "ends_on"), named_by="member")


@hook("delegation", "after")
def delegations_are_noted(ctx: Context, batch: list[Write]) -> None:
    """Whoever stands in for somebody reaches what is theirs."""
    _note(ctx, "delegation_change", batch, whole=("member", "delegate", "begins_on", "ends_on"))


def _note(ctx: Context, kind: str, batch: Iterable[Write], whole: Iterable[str], named_by: str | None = None) -> None:
    """Note each write by the record's name, with the fields it sets, and the values of ``whole`` before and after."""
    for write in batch:
        obj = ctx.snapshot.object(write.object)
        name = obj.fields[named_by or obj.title]
        changed = sorted(write.changed & obj.fields.keys()) if write.op == "update" else []
        details: dict[str, Any] = {
            "op": {"code": OPS[write.op]},
            "name": _kept(name, write.value(name.key)),
            "fields": [dict(obj.fields[key].label) for key in changed],
        }
        for key in whole:
            if key in write.changed:
                one = obj.fields[key]
                old = None if write.op == "create" else _kept(one, (write.old or {}).get(key))
                details[key] = {"old": old, "new": _kept(one, write.new[key])}
        note(ctx, kind, object=write.object, record=write.id, details=details)


def _kept(field: Field, value: Any) -> Any:
    """A value as the log keeps it: records that it names by their object and id."""
    if value is None or field.kind.trait not in ("ref", "refs"):
        return dict(value) if isinstance(value, Mapping) else value
    if field.kind.trait == "ref":
        return {"object": field.target, "id": value}
    return [{"object": field.target, "id": one} for one in value]
