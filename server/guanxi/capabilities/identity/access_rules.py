"""Access rules: records of the workspace that open records to people beyond their roles, or always leave some out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypedDict
from uuid import UUID

from guanxi.engine.access.actor import Rule
from guanxi.engine.access.reach import Filter, put_in
from guanxi.engine.context import Context
from guanxi.engine.records import reads

FIELDS = (
    "name", "object", "effect", "level", "where", "for_everyone", "members", "departments", "roles", "except_roles",
    "expires_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccessRule:
    """A rule and whom it concerns: everybody, or the members, those of the departments and below, and the roles it
    names; never the holders of ``except_roles``.
    """

    id: UUID
    name: str
    object: str
    effect: Literal["opens", "restricts"]
    level: Literal["read", "edit"]
    where: Filter
    for_everyone: bool
    members: frozenset[UUID]
    departments: frozenset[UUID]
    roles: frozenset[UUID]
    except_roles: frozenset[UUID]
    expires_at: datetime | None = None

    def concerns(self, member: UUID, departments: set[UUID], roles: set[UUID]) -> bool:
        """Whether the rule is for a member in these departments, those above them included, with these roles."""
        if not self.except_roles.isdisjoint(roles):
            return False
        named = member in self.members or not self.departments.isdisjoint(departments)
        return self.for_everyone or named or not self.roles.isdisjoint(roles)


def every_rule(ctx: Context) -> list[AccessRule]:
    """The rules that hold now; ``ctx`` is the system's."""
    if "access_rule" not in ctx.snapshot.objects:  # a workspace that is just being brought up to date
        return []
    where = {"field": "active", "op": "eq", "value": True}
    rows = reads.native(ctx, "access_rule", reads.ids(ctx, "access_rule", where), FIELDS)
    return [rule_from(id_, row) for id_, row in rows.items() if not row["expires_at"] or row["expires_at"] > ctx.now]


def rule_from(id_: UUID, row: Mapping[str, Any]) -> AccessRule:
    """The rule that a record of ``access_rule`` states, from its native values."""
    many = {key: frozenset(row.get(key) or ()) for key in ("members", "departments", "roles", "except_roles")}
    return AccessRule(
        id=id_,
        name=row["name"],
        object=row["object"],
        effect=row["effect"],
        level=row.get("level") or "read",
        where=row["where"],
        for_everyone=bool(row.get("for_everyone")),
        expires_at=row.get("expires_at"),
        **many,
    )


class RulesOfActor(TypedDict):
    """An actor's rules by object."""

    opens: Mapping[str, tuple[Rule, ...]]
    restricts: Mapping[str, tuple[Rule, ...]]


def rules_for(
    rules: Sequence[AccessRule],
    member: UUID,
    departments: set[UUID],
    roles: set[UUID],
    held: set[UUID],
    mine: Mapping[str, Any],
) -> RulesOfActor:
    """What the rules mean for one member who acts within some of the roles held, the own values put into the filters.

    Whoever acts within fewer roles reaches no more by it: a rule opens when it would for both, and restricts when it
    would for either.
    """
    found = [[rule.concerns(member, departments, some) for some in (roles, held)] for rule in rules]
    opens = (rule for rule, both in zip(rules, found, strict=True) if rule.effect == "opens" and all(both))
    restricts = (rule for rule, both in zip(rules, found, strict=True) if rule.effect == "restricts" and any(both))
    return {"opens": _by_object(opens, mine), "restricts": _by_object(restricts, mine)}


def _by_object(rules: Iterable[AccessRule], mine: Mapping[str, Any]) -> dict[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for one in rules:
        rule = Rule(one.id, one.name, put_in(one.where, mine), one.level, one.expires_at)
        found[one.object] = (*found.get(one.object, ()), rule)
    return found
