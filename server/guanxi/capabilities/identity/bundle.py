"""Roles, access rules and skills as sections of configuration files, and how members, departments and roles are told by name in all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from guanxi.capabilities.identity.tree import with_ancestors
from guanxi.engine.bundles.items import section
from guanxi.engine.bundles.records import RecordSection
from guanxi.engine.bundles.references import by_fields, tell_by_name
from guanxi.engine.context import Context
from guanxi.engine.records import reads

ROLES = RecordSection(
    name="role",
    object="role",
    attributes=("key", "name", "position", "permissions", "baseline"),
    folder="roles/{key}.toml",
    natural=("key",),
    by_key=True,
    right="roles",
)
ACCESS_RULES = RecordSection(
    name="access_rule",
    object="access_rule",
    attributes=(
        "name", "object", "effect", "level", "where", "for_everyone", "members", "departments", "roles", "except_roles",
        "active", "expires_at",
    ),
    folder="access_rules/{id}.toml",
    natural=("object", "name"),
    right="roles",
)  # fmt: skip
SKILLS = RecordSection(
    name="skill",
    object="skill",
    attributes=("name", "note"),
    folder="skills/{id}.toml",
    natural=("name",),
    right="members",
)


def departments(ctx: Context) -> Mapping[UUID, Sequence[str]]:
    """Departments go by their way down the tree, ``华东/上海``; a stroke within a name has a backslash before it."""
    rows = reads.native(ctx, "department", reads.ids(ctx, "department", None), ("name", "parent"))
    parents = {id_: row["parent"] if row["parent"] in rows else None for id_, row in rows.items()}
    words = {id_: row["name"].replace("\\", "\\\\").replace("/", "\\/") for id_, row in rows.items()}
    return {id_: ["/".join(words[one] for one in reversed(with_ancestors(parents, id_)))] for id_ in rows}


def register() -> None:
    """The sections, and the names."""
    section(ROLES)
    section(ACCESS_RULES)
    section(SKILLS)
    tell_by_name("member", by_fields("member", "email", "name"))
    tell_by_name("department", departments)
    tell_by_name("role", by_fields("role", "key"))
